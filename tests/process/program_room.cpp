#include "program_room.h"

#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

/// Parent and state of a process: "PID (name) STATE PARENT …".
struct ProcessFacts {
    qint64 parent = 0;
    char state = 'X';
};

ProcessFacts factsOf(qint64 id)
{
    QFile file(u"/proc/%1/stat"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    const QList<QByteArray> rest = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return rest.size() < 2 ? ProcessFacts {} : ProcessFacts {rest[1].toLongLong(), rest[0][0]};
}

} // namespace

QJsonObject Ended::json() const
{
    QJsonParseError error {};
    const QJsonDocument document = QJsonDocument::fromJson(out, &error);
    return error.error == QJsonParseError::NoError ? document.object() : QJsonObject();
}

ProgramRoom::ProgramRoom()
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (const QString& name : {u"home"_s, u"run"_s, u"tmp"_s, u"state"_s})
        QDir().mkpath(path(name));
    QFile::setPermissions(path(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    m_environment.insert(u"TZ"_s, u"UTC"_s);
    m_environment.insert(u"HOME"_s, path(u"home"_s));
    m_environment.insert(u"XDG_DATA_HOME"_s, path(u"home/data"_s));
    m_environment.insert(u"XDG_CONFIG_HOME"_s, path(u"home/config"_s));
    m_environment.insert(u"XDG_CACHE_HOME"_s, path(u"home/cache"_s));
    m_environment.insert(u"XDG_STATE_HOME"_s, path(u"state"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, path(u"run"_s));
    m_environment.insert(u"TMPDIR"_s, path(u"tmp"_s));
}

ProgramRoom::~ProgramRoom()
{
    for (const Descendant& left : descendants())
        kill(static_cast<pid_t>(left.id), SIGKILL);
    while (waitpid(-1, nullptr, WNOHANG) > 0) { }
}

QString ProgramRoom::path(const QString& name) const
{
    return m_folder.filePath(name);
}

void ProgramRoom::setVariable(const QString& name, const QString& value)
{
    m_environment.insert(name, value);
}

std::unique_ptr<QProcess> ProgramRoom::prepare(const QString& program, const QStringList& arguments) const
{
    return prepare(program, arguments, m_environment);
}

std::unique_ptr<QProcess> ProgramRoom::prepare(
    const QString& program, const QStringList& arguments, const QProcessEnvironment& environment) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_folder.path());
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(program, arguments);
    return process;
}

std::unique_ptr<QProcess> ProgramRoom::start(const QStringList& arguments, bool json)
{
    QStringList all {u"--workspace"_s, workspace()};
    if (json)
        all.append(u"--json"_s);
    return prepare(programPath(u"vidimus"_s), all + arguments);
}

std::unique_ptr<QProcess> ProgramRoom::startStudio(bool inUse)
{
    QProcessEnvironment environment = m_environment;
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"VIDIMUS_TRACE"_s, u"1"_s);
    if (inUse) {
        environment.insert(u"QT_PLUGIN_PATH"_s, QStringLiteral(VIDIMUS_BIN_DIR) + u"/../tests/plugins"_s);
        environment.insert(u"QT_QPA_GENERIC_PLUGINS"_s, u"vidimus_scripted_use"_s);
    }
    return prepare(programPath(u"vidimus-studio"_s), {u"--workspace"_s, workspace()}, environment);
}

void ProgramRoom::addProfile(const QString& name, const moderation::RoleSet& roles, const QString& url) const
{
    const auto opened = workbench::Workspace::open({.folder = workspace()});
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
    const workbench::Person person {.id = newId<PersonId>(), .name = u"Other"_s, .roles = roles};
    QVERIFY(workbench::savePerson(**opened, person));
    QVERIFY(workbench::saveProfile(**opened,
        {.name = name,
            .person = person.id,
            .kind = url.isEmpty() ? workbench::CatalogKind::Local : workbench::CatalogKind::Staging,
            .url = url}));
}

Ended ProgramRoom::finish(QProcess& process, std::chrono::seconds patience)
{
    Ended ended;
    const bool isOver = process.waitForFinished(static_cast<int>(std::chrono::milliseconds(patience).count()));
    ended.timedOut = !isOver && process.state() != QProcess::NotRunning; // it also says no to what was over before
    if (ended.timedOut) {
        process.kill();
        process.waitForFinished();
    }
    ended.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ended.out = process.readAllStandardOutput();
    ended.err = process.readAllStandardError();
    return ended;
}

Ended ProgramRoom::run(const QStringList& arguments, bool json, std::chrono::seconds patience)
{
    return finish(*start(arguments, json), patience);
}

Ended ProgramRoom::runProgram(const QString& program, const QStringList& arguments, std::chrono::seconds patience)
{
    return finish(*prepare(program, arguments), patience);
}

QList<Descendant> ProgramRoom::descendants()
{
    QMultiHash<qint64, qint64> children;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const qint64 id = name.toLongLong(&isNumber);
        const ProcessFacts facts = isNumber ? factsOf(id) : ProcessFacts {};
        if (isNumber && facts.state != 'Z' && facts.state != 'X')
            children.insert(facts.parent, id);
    }
    QList<Descendant> found;
    QList<qint64> open {getpid()};
    while (!open.isEmpty()) {
        const QList<qint64> below = children.values(open.takeLast());
        for (const qint64 id : below) {
            found.append({id, QFile::symLinkTarget(u"/proc/%1/exe"_s.arg(id)).section(u'/', -1)});
            open.append(id);
        }
    }
    return found;
}

QList<Descendant> ProgramRoom::descendants(const QString& program)
{
    QList<Descendant> found = descendants();
    found.removeIf([&program](const Descendant& descendant) { return descendant.program != program; });
    return found;
}

QString programPath(const QString& name)
{
    return QStringLiteral(VIDIMUS_BIN_DIR) + u'/' + name;
}

QString clipPath(const QString& name)
{
    return QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media/"_s + name;
}

void writeBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), qPrintable(path));
}

QByteArray readBytes(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QMap<QString, QByteArray> hashesBelow(const QString& folder)
{
    QMap<QString, QByteArray> hashes;
    QDirIterator files(folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        hashes.insert(QDir(folder).relativeFilePath(file),
            QCryptographicHash::hash(readBytes(file), QCryptographicHash::Sha256).toHex());
    }
    return hashes;
}

int countFor(int full)
{
    return qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? full : std::max(1, full / 20);
}

quint32 announcedSeed()
{
    bool isGiven = false;
    const uint given = qEnvironmentVariable("VIDIMUS_SEED").toUInt(&isGiven);
    const quint32 seed = isGiven ? given : QRandomGenerator::system()->generate();
    qInfo("seed %u (VIDIMUS_SEED repeats it)", seed);
    return seed;
}

} // namespace vidimus::test

#include "fault_scenarios.h"

#include "core/base/durable_file.h"
#include "core/base/sha256.h"
#include "core/store/backup.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/publish.h"
#include "core/workbench/renditions.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/upkeep.h"
#include "workbench/publishable_title.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <functional>

namespace vidimus::test {

using namespace Qt::StringLiterals;
using namespace vidimus::workbench;

namespace {

template<class T>
T must(Result<T> result)
{
    if (!result)
        qFatal("%s: %s", result.error().reason.constData(), qPrintable(result.error().detail));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

QByteArray fileBytes(const QString& path)
{
    return must(readFile(path, 1 << 26));
}

/// An id that prepareForFaults() noted.
QString noted(const QString& folder, const QString& name)
{
    return QString::fromUtf8(fileBytes(folder + u"-in/"_s + name));
}

/// A command line verb, as the program runs it.
Result<void> verb(const QString& folder, const QString& name, const QStringList& operands,
    const QHash<QString, QString>& options = {})
{
    const VerbReply reply = runCommand({folder, {}}, {name, operands, options, {}}, {}, {});
    const QJsonObject error = reply.json[u"error"].toObject();
    if (reply.exitCode == ExitCode::Done)
        return {};
    return Error {ErrorCode::Io, error[u"detail"].toString(u"exit code %1"_s.arg(static_cast<int>(reply.exitCode))),
        error[u"reason"].toString().toLatin1()};
}

Result<void> inWorkspace(const QString& folder, const std::function<Result<void>(Workspace&)>& work)
{
    auto workspace = Workspace::open({.folder = folder});
    return workspace ? work(**workspace) : Result<void>(std::move(workspace).error());
}

Result<void> ingest(const QString& folder)
{
    return verb(folder, u"ingest"_s, {folder + u"-in/new.mp4"_s});
}

Result<void> decideOne(const QString& folder)
{
    return verb(folder, u"decide"_s, {noted(folder, u"asset"_s), u"reject"_s}, {{u"reason"_s, u"nudity.explicit"_s}});
}

Result<void> importRightsFile(const QString& folder)
{
    return verb(folder, u"rights import"_s, {folder + u"-in/list.csv"_s});
}

Result<void> saveRights(const QString& folder)
{
    return inWorkspace(folder, [&](Workspace& workspace) {
        rights::Rule rule;
        rule.id = WindowId(u"second"_s);
        rule.scope = TitleId(noted(folder, u"title"_s));
        rule.territory.include = {u"FR"_s};
        return applyRightsPlan(workspace, {.put = {rule}});
    });
}

/// The verb goes on to the catalog; here the person is offline.
Result<void> publish(const QString& folder)
{
    return inWorkspace(folder, [&](Workspace& workspace) -> Result<void> {
        const auto out = publishTitle(workspace, TitleId(noted(folder, u"title"_s)), workspace.clock().now());
        return out ? Result<void>() : Result<void>(out.error());
    });
}

Result<void> transcodeOne(const QString& folder)
{
    return inWorkspace(folder, [&](Workspace& workspace) -> Result<void> {
        const auto made = transcodeAsset(workspace, AssetId(noted(folder, u"asset"_s)), u"demo"_s);
        return made ? Result<void>() : Result<void>(made.error());
    });
}

Result<void> compileRights(const QString& folder)
{
    return verb(folder, u"availability compile"_s, {}, {{u"out"_s, folder + u"-out/rights.snapshot"_s}});
}

Result<void> exportRightsFile(const QString& folder)
{
    return verb(folder, u"rights export"_s, {}, {{u"format"_s, u"csv"_s}, {u"out"_s, folder + u"-out/rights.csv"_s}});
}

Result<void> dropOperationOnce(const QString& folder)
{
    return verb(folder, u"outbox"_s, {u"drop"_s, noted(folder, u"operation"_s)});
}

Result<void> cancelJob(const QString& folder)
{
    return verb(folder, u"jobs"_s, {u"cancel"_s, noted(folder, u"job"_s)});
}

Result<void> saveAProfile(const QString& folder)
{
    return inWorkspace(folder, [](Workspace& workspace) {
        return saveProfile(
            workspace, {.name = u"bea"_s, .person = workspace.me().id, .kind = CatalogKind::Local, .url = {}});
    });
}

Result<void> backUp(const QString& folder)
{
    return verb(folder, u"backup"_s, {folder + u"-out/backup"_s});
}

Result<void> restoreBackup(const QString& folder)
{
    return verb(folder, u"restore"_s, {folder + u"-backup"_s});
}

/// Everything that the master playlist leads to is there and is what the journal says.
void checkRenditions(const QString& folder)
{
    QDirIterator masters(folder + u"/renditions"_s, {u"master.m3u8"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (masters.hasNext()) {
        const QDir made = QFileInfo(masters.next()).dir();
        const QList<QByteArray> lines = fileBytes(made.filePath(u"journal.jsonl"_s)).split('\n');
        QStringList hashes;
        for (const QByteArray& line : lines)
            hashes << QJsonDocument::fromJson(line)[u"output"][u"sha256"].toString();
        int segments = 0;
        QDirIterator files(made.path(), {u"*.m4s"_s, u"init.mp4"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            ++segments;
            if (!hashes.contains(QString::fromLatin1(sha256Hex(fileBytes(files.next())))))
                qFatal("a master playlist over a file that is not whole: %s", qPrintable(files.filePath()));
        }
        if (segments < 3)
            qFatal("a master playlist over %d files", segments);
    }
}

QByteArray outputsOf(const QString& folder)
{
    QByteArray state;
    const QDir out(folder + u"-out"_s);
    for (const QFileInfo& file : out.entryInfoList(QDir::Files, QDir::Name))
        state += file.fileName().toUtf8() + '=' + QByteArray::number(file.size()) + ' ';
    const QDir backups(out.filePath(u"backup"_s));
    for (const QFileInfo& manifest : backups.entryInfoList({u"*.json"_s}, QDir::Files)) {
        must(store::verifyBackup(manifest.absoluteFilePath()));
        if (backups.entryList({u"media"_s, u"keys"_s}, QDir::Dirs).size() != 2)
            qFatal("a backup without its originals or its keys");
        for (const QFileInfo& original : QDir(backups.filePath(u"media"_s)).entryInfoList(QDir::Files)) {
            if (original.fileName().toLatin1() != sha256Hex(fileBytes(original.absoluteFilePath())))
                qFatal("a backup with a damaged original");
        }
        state += "backup ";
    }
    return state;
}

} // namespace

const std::vector<FaultScenario>& faultScenarios()
{
    static const std::vector<FaultScenario> all {{"ingest", ingest}, {"decide", decideOne},
        {"rights-import", importRightsFile}, {"rights-save", saveRights}, {"publish", publish},
        {"transcode", transcodeOne}, {"compile", compileRights}, {"export", exportRightsFile},
        {"outbox-drop", dropOperationOnce}, {"job-cancel", cancelJob}, {"profile", saveAProfile}, {"backup", backUp},
        {"restore", restoreBackup}};
    return all;
}

void prepareForFaults(const QString& folder)
{
    const auto note = [&folder](const QString& name, const QString& id) {
        must(writeFileDurably(folder + u"-in/"_s + name, id.toUtf8()));
    };
    must(makeFolderDurably(folder + u"-in"_s));
    must(writeFileDurably(folder + u"-in/new.mp4"_s, fileBytes(clipPath("noaudio_1080p24.mp4"))));
    must(writeFileDurably(folder + u"-in/list.csv"_s,
        "DisplayName,Territory,WorkType,TitleInternalAlias,EntryType,LicenseType,FormatProfile,Start,End,ALID\r\n"
        "Studio,DE,Movie,A film,Full Extract,SVOD,HD,2026-01-01T00:00:00Z,2030-01-01T00:00:00Z,md:alid:1\r\n"));
    WorkbenchRoom room;
    room.setCatalogProgram(u"/nowhere"_s);
    room.reopen();
    must(backupWorkspace(room.workspace(), folder + u"-backup"_s));
    const PublishableTitle title(room);
    note(u"asset"_s, title.asset.id.toString());
    note(u"title"_s, title.asset.title.toString());
    note(u"operation"_s, room.outbox().front().id.toString());
    note(u"job"_s, must(listJobs(room.workspace(), 1)).front().id.toString());
    room.close();
    if (!QFile::remove(room.folder() + u"/reserve"_s) || !QDir().rename(room.folder(), folder))
        qFatal("the workspace cannot be put in its place");
}

QByteArray stateForFaults(const QString& folder)
{
    QByteArray state = outputsOf(folder);
    checkRenditions(folder);
    for (const QFileInfo& original : QDir(folder + u"/media"_s).entryInfoList(QDir::Files)) {
        if (original.fileName().toLatin1() != sha256Hex(fileBytes(original.absoluteFilePath())))
            qFatal("an original that is not its hash");
    }
    const auto store = must(store::WorkspaceStore::open({.folder = folder}));
    if (!must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound()
        || !must(store->verifyAudit()).isSound())
        qFatal("a damaged database or log");
    return must(store->read([&](const store::UnitOfWork& unit) -> Result<QByteArray> {
        const auto add = [&state](auto count) { state += QByteArray::number(static_cast<qint64>(count)) + ' '; };
        const auto assets = must(unit.assets.ids({}));
        add(assets.size());
        for (const store::Asset& asset : must(unit.assets.findAll(assets))) {
            if (!QFile::exists(folder + u"/media/"_s + QString::fromLatin1(asset.sha256)))
                qFatal("an asset without its original");
        }
        add(must(unit.decisions.count()));
        const auto operations = must(unit.outbox.list(100));
        add(operations.size());
        add(must(unit.rules.findAll(u"rule"_s)).size());
        add(must(unit.publications.list(9)).size());
        add(must(unit.settings.people()).size());
        add(must(unit.settings.profiles()).size());
        for (const jobs::Job& job : must(unit.jobs.list(9)))
            state += jobs::jobStateName(job.state) + " "_ba;
        add(must(unit.audit.page(QString(), 0, 99)).size());
        return state;
    }));
}

} // namespace vidimus::test

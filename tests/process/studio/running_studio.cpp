#include "running_studio.h"

#include "core/base/json.h"

#include <QElapsedTimer>
#include <csignal>

namespace vidimus {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTick = 50; // milliseconds
constexpr int kEndPatience = 60'000;

} // namespace

QString programPath(const QString& name)
{
    return QStringLiteral(VIDIMUS_BIN_DIR) + u'/' + name;
}

RunningStudio::RunningStudio(const QString& workspace, const QStringList& more)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"VIDIMUS_TRACE"_s, u"1"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(programPath(u"vidimus-studio"_s), QStringList {u"--workspace"_s, workspace} + more);
}

RunningStudio::~RunningStudio()
{
    if (isRunning())
        killHard();
}

QJsonObject RunningStudio::waitForEvent(const QString& name, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds) {
        m_unread += m_process.readAllStandardError();
        for (qsizetype end = m_unread.indexOf('\n'); end >= 0; end = m_unread.indexOf('\n')) {
            if (const auto event = parseJsonObject(m_unread.left(end)))
                m_events.append(*event);
            m_unread.remove(0, end + 1);
        }
        for (qsizetype i = 0; i < m_events.size(); ++i) {
            if (m_events[i].value(u"event"_s).toString() == name) {
                const QJsonObject found = m_events[i];
                m_events.remove(0, i + 1);
                return found;
            }
        }
        if (m_process.state() == QProcess::NotRunning)
            return {};
        m_process.waitForReadyRead(kTick);
    }
    return {};
}

int RunningStudio::endPolitely()
{
    m_process.terminate();
    if (!m_process.waitForFinished(kEndPatience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void RunningStudio::killHard()
{
    m_process.kill();
    m_process.waitForFinished(kEndPatience);
}

QJsonObject runCli(const QString& workspace, const QStringList& words)
{
    QProcess process;
    process.start(
        programPath(u"vidimus"_s), QStringList {u"--workspace"_s, workspace, u"--json"_s, u"--quiet"_s} + words);
    if (!process.waitForFinished(kEndPatience))
        return {{u"exit"_s, -1}};
    auto reply = parseJsonObject(process.readAllStandardOutput().trimmed());
    QJsonObject object = reply ? *reply : QJsonObject();
    object.insert(u"exit"_s, process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1);
    return object;
}

} // namespace vidimus

#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace vidimus {

/// A studio that runs offscreen on a workspace, seen through its trace. Ends with the object.
class RunningStudio {
public:
    explicit RunningStudio(const QString& workspace, const QStringList& more = {});
    ~RunningStudio();

    /// The next traced event of that name; empty when it does not come in time or the program ends.
    [[nodiscard]] QJsonObject waitForEvent(const QString& name, int milliseconds = 60'000);
    /// Asks it to end as the system does; its exit code.
    int endPolitely();
    void killHard();
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }

private:
    QProcess m_process;
    QByteArray m_unread;
    QList<QJsonObject> m_events;
};

/// Runs the command line on a workspace; its JSON, and its exit code as "exit".
[[nodiscard]] QJsonObject runCli(const QString& workspace, const QStringList& words);
[[nodiscard]] QString programPath(const QString& name);

} // namespace vidimus

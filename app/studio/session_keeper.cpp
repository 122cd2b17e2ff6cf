#include "app/studio/session_keeper.h"

#include "app/studio/frame_memory.h"
#include "app/studio/page_ids.h"
#include "app/studio/settings.h"
#include "app/studio/trace.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

SessionKeeper::SessionKeeper(ui::shell::MainWindow& window, workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_workspace(workspace)
    , m_stored(current())
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::lookAgain);
    m_timer.start();
}

QJsonObject SessionKeeper::current() const
{
    QJsonObject session = m_window.saveSession();
    // Neither is a place to come back to.
    const QString page = session.value(u"page"_s).toString();
    if (page == kOpeningPage || page == kWelcomePage)
        session.remove(u"page"_s);
    return session;
}

void SessionKeeper::lookAgain()
{
    if (m_isWriting)
        return;
    const QJsonObject session = current();
    if (session == m_stored)
        return;
    m_isWriting = true;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, session] { return workbench::saveSetting(workspace, keys::kSession, session); },
        [this, session](const Result<void>& saved) {
            m_isWriting = false;
            if (!saved)
                return;
            m_stored = session;
            trace("session_kept", {{u"page"_s, session.value(u"page"_s)}});
        });
}

void SessionKeeper::finish()
{
    m_timer.stop();
    const QJsonObject session = current();
    if (session == m_stored)
        return;
    if (auto saved = workbench::saveSetting(m_workspace, keys::kSession, session); !saved)
        qWarning("session: %s", qPrintable(saved.error().detail));
}

} // namespace vidimus::studio

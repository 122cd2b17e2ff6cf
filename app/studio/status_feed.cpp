#include "app/studio/status_feed.h"

#include "core/workbench/events.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/widgets/time_label.h"

#include <QCoreApplication>

namespace vidimus::studio {

using namespace ui::shell;
using namespace std::chrono_literals;

namespace {

constexpr auto kInterval = 2s; // the chip's age counts in seconds, then minutes

} // namespace

ConnectionState connectionOf(
    const workbench::CatalogLink::State& link, const workbench::CatalogProfile& profile, Instant now)
{
    using Kind = ConnectionState::Kind;
    if (!link.online && link.offlineSince) {
        const Kind site = profile.kind == workbench::CatalogKind::Staging ? Kind::Staging
            : profile.kind == workbench::CatalogKind::Production          ? Kind::Production
                                                                          : Kind::Online;
        const QString age = ui::widgets::spanText(now - *link.offlineSince);
        return {ConnectionState::Kind::Offline,
            //: %1 is a span of time, %n counts decisions and other changes that are stored here
            QCoreApplication::translate("StatusFeed", "Offline %1, %n waiting", nullptr, link.waiting).arg(age), site};
    }
    switch (profile.kind) {
    case workbench::CatalogKind::Staging:
        if (link.needsSignIn)
            return {
                ConnectionState::Kind::Staging, QCoreApplication::translate("StatusFeed", "Staging, not signed in")};
        return {ConnectionState::Kind::Staging, QCoreApplication::translate("StatusFeed", "Staging")};
    case workbench::CatalogKind::Production:
        if (link.needsSignIn)
            return {ConnectionState::Kind::Production,
                QCoreApplication::translate("StatusFeed", "Production, not signed in")};
        return {ConnectionState::Kind::Production, QCoreApplication::translate("StatusFeed", "Production")};
    case workbench::CatalogKind::Local:
        break;
    }
    return {};
}

StatusFeed::StatusFeed(MainWindow& window, workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_workspace(workspace)
{
    const auto& events = workspace.events();
    connect(&events, &workbench::WorkspaceEvents::saved, this, [this] {
        m_savedAt = m_workspace.clock().now();
        refresh();
    });
    connect(&events, &workbench::WorkspaceEvents::sent, this, &StatusFeed::refresh);
    connect(&events, &workbench::WorkspaceEvents::outboxChanged, this, &StatusFeed::refresh);
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &StatusFeed::refresh);
    m_timer.start();
    refresh();
}

void StatusFeed::refresh()
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workspace.catalog().state(); },
        [this](const workbench::CatalogLink::State& link) {
            m_isAsking = false;
            show(link);
        });
}

void StatusFeed::show(const workbench::CatalogLink::State& link)
{
    m_window.setStorage({.savedAt = m_savedAt,
        .sentAt = link.lastSentAt,
        .outboxCount = link.waiting,
        .offline = !link.online && link.offlineSince.has_value()});
    m_window.setConnection(connectionOf(link, m_workspace.profile(), m_workspace.clock().now()));
}

} // namespace vidimus::studio

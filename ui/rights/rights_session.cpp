#include "ui/rights/rights_session.h"

#include "core/moderation/role.h"
#include "core/workbench/events.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

#include <QTimer>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMeasureDelayMs = 30; // a held key nudges many times a second

} // namespace

RightsSession::RightsSession(workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_measureTimer(new QTimer(this))
    , m_at(std::chrono::floor<std::chrono::minutes>(workspace.clock().now()))
{
    m_measureTimer->setSingleShot(true);
    m_measureTimer->setInterval(kMeasureDelayMs);
    connect(m_measureTimer, &QTimer::timeout, this, &RightsSession::startMeasure);
    connect(&workspace.events(), &workbench::WorkspaceEvents::rulesChanged, this, &RightsSession::reload);
}

RightsSession::~RightsSession()
{
    m_measureCancel.cancel();
    m_liveCancel.cancel();
}

Instant RightsSession::now() const
{
    return m_workspace.clock().now();
}

bool RightsSession::mayEdit() const
{
    return moderation::may(m_workspace.me().roles, moderation::Action::EditRights);
}

std::shared_ptr<const workbench::CompiledRights> RightsSession::compiled() const
{
    return m_view && m_measure.rules.get() == &m_view->rules ? m_view->compiled(engine::Question::Playable) : nullptr;
}

void RightsSession::reload()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return workspace.rules().view(workspace); },
        [this](Result<std::shared_ptr<const workbench::RulesView>> view) {
            if (view) {
                takeView(*view);
                return;
            }
            m_state = State::Failed;
            Q_EMIT loadFailed(view.error());
            Q_EMIT stateChanged();
        });
}

void RightsSession::takeView(const std::shared_ptr<const workbench::RulesView>& view)
{
    m_view = view;
    // Keeps the whole view alive as long as its rules are read.
    m_plan.setBase(std::shared_ptr<const engine::RuleSet>(view, &view->rules));
    std::erase_if(m_shown, [this](const TitleId& id) {
        return std::ranges::find(m_plan.base().titles, id, &engine::Title::id) == m_plan.base().titles.end();
    });
    m_state = State::Ready;
    changed();
    Q_EMIT stateChanged();
}

void RightsSession::changed()
{
    m_measured = false;
    // What is being worked out is of the plan before; it must not pass for this one until the timer asks anew.
    m_measureCancel.cancel();
    ++m_measureTurn;
    m_measureTimer->start();
    Q_EMIT planChanged();
}

void RightsSession::setShown(std::vector<TitleId> titles)
{
    if (titles == m_shown)
        return;
    m_shown = std::move(titles);
    changed();
}

void RightsSession::setAt(Instant at)
{
    if (at == m_at)
        return;
    m_at = at;
    Q_EMIT atChanged();
    startLive();
}

void RightsSession::stage(const std::vector<engine::Rule>& put, const std::vector<WindowId>& remove,
    const std::vector<engine::Deal>& deals, const std::vector<engine::Title>& titles)
{
    m_importOnTop = false;
    m_plan.stage(put, remove, deals, titles);
    changed();
}

void RightsSession::unstage(const WindowId& window)
{
    m_importOnTop = false;
    m_plan.unstage(window);
    changed();
}

void RightsSession::drop()
{
    m_importOnTop = false;
    m_plan.drop();
    changed();
}

bool RightsSession::undo()
{
    m_importOnTop = false;
    const bool undone = m_plan.undo();
    if (undone)
        changed();
    return undone;
}

bool RightsSession::redo()
{
    m_importOnTop = false;
    const bool redone = m_plan.redo();
    if (redone)
        changed();
    return redone;
}

} // namespace vidimus::ui::rights

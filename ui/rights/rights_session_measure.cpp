#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/rights_session.h"

/// What is worked out beside the window.
namespace vidimus::ui::rights {

namespace {

struct Measured {
    int turn = 0;
    Result<PlanMeasure> measure;
};

} // namespace

void RightsSession::startMeasure()
{
    if (!m_view)
        return;
    m_measureCancel.cancel();
    m_measureCancel = CancelSource();
    const int turn = ++m_measureTurn;
    auto planned = m_plan.isEmpty() ? nullptr : std::make_shared<const engine::RuleSet>(m_plan.planned());
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, view = m_view, planned = std::move(planned), shown = m_shown, now = now(),
            cancel = m_measureCancel.token(),
            turn] { return Measured {turn, measurePlan(workspace, view, planned, shown, now, cancel)}; },
        [this](Measured result) {
            if (result.turn != m_measureTurn)
                return;
            if (!result.measure) {
                Q_EMIT failed(result.measure.error());
                return;
            }
            m_measure = *std::move(result.measure);
            m_measured = true;
            Q_EMIT measured();
            startLive();
        });
}

void RightsSession::startLive()
{
    if (!m_measure.resolver)
        return;
    m_liveCancel.cancel();
    m_liveCancel = CancelSource();
    const int turn = ++m_liveTurn;
    m_workspace.tasks().run(
        this,
        [resolver = m_measure.resolver, questions = m_measure.questions, at = m_at, cancel = m_liveCancel.token()] {
            return liveAt(*resolver, *questions, at, cancel);
        },
        [this, turn](LiveAt live) {
            if (turn != m_liveTurn)
                return;
            m_live = std::move(live);
            Q_EMIT liveChanged();
        });
}

} // namespace vidimus::ui::rights

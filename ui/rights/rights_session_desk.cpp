#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_template.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/rights_session.h"

/// What leaves the page and comes in: saving, drafts, templates, a licensor's file, an explanation.
namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

bool RightsSession::refuseClashes()
{
    if (!m_plan.hasClashes())
        return false;
    Q_EMIT failed({ErrorCode::Conflict, u"windows of the plan were changed meanwhile"_s, "stale_plan"});
    return true;
}

void RightsSession::apply()
{
    if (m_plan.isEmpty() || m_applying || refuseClashes())
        return;
    m_applying = true;
    const int count = m_plan.count();
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, plan = m_plan.toPlan(u"plan"_s)] {
            return workbench::applyRightsPlan(workspace, plan);
        },
        [this, count](const Result<void>& result) {
            m_applying = false;
            if (!result) {
                Q_EMIT failed(result.error());
                if (result.error().reason == "stale_plan")
                    reload();
                return;
            }
            m_plan.clear();
            Q_EMIT applied(count);
            reload();
        });
    Q_EMIT planChanged();
}

void RightsSession::keepDraft()
{
    if (m_plan.isEmpty() || m_applying || refuseClashes())
        return;
    m_applying = true;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, plan = m_plan.toPlan(u"plan"_s)] {
            return workbench::keepRightsDraft(workspace, plan);
        },
        [this](const Result<QString>& draft) {
            m_applying = false;
            if (!draft) {
                Q_EMIT failed(draft.error());
                return;
            }
            m_plan.clear();
            Q_EMIT drafted();
            changed();
        });
    Q_EMIT planChanged();
}

QString RightsSession::licensorOf(const DealId& deal) const
{
    const auto deals = m_plan.deals();
    const auto found = std::ranges::find(deals, deal, &engine::Deal::id);
    return found == deals.end() ? QString() : found->licensor;
}

void RightsSession::keepTemplate(const engine::Rule& rule)
{
    const bool said = rule.provenance && !rule.provenance->licensor.isEmpty();
    const QString licensor = said ? rule.provenance->licensor : licensorOf(rule.deal);
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, licensor, rule] {
            return workbench::keepRightsTemplate(workspace, licensor, workbench::templateOf(rule));
        },
        [this, licensor](const Result<void>& kept) {
            if (kept)
                Q_EMIT templateKept(licensor);
            else
                Q_EMIT failed(kept.error());
        });
}

void RightsSession::addFromTemplate(const engine::Rule& like)
{
    const QString licensor = licensorOf(like.deal);
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, licensor] { return workbench::rightsTemplate(workspace, licensor); },
        [this, licensor, like](const Result<std::optional<workbench::RightsTemplate>>& kept) {
            if (!kept) {
                Q_EMIT failed(kept.error());
                return;
            }
            if (!*kept) {
                Q_EMIT templateMissing(licensor);
                return;
            }
            const Instant start = std::chrono::floor<std::chrono::days>(m_at);
            const engine::Rule rule = workbench::windowFrom(**kept, like.scope, like.deal, start);
            stage({rule});
            Q_EMIT added(rule.id);
        });
}

void RightsSession::readImport(const workbench::RightsImport& import)
{
    workbench::RightsImport dry = import;
    dry.dryRun = true;
    const int turn = ++m_importTurn;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, dry] { return workbench::importRights(workspace, dry); },
        [this, turn, dry](const Result<avails::ImportPlan>& plan) {
            if (turn != m_importTurn)
                return;
            if (m_importOnTop)
                m_plan.undo();
            m_importOnTop = false;
            if (!plan) {
                changed();
                Q_EMIT importFailed(problemSentence(plan.error()));
                Q_EMIT failed(plan.error());
                return;
            }
            if (workbench::isHeldBack(*plan, dry)) {
                changed();
                Q_EMIT importRead(dry.file, *plan, true);
                return;
            }
            const auto both = [](const auto& changes) {
                auto list = changes.added;
                list.insert(list.end(), changes.changed.begin(), changes.changed.end());
                return list;
            };
            std::vector<WindowId> removed;
            for (const engine::Rule& rule : plan->rules.removed)
                removed.push_back(rule.id);
            const bool any = !plan->rules.added.empty() || !plan->rules.changed.empty() || !removed.empty()
                || !plan->titles.added.empty() || !plan->titles.changed.empty() || !plan->deals.added.empty();
            stage(both(plan->rules), removed, both(plan->deals), both(plan->titles));
            m_importOnTop = any;
            Q_EMIT importRead(dry.file, *plan, false);
        });
}

void RightsSession::explain(const engine::Query& query)
{
    const int turn = ++m_explainTurn;
    if (m_plan.isEmpty() || !m_measure.resolver) {
        m_workspace.tasks().run(
            this, [&workspace = m_workspace, query] { return workbench::explainRights(workspace, query); },
            [this, turn, query](const Result<engine::Explanation>& explanation) {
                if (turn != m_explainTurn)
                    return;
                if (explanation)
                    Q_EMIT explained(query, *explanation);
                else
                    Q_EMIT failed(explanation.error());
            });
        return;
    }
    m_workspace.tasks().run(
        this, [resolver = m_measure.resolver, query] { return engine::explain(*resolver, query); },
        [this, turn, query](const engine::Explanation& explanation) {
            if (turn == m_explainTurn)
                Q_EMIT explained(query, explanation);
        });
}

} // namespace vidimus::ui::rights

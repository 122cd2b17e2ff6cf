#include "ui/rights/rights_session.h"

#include "ui/rights/bulk_edit.h"
#include "ui/rights/problem_text.h"
#include "ui/rights/sheet_text.h"

#include "core/moderation/role.h"
#include "core/workbench/events.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_issues.h"
#include "core/workbench/rights_template.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

#include <QTimer>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMeasureDelayMs = 30; // a held key nudges many times a second

struct Measured {
    int turn = 0;
    Result<PlanMeasure> measure;
};

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

std::vector<engine::Rule> RightsSession::rulesOf(const std::vector<WindowId>& windows) const
{
    std::vector<engine::Rule> rules;
    for (const WindowId& window : windows) {
        const engine::Rule* rule = m_plan.isRemoved(window) ? nullptr : m_plan.find(window);
        if (rule)
            rules.push_back(*rule);
    }
    return rules;
}

void RightsSession::change(
    const std::vector<WindowId>& windows, const std::function<engine::Rule(const engine::Rule&)>& change)
{
    std::vector<engine::Rule> put = rulesOf(windows);
    std::ranges::transform(put, put.begin(), change);
    if (!put.empty())
        stage(put);
}

void RightsSession::edit(const std::vector<WindowId>& windows, Column column, const QString& text)
{
    const engine::RuleSet rules = m_plan.planned();
    std::vector<engine::Rule> put;
    std::vector<engine::Deal> deals;
    for (const engine::Rule& rule : rulesOf(windows)) {
        auto edit = withEdit(rule, column, text, rules);
        if (!edit) {
            Q_EMIT failed(edit.error());
            return;
        }
        put.push_back(std::move(edit->rule));
        if (edit->newDeal && deals.empty())
            deals.push_back(*std::move(edit->newDeal));
    }
    if (!put.empty())
        stage(put, {}, deals);
}

void RightsSession::paste(const QString& text, const std::vector<WindowId>& targets, Column column)
{
    const auto cells = pasteSheetText(text, rulesOf(targets), column, m_plan.planned());
    if (!cells) {
        Q_EMIT failed(cells.error());
        return;
    }
    stage(cells->put, {}, cells->deals);
    Q_EMIT pasted(static_cast<int>(cells->put.size()) - cells->added, cells->added);
}

void RightsSession::merge(const std::vector<WindowId>& windows)
{
    const auto one = mergeWindows(rulesOf(windows));
    if (!one) {
        Q_EMIT failed(one.error());
        return;
    }
    stage({one->rule}, one->removed);
    Q_EMIT merged(static_cast<int>(one->removed.size()) + 1);
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

void RightsSession::apply()
{
    if (m_plan.isEmpty() || m_applying)
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
    if (m_plan.isEmpty() || m_applying)
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
    const QString licensor = licensorOf(rule.deal);
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
        [this, turn, file = import.file](const Result<avails::ImportPlan>& plan) {
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
            Q_EMIT importRead(file, *plan);
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

void RightsSession::startMeasure()
{
    if (!m_view)
        return;
    m_measureCancel.cancel();
    m_measureCancel = CancelSource();
    const int turn = ++m_measureTurn;
    const bool empty = m_plan.isEmpty();
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, view = m_view, planned = empty ? engine::RuleSet() : m_plan.planned(), empty,
            shown = m_shown, now = now(), cancel = m_measureCancel.token(), turn]() -> Measured {
            PlanMeasure measure;
            measure.rules = empty ? std::shared_ptr<const engine::RuleSet>(view, &view->rules)
                                  : std::make_shared<const engine::RuleSet>(planned);
            measure.resolver = empty ? std::make_shared<const engine::Resolver>(view->resolver)
                                     : std::make_shared<const engine::Resolver>(planned);
            measure.now = engine::findConflicts(view->rules, cancel);
            measure.after = empty ? measure.now : engine::findConflicts(planned, cancel);
            if (!empty) {
                auto effects = engine::effectOf(view->resolver, *measure.resolver, now, cancel);
                if (!effects)
                    return {turn, std::move(effects).error()};
                measure.effects = *std::move(effects);
            }
            measure.changes = changeInstants(*measure.rules, shown);
            measure.expiries = countExpiries(*measure.rules, now);
            if (auto issues = workbench::rightsIssuesOf(workspace, *measure.rules, cancel))
                measure.issues = *std::move(issues);
            return {turn, std::move(measure)};
        },
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
        [resolver = m_measure.resolver, rules = m_measure.rules, shown = m_shown, at = m_at,
            cancel = m_liveCancel.token()] { return liveAt(*resolver, *rules, shown, at, cancel); },
        [this, turn](LiveAt live) {
            if (turn != m_liveTurn)
                return;
            m_live = std::move(live);
            Q_EMIT liveChanged();
        });
}

} // namespace vidimus::ui::rights

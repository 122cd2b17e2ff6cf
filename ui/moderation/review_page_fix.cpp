// The correction of a finding: proposed, made as a job, shown before and after, all in the panel of the finding.
#include "core/workbench/fix_job.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/fix_text.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"

namespace vidimus::ui::moderation {

using namespace widgets;

bool ReviewPage::showsFix() const
{
    const FindingDetail& detail = m_reasons->detail();
    const int row = detail.shownId().isEmpty() ? -1 : m_findings.rowOf(detail.shownId());
    return row >= 0 && m_fix.asset == m_asset && m_fix.checkId == m_findings.rows()[std::size_t(row)].checkId;
}

void ReviewPage::refreshFix()
{
    if (showsFix())
        m_reasons->detail().setFix(m_fix.text, m_fix.proposed);
}

void ReviewPage::fixFinding()
{
    const FindingDetail& detail = m_reasons->detail();
    const int row = detail.shownId().isEmpty() ? -1 : m_findings.rowOf(detail.shownId());
    if (row < 0)
        return say(tr("Go to a finding first, with the arrow keys up and down."));
    if (!detail.fixButton()->isEnabled())
        return say(detail.fixButton()->toolTip());
    if (showsFix() && m_fix.proposed)
        return makeFix();
    if (showsFix() && m_fix.isUnderWay)
        return say(m_fix.text);
    m_fix = Fix {.asset = m_asset, .checkId = m_findings.rows()[std::size_t(row)].checkId};
    m_fix.text = tr("Working out the smallest correction…");
    m_fix.isUnderWay = true;
    refreshFix();
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = m_fix.asset, check = m_fix.checkId] {
            return workbench::proposeFixOfAsset(workspace, asset, {check});
        },
        [this, asset = m_fix.asset, check = m_fix.checkId](const Result<workbench::FixOutcome>& outcome) {
            if (m_fix.asset != asset || m_fix.checkId != check)
                return;
            m_fix.isUnderWay = false;
            m_fix.proposed = outcome && !outcome->proposal.plan.isEmpty();
            m_fix.text = outcome ? proposalText(*outcome) : errorText(outcome.error()).what;
            refreshFix();
            say(m_fix.text);
        });
}

void ReviewPage::makeFix()
{
    m_fix.proposed = false;
    m_fix.isUnderWay = true;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = m_fix.asset, check = m_fix.checkId] {
            return workbench::queueFix(workspace, asset, {check});
        },
        [this](const Result<JobId>& queued) {
            m_fix.isUnderWay = queued.has_value();
            m_fix.job = queued ? *queued : JobId();
            m_fix.text = queued ? tr("The correction waits for its turn.") : errorText(queued.error()).what;
            refreshFix();
            if (queued)
                readFix(*queued);
        });
}

void ReviewPage::readFix(const JobId& job)
{
    if (job != m_fix.job || job.isEmpty())
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, job] { return workbench::findJob(workspace, job); },
        [this](const Result<jobs::Job>& found) {
            if (!found || found->id != m_fix.job)
                return;
            const auto result = workbench::fixResultOf(*found);
            const bool ended = found->state == jobs::JobState::Done || (result && !result->proved);
            m_fix.text = ended && result ? resultText(*result) : progressText(*found);
            m_fix.isUnderWay = found->state == jobs::JobState::Queued || found->state == jobs::JobState::Running
                || found->state == jobs::JobState::Paused;
            refreshFix();
            if (ended)
                say(m_fix.text);
        });
}

} // namespace vidimus::ui::moderation

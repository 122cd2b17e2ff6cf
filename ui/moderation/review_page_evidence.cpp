// Why a finding of the open item fired, and what a person says of it.
#include "core/workbench/allowances.h"
#include "core/workbench/finding_evidence.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/entry_strip.h"
#include "ui/moderation/finding_detail.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_page.h"
#include "ui/widgets/error_text.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

void ReviewPage::showDetail(int row)
{
    FindingDetail& detail = m_reasons->detail();
    if (row < 0)
        return detail.clear();
    const FindingRow& finding = m_findings.rows()[std::size_t(row)];
    if (detail.shownId() == finding.id)
        return;
    detail.showFinding(finding, row + 1, m_findings.rowCount());
    refreshFix();
    const checks::CheckResult result {.id = finding.checkId, .threshold = finding.threshold};
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = m_asset, result, finding = finding.finding] {
            return workbench::findingEvidence(workspace, asset, result, finding);
        },
        [this, asset = m_asset, id = finding.id](Result<std::optional<checks::Evidence>> evidence) {
            // Without numbers the meaning still stands; a damaged store has told so elsewhere.
            if (asset == m_asset && m_reasons->detail().shownId() == id)
                m_reasons->detail().setEvidence(evidence ? *evidence : std::nullopt);
        });
}

void ReviewPage::allowFinding()
{
    const QString id = m_reasons->detail().shownId();
    const int row = id.isEmpty() ? -1 : m_findings.rowOf(id);
    if (row < 0)
        return say(tr("Go to a finding first, with the arrow keys up and down."));
    const FindingRow finding = m_findings.rows()[std::size_t(row)];
    m_strip->open(tr("Allowed here because"), tr("Kept with the content, also when it is uploaded again"), {},
        [this, asset = m_asset, finding](const QString& reason) {
            if (reason.trimmed().isEmpty())
                return m_strip->complain(tr("Say why it is allowed."));
            const workbench::AllowRequest request {.asset = asset,
                .checkId = finding.checkId,
                .detail = finding.finding.detail,
                .from = finding.start,
                .to = finding.end,
                .reason = reason,
                .expires = {}};
            m_workspace.tasks().run(
                this, [&workspace = m_workspace, request] { return workbench::allowFinding(workspace, request); },
                [this](Result<checks::Allowance> allowed) {
                    if (!allowed)
                        return m_strip->complain(errorText(allowed.error()).what);
                    m_strip->close();
                    m_reasons->detail().clear();
                    say(tr("Allowed. It no longer counts against this content."));
                });
        });
}

void ReviewPage::forgetAllowance(const QString& allowance)
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, id = checks::AllowanceId(allowance)] {
            return workbench::forgetAllowance(workspace, id);
        },
        [this](Result<void> forgotten) {
            m_reasons->detail().clear();
            say(forgotten ? tr("It counts again.") : errorText(forgotten.error()).what);
        });
}

} // namespace vidimus::ui::moderation

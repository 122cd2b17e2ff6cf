#include "core/workbench/rights_issues.h"

#include "core/store/workspace_store.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<rights::Issues> rightsIssuesOf(Workspace& workspace, const rights::RuleSet& planned, const CancelToken& cancel)
{
    const auto titles
        = workspace.store().read([](const store::UnitOfWork& unit) { return unit.assets.titlesWithMaterial(); });
    if (!titles)
        return titles.error();
    const rights::Material material {{titles->begin(), titles->end()}};
    auto issues = rights::findIssues(planned, &material, workspace.clock().now(), cancel);
    if (cancel.isCanceled())
        return Error {ErrorCode::Canceled, u"looking for conflicts was cancelled"_s, {}};
    return issues;
}

Result<rights::Issues> rightsIssues(Workspace& workspace, const CancelToken& cancel)
{
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    return rightsIssuesOf(workspace, (*view)->rules, cancel);
}

} // namespace vidimus::workbench

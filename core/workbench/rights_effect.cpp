#include "core/workbench/rights_effect.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/validate.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxEditBytes = 64LL << 20;

Result<RightsPlan> planFromJson(const QString& path)
{
    const auto bytes = readFile(path, kMaxEditBytes);
    if (!bytes)
        return bytes.error();
    auto json = parseJsonObject(*bytes);
    if (!json)
        return std::move(json).error();
    // What `rights conflicts --json` suggests can be handed on as it stands.
    if (json->contains("fix"_L1))
        json = json->value("fix"_L1).toObject();
    const auto edit = rights::ruleEditFromJson(*json);
    if (!edit)
        return edit.error();
    return planOf(*edit);
}

} // namespace

rights::RuleSet plannedRules(const RightsPlan& plan, rights::RuleSet stored)
{
    return rights::applied(
        {.put = plan.put, .remove = plan.remove, .titles = plan.titles, .deals = plan.deals}, std::move(stored));
}

RightsPlan planOf(const rights::RuleEdit& edit)
{
    return {.put = edit.put, .remove = edit.remove, .titles = edit.titles, .deals = edit.deals, .seen = {}, .why = {}};
}

Result<RightsPlan> readPlanFile(Workspace& workspace, const RightsImport& file)
{
    if (file.file.endsWith(u".json"_s, Qt::CaseInsensitive))
        return planFromJson(file.file);
    RightsImport dry = file;
    dry.dryRun = true;
    const auto import = importRights(workspace, dry);
    if (!import)
        return import.error();
    if (import->rejected > 0) {
        return Error {ErrorCode::Invalid,
            u"%1 of %2 rows of %3 are wrong, so the list changes nothing; `rights import --dry-run` says why"_s
                .arg(import->rejected)
                .arg(import->rows)
                .arg(file.file),
            "bad_rows"};
    }
    return planOfImport(*import, file.file);
}

Result<rights::Effects> rightsEffect(
    Workspace& workspace, const RightsPlan& plan, rights::Question question, const CancelToken& cancel)
{
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    const rights::RuleSet planned = plannedRules(plan, (*view)->rules);
    if (const auto valid = rights::validate(planned); !valid)
        return valid.error();
    return rights::effectOf((*view)->resolver.forQuestion(question), rights::Resolver(planned).forQuestion(question),
        workspace.clock().now(), cancel);
}

} // namespace vidimus::workbench

#include "core/workbench/rights_effect.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/rights/validate.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

#include <QSet>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxEditBytes = 64LL << 20;

/// A window that ends before it starts never opens, so that the effect would be that of removing it.
std::optional<Error> invertedWindow(const rights::Rule& rule)
{
    const auto isInverted = [](const std::optional<rights::Window>& window) {
        return window && window->start && window->end && *window->start > *window->end;
    };
    const std::pair<QLatin1StringView, std::optional<rights::Window>> windows[] = {
        {"the window"_L1, rule.window}, {"its pre-order"_L1, rule.preOrder}, {"its announcement"_L1, rule.announced}};
    for (const auto& [name, window] : windows) {
        if (!isInverted(window))
            continue;
        return Error {ErrorCode::Invalid,
            u"put: of %1 %2 ends %3, before it starts %4, so it would never be open; are the two dates swapped?"_s.arg(
                rule.id.toString(), name, toRfc3339(*window->end), toRfc3339(*window->start)),
            "inverted_window"};
    }
    return std::nullopt;
}

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
    for (const rights::Rule& rule : edit->put) {
        if (auto fault = invertedWindow(rule))
            return *std::move(fault);
    }
    return planOf(*edit);
}

/// What is to go has to be there: a slip of the pen would look like a change without effect.
Result<void> checkRemovals(const RightsPlan& plan, const rights::RuleSet& stored)
{
    QSet<QString> known;
    for (const rights::Rule& rule : stored.rules)
        known.insert(rule.id.toString());
    for (const WindowId& id : plan.remove) {
        if (!known.contains(id.toString())) {
            return Error {ErrorCode::Invalid,
                u"remove: there is no window %1; `rights explain` and the grid show the ids of those that stand"_s.arg(
                    id.toString()),
                "unknown_window"};
        }
    }
    return {};
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
    if (auto known = checkRemovals(plan, (*view)->rules); !known)
        return std::move(known).error();
    const rights::RuleSet planned = plannedRules(plan, (*view)->rules);
    if (const auto valid = rights::validate(planned); !valid)
        return valid.error();
    return rights::effectOf((*view)->resolver.forQuestion(question), rights::Resolver(planned).forQuestion(question),
        workspace.clock().now(), cancel);
}

} // namespace vidimus::workbench

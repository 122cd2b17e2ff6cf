#include "core/workbench/rights_template.h"

#include "core/base/json.h"
#include "core/moderation/role.h"
#include "core/rights/rule_set_json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kTemplate = u"rights_template:"_s;
const QString kAnyId = u"template"_s; // a stored rule has an id and a title

QJsonObject toJson(const RightsTemplate& pattern)
{
    rights::Rule rule = pattern.rule;
    rule.id = WindowId(kAnyId);
    rule.scope = TitleId(kAnyId);
    return {{u"rule"_s, rights::toJson(rule)},
        {u"days"_s, pattern.length ? QJsonValue(static_cast<qint64>(pattern.length->count())) : QJsonValue::Null}};
}

} // namespace

RightsTemplate templateOf(const rights::Rule& rule)
{
    RightsTemplate pattern {rule, std::nullopt};
    if (rule.window.start && rule.window.end && *rule.window.start < *rule.window.end)
        pattern.length = std::chrono::ceil<std::chrono::days>(*rule.window.end - *rule.window.start);
    pattern.rule.id = {};
    pattern.rule.scope = {};
    pattern.rule.deal = {};
    pattern.rule.window = {};
    pattern.rule.provenance.reset();
    pattern.rule.terms.remove(u"avail_id"_s);
    pattern.rule.terms.remove(u"alid"_s);
    return pattern;
}

rights::Rule windowFrom(const RightsTemplate& pattern, const TitleId& title, const DealId& deal, Instant start)
{
    rights::Rule rule = pattern.rule;
    rule.id = newId<WindowId>();
    rule.scope = title;
    rule.deal = deal;
    rule.window.start = start;
    rule.window.end = pattern.length ? std::optional<Instant>(start + *pattern.length) : std::nullopt;
    return rule;
}

Result<std::optional<RightsTemplate>> rightsTemplate(Workspace& workspace, const QString& licensor)
{
    const auto stored = workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.settings.find(kTemplate + licensor); });
    if (!stored)
        return stored.error();
    if (!*stored)
        return std::optional<RightsTemplate>();
    auto rule = rights::ruleFromJson((*stored)->value("rule"_L1).toObject());
    if (!rule)
        return Error {ErrorCode::Corrupt, rule.error().detail, "stored_template"};
    RightsTemplate pattern = templateOf(*rule);
    if (const QJsonValue days = (*stored)->value("days"_L1); days.isDouble())
        pattern.length = std::chrono::days(days.toInt());
    return std::optional(std::move(pattern));
}

Result<void> keepRightsTemplate(Workspace& workspace, const QString& licensor, const RightsTemplate& pattern)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    if (licensor.trimmed().isEmpty())
        return Error {ErrorCode::Invalid, u"the template needs a licensor"_s, "no_licensor"};
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = unit.settings.find(kTemplate + licensor);
        if (!before)
            return before.error();
        const QJsonObject json = toJson(pattern);
        if (auto kept = unit.settings.put(kTemplate + licensor, json, unit.now()); !kept)
            return kept;
        return unit.audit.append(workspace.me().id.toString(), u"edit_rights_template"_s, licensor,
            *before ? QJsonValue(**before) : QJsonValue::Null, json);
    });
}

} // namespace vidimus::workbench

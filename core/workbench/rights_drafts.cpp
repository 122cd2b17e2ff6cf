#include "core/workbench/rights_drafts.h"

#include "core/base/json.h"
#include "core/moderation/role.h"
#include "core/rights/issue.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kDraft = u"rights_draft:"_s;
const QString kTwoPeople = u"two_people:"_s;

QJsonObject toJson(const RightsDraft& draft)
{
    const RightsPlan& plan = draft.plan;
    QJsonArray seen;
    for (const rights::Rule& rule : plan.seen)
        seen.append(rights::toJson(rule));
    return {{u"author"_s, draft.author.toString()}, {u"at"_s, toRfc3339(draft.madeAt)}, {u"why"_s, plan.why},
        {u"seen"_s, seen},
        {u"edit"_s,
            rights::toJson(rights::RuleEdit {
                .put = plan.put, .remove = plan.remove, .titles = plan.titles, .deals = plan.deals})}};
}

Result<RightsDraft> draftFromJson(const QString& id, const QJsonObject& json)
{
    JsonReader reader(json);
    RightsDraft draft;
    draft.id = id;
    draft.author = PersonId(reader.string("author"_L1));
    draft.plan.why = reader.string("why"_L1);
    const auto at = parseRfc3339(reader.string("at"_L1));
    const QJsonArray seen = reader.array("seen"_L1);
    const auto edit = rights::ruleEditFromJson(reader.object("edit"_L1));
    auto finished = reader.finish();
    if (!finished || !at || !edit)
        return Error {ErrorCode::Corrupt, u"a draft of rights does not read"_s, "stored_draft"};
    for (const QJsonValue& value : seen) {
        auto rule = rights::ruleFromJson(value.toObject());
        if (!rule)
            return Error {ErrorCode::Corrupt, rule.error().detail, "stored_draft"};
        draft.plan.seen.push_back(*std::move(rule));
    }
    draft.madeAt = *at;
    draft.plan.put = edit->put;
    draft.plan.remove = edit->remove;
    draft.plan.titles = edit->titles;
    draft.plan.deals = edit->deals;
    draft.plan.draftedBy = draft.author;
    return draft;
}

Result<RightsDraft> draftIn(const store::UnitOfWork& unit, const QString& id)
{
    const auto stored = unit.settings.find(kDraft + id);
    if (!stored)
        return stored.error();
    if (!*stored)
        return Error {ErrorCode::NotFound, u"there is no draft %1"_s.arg(id), "no_draft"};
    return draftFromJson(id, **stored);
}

Result<void> removeDraft(Workspace& workspace, const QString& id, const QString& action)
{
    const auto removed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto draft = draftIn(unit, id);
        if (!draft)
            return draft.error();
        if (auto gone = unit.settings.remove(kDraft + id); !gone)
            return gone;
        return unit.audit.append(
            workspace.me().id.toString(), action, u"rights_draft:"_s + id, toJson(*draft), QJsonValue::Null);
    });
    if (removed)
        Q_EMIT workspace.events().rulesChanged();
    return removed;
}

} // namespace

Result<QString> keepRightsDraft(Workspace& workspace, const RightsPlan& plan)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed.error();
    const std::size_t size = plan.put.size() + plan.remove.size();
    if (size + plan.titles.size() + plan.deals.size() == 0)
        return Error {ErrorCode::Invalid, u"there is nothing in the plan"_s, "empty_plan"};
    if (size > kMaxDraftRules)
        return Error {
            ErrorCode::LimitExceeded, u"a draft has at most %1 windows"_s.arg(kMaxDraftRules), "draft_too_large"};
    const auto inverted = std::ranges::find_if(plan.put, [](const rights::Rule& rule) {
        return rule.window.start && rule.window.end && *rule.window.start > *rule.window.end;
    });
    if (inverted != plan.put.end())
        return Error {ErrorCode::Invalid,
            u"window %1 ends at %2, before it starts at %3"_s.arg(
                inverted->id.toString(), toRfc3339(*inverted->window.end), toRfc3339(*inverted->window.start)),
            "end_before_start"};
    // Against what stands now, so that its author learns of a name that nobody knows, and not who approves it.
    const auto view = workspace.rules().view(workspace);
    if (!view)
        return view.error();
    if (auto valid = rights::validate(plannedRules(plan, (*view)->rules)); !valid)
        return std::move(valid).error();
    const RightsDraft draft {.id = newId<WindowId>().toString(),
        .author = workspace.me().id,
        .authorName = {},
        .madeAt = workspace.clock().now(),
        .plan = plan};
    const auto kept = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        if (auto put = unit.settings.put(kDraft + draft.id, toJson(draft), draft.madeAt); !put)
            return put;
        return unit.audit.append(
            draft.author.toString(), u"draft_rights"_s, u"rights_draft:"_s + draft.id, QJsonValue::Null, toJson(draft));
    });
    if (!kept)
        return kept.error();
    Q_EMIT workspace.events().rulesChanged();
    return draft.id;
}

Result<std::vector<RightsDraft>> rightsDrafts(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) -> Result<std::vector<RightsDraft>> {
        const auto all = unit.settings.all();
        if (!all)
            return all.error();
        std::vector<RightsDraft> drafts;
        for (auto at = all->lower_bound(kDraft); at != all->end() && at->first.startsWith(kDraft); ++at) {
            auto draft = draftFromJson(at->first.mid(kDraft.size()), at->second);
            if (!draft)
                return std::move(draft).error();
            const auto author = unit.settings.findPerson(draft->author);
            if (!author)
                return author.error();
            draft->authorName = *author ? (*author)->name : QString();
            drafts.push_back(*std::move(draft));
        }
        std::ranges::stable_sort(drafts, {}, &RightsDraft::madeAt);
        return drafts;
    });
}

Result<void> approveRightsDraft(Workspace& workspace, const QString& id)
{
    const auto draft = workspace.store().read([&](const store::UnitOfWork& unit) { return draftIn(unit, id); });
    if (!draft)
        return draft.error();
    if (draft->author == workspace.me().id)
        return noteDenied(workspace, {ErrorCode::Denied, u"who made a draft cannot approve it"_s, "same_person"},
            u"approve_rights"_s, u"rights_draft:"_s + id);
    if (auto applied = applyRightsPlan(workspace, draft->plan); !applied)
        return applied;
    return removeDraft(workspace, id, u"approve_rights"_s);
}

Result<void> dropRightsDraft(Workspace& workspace, const QString& id)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    return removeDraft(workspace, id, u"drop_rights_draft"_s);
}

Result<void> demandSecondPerson(Workspace& workspace, const DealId& deal, bool demanded)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    const QString key = kTwoPeople + deal.toString();
    const auto changed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto stood = unit.settings.find(key);
        if (!stood)
            return stood.error();
        if (stood->has_value() == demanded)
            return {};
        auto written = demanded ? unit.settings.put(key, {}, unit.now()) : unit.settings.remove(key);
        if (!written)
            return written;
        return unit.audit.append(workspace.me().id.toString(), u"demand_second_person"_s, u"deal:"_s + deal.toString(),
            stood->has_value(), demanded);
    });
    if (changed)
        Q_EMIT workspace.events().rulesChanged();
    return changed;
}

Result<std::set<DealId>> dealsOfTwoPeople(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) -> Result<std::set<DealId>> {
        const auto all = unit.settings.all();
        if (!all)
            return all.error();
        std::set<DealId> deals;
        for (auto at = all->lower_bound(kTwoPeople); at != all->end() && at->first.startsWith(kTwoPeople); ++at)
            deals.insert(DealId(at->first.mid(kTwoPeople.size())));
        return deals;
    });
}

Result<void> checkSecondPerson(
    const store::UnitOfWork& unit, const RightsPlan& plan, const rights::RuleSet& before, const PersonId& me)
{
    if (!plan.draftedBy.isEmpty() && plan.draftedBy != me)
        return {};
    std::set<DealId> touched;
    std::set<WindowId> changed(plan.remove.begin(), plan.remove.end());
    for (const rights::Rule& rule : plan.put) {
        touched.insert(rule.deal);
        changed.insert(rule.id);
    }
    for (const rights::Rule& rule : before.rules) {
        if (changed.contains(rule.id))
            touched.insert(rule.deal);
    }
    for (const rights::Deal& deal : plan.deals)
        touched.insert(deal.id);
    for (const DealId& deal : touched) {
        if (deal.isEmpty())
            continue;
        const auto demanded = unit.settings.find(kTwoPeople + deal.toString());
        if (!demanded)
            return demanded.error();
        if (*demanded)
            return Error {ErrorCode::Denied, deal.toString(), "second_person_needed"};
    }
    return {};
}

} // namespace vidimus::workbench

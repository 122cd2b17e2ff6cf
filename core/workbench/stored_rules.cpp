#include "core/workbench/stored_rules.h"

#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"
#include "core/store/unit_of_work.h"
#include "core/workbench/publication_body.h"
#include "core/workbench/rights_desk.h"

#include <map>
#include <set>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kContext = u"context"_s;
const QString kTitle = u"title"_s;
const QString kDeal = u"deal"_s;
const QString kRule = u"rule"_s;

template<class Value>
Result<Value> trusted(Result<Value> read)
{
    return read ? std::move(read) : Error {ErrorCode::Corrupt, read.error().detail, "stored_rules"};
}

Result<rights::Title> titleOf(const store::RulePiece& piece)
{
    return trusted(rights::titleFromJson(TitleId(piece.id), piece.body));
}

Result<rights::Deal> dealOf(const store::RulePiece& piece)
{
    return trusted(rights::dealFromJson(DealId(piece.id), piece.body));
}

Result<rights::Rule> ruleOf(const store::RulePiece& piece)
{
    return trusted(rights::ruleFromJson(piece.body));
}

Result<rights::RuleSet> storedContext(const store::UnitOfWork& unit)
{
    rights::RuleSet rules;
    const auto context = unit.rules.find(kContext, kContext);
    if (!context)
        return context.error();
    if (*context) {
        if (auto read = rights::readContext((*context)->body, rules); !read)
            return Error {ErrorCode::Corrupt, read.error().detail, "stored_rules"};
    }
    // Grants for all sites, as licensors' lists give them, mean the one that is published to where none is named.
    if (rules.sites.isEmpty())
        rules.sites.append(kDefaultSite);
    return rules;
}

template<class Item>
Result<void> readAll(const store::UnitOfWork& unit, const QString& kind, Result<Item> (*read)(const store::RulePiece&),
    std::vector<Item>& into)
{
    const auto pieces = unit.rules.findAll(kind);
    if (!pieces)
        return pieces.error();
    into.reserve(pieces->size());
    for (const store::RulePiece& piece : *pieces) {
        auto item = read(piece);
        if (!item)
            return std::move(item).error();
        into.push_back(*std::move(item));
    }
    return {};
}

/// Collects what hangs together, each piece once and by id, as the whole set is.
class Around {
public:
    explicit Around(const store::UnitOfWork& unit)
        : m_unit(unit)
    {
    }

    /// The plan changes what titles that it does not name depend on.
    [[nodiscard]] bool reachesFurther() const { return m_reachesFurther; }

    Result<void> addPlan(const RightsPlan& plan)
    {
        std::set<TitleId> scopes;
        std::set<WindowId> ids(plan.remove.begin(), plan.remove.end());
        for (const auto* rules : {&plan.put, &plan.seen}) {
            for (const rights::Rule& rule : *rules) {
                ids.insert(rule.id);
                scopes.insert(rule.scope);
                m_dealIds.insert(rule.deal);
            }
        }
        for (const WindowId& id : ids) {
            const auto piece = m_unit.rules.find(kRule, id.toString());
            if (!piece)
                return piece.error();
            if (*piece)
                scopes.insert((*piece)->title);
        }
        for (const rights::Deal& deal : plan.deals) {
            const auto piece = m_unit.rules.find(kDeal, deal.id.toString());
            if (!piece)
                return piece.error();
            m_reachesFurther = m_reachesFurther || (*piece && (*piece)->body != rights::toJson(deal));
            m_dealIds.insert(deal.id);
        }
        for (const TitleId& scope : scopes) {
            if (auto added = addRulesOf(scope); !added)
                return added;
            if (auto added = addPath(scope); !added)
                return added;
        }
        return addTitles(plan.titles);
    }

    Result<rights::RuleSet> take()
    {
        auto rules = storedContext(m_unit);
        if (!rules)
            return rules;
        for (auto& [id, title] : m_titles)
            rules->titles.push_back(std::move(title));
        for (auto& [id, rule] : m_rules)
            rules->rules.push_back(std::move(rule));
        m_dealIds.erase(DealId());
        for (const DealId& id : m_dealIds) {
            const auto piece = m_unit.rules.find(kDeal, id.toString());
            if (!piece)
                return piece.error();
            if (!*piece)
                continue;
            auto deal = dealOf(**piece);
            if (!deal)
                return std::move(deal).error();
            rules->deals.push_back(*std::move(deal));
        }
        return rules;
    }

private:
    Result<void> addRulesOf(const TitleId& title)
    {
        const auto pieces = m_unit.rules.findByTitle(title);
        if (!pieces)
            return pieces.error();
        for (const store::RulePiece& piece : *pieces) {
            if (piece.kind != kRule)
                continue;
            auto rule = ruleOf(piece);
            if (!rule)
                return std::move(rule).error();
            m_dealIds.insert(rule->deal);
            m_rules.insert_or_assign(piece.id, *std::move(rule));
        }
        return {};
    }

    /// The stored title, or null.
    Result<const rights::Title*> addTitle(const TitleId& id)
    {
        const auto known = m_titles.find(id);
        if (known != m_titles.end())
            return &known->second;
        const auto piece = m_unit.rules.find(kTitle, id.toString());
        if (!piece)
            return piece.error();
        if (!*piece)
            return nullptr;
        auto title = titleOf(**piece);
        if (!title)
            return std::move(title).error();
        return &m_titles.emplace(id, *std::move(title)).first->second;
    }

    /// A title and all above it; one step more than may be, so that too long a way shows.
    Result<void> addPath(TitleId at)
    {
        for (int length = 0; !at.isEmpty() && length <= rights::kMaxPathLength; ++length) {
            const auto title = addTitle(at);
            if (!title)
                return title.error();
            if (!*title)
                return {};
            at = (*title)->parent;
        }
        return {};
    }

    Result<void> addTitles(const std::vector<rights::Title>& planned)
    {
        for (const rights::Title& title : planned) {
            const auto standing = addTitle(title.id);
            if (!standing)
                return standing.error();
            m_reachesFurther = m_reachesFurther || (*standing && (*standing)->parent != title.parent);
            if (auto added = addPath(title.parent); !added)
                return added;
        }
        return {};
    }

    const store::UnitOfWork& m_unit;
    std::map<TitleId, rights::Title> m_titles;
    std::map<QString, rights::Rule> m_rules;
    std::set<DealId> m_dealIds;
    bool m_reachesFurther = false;
};

} // namespace

Result<rights::RuleSet> storedRules(const store::UnitOfWork& unit)
{
    auto rules = storedContext(unit);
    if (!rules)
        return rules;
    for (const Result<void>& read : {readAll(unit, kTitle, titleOf, rules->titles),
             readAll(unit, kDeal, dealOf, rules->deals), readAll(unit, kRule, ruleOf, rules->rules)}) {
        if (!read)
            return read.error();
    }
    return rules;
}

Result<rights::RuleSet> storedRulesAround(const store::UnitOfWork& unit, const RightsPlan& plan)
{
    const auto most = unit.rules.mostPieces();
    if (!most)
        return most.error();
    // Only all of them can be counted against the limits, which is asked where they may be reached.
    const bool mayBeTooMany
        = static_cast<std::size_t>(*most) + plan.put.size() + plan.titles.size() > rights::kMaxRules;
    Around around(unit);
    if (auto added = around.addPlan(plan); !added)
        return std::move(added).error();
    return mayBeTooMany || around.reachesFurther() ? storedRules(unit) : around.take();
}

} // namespace vidimus::workbench

#include "ui/rights/bulk_edit.h"

#include <QHash>
#include <map>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

std::vector<std::optional<Instant>*> edgesOf(engine::Rule& rule, EdgeChoice choice)
{
    std::vector<std::optional<Instant>*> edges;
    if (choice != EdgeChoice::End)
        edges.push_back(&rule.window.start);
    if (choice != EdgeChoice::Start)
        edges.push_back(&rule.window.end);
    std::erase_if(edges, [](const std::optional<Instant>* edge) { return !*edge; });
    return edges;
}

template<class Change>
std::vector<engine::Rule> changed(const std::vector<engine::Rule>& rules, EdgeChoice choice, Change change)
{
    std::vector<engine::Rule> put;
    for (engine::Rule rule : rules) {
        const engine::Window before = rule.window;
        for (std::optional<Instant>* edge : edgesOf(rule, choice))
            *edge = change(**edge);
        if (rule.window != before)
            put.push_back(std::move(rule));
    }
    return put;
}

/// What must be equal for two windows to become one.
engine::Rule withoutWindow(engine::Rule rule)
{
    rule.id = {};
    rule.window = {};
    rule.provenance.reset();
    return rule;
}

} // namespace

std::vector<engine::Rule> shiftWindows(
    const std::vector<engine::Rule>& rules, EdgeChoice edges, NudgeStep step, int count)
{
    return changed(rules, edges, [step, count](Instant at) { return nudged(at, step, count); });
}

Result<DateText> parseDateText(const QString& text)
{
    const auto at = parseInstantText(text);
    if (!at)
        return at.error();
    return DateText {*at, !text.contains(u':')};
}

std::vector<engine::Rule> replaceDates(
    const std::vector<engine::Rule>& rules, EdgeChoice edges, const DateText& from, const DateText& to)
{
    return changed(rules, edges, [&](Instant at) {
        const Instant day = std::chrono::floor<std::chrono::days>(at);
        if (from.isDay ? day != from.at : at != from.at)
            return at;
        return from.isDay && to.isDay ? to.at + (at - day) : to.at;
    });
}

Result<MergedWindows> mergeWindows(std::vector<engine::Rule> rules)
{
    const auto problem
        = [](const QString& detail, const char* reason) { return Error {ErrorCode::Invalid, detail, reason}; };
    if (rules.size() < 2)
        return problem(u"fewer than two windows"_s, "too_few");
    std::ranges::stable_sort(rules, [](const engine::Rule& a, const engine::Rule& b) {
        return a.window.start.value_or(kMinInstant) < b.window.start.value_or(kMinInstant);
    });
    MergedWindows merged {rules.front(), {}};
    for (std::size_t i = 1; i < rules.size(); ++i) {
        const engine::Rule& next = rules[i];
        if (withoutWindow(next) != withoutWindow(merged.rule))
            return problem(u"the windows differ in more than their time"_s, "differ");
        const bool touches
            = !merged.rule.window.end || !next.window.start || *next.window.start <= *merged.rule.window.end;
        if (!touches)
            return problem(u"there is time between the windows"_s, "apart");
        if (merged.rule.window.end)
            merged.rule.window.end
                = next.window.end ? std::optional(std::max(*merged.rule.window.end, *next.window.end)) : std::nullopt;
        merged.removed.push_back(next.id);
    }
    return merged;
}

std::optional<TitleId> nextSeasonOf(const TitleId& title, const std::vector<engine::Title>& titles)
{
    const auto self = std::ranges::find(titles, title, &engine::Title::id);
    if (self == titles.end() || self->parent.isEmpty() || !self->number)
        return std::nullopt;
    const engine::Title* next = nullptr;
    for (const engine::Title& other : titles) {
        const bool later = other.parent == self->parent && other.kind == self->kind && other.number > self->number;
        if (later && (!next || *other.number < *next->number))
            next = &other;
    }
    return next ? std::optional(next->id) : std::nullopt;
}

CopiedRights copyRights(const engine::RuleSet& rules, const TitleId& from, const TitleId& to, NudgeStep step, int count)
{
    std::map<int, TitleId> numbered;
    for (const engine::Title& title : rules.titles) {
        if (title.parent == to && title.link == engine::TitleLink::Part && title.number)
            numbered.emplace(*title.number, title.id);
    }
    std::map<TitleId, std::optional<TitleId>> targets {{from, to}};
    for (const engine::Title& title : rules.titles) {
        if (title.parent != from || title.link != engine::TitleLink::Part)
            continue;
        const auto part = title.number ? numbered.find(*title.number) : numbered.end();
        targets.emplace(title.id, part == numbered.end() ? std::nullopt : std::optional(part->second));
    }
    CopiedRights copied;
    for (const engine::Rule& rule : rules.rules) {
        const auto target = targets.find(rule.scope);
        if (target == targets.end())
            continue;
        if (!target->second) {
            ++copied.withoutTarget;
            continue;
        }
        engine::Rule copy = rule;
        copy.id = newId<WindowId>();
        copy.scope = *target->second;
        copy.provenance.reset();
        for (std::optional<Instant>* edge : edgesOf(copy, EdgeChoice::Both))
            *edge = nudged(**edge, step, count);
        copied.rules.push_back(std::move(copy));
    }
    return copied;
}

} // namespace vidimus::ui::rights

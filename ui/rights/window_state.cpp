#include "ui/rights/window_state.h"

#include "core/rights/pre_order.h"
#include "ui/rights/rights_texts.h"
#include "ui/widgets/time_label.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("WindowState", text);
}

/// Far times in whole days: hours matter in the last ten days only.
QString farSpan(Milliseconds span)
{
    constexpr std::chrono::days kNear {10};
    return widgets::spanText(span < kNear ? span : std::chrono::floor<std::chrono::days>(span));
}

QString conflictLook(const WindowState& state)
{
    switch (state.conflict) {
    case engine::ConflictCode::ExclusiveOverlap:
        return state.overlap ? tr("Overlap %1").arg(widgets::spanText(*state.overlap)) : tr("Overlap without end");
    case engine::ConflictCode::OutsideDealTerm:
        return tr("Outside the deal");
    case engine::ConflictCode::EmptyWindow:
        return tr("Ends before it starts");
    default:
        return conflictText(state.conflict);
    }
}

} // namespace

engine::Window effectiveWindow(const engine::Rule& rule, const engine::Deal* deal)
{
    engine::Window window = engine::isPreOrderOnly(rule) ? *rule.preOrder : rule.window;
    if (rule.effect == engine::Effect::Allow)
        return deal ? window.intersected(deal->term) : window;
    if (rule.after) {
        std::optional<Instant> end;
        if (rule.after->eventAt)
            end = *rule.after->eventAt + std::chrono::days(rule.after->days);
        window = window.intersected({std::nullopt, end});
    }
    return window;
}

WindowState windowState(
    const engine::Rule& rule, const engine::Deal* deal, const engine::Conflict* conflict, Instant now)
{
    WindowState state;
    state.restriction = rule.kind;
    const bool denies = rule.effect == engine::Effect::Deny;
    if (conflict && conflict->code != engine::ConflictCode::Shadowed) {
        state.kind = WindowStateKind::Conflict;
        state.conflict = conflict->code;
        if (conflict->window.start && conflict->window.end)
            state.overlap = *conflict->window.end - *conflict->window.start;
        return state;
    }
    const bool dealActs = denies || rule.deal.isEmpty() || (deal && deal->status == engine::DealStatus::Active);
    const engine::Window window = effectiveWindow(rule, deal);
    if (rule.status != engine::RuleStatus::Approved || !dealActs) {
        state.kind = WindowStateKind::Inactive;
    } else if (window.end && *window.end <= now) {
        state.kind = WindowStateKind::Expired;
        state.left = now - *window.end;
    } else if (window.start && now < *window.start) {
        state.kind = denies ? WindowStateKind::WillRestrict : WindowStateKind::Starts;
        state.left = *window.start - now;
    } else {
        if (window.end)
            state.left = *window.end - now;
        state.kind = denies                          ? WindowStateKind::Restricts
            : conflict                               ? WindowStateKind::Shadowed
            : state.left && *state.left <= kEndsSoon ? WindowStateKind::EndsSoon
                                                     : WindowStateKind::Live;
    }
    return state;
}

StateLook lookOf(const WindowState& state)
{
    const QString left = state.left ? farSpan(*state.left) : QString();
    switch (state.kind) {
    case WindowStateKind::Conflict:
        return {conflictLook(state), u"cross"_s, Ink::Rejected};
    case WindowStateKind::Restricts:
        return {left.isEmpty() ? restrictionText(state.restriction)
                               : tr("%1, %2 left").arg(restrictionText(state.restriction), left),
            u"forbidden"_s, Ink::Second};
    case WindowStateKind::WillRestrict:
        return {tr("%1 in %2").arg(restrictionText(state.restriction), left), u"clock"_s, Ink::Second};
    case WindowStateKind::Shadowed:
        return {tr("Never decides"), u"eye"_s, Ink::Second};
    case WindowStateKind::Inactive:
        return {tr("Not in force"), u"pause"_s, Ink::Second};
    case WindowStateKind::Expired:
        return {tr("Ended %1 ago").arg(left), u"clock"_s, Ink::Second};
    case WindowStateKind::EndsSoon:
        return {tr("Ends in %1").arg(left), u"clock"_s, Ink::Warning};
    case WindowStateKind::Starts:
        return {tr("Starts in %1").arg(left), u"clock"_s, Ink::Second};
    case WindowStateKind::Live:
        break;
    }
    return {left.isEmpty() ? tr("Live, no end") : tr("Live, %1 left").arg(left), u"check"_s, Ink::Passed};
}

} // namespace vidimus::ui::rights

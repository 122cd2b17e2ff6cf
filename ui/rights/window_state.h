#pragma once

#include "core/rights/conflicts.h"
#include "ui/rights/engine.h"
#include "ui/widgets/tokens.h"

namespace vidimus::ui::rights {

enum class WindowStateKind {
    Conflict, ///< a person has to look: overlap, outside the deal, empty, duplicate
    Restricts, ///< a restriction that acts now
    WillRestrict,
    Shadowed, ///< a grant that never decides
    Inactive, ///< revoked or pending, or the deal is not active
    Expired,
    Live,
    EndsSoon, ///< live, and ends within kEndsSoon
    Starts,
};

inline constexpr std::chrono::days kEndsSoon {30};

/// What a window is at an instant. A value; made by windowState().
struct WindowState {
    WindowStateKind kind = WindowStateKind::Live;
    std::optional<Milliseconds> left; ///< to the end (Live, EndsSoon, Restricts) or the start (Starts, WillRestrict)
    engine::ConflictCode conflict = engine::ConflictCode::Duplicate; ///< of Conflict
    std::optional<Milliseconds> overlap; ///< of Conflict
    engine::RestrictionKind restriction = engine::RestrictionKind::Takedown;
    friend bool operator==(const WindowState&, const WindowState&) = default;
};

/// The time in which a rule acts: a grant only within its deal's term, a restriction after an event until then.
[[nodiscard]] engine::Window effectiveWindow(const engine::Rule& rule, const engine::Deal* deal);
/// \a conflict: the heaviest one that names the rule, or null. Pure; any thread.
[[nodiscard]] WindowState windowState(
    const engine::Rule& rule, const engine::Deal* deal, const engine::Conflict* conflict, Instant now);

/// A state in words, with its icon and ink. Ui thread.
struct StateLook {
    QString text;
    QString iconName;
    widgets::Ink ink = widgets::Ink::Text;
};
[[nodiscard]] StateLook lookOf(const WindowState& state);

} // namespace vidimus::ui::rights

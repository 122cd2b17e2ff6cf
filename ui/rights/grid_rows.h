#pragma once

#include "ui/rights/staged_plan.h"
#include "ui/rights/window_state.h"

namespace vidimus::ui::rights {

/// What the windows are listed by.
enum class Grouping { Title, Territory, Site };

/// A window as the grid and the chart show it.
struct GridRow {
    engine::Rule rule; ///< as staged, else as saved
    QString title; ///< name of the title it belongs to
    std::optional<engine::Rule> saved; ///< only where it differs from what is staged
    bool added = false;
    bool removed = false;
    engine::Window acts; ///< clipped to the deal's term
    WindowState state;
    std::vector<engine::Window> overlaps; ///< the times of its conflicts
    [[nodiscard]] bool isStaged() const { return saved.has_value() || added || removed; }
};

struct GridGroup {
    QString key; ///< of a title its id, of a territory or site its name as rules write it
    TitleId title; ///< empty when grouped by territory or site
    QString name;
    int parts = 0; ///< titles below it that inherit
    std::vector<GridRow> rows;
};

/// The rows of the titles in \a shown (empty: all). By title: in order of its name, then country; titles without a
/// window are left out unless they are the only one shown. By territory or site: a row stands under each that its rule
/// names, so it may stand more than once. An edit does not move a row. \a conflicts are those of the planned rules.
[[nodiscard]] std::vector<GridGroup> gridGroups(const StagedPlan& plan, const engine::Conflicts& conflicts,
    const std::vector<TitleId>& shown, Instant now, Grouping grouping = Grouping::Title);

} // namespace vidimus::ui::rights

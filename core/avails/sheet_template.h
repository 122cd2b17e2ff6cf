#pragma once

#include "core/avails/sheet_table.h"

namespace vidimus::avails {

inline constexpr int kTemplateRows = 3; ///< above the data: categories, names, notes

/// A sheet whose first row names columns of Avails, as the templates of version 1.9 are laid out: a row of categories,
/// the names, and a row of notes whose first cell holds the version; the data follow from row 4 on. Pure; any thread.
[[nodiscard]] SheetTable inTemplate(const SheetTable& sheet);

} // namespace vidimus::avails

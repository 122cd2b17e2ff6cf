#pragma once

#include "core/avails/import_plan.h"

namespace vidimus::ui::rights {

/// What is wrong in a row of an import, in one sentence. Ui thread.
[[nodiscard]] QString importErrorText(const avails::CellMessage& message);

/// How something was read, once for all rows that say the same.
struct ImportNote {
    int firstRow = 0; ///< 1-based; 0: the whole sheet
    QString sentence;
};

/// The notes of an import in order of their first row, each code and column once: what it means, how the first of them
/// was read, and which other rows. A list that a person can read whatever the size of the file. Ui thread.
[[nodiscard]] std::vector<ImportNote> importNotes(const std::vector<avails::CellMessage>& notes);

} // namespace vidimus::ui::rights

#pragma once

#include "core/avails/import_plan.h"
#include "core/base/result.h"

namespace vidimus::ui::rights {

/// One sentence for an edit or plan that was refused; the engine's place is part of it. Ui thread.
[[nodiscard]] QString problemSentence(const Error& error);
/// One sentence for a row of an import. Ui thread.
[[nodiscard]] QString importErrorText(const avails::CellMessage& message);

} // namespace vidimus::ui::rights

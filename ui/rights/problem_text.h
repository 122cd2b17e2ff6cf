#pragma once

#include "core/base/result.h"

namespace vidimus::ui::rights {

/// One sentence for an edit or plan that was refused; the engine's place is part of it. Ui thread.
[[nodiscard]] QString problemSentence(const Error& error);

} // namespace vidimus::ui::rights

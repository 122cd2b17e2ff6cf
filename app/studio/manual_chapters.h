#pragma once

#include "ui/shell/manual.h"

namespace vidimus::studio {

/// The manual's chapters as they are compiled into the program, in the order of their files ("03-rights.md" →
/// "rights").
[[nodiscard]] std::vector<ui::shell::ManualChapter> manualChapters();

} // namespace vidimus::studio

#pragma once

#include "app/studio/arguments.h"

class QApplication;

namespace vidimus::studio {

/// --self-test and --screenshots: starts the studio on a workspace of the demo (a temporary one unless a folder is
/// named), goes to every page and says on standard output what it walked. Returns the exit code: 0 when every page was
/// shown, painted something and had a name on everything that takes the focus.
[[nodiscard]] int walk(QApplication& application, Arguments arguments);

} // namespace vidimus::studio

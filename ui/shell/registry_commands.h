#pragma once

#include "ui/shell/command.h"

namespace vidimus::ui::shell {

/// The action registry as commands: texts translated (context "Actions"), keys of a sequence list split into bindings.
/// An action of the groups Decide, Transport, Marks, Talk and Queue belongs to the page "moderation", Rights to
/// "rights", Publish to "publishing"; the others act everywhere.
[[nodiscard]] std::vector<Command> registryCommands();

} // namespace vidimus::ui::shell

#pragma once

#include "ui/shell/command.h"

namespace vidimus::ui::shell {

/// The action registry as commands: texts translated (context "Actions"), keys of a sequence list split into bindings.
/// An action of the groups Decide, Transport, Marks, Talk and Queue belongs to the page "moderation", Rights to
/// "rights", Publish to "publishing"; the others act everywhere.
[[nodiscard]] std::vector<Command> registryCommands();
/// The first key of an action as a key cap shows it, for buttons that do the same; empty where it has none.
[[nodiscard]] QString actionKeyText(QLatin1StringView id);

} // namespace vidimus::ui::shell

#pragma once

#include "ui/shell/workspace_page.h"

#include <vector>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::publishing {

/// The pages "publishing" (the board, E2) and "jobs" (jobs and outbox, E3), for the window's page table.
/// \a workspace outlives them. Ui thread.
[[nodiscard]] std::vector<shell::PageDescriptor> publishingPages(workbench::Workspace& workspace);

} // namespace vidimus::ui::publishing

#pragma once

#include "ui/shell/workspace_page.h"

#include <vector>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::quality {

/// The page of check profiles and hash banks, for the window's page table. Ui thread.
[[nodiscard]] std::vector<shell::PageDescriptor> qualityPages(workbench::Workspace& workspace);

} // namespace vidimus::ui::quality

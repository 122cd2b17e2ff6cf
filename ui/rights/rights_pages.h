#pragma once

#include "ui/shell/workspace_page.h"

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::rights {

/// The page "rights". \a workspace outlives the pages.
[[nodiscard]] std::vector<shell::PageDescriptor> rightsPages(workbench::Workspace& workspace);

} // namespace vidimus::ui::rights

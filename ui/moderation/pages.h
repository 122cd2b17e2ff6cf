#pragma once

#include "ui/shell/workspace_page.h"

#include <vector>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::moderation {

/// The review page (M1). \a workspace outlives it. Inside a shell::MainWindow it answers the window's commands while it
/// is shown. Ui thread.
[[nodiscard]] shell::WorkspacePage* createReviewPage(workbench::Workspace& workspace, QWidget* parent);

/// The pages of the moderation workspace, for the window's page table.
[[nodiscard]] std::vector<shell::PageDescriptor> moderationPages(workbench::Workspace& workspace);

} // namespace vidimus::ui::moderation

#pragma once

#include "ui/shell/workspace_page.h"

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::shell {
class CommandTable;
}

namespace vidimus::studio {

class SettingsKeeper;
class WelcomePage;

/// What the pages of the studio's own need from it. The functions are called on the ui thread.
struct PageContext {
    workbench::Workspace& workspace; ///< outlives the pages
    SettingsKeeper& settings; ///< outlives the pages
    const ui::shell::CommandTable& commands; ///< the window's
    std::function<void(const QString& name)> useProfile;
    std::function<void(const QString& manifest)> restore;
    std::function<void(const QString& folder)> openFolder;
    std::function<void(WelcomePage* page)> begin;
};

/// All pages of the window in rail order: the workspaces', then the services'.
[[nodiscard]] std::vector<ui::shell::PageDescriptor> pageTable(const PageContext& context);

} // namespace vidimus::studio

#pragma once

namespace vidimus::ui::shell {
class SettingsPage;
}

namespace vidimus::studio {

class SettingsKeeper;

/// Fills the settings page: one row for each setting of the studio. \a keeper outlives the page.
void addSettingRows(ui::shell::SettingsPage& page, SettingsKeeper& keeper);

} // namespace vidimus::studio

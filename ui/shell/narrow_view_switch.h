#pragma once

#include "ui/shell/workspace_page.h"

namespace vidimus::ui::shell {

/// The switch between a page's views for the widget that the page puts into the title area: narrow windows have no room
/// there for the shell's own. Follows the page's viewsChanged(); hidden until setNarrow(true). Ui thread.
class NarrowViewSwitch : public widgets::SegmentedControl {
    Q_OBJECT

public:
    /// \a page may be under construction; it is asked for its views when they change or the window gets narrow.
    NarrowViewSwitch(WorkspacePage& page, QWidget* parent);
    void setNarrow(bool narrow);

private:
    void refresh();

    WorkspacePage& m_page;
};

} // namespace vidimus::ui::shell

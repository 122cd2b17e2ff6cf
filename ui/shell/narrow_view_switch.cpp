#include "ui/shell/narrow_view_switch.h"

namespace vidimus::ui::shell {

NarrowViewSwitch::NarrowViewSwitch(WorkspacePage& page, QWidget* parent)
    : SegmentedControl(parent)
    , m_page(page)
{
    setAccessibleName(tr("View"));
    hide();
    connect(this, &SegmentedControl::chosen, &page, &WorkspacePage::showView);
    connect(&page, &WorkspacePage::viewsChanged, this, &NarrowViewSwitch::refresh);
}

void NarrowViewSwitch::setNarrow(bool narrow)
{
    setVisible(narrow);
    refresh();
}

void NarrowViewSwitch::refresh()
{
    setSegments(m_page.views());
    setCurrent(m_page.currentView());
}

} // namespace vidimus::ui::shell

#include "ui/rights/rights_pages.h"

#include "ui/rights/rights_page.h"

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

std::vector<shell::PageDescriptor> rightsPages(workbench::Workspace& workspace)
{
    return {{u"rights"_s, RightsPage::tr("Rights"), u"rights"_s, false,
        [&workspace](QWidget* parent) { return new RightsPage(workspace, parent); }}};
}

} // namespace vidimus::ui::rights

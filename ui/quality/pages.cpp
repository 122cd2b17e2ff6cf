#include "ui/quality/pages.h"

#include "ui/quality/quality_page.h"

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;

std::vector<shell::PageDescriptor> qualityPages(workbench::Workspace& workspace)
{
    return {{.id = u"quality"_s,
        .title = QualityPage::tr("Quality"),
        .iconName = u"pulse"_s,
        .create = [&workspace](QWidget* parent) { return new QualityPage(workspace, parent); }}};
}

} // namespace vidimus::ui::quality

#include "ui/publishing/pages.h"

#include "ui/publishing/jobs_page.h"
#include "ui/publishing/publish_page.h"

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;

std::vector<shell::PageDescriptor> publishingPages(workbench::Workspace& workspace)
{
    return {{.id = u"publishing"_s,
                .title = PublishPage::tr("Publishing"),
                .iconName = u"upload"_s,
                .create = [&workspace](QWidget* parent) { return new PublishPage(workspace, parent); }},
        {.id = u"jobs"_s,
            .title = JobsPage::tr("Jobs"),
            .iconName = u"layers"_s,
            .create = [&workspace](QWidget* parent) { return new JobsPage(workspace, parent); }}};
}

} // namespace vidimus::ui::publishing

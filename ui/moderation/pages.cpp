#include "ui/moderation/pages.h"

#include "ui/moderation/compare_page.h"
#include "ui/moderation/review_page.h"

#include <QCoreApplication>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

shell::WorkspacePage* createReviewPage(workbench::Workspace& workspace, QWidget* parent)
{
    return new ReviewPage(workspace, parent);
}

std::vector<shell::PageDescriptor> moderationPages(workbench::Workspace& workspace)
{
    return {{.id = u"moderation"_s,
                .title = QCoreApplication::translate("ModerationPages", "Moderation"),
                .iconName = u"shield-check"_s,
                .create = [&workspace](QWidget* parent) { return createReviewPage(workspace, parent); }},
        {.id = u"compare"_s,
            .title = QCoreApplication::translate("ModerationPages", "Compare"),
            .iconName = u"copy"_s,
            .create = [&workspace](QWidget* parent) { return new ComparePage(workspace, parent); },
            .hidden = true}};
}

} // namespace vidimus::ui::moderation

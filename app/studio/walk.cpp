#include "app/studio/walk.h"

#include "app/studio/page_ids.h"
#include "app/studio/screenshots.h"
#include "app/studio/walk_upkeep.h"
#include "app/studio/walker.h"
#include "core/workbench/verb.h"

#include <QTemporaryDir>

namespace vidimus::studio {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize kSize {1920, 1080};

void walkPages(Walker& walker, Services& services)
{
    ui::shell::MainWindow& window = services.window();
    for (const QString& id : window.pageIds()) {
        if (id == kOpeningPage)
            continue;
        walker.show(services, id);
        walker.inspect(window, id);
        for (const auto& view : window.page(id)->views()) {
            if (view.id == window.page(id)->currentView())
                continue;
            window.page(id)->showView(view.id);
            walker.settle(window);
            walker.inspect(window, id + u'/' + view.id);
        }
    }
    window.showPage(kReviewPage);
    window.openPalette();
    walker.settle(window);
    walker.inspect(window, u"palette"_s);
    window.closeOverlay();
    window.openKeySheet();
    walker.settle(window);
    walker.inspect(window, u"keys"_s);
    window.closeOverlay();
    window.setDrawerOpen(true);
    walker.settle(window);
    walker.inspect(window, u"attention"_s);
    window.setDrawerOpen(false);
}

} // namespace

int walk(QApplication& application, Arguments arguments)
{
    QTemporaryDir own;
    if (arguments.workspace.isEmpty())
        arguments.workspace = own.path() + u"/demo"_s;
    const QString aside = own.path();
    arguments.demo = true;
    Walker walker(application);
    if (arguments.task == Arguments::Task::Screenshots) {
        takeScreenshots(walker, arguments, aside);
    } else if (const auto services = walker.start(arguments, kSize)) {
        if (services->workspace())
            walkPages(walker, *services);
        else
            walker.fail(u"the workspace does not open"_s);
    }
    if (arguments.task == Arguments::Task::SelfTest)
        walkUpkeep(walker, aside + u"/upkeep"_s);
    walker.say(u"%1 faults"_s.arg(walker.faultCount()));
    return static_cast<int>(walker.faultCount() == 0 ? workbench::ExitCode::Done : workbench::ExitCode::AnswerIsNo);
}

} // namespace vidimus::studio

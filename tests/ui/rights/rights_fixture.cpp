#include "rights_fixture.h"

#include "core/workbench/demo_data.h"
#include "tests/support/patience.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_pages.h"
#include "ui/shell/registry_commands.h"

#include <QTest>

namespace vidimus::ui::rights::tests {

using namespace Qt::StringLiterals;

RightsFixture::RightsFixture(const QString& catalogProgram)
{
    auto opened = workbench::Workspace::open({.folder = m_folder.path(), .catalogProgram = catalogProgram});
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    m_workspace = *std::move(opened);
}

RightsFixture::~RightsFixture()
{
    m_window.reset(); // the page asks the workspace until it goes
}

void RightsFixture::add(const workbench::RightsPlan& plan)
{
    const auto applied = workbench::applyRightsPlan(*m_workspace, plan);
    if (!applied)
        qFatal("%s", qPrintable(applied.error().detail));
}

void RightsFixture::addDemoRights()
{
    std::vector<TitleId> ids;
    std::vector<engine::Title> titles;
    for (const workbench::DemoClip& clip : workbench::demoClips()) {
        const QString id = u"clip-%1"_s.arg(ids.size());
        ids.emplace_back(id);
        titles.push_back(title(id, QString::fromUtf8(clip.title)));
    }
    workbench::RightsPlan plan = workbench::demoRights(ids, m_clock.now());
    plan.titles = titles;
    add(plan);
}

Instant RightsFixture::today() const
{
    return std::chrono::floor<std::chrono::days>(m_clock.now());
}

RightsPage& RightsFixture::open(QSize size)
{
    m_window = std::make_unique<shell::MainWindow>(m_clock);
    m_window->commands().add(shell::registryCommands());
    m_window->addPages(rightsPages(*m_workspace));
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
    auto* page = qobject_cast<RightsPage*>(m_window->page(u"rights"_s));
    if (!QTest::qWaitForWindowActive(m_window.get()))
        qWarning("the window did not become active");
    if (!QTest::qWaitFor([page] { return page->session().isMeasured(); }, kPatienceMs))
        qWarning("the rules were not loaded");
    page->baseFocus()->setFocus();
    return *page;
}

std::vector<engine::Rule> RightsFixture::savedRules()
{
    const auto rules = workbench::loadRules(*m_workspace);
    return rules ? rules->rules : std::vector<engine::Rule>();
}

engine::Title title(const QString& id, const QString& name)
{
    engine::Title made;
    made.id = TitleId(id);
    made.name = name;
    return made;
}

engine::Rule grant(const QString& id, const QString& title, const QStringList& countries, const QStringList& offers,
    std::optional<Instant> start, std::optional<Instant> end)
{
    engine::Rule rule;
    rule.id = WindowId(id);
    rule.scope = TitleId(title);
    rule.territory.include = countries;
    rule.sites.names = {u"web"_s};
    rule.offers.names = offers;
    rule.window = {start, end};
    return rule;
}

Instant instant(const char* text)
{
    return *parseRfc3339(QString::fromLatin1(text));
}

} // namespace vidimus::ui::rights::tests

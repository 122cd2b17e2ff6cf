#include "rights_fixture.h"

#include "tests/support/patience.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/effect_panel.h"
#include "ui/rights/effect_rows.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/live_at_panel.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::DealId;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
using vidimus::workbench::RightsPlan;
namespace rules = vidimus::rights;
namespace engine = vidimus::rights;

class TestPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nudgeStagesAndCtrlEnterSaves();
    void escDropsAndCtrlZBringsBack();
    void typingEditsACellAndAnEdge();
    void badTextStandsInWordsAndStagesNothing();
    void explainsTheWindowAndStagesTheFix();
    void jumpsToTheNextConflict();
    void effectIsTheDifferenceOfAnswers();
    void dryRunOfAnImportIsAPlan();
    void stalePlanIsRefusedAndKept();
    void paintsOnlyRowsInView();
    void modelKeepsItsPromises();
    void chartSpeaks();
    void tableTwinShowsTheEdges();
    void anotherPageOpensOneTitle();
};

namespace {

void press(RightsPage& page, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.baseFocus(), key, modifiers);
}

const engine::Rule* savedRule(const std::vector<engine::Rule>& list, const QString& id)
{
    const auto found = std::ranges::find(list, WindowId(id), &engine::Rule::id);
    return found == list.end() ? nullptr : &*found;
}

/// Two exclusive grants of different licensors that overlap.
RightsPlan clash(Instant today)
{
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s), title(u"u"_s, u"Ring Road"_s)};
    for (const char* id : {"K-1", "K-2"}) {
        engine::Deal deal;
        deal.id = DealId(QString::fromLatin1(id));
        deal.licensor = u"Licensor of "_s + deal.id.toString();
        plan.deals.push_back(deal);
    }
    engine::Rule first
        = grant(u"a"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, today - std::chrono::days(10), today + std::chrono::days(40));
    first.deal = DealId(u"K-1"_s);
    first.exclusive = true;
    engine::Rule second
        = grant(u"b"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, today + std::chrono::days(30), today + std::chrono::days(90));
    second.deal = DealId(u"K-2"_s);
    second.exclusive = true;
    plan.put
        = {first, second, grant(u"c"_s, u"u"_s, {u"FR"_s}, {u"svod"_s}, today - std::chrono::days(1), std::nullopt)};
    return plan;
}

} // namespace

void TestPage::nudgeStagesAndCtrlEnterSaves()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"bbb-svod-gb"_s), Column::State);
    const auto before = page.session().plan().find(WindowId(u"bbb-svod-gb"_s))->window;
    press(page, Qt::Key_BracketRight);
    QCOMPARE(page.session().plan().count(), 1);
    const auto staged = page.session().plan().find(WindowId(u"bbb-svod-gb"_s))->window;
    QCOMPARE(*staged.end, *before.end + std::chrono::days(1));
    press(page, Qt::Key_BracketRight, Qt::AltModifier);
    QCOMPARE(*page.session().plan().find(WindowId(u"bbb-svod-gb"_s))->window.end,
        *before.end + std::chrono::days(1) + std::chrono::hours(1));
    QCOMPARE(*savedRule(fixture.savedRules(), u"bbb-svod-gb"_s)->window.end, *before.end); // nothing saved yet
    QSignalSpy applied(&page.session(), &RightsSession::applied);
    press(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(applied.wait(kPatienceMs));
    QCOMPARE(*savedRule(fixture.savedRules(), u"bbb-svod-gb"_s)->window.end,
        *before.end + std::chrono::days(1) + std::chrono::hours(1));
    QTRY_VERIFY_WITH_TIMEOUT(page.session().plan().isEmpty(), kPatienceMs);
    QVERIFY(page.plan().problemText().isEmpty());
}

void TestPage::anotherPageOpensOneTitle()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    QCOMPARE(page.model().groups().size(), std::size_t(2));
    auto* from = new vidimus::ui::shell::WorkspacePage;
    fixture.window().addPages(
        {{.id = u"from"_s, .title = u"From"_s, .iconName = u"play"_s, .create = [from](QWidget* parent) {
              from->setParent(parent);
              return from;
          }}});
    fixture.window().showPage(u"from"_s);
    QSignalSpy explained(&page.session(), &RightsSession::explained);
    Q_EMIT from->subjectWanted(u"rights"_s, u"u"_s);
    QCOMPARE(fixture.window().currentPageId(), u"rights"_s);
    QTRY_COMPARE_WITH_TIMEOUT(page.model().groups().size(), std::size_t(1), kPatienceMs);
    QCOMPARE(page.model().groups().front().title, TitleId(u"u"_s));
    QCOMPARE(page.session().shown(), std::vector {TitleId(u"u"_s)});
    auto* selector = page.titleWidget()->findChild<QComboBox*>();
    QCOMPARE(selector->currentText(), u"Ring Road"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page.grid().currentRow(), kPatienceMs);
    QCOMPARE(page.grid().currentRow()->rule.id, WindowId(u"c"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!explained.isEmpty(), kPatienceMs);
    QVERIFY(page.isAncestorOf(QApplication::focusWidget()));
    Q_EMIT from->subjectWanted(u"rights"_s, u"t"_s); // again, while it is shown
    QTRY_COMPARE_WITH_TIMEOUT(page.model().groups().front().title, TitleId(u"t"_s), kPatienceMs);
}

void TestPage::escDropsAndCtrlZBringsBack()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    press(page, Qt::Key_BracketLeft);
    QCOMPARE(page.session().plan().count(), 1);
    press(page, Qt::Key_Escape);
    QVERIFY(page.session().plan().isEmpty());
    press(page, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(page.session().plan().count(), 1);
    press(page, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(page.session().plan().isEmpty());
    press(page, Qt::Key_Delete);
    QCOMPARE(page.session().plan().toPlan({}).remove.size(), std::size_t(1));
}

void TestPage::typingEditsACellAndAnEdge()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    const WindowId fr(u"bbb-svod-fr"_s);
    page.grid().showWindow(fr, Column::Territory);
    press(page, Qt::Key_F2);
    auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(editor);
    QCOMPARE(editor->text(), u"FR"_s);
    QTest::keyClicks(editor, u"FR, BE"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(
        page.session().plan().find(fr)->territory.include, (QStringList {u"FR"_s, u"BE"_s}), kPatienceMs);

    page.grid().setFocus();
    page.grid().showWindow(fr, Column::State);
    press(page, Qt::Key_Right); // the start, in the chart
    press(page, Qt::Key_Right); // the end
    QCOMPARE(page.grid().edge(), std::optional(Edge::End));
    press(page, Qt::Key_F2);
    editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(editor);
    editor->setText(u"2031-01-02"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(*page.session().plan().find(fr)->window.end, instant("2031-01-02T00:00:00Z"));
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&page.grid()));
}

void TestPage::badTextStandsInWordsAndStagesNothing()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    page.session().edit(WindowId(u"bbb-svod-fr"_s), Column::Territory, u"Atlantis"_s);
    QVERIFY(page.session().plan().isEmpty());
    QVERIFY(page.plan().problemText().contains(u"ATLANTIS"));
}

void TestPage::explainsTheWindowAndStagesTheFix()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"bbb-svod-pl"_s), Column::State);
    QSignalSpy explained(&page.session(), &RightsSession::explained);
    press(page, Qt::Key_E);
    QVERIFY(explained.wait(kPatienceMs));
    QCOMPARE(page.explainer().country()->currentData().toString(), u"PL"_s);
    QVERIFY(page.explainer().headlineText().contains(u"not available"));
    QVERIFY(page.explainer().model().rowCount() > 5);
    QVERIFY(page.explainer().fix() && page.explainer().fix()->isStageable());
    page.explainer().stageFix();
    QCOMPARE(page.session().plan().count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(page.explainer().headlineText().contains(u"is available"), kPatienceMs);
}

void TestPage::jumpsToTheNextConflict()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    QVERIFY(page.bar().conflictText().startsWith(u'1'));
    page.grid().showWindow(WindowId(u"c"_s), Column::Territory);
    press(page, Qt::Key_C);
    QCOMPARE(page.grid().currentRow()->rule.id, WindowId(u"a"_s));
    press(page, Qt::Key_C);
    QCOMPARE(page.grid().currentRow()->rule.id, WindowId(u"b"_s));
    QCOMPARE(page.grid().currentRow()->state.kind, WindowStateKind::Conflict);
    engine::Rule later = page.grid().currentRow()->rule;
    later.window.start = fixture.today() + std::chrono::days(40);
    page.session().stage({later});
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    QCOMPARE(page.session().measure().now.list.size(), std::size_t(1));
    QCOMPARE(page.session().measure().after.list.size(), std::size_t(0));
}

void TestPage::effectIsTheDifferenceOfAnswers()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    engine::Rule rule = *page.session().plan().find(WindowId(u"bbb-svod-fr"_s));
    const Instant oldEnd = *rule.window.end;
    rule.window.end = oldEnd + std::chrono::days(20);
    rule.territory.include = {u"FR"_s, u"BE"_s};
    page.session().stage({rule});
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    const PlanMeasure& measure = page.session().measure();
    const engine::Resolver before(page.session().plan().base());
    const engine::Resolver after(page.session().plan().planned());
    QVERIFY(!measure.effects.gained.empty());
    QVERIFY(measure.effects.lost.empty());
    for (const engine::CellRange& range : measure.effects.gained) {
        for (const QString& country : range.countries) {
            engine::Query query;
            query.title = range.title;
            query.country = country;
            query.site = range.sites.front();
            query.offer = range.offers.front();
            query.at = *range.window.start;
            QVERIFY(!before.isAvailable(query) && after.isAvailable(query));
            query.at = *range.window.end;
            QVERIFY(before.isAvailable(query) == after.isAvailable(query));
        }
    }
    QCOMPARE(page.effect().model().rowCount(), static_cast<int>(measure.effects.gained.size()) + 2);
}

void TestPage::dryRunOfAnImportIsAPlan()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    const QString file = fixture.folder() + u"/avails.csv"_s;
    QFile csv(file);
    QVERIFY(csv.open(QIODevice::WriteOnly));
    csv.write("DisplayName,Territory,WorkType,TitleInternalAlias,LicenseType,FormatProfile,Start,End,ALID\n"
              "North,DE,Movie,New Film,SVOD,HD,2027-01-01,2027-06-30,alid-1\n"
              "North,DE,Movie,Bad Film,SVOD,HD,some day,2027-06-30,alid-2\n");
    csv.close();
    const auto saved = fixture.savedRules().size();
    QSignalSpy read(&page.session(), &RightsSession::importRead);
    QSignalSpy failed(&page.session(), &RightsSession::failed);
    page.session().readImport({.file = file, .licensor = u"North"_s, .dryRun = true, .skipBadRows = true});
    QTRY_VERIFY_WITH_TIMEOUT(read.count() + failed.count() == 1, kPatienceMs);
    QVERIFY2(failed.isEmpty(), qPrintable(page.plan().problemText()));
    QCOMPARE(fixture.savedRules().size(), saved); // a dry run writes nothing
    QVERIFY(!page.session().plan().isEmpty());
    QVERIFY(page.plan().problemText().contains(u"avails.csv"));
    const CellTableModel& rows = page.plan().model();
    QStringList faults; // below them stands how the other rows were read
    for (int row = 0; row < rows.rowCount(); ++row) {
        if (const QString text = rows.textAt(row, 1); text.contains(u"some day") && text.contains(u"3"))
            faults.append(text);
    }
    QCOMPARE(faults.size(), 1);
    QSignalSpy applied(&page.session(), &RightsSession::applied);
    press(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(applied.wait(kPatienceMs));
    QCOMPARE(fixture.savedRules().size(), saved + 1);
}

void TestPage::stalePlanIsRefusedAndKept()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    engine::Rule mine = *page.session().plan().find(WindowId(u"c"_s));
    mine.window.end = fixture.today() + std::chrono::days(5);
    page.session().stage({mine});
    engine::Rule theirs = *savedRule(fixture.savedRules(), u"c"_s);
    theirs.priority = 3;
    RightsPlan other;
    other.put = {theirs};
    fixture.add(other);
    QSignalSpy failed(&page.session(), &RightsSession::failed);
    press(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(failed.wait(kPatienceMs));
    QVERIFY(page.plan().problemText().contains(u"meanwhile"));
    QCOMPARE(*savedRule(fixture.savedRules(), u"c"_s), theirs);
    QCOMPARE(page.session().plan().count(), 1);
}

void TestPage::paintsOnlyRowsInView()
{
    RightsFixture fixture;
    RightsPlan plan;
    for (int i = 0; i < 50; ++i)
        plan.titles.push_back(title(u"t%1"_s.arg(i), u"Title %1"_s.arg(i)));
    for (int i = 0; i < 5000; ++i) {
        const Instant start = fixture.today() + std::chrono::days(i % 300 - 150);
        plan.put.push_back(grant(u"w%1"_s.arg(i), u"t%1"_s.arg(i % 50), {u"DE"_s, u"FR"_s}, {u"o%1"_s.arg(i % 40)},
            start, start + std::chrono::days(20)));
    }
    fixture.add(plan);
    RightsPage& page = fixture.open();
    QCOMPARE(page.model().windowCount(), 5000);
    page.chart().repaint();
    QVERIFY(page.chart().paintedRows() > 5);
    QVERIFY2(page.chart().paintedRows() < 60, qPrintable(QString::number(page.chart().paintedRows())));
    page.grid().showWindow(WindowId(u"w4999"_s), Column::Territory);
    page.chart().grab();
    QVERIFY(page.chart().paintedRows() < 60);
    QVERIFY(page.chart().pieces().size() < 60);
}

void TestPage::modelKeepsItsPromises()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    StagedPlan plan;
    plan.setBase(std::make_shared<const engine::RuleSet>(*vidimus::workbench::loadRules(fixture.workspace())));
    RightsGridModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const Instant now = fixture.today();
    model.setGroups(gridGroups(plan, {}, {}, now));
    QVERIFY(model.windowCount() > 10);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    engine::Rule moved = *plan.find(WindowId(u"bbb-svod-pl"_s));
    moved.window.start = now;
    plan.stage({moved});
    model.setGroups(gridGroups(plan, {}, {}, now));
    QVERIFY(reset.isEmpty()); // an edit moves no row
    plan.stage({grant(u"new"_s, u"clip-0"_s, {u"BE"_s}, {u"svod"_s}, now, std::nullopt)}, {WindowId(u"bbb-svod-gb"_s)});
    model.setGroups(gridGroups(plan, {}, {}, now));
    QCOMPARE(reset.count(), 1);
    QVERIFY(model.rowAt(model.indexOf(WindowId(u"new"_s)))->added);
    QVERIFY(model.rowAt(model.indexOf(WindowId(u"bbb-svod-gb"_s)))->removed);
    model.setGroups({});
    QCOMPARE(model.windowCount(), 0);
    CellTableModel table({u"A"_s, u"B"_s});
    const QAbstractItemModelTester tableTester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    table.setRows({{{{u"x"_s, {}, {}, {}, false, false, {}}}, u"id"_s}});
    QCOMPARE(table.idAt(0), u"id"_s);
    QCOMPARE(table.idAt(7), QString());
}

void TestPage::chartSpeaks()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(&page.chart());
    QVERIFY(chart && chart->valueInterface());
    QVERIFY(chart->childCount() > 3);
    QVERIFY(!chart->child(0)->text(QAccessible::Name).isEmpty());
    const Instant before = page.session().at();
    page.chart().setFocus();
    QTest::keyClick(&page.chart(), Qt::Key_Right);
    QCOMPARE(page.session().at(), before + std::chrono::days(1));
    QCOMPARE(chart->text(QAccessible::Value), vidimus::toRfc3339(page.session().at()));
    page.live().field()->setText(u"2027-01-01"_s);
    QTest::keyClick(page.live().field(), Qt::Key_Return);
    QCOMPARE(page.session().at(), instant("2027-01-01T00:00:00Z"));
}

void TestPage::tableTwinShowsTheEdges()
{
    RightsFixture fixture;
    fixture.addDemoRights();
    RightsPage& page = fixture.open();
    QVERIFY(page.grid().isColumnHidden(static_cast<int>(Column::Start)));
    press(page, Qt::Key_F7);
    QVERIFY(!page.grid().isColumnHidden(static_cast<int>(Column::Start)));
    QVERIFY(!page.chart().isVisible());
    press(page, Qt::Key_F7);
    QVERIFY(page.chart().isVisible());
}

QTEST_MAIN(TestPage)
#include "tst_page.moc"

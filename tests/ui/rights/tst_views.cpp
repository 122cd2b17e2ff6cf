#include "rights_fixture.h"

#include "tests/support/patience.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/contracts_view.h"
#include "ui/rights/deals_panel.h"
#include "ui/rights/drafts_panel.h"
#include "ui/rights/expiries_panel.h"
#include "ui/rights/expiry_rows.h"
#include "ui/rights/explain_panel.h"
#include "ui/rights/history_panel.h"
#include "ui/rights/issues_panel.h"
#include "ui/rights/matrix_model.h"
#include "ui/rights/matrix_view.h"
#include "ui/rights/plan_panel.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/territory_picker.h"
#include "ui/rights/where_view.h"
#include "ui/rights/world_map.h"
#include "ui/rights/world_shapes.h"
#include "ui/widgets/button.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::DealId;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
using vidimus::workbench::RightsPlan;

class TestViews : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rollsUpPartsByCountry();
    void namesPlacesOfTitlesAndTheirSeries();
    void stopsWhenCanceled();
    void alarmsStepDownToTheEnd();
    void expiriesAreSoonestFirstAndKnowSuccessors();
    void shapesAreReadStrictly();
    void worldHasEveryCountryInItsPlace();
    void mapIsReachableByKeysAndSpeaks();
    void matrixShowsShapesAndCounts();
    void pickerTakesInAndLeavesOut();
    void pickerGivesItsTerritoryToWindows();
    void enterStagesTheFixOfAConflict();
    void historySaysWhoFromWhatToWhat();
    void calendarIsWrittenBesideTheWindow();
    void planWaitsForASecondPerson();
    void templateMakesWindows();
    void viewsKeepFocusAndAreRemembered();
};

namespace {

/// A series of two episodes; one of them may be watched in Kazakhstan.
RightsPlan series(Instant today)
{
    RightsPlan plan;
    const auto add = [&plan](const char* id, const char* name, const char* parent, engine::TitleKind kind, int number) {
        engine::Title made = title(QString::fromLatin1(id), QString::fromLatin1(name));
        made.parent = TitleId(QString::fromLatin1(parent));
        made.kind = kind;
        made.number = number;
        plan.titles.push_back(made);
    };
    add("s", "Harbour Nights", "", engine::TitleKind::Season, 1);
    add("e2", "Second", "s", engine::TitleKind::Episode, 2);
    add("e1", "First", "s", engine::TitleKind::Episode, 1);
    add("f", "Ring Road", "", engine::TitleKind::Film, 0);
    plan.put = {grant(u"kz"_s, u"e1"_s, {u"KZ"_s}, {u"svod"_s}, today - std::chrono::days(5), std::nullopt),
        grant(u"de"_s, u"s"_s, {u"DE"_s}, {u"svod"_s}, today + std::chrono::days(5), std::nullopt),
        grant(u"fr"_s, u"f"_s, {u"FR"_s}, {u"svod"_s}, today - std::chrono::days(9), today - std::chrono::days(2))};
    return plan;
}

engine::RuleSet ruleSet(const RightsPlan& plan)
{
    engine::RuleSet rules;
    rules.titles = plan.titles;
    rules.rules = plan.put;
    rules.deals = plan.deals;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s};
    return rules;
}

/// Two exclusive grants of different licensors that overlap by ten days.
RightsPlan clash(Instant today)
{
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    for (const char* id : {"K-1", "K-2"}) {
        engine::Deal deal;
        deal.id = DealId(QString::fromLatin1(id));
        deal.licensor = u"Licensor of "_s + deal.id.toString();
        plan.deals.push_back(deal);
    }
    plan.put = {
        grant(u"a"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, today - std::chrono::days(10), today + std::chrono::days(40)),
        grant(u"b"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, today + std::chrono::days(30), today + std::chrono::days(90))};
    for (engine::Rule& rule : plan.put)
        rule.exclusive = true;
    plan.put[0].deal = DealId(u"K-1"_s);
    plan.put[1].deal = DealId(u"K-2"_s);
    return plan;
}

void key(RightsPage& page, Qt::Key which, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.baseFocus(), which, modifiers);
}

const WhereTitle& titleIn(const WhereAnswers& answers, const char* id)
{
    return *std::ranges::find(answers.titles, TitleId(QString::fromLatin1(id)), &WhereTitle::id);
}

} // namespace

void TestViews::rollsUpPartsByCountry()
{
    const Instant now = instant("2026-12-01T12:00:00Z");
    const engine::RuleSet rules = ruleSet(series(now));
    const engine::Resolver resolver(rules);
    const WhereAnswers answers = whereAnswers(resolver, rules, {{}, u"web"_s, u"svod"_s, now});
    QCOMPARE(answers.titles.size(), std::size_t(4));
    QCOMPARE(answers.titles[0].id, TitleId(u"s"_s));
    QCOMPARE(answers.titles[1].id, TitleId(u"e1"_s)); // in order of number, below the season
    QCOMPARE(answers.titles[1].depth, 1);
    const auto place = [&answers](const char* code) {
        return static_cast<std::size_t>(answers.places.indexOf(QString::fromLatin1(code)));
    };
    const WhereTitle& season = titleIn(answers, "s");
    QCOMPARE(season.parts, 2);
    QCOMPARE(season.live[place("KZ")], 1); // 1 of 2 in Kazakhstan
    QCOMPARE(season.live[place("DE")], 0);
    QCOMPARE(titleIn(answers, "e1").answers[place("KZ")], CellAnswer::Live);
    QCOMPARE(titleIn(answers, "e2").answers[place("DE")], CellAnswer::Later);
    QCOMPARE(titleIn(answers, "f").answers[place("FR")], CellAnswer::Ended);
    QCOMPARE(titleIn(answers, "f").answers[place("DE")], CellAnswer::None);
    QCOMPARE(answers.shares.value(u"KZ"_s), (CountryShare {1, 3})); // the season is not playable itself
    // Each answer is the resolver's.
    for (const WhereTitle& title : answers.titles) {
        for (std::size_t i = 0; i < title.answers.size(); ++i) {
            engine::Query query;
            query.title = title.id;
            query.country = answers.places[static_cast<qsizetype>(i)];
            query.site = u"web"_s;
            query.offer = u"svod"_s;
            query.at = now;
            QCOMPARE(title.answers[i] == CellAnswer::Live, resolver.isAvailable(query));
        }
    }
    const WhereAnswers one = whereAnswers(resolver, rules, {{TitleId(u"s"_s)}, u"web"_s, u"svod"_s, now});
    QCOMPARE(one.titles.size(), std::size_t(3)); // the parts come along
}

void TestViews::namesPlacesOfTitlesAndTheirSeries()
{
    const engine::RuleSet rules = ruleSet(series(instant("2026-12-01T00:00:00Z")));
    QCOMPARE(namedPlaces(rules, {}), (QStringList {u"DE"_s, u"FR"_s, u"KZ"_s}));
    QCOMPARE(namedPlaces(rules, {TitleId(u"e1"_s)}), (QStringList {u"DE"_s, u"KZ"_s}));
}

void TestViews::stopsWhenCanceled()
{
    const Instant now = instant("2026-12-01T00:00:00Z");
    const engine::RuleSet rules = ruleSet(series(now));
    vidimus::CancelSource cancel;
    cancel.cancel();
    QVERIFY(
        whereAnswers(engine::Resolver(rules), rules, {{}, u"web"_s, u"svod"_s, now}, cancel.token()).titles.empty());
}

void TestViews::alarmsStepDownToTheEnd()
{
    using std::chrono::days;
    QCOMPARE(alarmStep(days(80)), 90);
    QCOMPARE(alarmStep(days(60)), 60);
    QCOMPARE(alarmStep(days(30) + std::chrono::milliseconds(1)), 60);
    QCOMPARE(alarmStep(days(30)), 30);
    QCOMPARE(alarmStep(days(7)), 7);
    QCOMPARE(alarmStep(std::chrono::hours(3)), 1);
    QCOMPARE(alarmStep(days(0)), 0);
}

void TestViews::expiriesAreSoonestFirstAndKnowSuccessors()
{
    const Instant now = instant("2026-12-01T00:00:00Z");
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    const auto add = [&](const char* id, const char* country, int from, int to) {
        plan.put.push_back(grant(QString::fromLatin1(id), u"t"_s, {QString::fromLatin1(country)}, {u"svod"_s},
            now + std::chrono::days(from), now + std::chrono::days(to)));
    };
    add("late", "DE", -5, 60);
    add("soon", "FR", -5, 5);
    add("far", "PL", -5, 91);
    add("followed", "AT", -5, 20);
    add("next", "AT", 20, 200);
    add("over", "ES", -50, -5);
    const auto rows = expiryRows(ruleSet(plan), now);
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].id, u"soon"_s);
    QCOMPARE(rows[0].cells[0].text, u"T−7"_s);
    QCOMPARE(rows[1].id, u"followed"_s);
    QCOMPARE(rows[1].cells[0].iconName, u"check"_s);
    QCOMPARE(rows[2].id, u"late"_s);
    QVERIFY(rows[2].cells[3].text.contains(u'Z'));
}

void TestViews::shapesAreReadStrictly()
{
    QCOMPARE(readShapes("DE;100,500;90,480 110,480 100,520\n").size(), std::size_t(1));
    QVERIFY(!readShapes("DE;100,500;90,480 110,480 100,520\n").front().path.isEmpty());
    QVERIFY(readShapes("SG;1038,13\n").front().path.isEmpty()); // a mark alone
    for (const char* bad : {"", "DEU;1,1", "DE", "DE;x,1", "DE;1,1;1,1 2", "DE;9999,0", "DE;1,1;1,1 2,99999 3,3"})
        QVERIFY2(readShapes(bad).empty(), bad);
}

void TestViews::worldHasEveryCountryInItsPlace()
{
    QVERIFY(worldShapes().size() > 240);
    QSet<QString> codes;
    for (const CountryShape& shape : worldShapes()) {
        QVERIFY2(!codes.contains(shape.code), qPrintable(shape.code));
        codes.insert(shape.code);
        QVERIFY(QRectF(-1, -1, kWorldWidth + 2, kWorldHeight + 2).contains(shape.mark));
    }
    for (const char* code : {"DE", "US", "SG", "RE", "GF", "VA", "XK"})
        QCOMPARE(codes.contains(QString::fromLatin1(code)), qstrcmp(code, "XK") != 0);
    QVERIFY(worldPoint(10, 50).x() > worldPoint(-100, 40).x());
    QVERIFY(worldPoint(10, 50).y() < worldPoint(25, -30).y());
    WorldMap map;
    map.resize(1000, 435);
    QCOMPARE(map.countryAt(QPointF(12, 12) + worldPoint(-100, 40) * (976 / kWorldWidth)), u"US"_s);
}

void TestViews::mapIsReachableByKeysAndSpeaks()
{
    WorldMap map;
    map.resize(1200, 540);
    map.setShares({{u"DE"_s, {3, 10}}});
    map.setCurrent(u"DE"_s);
    QVERIFY2(map.accessibleDescription().contains(u"3 of 10"), qPrintable(map.accessibleDescription()));
    QSignalSpy wanted(&map, &WorldMap::countryWanted);
    QTest::keyClick(&map, Qt::Key_Right);
    const QString east = map.current();
    QVERIFY(east != u"DE");
    QTest::keyClick(&map, Qt::Key_Return);
    QCOMPARE(wanted.front().front().toString(), east);
    QSet<QString> seen; // walking right always ends; the map is no trap
    for (int i = 0; i < 300 && !seen.contains(map.current()); ++i) {
        seen.insert(map.current());
        QTest::keyClick(&map, Qt::Key_Right);
    }
    QAccessibleInterface* speaks = QAccessible::queryAccessibleInterface(&map);
    QVERIFY(speaks && speaks->childCount() > 240);
    QVERIFY(!speaks->child(5)->text(QAccessible::Name).isEmpty());
    speaks->child(5)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(map.current(), worldShapes()[5].code);
    QVERIFY(!map.grab().isNull());
}

void TestViews::matrixShowsShapesAndCounts()
{
    RightsFixture fixture;
    fixture.add(series(fixture.today()));
    RightsPage& page = fixture.open();
    page.showView(u"explain"_s);
    MatrixModel& model = page.where().model();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 4, kPatienceMs);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.columnCount(), 3); // DE, FR, KZ
    const QModelIndex cell = model.indexOf(TitleId(u"s"_s), u"KZ"_s);
    QCOMPARE(cell.data().toString(), u"1/2"_s);
    QVERIFY(cell.data(Qt::AccessibleTextRole).toString().contains(u"1 of 2"));
    QCOMPARE(model.indexOf(TitleId(u"e2"_s), u"DE"_s).data(Qt::ToolTipRole).toString(), u"Second; Germany; Not yet"_s);
    QVERIFY(!model.indexOf(TitleId(u"e2"_s), u"PL"_s).isValid());
    QSignalSpy explained(&page.session(), &RightsSession::explained);
    page.where().matrix().setFocus();
    page.where().matrix().setCurrentIndex(model.indexOf(TitleId(u"e2"_s), u"DE"_s));
    key(page, Qt::Key_Return);
    QVERIFY(explained.wait(kPatienceMs));
    QCOMPARE(page.explainer().title(), TitleId(u"e2"_s));
    QCOMPARE(page.explainer().country()->currentData().toString(), u"DE"_s);
    QTRY_VERIFY_WITH_TIMEOUT(page.explainer().headlineText().contains(u"not available"), kPatienceMs);
    page.session().setAt(fixture.today() + std::chrono::days(6)); // the slider moves the map and the matrix
    QTRY_COMPARE_WITH_TIMEOUT(model.indexOf(TitleId(u"s"_s), u"DE"_s).data().toString(), u"2/2"_s, kPatienceMs);
}

void TestViews::pickerTakesInAndLeavesOut()
{
    TerritoryPicker picker;
    picker.setGroups({{u"EU"_s, 1, {u"DE"_s}}, {u"EU"_s, 2, {u"DE"_s, u"FR"_s}}});
    const QAbstractItemModelTester tester(&picker.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(picker.model().index(1).data().toString(), u"EU"_s); // the newest version, once
    picker.show();
    QTest::keyClicks(picker.filter(), u"german"_s);
    QCOMPARE(picker.model().rowCount(), 1);
    QTest::keyClick(picker.filter(), Qt::Key_Return);
    QTest::keyClick(picker.list(), Qt::Key_Space);
    QCOMPARE(picker.model().expression().include, QStringList {u"DE"_s});
    QTest::keyClick(picker.list(), Qt::Key_Space);
    QVERIFY(picker.model().expression().include.isEmpty());
    QCOMPARE(picker.model().expression().exclude, QStringList {u"DE"_s});
    QTest::keyClick(picker.list(), Qt::Key_Space);
    QVERIFY(picker.model().expression().exclude.isEmpty());
}

void TestViews::pickerGivesItsTerritoryToWindows()
{
    RightsFixture fixture;
    fixture.add(series(fixture.today()));
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"kz"_s), Column::Territory);
    page.showView(u"explain"_s);
    Q_EMIT page.where().picker().giveWanted({{u"WORLD"_s}, {u"RU"_s}});
    QCOMPARE(page.session().plan().count(), 1);
    QCOMPARE(page.session().plan().find(WindowId(u"kz"_s))->territory.exclude, QStringList {u"RU"_s});
}

void TestViews::enterStagesTheFixOfAConflict()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    page.showView(u"contracts"_s);
    IssuesPanel& issues = page.contracts().issues();
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(issues.table()));
    QVERIFY(issues.model().rowCount() > 0);
    QVERIFY(!issues.model().textAt(0, 4).isEmpty());
    QCOMPARE(page.session().measure().after.list.size(), std::size_t(1));
    key(page, Qt::Key_Return);
    QVERIFY(!page.session().plan().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    QCOMPARE(page.session().measure().after.list.size(), std::size_t(0)); // the fix settles it
    QCOMPARE(page.session().measure().now.list.size(), std::size_t(1));
    key(page, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(page.session().plan().isEmpty());
    QCOMPARE(page.contracts().deals().model().rowCount(), 2);
}

void TestViews::historySaysWhoFromWhatToWhat()
{
    RightsFixture fixture;
    RightsPlan plan = series(fixture.today());
    plan.put[0].provenance = engine::Provenance {u"north.xlsx"_s, u"Movies"_s, 7};
    fixture.add(plan);
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"kz"_s), Column::State);
    key(page, Qt::Key_BracketRight);
    QCOMPARE(page.session().plan().count(), 1);
    QSignalSpy applied(&page.session(), &RightsSession::applied);
    key(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY2(applied.wait(kPatienceMs), qPrintable(page.plan().problemText()));
    page.showView(u"contracts"_s);
    HistoryPanel& history = page.contracts().history();
    history.showWindow(WindowId(u"kz"_s));
    QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), 2, kPatienceMs);
    QVERIFY(history.model().textAt(0, 0).endsWith(u'Z'));
    QVERIFY(!history.model().textAt(0, 1).isEmpty());
    QVERIFY(history.model().textAt(0, 2).contains(u"start"));
    QVERIFY(history.model().textAt(0, 3) != history.model().textAt(0, 4));
    QVERIFY2(history.originText().contains(u"north.xlsx") && history.originText().contains(u'7'),
        qPrintable(history.originText()));
}

void TestViews::calendarIsWrittenBesideTheWindow()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    page.showView(u"contracts"_s);
    ExpiriesPanel& expiries = page.contracts().expiries();
    QCOMPARE(expiries.model().rowCount(), 1);
    QSignalSpy announced(&expiries, &ExpiriesPanel::announced);
    const QString file = fixture.folder() + u"/rights.ics"_s;
    expiries.exportCalendar(file);
    QVERIFY(announced.wait(kPatienceMs));
    QFile read(file);
    QVERIFY(read.open(QIODevice::ReadOnly));
    QVERIFY(read.readAll().contains("BEGIN:VALARM"));
    expiries.exportCalendar(fixture.folder() + u"/no/such/folder/rights.ics"_s);
    QVERIFY(announced.wait(kPatienceMs));
    QVERIFY(!announced.back().front().toString().contains(u"The calendar is in"));
}

void TestViews::planWaitsForASecondPerson()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    page.showView(u"contracts"_s);
    DealsPanel& deals = page.contracts().deals();
    deals.table()->setFocus();
    deals.table()->selectRow(0);
    QSignalSpy announced(&deals, &DealsPanel::announced);
    auto buttons = deals.findChildren<vidimus::ui::widgets::Button*>();
    QCOMPARE(buttons.size(), 1);
    buttons.front()->click();
    QVERIFY(announced.wait(kPatienceMs));
    QTRY_COMPARE_WITH_TIMEOUT(deals.model().textAt(0, 6), u"two"_s, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(page.session().isMeasured(), kPatienceMs);
    page.showView(u"timeline"_s);
    page.grid().showWindow(WindowId(u"a"_s), Column::State);
    key(page, Qt::Key_BracketRight);
    QCOMPARE(page.session().plan().count(), 1);
    QSignalSpy failed(&page.session(), &RightsSession::failed);
    key(page, Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(failed.wait(kPatienceMs));
    QVERIFY2(page.plan().problemText().contains(u"second person"), qPrintable(page.plan().problemText()));
    QCOMPARE(page.session().plan().count(), 1); // the edit is kept
    QVERIFY(!page.contracts().drafts().isVisibleTo(&page.contracts()));
    QSignalSpy drafted(&page.session(), &RightsSession::drafted);
    fixture.window().commands().trigger(u"rights.draft"_s);
    QVERIFY(drafted.wait(kPatienceMs));
    QVERIFY(page.session().plan().isEmpty());
    DraftsPanel& drafts = page.contracts().drafts();
    QTRY_COMPARE_WITH_TIMEOUT(drafts.model().rowCount(), 1, kPatienceMs);
    QVERIFY(drafts.isVisibleTo(&page.contracts()));
    QVERIFY(drafts.model().textAt(0, 3).contains(u"end"));
    drafts.approveCurrent(); // one's own: nothing happens
    drafts.dropCurrent();
    QTRY_COMPARE_WITH_TIMEOUT(drafts.model().rowCount(), 0, kPatienceMs);
}

void TestViews::templateMakesWindows()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"a"_s), Column::State);
    QSignalSpy missing(&page.session(), &RightsSession::templateMissing);
    key(page, Qt::Key_Insert, Qt::ShiftModifier);
    QVERIFY(missing.wait(kPatienceMs));
    QVERIFY(page.session().plan().isEmpty());
    QSignalSpy kept(&page.session(), &RightsSession::templateKept);
    fixture.window().commands().trigger(u"rights.keepTemplate"_s);
    QVERIFY(kept.wait(kPatienceMs));
    QCOMPARE(kept.front().front().toString(), u"Licensor of K-1"_s);
    QSignalSpy added(&page.session(), &RightsSession::added);
    key(page, Qt::Key_Insert, Qt::ShiftModifier);
    QVERIFY(added.wait(kPatienceMs));
    QCOMPARE(page.session().plan().added().size(), std::size_t(1));
    const engine::Rule& rule = *page.session().plan().added().front();
    QVERIFY(rule.exclusive);
    QCOMPARE(rule.deal, DealId(u"K-1"_s));
    QCOMPARE(*rule.window.end - *rule.window.start, std::chrono::days(50));
}

void TestViews::viewsKeepFocusAndAreRemembered()
{
    RightsFixture fixture;
    fixture.add(clash(fixture.today()));
    RightsPage& page = fixture.open({1280, 800});
    for (const char* id : {"plan", "explain", "contracts", "timeline"}) {
        page.showView(QString::fromLatin1(id));
        QCOMPARE(page.currentView(), QString::fromLatin1(id));
        QVERIFY(page.isAncestorOf(QApplication::focusWidget()));
        QCOMPARE(QApplication::focusWidget(), page.baseFocus());
        for (QWidget* pane : page.panes())
            QVERIFY(page.isAncestorOf(pane));
        QVERIFY(!page.grab().isNull());
    }
    page.showView(u"nonsense"_s);
    QCOMPARE(page.currentView(), u"timeline"_s);
    page.showView(u"contracts"_s);
    const QJsonObject state = page.saveState();
    page.showView(u"timeline"_s);
    page.restoreState(state);
    QCOMPARE(page.currentView(), u"contracts"_s);
}

QTEST_MAIN(TestViews)
#include "tst_views.moc"

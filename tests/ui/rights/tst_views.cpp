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
#include "ui/rights/live_at.h"
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
#include <QElapsedTimer>
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
    void matrixAsksOnlyForWhatIsInView();
    void measuresALargeCatalogue();
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

std::shared_ptr<const WhereSource> sourceOf(const engine::RuleSet& rules, const std::vector<TitleId>& shown = {})
{
    const auto source = whereSource(std::make_shared<const engine::RuleSet>(rules),
        std::make_shared<const engine::Resolver>(rules), nullptr, shown);
    if (!source)
        qFatal("%s", qPrintable(source.error().detail));
    return *source;
}

std::size_t rowOf(const WhereSource& source, const char* id)
{
    const auto found = std::ranges::find(source.titles, TitleId(QString::fromLatin1(id)), &WhereTitle::id);
    return static_cast<std::size_t>(found - source.titles.begin());
}

} // namespace

void TestViews::rollsUpPartsByCountry()
{
    const Instant now = instant("2026-12-01T12:00:00Z");
    const engine::RuleSet rules = ruleSet(series(now));
    const engine::Resolver resolver(rules);
    const auto source = sourceOf(rules);
    const WhereQuestion question {u"web"_s, u"svod"_s, now};
    const std::vector<WhereRow> rows = whereRows(*source, question, 0, 100);
    QCOMPARE(source->titles.size(), std::size_t(4));
    QCOMPARE(rows.size(), std::size_t(4));
    QCOMPARE(source->playable, 3);
    QCOMPARE(source->titles[0].id, TitleId(u"s"_s));
    QCOMPARE(source->titles[0].end, std::size_t(3));
    QCOMPARE(source->titles[1].id, TitleId(u"e1"_s)); // in order of number, below the season
    QCOMPARE(source->titles[1].depth, 1);
    const auto place = [&source](const char* code) {
        return static_cast<std::size_t>(source->places.indexOf(QString::fromLatin1(code)));
    };
    const WhereRow& season = rows[rowOf(*source, "s")];
    QCOMPARE(source->titles[rowOf(*source, "s")].parts, 2);
    QCOMPARE(season.live[place("KZ")], 1); // 1 of 2 in Kazakhstan
    QCOMPARE(season.live[place("DE")], 0);
    QCOMPARE(rows[rowOf(*source, "e1")].answers[place("KZ")], CellAnswer::Live);
    QCOMPARE(rows[rowOf(*source, "e2")].answers[place("DE")], CellAnswer::Later);
    QCOMPARE(rows[rowOf(*source, "f")].answers[place("FR")], CellAnswer::Ended);
    QCOMPARE(rows[rowOf(*source, "f")].answers[place("DE")], CellAnswer::None);
    const auto shares = whereShares(*source, question);
    QCOMPARE(shares.size(), source->places.size());
    QCOMPARE(shares.value(u"KZ"_s), (CountryShare {1, 3})); // the season is not playable itself
    // Each answer is the resolver's, and each count the sum of them.
    for (std::size_t i = 0; i < rows[0].answers.size(); ++i) {
        int live = 0;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            engine::Query query;
            query.title = source->titles[row].id;
            query.country = source->places[static_cast<qsizetype>(i)];
            query.site = question.site;
            query.offer = question.offer;
            query.at = now;
            const bool available = resolver.isAvailable(query);
            QCOMPARE(rows[row].answers[i] == CellAnswer::Live, available);
            live += available && !source->titles[row].container;
        }
        QCOMPARE(shares.value(source->places[static_cast<qsizetype>(i)]).live, live);
    }
    const auto one = sourceOf(rules, {TitleId(u"s"_s)});
    QCOMPARE(one->titles.size(), std::size_t(3)); // the parts come along
    QCOMPARE(whereShares(*one, question).value(u"KZ"_s), (CountryShare {1, 2}));
    QCOMPARE(whereRows(*one, question, 2, 64).size(), std::size_t(1)); // no more than there are
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
    QVERIFY(!whereSource(std::make_shared<const engine::RuleSet>(rules),
        std::make_shared<const engine::Resolver>(rules), nullptr, {}, cancel.token()));
    QVERIFY(whereRows(*sourceOf(rules), {u"web"_s, u"svod"_s, now}, 0, 64, cancel.token()).empty());
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
    QTRY_VERIFY_WITH_TIMEOUT(model.knows(3), kPatienceMs);
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

/// A catalogue that no screen holds: the map counts all of it, the matrix asks about the rows that are looked at.
void TestViews::matrixAsksOnlyForWhatIsInView()
{
    RightsFixture fixture;
    RightsPlan plan;
    constexpr int kTitles = 1200;
    for (int i = 0; i < kTitles; ++i) {
        const QString id = u"t%1"_s.arg(i, 4, 10, QLatin1Char('0'));
        plan.titles.push_back(title(id, u"Title "_s + id));
        plan.put.push_back(grant(u"w"_s + id, id, {i % 3 == 0 ? u"DE"_s : u"FR"_s}, {u"svod"_s},
            fixture.today() - std::chrono::days(5), std::nullopt));
    }
    fixture.add(plan);
    RightsPage& page = fixture.open();
    page.showView(u"explain"_s);
    WhereView& where = page.where();
    MatrixModel& model = where.model();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), kTitles, kPatienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(model.knows(0), kPatienceMs);
    QVERIFY(!model.knows(kTitles - 1));
    const auto shares = whereShares(*where.source(), {u"web"_s, u"svod"_s, page.session().at()});
    QCOMPARE(shares.value(u"DE"_s), (CountryShare {400, kTitles}));
    QCOMPARE(shares.value(u"FR"_s), (CountryShare {800, kTitles}));
    const QModelIndex last = model.indexOf(TitleId(u"t1199"_s), u"FR"_s);
    QCOMPARE(last.row(), kTitles - 1);
    QVERIFY(last.data(Qt::AccessibleTextRole).toString().contains(u"being worked out"));
    where.matrix().setFocus();
    where.matrix().setCurrentIndex(model.indexOf(TitleId(u"t0000"_s), u"FR"_s));
    key(page, Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(model.knows(kTitles - 1), kPatienceMs);
    QVERIFY(last.data(Qt::AccessibleTextRole).toString().contains(u"Live"));
    page.session().setAt(fixture.today() - std::chrono::days(6)); // what is in view is asked anew
    QTRY_VERIFY_WITH_TIMEOUT(last.data(Qt::AccessibleTextRole).toString().contains(u"Not yet"), kPatienceMs);
}

/// With VIDIMUS_MEASURE=TITLES it prints how long map and matrix take over so many titles: until everything is counted
/// the first time, after a step of the slider, and for a block of rows.
void TestViews::measuresALargeCatalogue()
{
    if (!qEnvironmentVariableIsSet("VIDIMUS_MEASURE"))
        QSKIP("only measured with VIDIMUS_MEASURE");
    const int titles = std::max(1000, qEnvironmentVariableIntValue("VIDIMUS_MEASURE"));
    const Instant now = instant("2026-06-01T00:00:00Z");
    engine::RuleSet rules;
    rules.sites = {u"web"_s};
    rules.offers = {u"svod"_s};
    for (int i = 0; i < titles; ++i) {
        const QString id = u"t%1"_s.arg(i, 6, 10, QLatin1Char('0'));
        engine::Title made = title(id, u"Title "_s + id);
        if (i % 10 == 0)
            made.kind = engine::TitleKind::Season;
        else
            made.parent = rules.titles[static_cast<std::size_t>(i - i % 10)].id;
        rules.titles.push_back(made);
        const QStringList where = i % 3 == 0 ? QStringList {u"WORLD"_s} : QStringList {u"DE"_s, u"AT"_s, u"CH"_s};
        rules.rules.push_back(grant(
            u"w"_s + id, id, where, {u"svod"_s}, now - std::chrono::days(i % 700), now + std::chrono::days(i % 500)));
    }
    QElapsedTimer timer;
    timer.start();
    const auto source = sourceOf(rules);
    qInfo("%d titles: source %lld ms", titles, static_cast<long long>(timer.restart()));
    const auto shares = whereShares(*source, {u"web"_s, u"svod"_s, now});
    qInfo("all countries counted in %lld us", static_cast<long long>(timer.nsecsElapsed() / 1000));
    timer.restart();
    const auto rows = whereRows(*source, {u"web"_s, u"svod"_s, now}, 0, MatrixModel::kBlock);
    qInfo("a block of rows over %lld places in %lld us", static_cast<long long>(source->places.size()),
        static_cast<long long>(timer.nsecsElapsed() / 1000));
    timer.restart();
    const LiveQuestions questions = liveQuestions(rules, {});
    qInfo("what to ask in %lld ms", static_cast<long long>(timer.restart()));
    const LiveAt live = liveAt(*source->resolver, questions, now);
    qInfo("live at in %lld ms", static_cast<long long>(timer.restart()));
    QVERIFY(shares.value(u"DE"_s).live > 0 && rows.size() == MatrixModel::kBlock && !live.live.isEmpty());
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

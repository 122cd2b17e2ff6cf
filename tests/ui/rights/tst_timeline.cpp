#include "rights_fixture.h"

#include "ui/rights/chart_painter.h"
#include "ui/rights/rights_bar.h"
#include "ui/rights/rights_chart.h"
#include "ui/rights/rights_grid_view.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/time_text.h"
#include "ui/rights/zone_text.h"
#include "ui/widgets/preferences.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <ctime>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace vidimus::ui;
using namespace Qt::StringLiterals;
using vidimus::Instant;
using vidimus::Milliseconds;
using vidimus::WindowId;
using vidimus::workbench::RightsPlan;

class TestTimeline : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsByTerritoryAndSite();
    void groupingIsRemembered();
    void densityCountsEachPixel();
    void closedGroupsAreOneLineThatSpeaks();
    void dragMovesAnEdge();
    void dragMovesAllSelectedWindows();
    void aTrembleMovesNothing();
    void keysMoveWholeWindows();
    void edgesAtClockChangesShowTwoInstants_data();
    void edgesAtClockChangesShowTwoInstants();
    void localTimesAreReadWithTheirZone();
    void everyInstantShowsItsZone();
    void framesOfFiveThousandWindows_data();
    void framesOfFiveThousandWindows();
    void cleanupTestCase() { m_many.reset(); }

private:
    RightsPage& pageOfMany();

    std::unique_ptr<RightsFixture> m_many; ///< saving 5,000 windows takes its time; once is enough
    RightsPage* m_manyPage = nullptr;
};

namespace {

const Instant kDec = instant("2026-12-01T00:00:00Z");

RightsPlan plan()
{
    RightsPlan plan;
    plan.titles = {title(u"t"_s, u"Harbour Nights"_s), title(u"u"_s, u"Ring Road"_s)};
    plan.put = {grant(u"a"_s, u"t"_s, {u"DE"_s, u"AT"_s}, {u"svod"_s}, kDec, kDec + std::chrono::days(60)),
        grant(u"b"_s, u"u"_s, {u"DE"_s}, {u"svod"_s}, kDec, kDec + std::chrono::days(30)),
        grant(u"c"_s, u"u"_s, {u"FR"_s}, {u"svod"_s}, kDec + std::chrono::days(10), std::nullopt)};
    plan.put[2].sites.names = {u"kiosk"_s, u"web"_s};
    return plan;
}

RightsPlan fiveThousand(Instant today)
{
    RightsPlan plan;
    for (int i = 0; i < 50; ++i)
        plan.titles.push_back(title(u"t%1"_s.arg(i), u"Title %1"_s.arg(i)));
    for (int i = 0; i < 5000; ++i) {
        const Instant start = today + std::chrono::days(i % 300 - 150);
        plan.put.push_back(grant(u"w%1"_s.arg(i), u"t%1"_s.arg(i % 50), {u"DE"_s, u"FR"_s}, {u"o%1"_s.arg(i % 40)},
            start, start + std::chrono::days(20)));
    }
    return plan;
}

void key(RightsPage& page, Qt::Key which, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.baseFocus(), which, modifiers);
}

/// Where an instant of a window stands in the chart.
QPoint placeOf(RightsPage& page, const char* window, Instant at)
{
    const QModelIndex index = page.model().indexOf(WindowId(QString::fromLatin1(window)));
    return {static_cast<int>(page.chart().scale().xOf(at)), page.grid().visualRect(index).center().y() + kChartHead};
}

void drag(RightsPage& page, QPoint from, int by)
{
    QTest::mousePress(&page.chart(), Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(&page.chart(), from + QPoint(by * step / 4, 0));
    QTest::mouseRelease(&page.chart(), Qt::LeftButton, {}, from + QPoint(by, 0));
}

int pixelsFor(RightsPage& page, int days)
{
    return static_cast<int>(days * pixelsPerDay(page.chart().scale().zoom()));
}

const engine::Window& window(RightsPage& page, const char* id)
{
    return page.session().plan().find(WindowId(QString::fromLatin1(id)))->window;
}

constexpr int kFrames = 40;

double threadMillis()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

QStringList namesOf(RightsPage& page)
{
    QStringList names;
    for (const GridGroup& group : page.model().groups())
        names << group.name;
    return names;
}

} // namespace

RightsPage& TestTimeline::pageOfMany()
{
    if (!m_many) {
        m_many = std::make_unique<RightsFixture>();
        m_many->add(fiveThousand(m_many->today()));
        m_manyPage = &m_many->open();
    }
    m_many->window().activateWindow();
    m_manyPage->grid().expandAll();
    m_manyPage->grid().setFocus();
    return *m_manyPage;
}

void TestTimeline::groupsByTerritoryAndSite()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    QCOMPARE(namesOf(page), (QStringList {u"Harbour Nights"_s, u"Ring Road"_s}));
    page.setGrouping(Grouping::Territory);
    QCOMPARE(namesOf(page), (QStringList {u"Austria"_s, u"France"_s, u"Germany"_s}));
    QCOMPARE(page.model().groups()[2].rows.size(), std::size_t(2)); // one of each title
    const QModelIndex austria = page.model().index(0, 0, page.model().index(0, 0));
    QCOMPARE(austria.data().toString(), u"Harbour Nights"_s);
    page.setGrouping(Grouping::Site);
    QCOMPARE(namesOf(page), (QStringList {u"kiosk"_s, u"web"_s}));
    QCOMPARE(page.model().groups()[1].rows.size(), std::size_t(3));
    page.grid().showWindow(WindowId(u"c"_s), Column::State);
    key(page, Qt::Key_BracketRight); // edits go on as ever
    QCOMPARE(*window(page, "c").start, kDec + std::chrono::days(11));
    QCOMPARE(page.session().plan().count(), 1);
}

void TestTimeline::groupingIsRemembered()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    page.setGrouping(Grouping::Territory);
    const QJsonObject state = page.saveState();
    page.setGrouping(Grouping::Title);
    page.restoreState(state);
    QCOMPARE(namesOf(page).front(), u"Austria"_s);
    QJsonObject hostile = state;
    hostile.insert(u"grouping"_s, 99);
    page.restoreState(hostile);
    QVERIFY(!namesOf(page).isEmpty());
}

void TestTimeline::densityCountsEachPixel()
{
    const TimeScale scale(kDec, Zoom::Month); // 6 px a day
    const auto row = [](int from, int to) {
        GridRow made;
        made.acts = {kDec + std::chrono::days(from), kDec + std::chrono::days(to)};
        return made;
    };
    std::vector<GridRow> rows {row(0, 10), row(5, 10)};
    const auto runs = densityRuns(rows, scale, 120);
    QCOMPARE(runs.size(), std::size_t(2));
    QCOMPARE(runs[0], (DensityRun {0, 30, 1, false}));
    QCOMPARE(runs[1], (DensityRun {30, 30, 2, false}));
    rows[0].overlaps = {rows[1].acts};
    QVERIFY(densityRuns(rows, scale, 120)[1].conflict);
    rows[1].removed = true;
    QCOMPARE(densityRuns(rows, scale, 120).front().level, 1);
    rows.front().rule.effect = engine::Effect::Deny;
    QVERIFY(densityRuns(rows, scale, 120).empty());
    QVERIFY(densityRuns({row(-50, -20)}, scale, 120).empty()); // outside
    QVERIFY(densityRuns({row(5, 5)}, scale, 120).empty()); // empty window
    GridRow open;
    QCOMPARE(densityRuns({open}, scale, 120).front(), (DensityRun {0, 120, 1, false}));
    QVERIFY(densityRuns({open}, scale, 0).empty());
    const std::vector<GridRow> many(5000, row(1, 2));
    QCOMPARE(densityRuns(many, scale, 120).front().level, kDensityLevels);
}

void TestTimeline::closedGroupsAreOneLineThatSpeaks()
{
    RightsPage& page = pageOfMany();
    key(page, Qt::Key_O);
    page.chart().grab();
    QCOMPARE(page.chart().paintedRows(), 0);
    const auto pieces = page.chart().pieces();
    QVERIFY(pieces.size() > 10);
    QVERIFY2(pieces.front().text.contains(u"100 window"), qPrintable(pieces.front().text));
    QAccessibleInterface* chart = QAccessible::queryAccessibleInterface(&page.chart());
    QCOMPARE(chart->childCount(), static_cast<int>(pieces.size()));
    key(page, Qt::Key_O);
    page.chart().grab();
    QVERIFY(page.chart().paintedRows() > 0);
}

void TestTimeline::dragMovesAnEdge()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    page.chart().bringIntoView(kDec, true);
    drag(page, placeOf(page, "a", kDec + std::chrono::days(60)), pixelsFor(page, 5));
    QCOMPARE(*window(page, "a").end, kDec + std::chrono::days(65));
    QCOMPARE(*window(page, "a").start, kDec);
    QCOMPARE(page.grid().edge(), std::optional(Edge::End));
}

void TestTimeline::dragMovesAllSelectedWindows()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    page.chart().bringIntoView(kDec, true);
    page.grid().showWindow(WindowId(u"b"_s), Column::State);
    key(page, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(page.grid().selectedWindows().size(), std::size_t(2));
    drag(page, placeOf(page, "b", kDec + std::chrono::days(15)), pixelsFor(page, -4));
    QCOMPARE(*window(page, "b").start, kDec - std::chrono::days(4));
    QCOMPARE(*window(page, "b").end, kDec + std::chrono::days(26));
    QCOMPARE(*window(page, "c").start, kDec + std::chrono::days(6));
    QVERIFY(!window(page, "c").end);
    QCOMPARE(*window(page, "a").start, kDec);
    QVERIFY(page.session().undo()); // one step for both
    QVERIFY(page.session().plan().isEmpty());
}

void TestTimeline::aTrembleMovesNothing()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    page.chart().bringIntoView(kDec, true);
    drag(page, placeOf(page, "b", kDec + std::chrono::days(15)), 2);
    drag(page, placeOf(page, "b", kDec + std::chrono::days(30)), 2);
    QVERIFY(page.session().plan().isEmpty());
    QCOMPARE(page.grid().currentRow()->rule.id, WindowId(u"b"_s));
    const Instant before = page.chart().scale().start();
    drag(page, placeOf(page, "b", kDec + std::chrono::days(50)), 60); // beside the bar: time moves
    QVERIFY(page.session().plan().isEmpty());
    QVERIFY(page.chart().scale().start() < before);
}

void TestTimeline::keysMoveWholeWindows()
{
    RightsFixture fixture;
    fixture.add(plan());
    RightsPage& page = fixture.open();
    page.grid().showWindow(WindowId(u"b"_s), Column::State);
    key(page, Qt::Key_Down, Qt::ShiftModifier);
    key(page, Qt::Key_BracketRight, Qt::ControlModifier);
    QCOMPARE(*window(page, "b").start, kDec + std::chrono::days(1));
    QCOMPARE(*window(page, "b").end, kDec + std::chrono::days(31));
    QCOMPARE(*window(page, "c").start, kDec + std::chrono::days(11));
    key(page, Qt::Key_BracketLeft, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(*window(page, "b").start, kDec + std::chrono::days(1) - std::chrono::hours(1));
    key(page, Qt::Key_BraceRight, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(*window(page, "c").start, instant("2027-01-11T23:00:00Z"));
    QVERIFY(!window(page, "c").end);
}

void TestTimeline::edgesAtClockChangesShowTwoInstants_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QStringList>("said");
    QTest::addRow("twice, first") << QByteArray("Europe/Berlin") << QByteArray("2026-10-25T00:30:00Z")
                                  << QStringList {u"02:30 in Berlin is twice"_s, u"00:30Z"_s, u"01:30Z"_s};
    QTest::addRow("twice, second") << QByteArray("Europe/Berlin") << QByteArray("2026-10-25T01:30:00Z")
                                   << QStringList {u"02:30 in Berlin is twice"_s, u"00:30Z"_s, u"01:30Z"_s};
    QTest::addRow("jump") << QByteArray("Europe/Berlin") << QByteArray("2026-03-29T01:00:00Z")
                          << QStringList {u"jump from 02:00 to 03:00"_s, u"01:00Z"_s};
    QTest::addRow("midnight skipped") << QByteArray("Africa/Cairo") << QByteArray("2026-04-23T22:00:00Z")
                                      << QStringList {u"jump from 00:00 to 01:00"_s, u"22:00Z"_s};
    QTest::addRow("plain") << QByteArray("Europe/Berlin") << QByteArray("2026-12-01T00:00:00Z") << QStringList();
    QTest::addRow("after") << QByteArray("Europe/Berlin") << QByteArray("2026-10-25T02:00:00Z") << QStringList();
    QTest::addRow("no changes") << QByteArray("UTC") << QByteArray("2026-10-25T00:30:00Z") << QStringList();
}

void TestTimeline::edgesAtClockChangesShowTwoInstants()
{
    QFETCH(const QByteArray, zone);
    QFETCH(const QByteArray, at);
    QFETCH(const QStringList, said);
    const QTimeZone clocks(zone);
    const auto change = clockChangeAt(instant(at.constData()), clocks);
    QCOMPARE(change.has_value(), !said.isEmpty());
    const QString text = edgeText(instant(at.constData()), clocks);
    for (const QString& part : said)
        QVERIFY2(text.contains(part), qPrintable(text));
    QVERIFY(text.contains(u'Z'));
}

void TestTimeline::localTimesAreReadWithTheirZone()
{
    using vidimus::rights::TimeColumn;
    QCOMPARE(**parseEdgeText(u"2026-10-25 02:30 Europe/Paris"_s, TimeColumn::Start), instant("2026-10-25T01:30:00Z"));
    QCOMPARE(**parseEdgeText(u"2026-10-25 02:30 Europe/Paris"_s, TimeColumn::End), instant("2026-10-25T00:30:00Z"));
    QCOMPARE(**parseEdgeText(u"2026-12-01 Europe/Berlin"_s, TimeColumn::End), instant("2026-11-30T23:00:00Z"));
    QVERIFY(!parseEdgeText(u"2026-12-01 Europe/Atlantis"_s));
    QVERIFY(!parseEdgeText(u"some day Europe/Berlin"_s));
}

void TestTimeline::everyInstantShowsItsZone()
{
    const Instant half = kDec + std::chrono::minutes(30);
    const QStringList texts {windowText({kDec, kDec + std::chrono::days(3)}), windowText({kDec, half}),
        windowText({kDec, std::nullopt}), windowText({std::nullopt, half}), instantText(half)};
    for (const QString& text : texts)
        QVERIFY2(text.endsWith(u"UTC") || text.endsWith(u'Z'), qPrintable(text));
}

void TestTimeline::framesOfFiveThousandWindows_data()
{
    QTest::addColumn<bool>("closed");
    QTest::addColumn<bool>("zooms");
    QTest::newRow("scroll, open groups") << false << false;
    QTest::newRow("zoom, open groups") << false << true;
    QTest::newRow("scroll, all 5000 in view") << true << false;
    QTest::newRow("zoom, all 5000 in view") << true << true;
}

/// The figure of one frame: the chart and the grid beside it, painted into a picture after a step of the wheel. Time of
/// this thread, so that what is worked out beside the window does not count.
void TestTimeline::framesOfFiveThousandWindows()
{
    QFETCH(const bool, closed);
    QFETCH(const bool, zooms);
    RightsPage& page = pageOfMany();
    if (closed)
        key(page, Qt::Key_O);
    QPixmap frame(page.window()->size());
    int step = 0;
    const auto paint = [&] {
        ++step;
        if (zooms)
            page.chart().setZoom(step % 2 ? Zoom::Quarter : Zoom::Month);
        else
            page.chart().setScale(TimeScale(page.chart().scale().at(step % 2 ? 24 : -24), page.chart().scale().zoom()));
        page.chart().render(&frame);
        page.grid().viewport()->render(&frame);
    };
    paint();
    const double before = threadMillis();
    for (int i = 0; i < kFrames; ++i)
        paint();
    QTest::setBenchmarkResult((threadMillis() - before) / kFrames, QTest::WalltimeMilliseconds);
    QVERIFY(page.chart().pieces().size() > 10);
    QVERIFY(closed == (page.chart().paintedRows() == 0));
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"

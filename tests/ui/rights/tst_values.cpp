#include "rights_fixture.h"

#include "core/rights/conflicts.h"
#include "ui/rights/cell_edit.h"
#include "ui/rights/cell_table_model.h"
#include "ui/rights/effect_rows.h"
#include "ui/rights/expiries.h"
#include "ui/rights/explain_text.h"
#include "ui/rights/fix.h"
#include "ui/rights/grid_rows.h"
#include "ui/rights/live_at.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/time_scale.h"
#include "ui/rights/time_text.h"
#include "ui/rights/window_state.h"
#include "ui/widgets/table_helpers.h"

#include <QImage>
#include <QPainter>
#include <QTableView>
#include <QTest>

using namespace vidimus::ui::rights;
using namespace vidimus::ui::rights::tests;
using namespace Qt::StringLiterals;
using vidimus::DealId;
using vidimus::Error;
using vidimus::ErrorCode;
using vidimus::Instant;
using vidimus::TitleId;
using vidimus::WindowId;
namespace rules = vidimus::rights;

namespace {

const Instant kNow = instant("2026-11-21T12:00:00Z");

Instant day(int days)
{
    return std::chrono::floor<std::chrono::days>(kNow) + std::chrono::days(days);
}

rules::RuleSet smallRules()
{
    rules::RuleSet set;
    set.sites = {u"web"_s};
    set.offers = {u"avod"_s, u"svod"_s};
    set.titles = {title(u"t"_s, u"Harbour Nights"_s)};
    rules::Deal deal;
    deal.id = DealId(u"K-1"_s);
    deal.licensor = u"North"_s;
    set.deals = {deal};
    rules::Rule de = grant(u"de"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, day(-10), day(5));
    de.deal = deal.id;
    set.rules = {de, grant(u"gb"_s, u"t"_s, {u"GB"_s, u"IE"_s}, {u"avod"_s}, day(10), std::nullopt)};
    return set;
}

rules::Query ask(const QString& country, const QString& offer, Instant at)
{
    rules::Query query;
    query.title = TitleId(u"t"_s);
    query.country = country;
    query.site = u"web"_s;
    query.offer = offer;
    query.at = at;
    return query;
}

} // namespace

class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatAWindowIs_data();
    void saysWhatAWindowIs();
    void countsWhatEndsSoon();
    void readsWhatPeopleTypeForInstants_data();
    void readsWhatPeopleTypeForInstants();
    void nudgesMonthsWithoutLosingTheDay();
    void editsCells();
    void refusesBadCells_data();
    void refusesBadCells();
    void cutsOnlyInside();
    void mapsTimeToPlacesAndBack();
    void undoBringsADroppedPlanBack();
    void editsThatSayWhatIsSavedFallAway();
    void planCarriesWhatWasSeen();
    void liveAtFollowsTheResolver();
    void takesTerritoriesApart();
    void effectRowsHaveTotals();
    void arrowsPointTheWayThatIsRead_data();
    void arrowsPointTheWayThatIsRead();
    void fixMakesTheTitleAvailable();
    void trailNamesEveryRule();
};

void TestValues::saysWhatAWindowIs_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<bool>("deny");
    QTest::addColumn<int>("kind");
    const auto kind = [](WindowStateKind state) { return static_cast<int>(state); };
    QTest::newRow("live") << -10 << 100 << false << kind(WindowStateKind::Live);
    QTest::newRow("ends within the month") << -10 << 30 << false << kind(WindowStateKind::EndsSoon);
    QTest::newRow("ends this instant is over") << -10 << 0 << false << kind(WindowStateKind::Expired);
    QTest::newRow("starts") << 3 << 30 << false << kind(WindowStateKind::Starts);
    QTest::newRow("restricts") << -1 << 30 << true << kind(WindowStateKind::Restricts);
    QTest::newRow("will restrict") << 1 << 30 << true << kind(WindowStateKind::WillRestrict);
}

void TestValues::saysWhatAWindowIs()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    QFETCH(const bool, deny);
    QFETCH(const int, kind);
    rules::Rule rule = grant(u"r"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, day(from), day(to));
    if (deny)
        rule.effect = rules::Effect::Deny;
    const WindowState state = windowState(rule, nullptr, nullptr, kNow);
    QCOMPARE(static_cast<int>(state.kind), kind);
    QVERIFY(!lookOf(state).text.isEmpty() && !lookOf(state).iconName.isEmpty());
    rules::Deal ended;
    ended.status = rules::DealStatus::Ended;
    rule.deal = DealId(u"K"_s);
    if (!deny)
        QCOMPARE(windowState(rule, &ended, nullptr, kNow).kind, WindowStateKind::Inactive);
    rules::Conflict clash;
    clash.code = rules::ConflictCode::ExclusiveOverlap;
    clash.window = {day(1), day(13)};
    const WindowState conflict = windowState(rule, nullptr, &clash, kNow);
    QCOMPARE(conflict.kind, WindowStateKind::Conflict);
    QVERIFY(lookOf(conflict).text.contains(u"12 d"));
}

void TestValues::countsWhatEndsSoon()
{
    rules::RuleSet set;
    for (const int days : {3, 20, 45, 80, 200}) {
        set.rules.push_back(grant(QString::number(days), u"t"_s, {u"DE"_s}, {u"svod"_s}, day(-1), day(days)));
    }
    set.rules.push_back(grant(u"future"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, day(1), day(5)));
    QCOMPARE(countExpiries(set, kNow), (Expiries {.within90 = 4, .within60 = 3, .within30 = 2, .within7 = 1}));
}

void TestValues::readsWhatPeopleTypeForInstants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("rfc 3339") << u"2026-12-01T00:00:00Z"_s << u"2026-12-01T00:00:00Z"_s;
    QTest::newRow("offset") << u"2026-12-01T01:00:00+01:00"_s << u"2026-12-01T00:00:00Z"_s;
    QTest::newRow("date") << u" 2026-12-01 "_s << u"2026-12-01T00:00:00Z"_s;
    QTest::newRow("minutes") << u"2026-12-01 18:30"_s << u"2026-12-01T18:30:00Z"_s;
    QTest::newRow("no such day") << u"2026-02-30"_s << QString();
    QTest::newRow("words") << u"soon"_s << QString();
    QTest::newRow("year 0") << u"0000-01-01"_s << QString();
}

void TestValues::readsWhatPeopleTypeForInstants()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto read = parseInstantText(text);
    QCOMPARE(read.has_value(), !expected.isEmpty());
    if (read)
        QCOMPARE(vidimus::toRfc3339(*read), expected);
    else
        QCOMPARE(read.error().reason, QByteArray("bad_date"));
    const auto again = parseInstantText(instantText(kNow));
    QVERIFY(again);
    QCOMPARE(*again, kNow); // what the page writes, it reads
    QVERIFY(parseEdgeText(u""_s) && !parseEdgeText(u"open"_s)->has_value());
}

void TestValues::nudgesMonthsWithoutLosingTheDay()
{
    QCOMPARE(nudged(instant("2026-01-31T10:00:00Z"), NudgeStep::Month, 1), instant("2026-02-28T10:00:00Z"));
    QCOMPARE(nudged(kNow, NudgeStep::Day, -1), kNow - std::chrono::hours(24));
    QCOMPARE(nudged(kNow, NudgeStep::Hour, 2), kNow + std::chrono::hours(2));
    QCOMPARE(nudged(vidimus::kMaxInstant, NudgeStep::Month, 1), vidimus::kMaxInstant);
}

void TestValues::editsCells()
{
    const rules::RuleSet set = smallRules();
    const rules::Rule& de = set.rules.front();
    const auto territory = withEdit(de, Column::Territory, u"world, -ch"_s, set);
    QVERIFY(territory);
    QCOMPARE(territory->rule.territory.include, QStringList {u"WORLD"_s});
    QCOMPARE(territory->rule.territory.exclude, QStringList {u"CH"_s});
    const auto right = withEdit(de, Column::Right, u"svod, avod, exclusive"_s, set);
    QVERIFY(right && right->rule.exclusive);
    QCOMPARE(right->rule.offers.names, (QStringList {u"svod"_s, u"avod"_s}));
    QCOMPARE(withEdit(right->rule, Column::Right, editText(right->rule, Column::Right), set)->rule, right->rule);
    const auto deal = withEdit(de, Column::Contract, u"K-9 Southern Films"_s, set);
    QVERIFY(deal && deal->newDeal);
    QCOMPARE(deal->newDeal->licensor, u"Southern Films"_s);
    QVERIFY(!withEdit(de, Column::Contract, u"K-1"_s, set)->newDeal);
    const auto end = withEdit(de, Column::End, u""_s, set);
    QVERIFY(end && !end->rule.window.end);
}

void TestValues::refusesBadCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("reason");
    const auto column = [](Column at) { return static_cast<int>(at); };
    QTest::newRow("unknown country") << column(Column::Territory) << u"DE, QQQ"_s << QByteArray("unknown_territory");
    QTest::newRow("no country") << column(Column::Territory) << u" , "_s << QByteArray("no_territory");
    QTest::newRow("no date") << column(Column::Start) << u"tomorrow"_s << QByteArray("bad_date");
    QTest::newRow("long id") << column(Column::Contract) << QString(500, u'K') << QByteArray("bad_id");
    QTest::newRow("state") << column(Column::State) << u"Live"_s << QByteArray("not_editable");
}

void TestValues::refusesBadCells()
{
    QFETCH(const int, column);
    QFETCH(const QString, text);
    QFETCH(const QByteArray, reason);
    const rules::RuleSet set = smallRules();
    const auto edit = withEdit(set.rules.front(), static_cast<Column>(column), text, set);
    QVERIFY(!edit);
    QCOMPARE(edit.error().code, ErrorCode::Invalid);
    QCOMPARE(edit.error().reason, reason);
}

void TestValues::cutsOnlyInside()
{
    const rules::Rule rule = grant(u"r"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, day(0), day(10));
    QVERIFY(!cutAt(rule, day(0)));
    QVERIFY(!cutAt(rule, day(10)));
    const auto parts = cutAt(rule, day(4));
    QVERIFY(parts);
    QCOMPARE(parts->first.window, (rules::Window {day(0), day(4)}));
    QCOMPARE(parts->second.window, (rules::Window {day(4), day(10)}));
    QVERIFY(parts->first.id != parts->second.id);
}

void TestValues::mapsTimeToPlacesAndBack()
{
    for (const Zoom zoom : {Zoom::Week, Zoom::Month, Zoom::Quarter, Zoom::Year}) {
        const TimeScale scale = TimeScale().placed(kNow, 300, zoom);
        QVERIFY(std::abs(scale.xOf(kNow) - 300) < 0.01);
        QVERIFY(std::chrono::abs(scale.at(300) - kNow) < std::chrono::seconds(1));
        const auto months = scale.months(1200);
        QVERIFY(!months.empty() && months.size() < 80);
        const auto weeks = scale.weeks(1200);
        for (std::size_t i = 1; i < weeks.size(); ++i)
            QVERIFY(weeks[i].x - weeks[i - 1].x > 20);
    }
    QCOMPARE(TimeScale(kNow, Zoom::Month).snapped(instant("2026-11-21T13:00:00Z")), instant("2026-11-22T00:00:00Z"));
    QVERIFY(TimeScale(kNow, Zoom::Year).at(1e12) <= vidimus::kMaxInstant);
}

void TestValues::undoBringsADroppedPlanBack()
{
    StagedPlan plan;
    plan.setBase(std::make_shared<const rules::RuleSet>(smallRules()));
    rules::Rule moved = *plan.find(WindowId(u"de"_s));
    moved.window.end = day(50);
    plan.stage({moved}, {WindowId(u"gb"_s)});
    QCOMPARE(plan.count(), 2);
    QVERIFY(plan.isRemoved(WindowId(u"gb"_s)));
    QCOMPARE(plan.planned().rules.size(), std::size_t(1));
    plan.drop();
    QVERIFY(plan.isEmpty());
    QVERIFY(plan.undo());
    QCOMPARE(plan.count(), 2);
    QVERIFY(plan.undo());
    QVERIFY(plan.isEmpty());
    QVERIFY(!plan.undo());
    QVERIFY(plan.redo());
    QCOMPARE(plan.rows().size(), std::size_t(2));
}

void TestValues::editsThatSayWhatIsSavedFallAway()
{
    StagedPlan plan;
    rules::RuleSet set = smallRules();
    plan.setBase(std::make_shared<const rules::RuleSet>(set));
    rules::Rule moved = set.rules.front();
    moved.window.end = day(50);
    plan.stage({moved});
    plan.stage({set.rules.front()});
    QVERIFY(plan.isEmpty());
    plan.stage({moved});
    set.rules.front() = moved; // somebody else saved the same
    plan.setBase(std::make_shared<const rules::RuleSet>(set));
    QVERIFY(plan.isEmpty());
}

void TestValues::planCarriesWhatWasSeen()
{
    StagedPlan plan;
    rules::RuleSet set = smallRules();
    const rules::Rule seen = set.rules.front();
    plan.setBase(std::make_shared<const rules::RuleSet>(set));
    rules::Rule moved = seen;
    moved.window.end = day(50);
    plan.stage({moved, grant(u"new"_s, u"t"_s, {u"FR"_s}, {u"svod"_s}, day(0), day(1))});
    set.rules.front().window.end = day(60); // what the plan changes too, behind its back
    plan.setBase(std::make_shared<const rules::RuleSet>(set));
    const auto made = plan.toPlan(u"why"_s);
    QCOMPARE(made.put.size(), std::size_t(2));
    QCOMPARE(made.seen, std::vector {seen}); // applying finds out that it stands otherwise
}

void TestValues::liveAtFollowsTheResolver()
{
    const rules::RuleSet set = smallRules();
    const rules::Resolver resolver(set);
    const LiveAt before = liveAt(resolver, liveQuestions(set, {}), day(0));
    QCOMPARE(before.live, QStringList {u"DE"_s});
    QVERIFY(before.dark.empty());
    QCOMPARE(*before.nextDark, day(5));
    QCOMPARE(before.darkNext, (std::vector<CountryChange> {{u"DE"_s, 1}}));
    QCOMPARE(*before.nextStart, day(10));
    const LiveAt edge = liveAt(resolver, liveQuestions(set, {}), day(5)); // the end is the first instant not licensed
    QVERIFY(edge.live.isEmpty());
    QCOMPARE(edge.dark, (std::vector<CountryChange> {{u"DE"_s, 1}}));
    const LiveAt later = liveAt(resolver, liveQuestions(set, {}), day(10));
    QCOMPARE(later.live, (QStringList {u"GB"_s, u"IE"_s}));
    QCOMPARE(later.starts.size(), std::size_t(2));
    QCOMPARE(changeInstants(liveQuestions(set, {})), (std::vector {day(-10), day(5), day(10)}));
    QVERIFY(liveAt(resolver, liveQuestions(set, {TitleId(u"other"_s)}), day(0)).live.isEmpty());
}

void TestValues::takesTerritoriesApart()
{
    rules::RuleSet set;
    set.groups = {{u"BENELUX"_s, 1, {u"BE"_s, u"NL"_s}}, {u"BENELUX"_s, 2, {u"BE"_s, u"LU"_s, u"NL"_s}}};
    QCOMPARE(placesOf({{u"BENELUX"_s}, {u"NL"_s}}, set), (QStringList {u"BE"_s, u"LU"_s}));
    QCOMPARE(placesOf({{u"BENELUX@1"_s}, {}}, set), (QStringList {u"BE"_s, u"NL"_s}));
    QVERIFY(placesOf({{u"WORLD"_s}, {}}, set).size() > 240);
}

void TestValues::effectRowsHaveTotals()
{
    rules::Effects effects;
    effects.gained = {{TitleId(u"t"_s), {u"DE"_s, u"AT"_s}, {u"web"_s}, {u"svod"_s}, {day(0), day(10)}}};
    effects.lost = {{TitleId(u"t"_s), {u"FR"_s}, {u"web"_s}, {u"svod"_s}, {day(0), std::nullopt}}};
    QCOMPARE(daysOf(effects.gained.front()), 20.0);
    const auto rows = effectRows(effects, smallRules());
    QCOMPARE(rows.size(), std::size_t(4));
    QCOMPARE(rows[0].cells[2].text, u"+20 d"_s);
    QCOMPARE(rows[1].cells[0].text, u"DE, AT"_s);
    QCOMPARE(rows[2].cells[2].text, u"open"_s);
    // What all countries but one gain is said so, and not by the first three of them.
    effects.gained[0].countries = placesOf({{u"WORLD"_s}, {u"RU"_s}}, smallRules());
    QCOMPARE(effectRows(effects, smallRules())[1].cells[0].text, u"World but RU"_s);
    effects.gained[0].countries = placesOf({{u"WORLD"_s}, {}}, smallRules());
    QCOMPARE(effectRows(effects, smallRules())[1].cells[0].text, u"World"_s);
}

void TestValues::arrowsPointTheWayThatIsRead_data()
{
    QTest::addColumn<QString>("icon");
    QTest::addColumn<bool>("turns");
    QTest::newRow("arrow") << u"arrow-right"_s << true;
    QTest::newRow("mark") << u"check"_s << false; // a check mark is written the same in every language
}

void TestValues::arrowsPointTheWayThatIsRead()
{
    QFETCH(QString, icon);
    QFETCH(bool, turns);
    CellTableModel model({QString()});
    model.setRows({{{TableCell {.text = {}, .ink = vidimus::ui::widgets::Ink::Text, .iconName = icon}}, {}}});
    QTableView table;
    vidimus::ui::widgets::setUpTable(&table);
    table.setModel(&model);
    const auto paintedIn = [&](Qt::LayoutDirection direction) {
        QImage image(200, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        QStyleOptionViewItem option;
        option.rect = image.rect();
        option.direction = direction;
        option.state = QStyle::State_Enabled;
        table.itemDelegate()->paint(&painter, option, model.index(0, 0));
        return image;
    };
    const QImage left = paintedIn(Qt::LeftToRight), right = paintedIn(Qt::RightToLeft);
    const auto inkOf = [](const QImage& image, bool mirrored) {
        QImage part = mirrored ? image.mirrored(true, false) : image;
        return part.copy(0, 4, 60, 24); // the icon is there, at the leading edge
    };
    QVERIFY(inkOf(left, false) != inkOf(QImage(left.size(), left.format()), false));
    QCOMPARE(inkOf(left, false) == inkOf(right, true), turns);
}

void TestValues::fixMakesTheTitleAvailable()
{
    rules::RuleSet set = smallRules();
    for (const rules::Query& query :
        {ask(u"AT"_s, u"svod"_s, day(0)), ask(u"DE"_s, u"svod"_s, day(30)), ask(u"GB"_s, u"avod"_s, day(0))}) {
        const rules::Resolver resolver(set);
        const auto fix = fixFor(query, rules::explain(resolver, query), set);
        QVERIFY(fix && fix->isStageable());
        QVERIFY(!fix->text.isEmpty());
        StagedPlan plan;
        plan.setBase(std::make_shared<const rules::RuleSet>(set));
        plan.stage(fix->put, fix->remove);
        QVERIFY(rules::Resolver(plan.planned()).isAvailable(query));
    }
    rules::Rule deny = grant(u"deny"_s, u"t"_s, {u"DE"_s}, {u"svod"_s}, day(-5), day(20));
    deny.effect = rules::Effect::Deny;
    deny.kind = rules::RestrictionKind::Holdback;
    set.rules.push_back(deny);
    const rules::Query held = ask(u"DE"_s, u"svod"_s, day(0));
    const auto lift = fixFor(held, rules::explain(rules::Resolver(set), held), set);
    QVERIFY(lift && lift->isStageable());
    StagedPlan plan;
    plan.setBase(std::make_shared<const rules::RuleSet>(set));
    plan.stage(lift->put, lift->remove);
    QVERIFY(rules::Resolver(plan.planned()).isAvailable(held));
    const rules::Query open = ask(u"DE"_s, u"svod"_s, day(-7));
    QVERIFY(!fixFor(open, rules::explain(rules::Resolver(set), open), set));
}

void TestValues::trailNamesEveryRule()
{
    const rules::RuleSet set = smallRules();
    const rules::Query query = ask(u"GB"_s, u"avod"_s, day(0));
    const auto explanation = rules::explain(rules::Resolver(set), query);
    const auto rows = trailRows(explanation, set);
    QCOMPARE(rows.size(), std::size_t(2));
    QCOMPARE(rows.front().id, u"gb"_s); // what only waits stands before what is elsewhere
    QVERIFY(headline(query, explanation).contains(u"not available"));
    const auto yes = rules::explain(rules::Resolver(set), ask(u"DE"_s, u"svod"_s, day(0)));
    QCOMPARE(trailRows(yes, set).front().cells[3].text, u"Decides"_s);
}

QTEST_MAIN(TestValues)
#include "tst_values.moc"

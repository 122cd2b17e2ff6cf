#include "core/rights/conflicts.h"
#include "core/rights/validate.h"

#include <QTest>
#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

using Change = std::function<void(RuleSet&)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(vidimus::rights::ConflictCode)

/// What a rule set may not be, and what people are told about one that may.
class ValidateAndAdviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void takes_data();
    void takes();
    void pairsOfGrants_data();
    void pairsOfGrants();
    void missingRatingFollowsThePolicy_data();
    void missingRatingFollowsThePolicy();
    void cancelledScanEnds();

private:
    static RuleSet base();
};

namespace {

const Instant kNow {Milliseconds {1'767'225'600'000}};

Instant day(int number)
{
    return kNow + std::chrono::days(number);
}

QStringList codesOf(const Conflicts& conflicts)
{
    QStringList codes;
    for (const Conflict& conflict : conflicts.list)
        codes.append(conflictCodeName(conflict.code));
    return codes;
}

} // namespace

/// A series with an episode, a deal and one open grant on the series.
RuleSet ValidateAndAdviceTest::base()
{
    RuleSet rules;
    Title series;
    series.id = TitleId(u"s"_s);
    series.kind = TitleKind::Series;
    Title episode;
    episode.id = TitleId(u"e"_s);
    episode.kind = TitleKind::Episode;
    episode.parent = series.id;
    rules.titles = {series, episode};
    Deal deal;
    deal.id = DealId(u"d"_s);
    deal.licensor = u"L"_s;
    rules.deals = {deal};
    Rule grant;
    grant.id = WindowId(u"a"_s);
    grant.scope = series.id;
    grant.deal = deal.id;
    grant.territory.include = {u"FR"_s};
    grant.sites.all = grant.offers.all = true;
    rules.rules = {grant};
    return rules;
}

void ValidateAndAdviceTest::refuses_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, Change change, const char* reason) {
        QTest::newRow(name) << std::move(change) << QByteArray(reason);
    };
    row("two titles of one id", [](RuleSet& r) { r.titles[1].id = r.titles[0].id; }, "duplicate_id");
    row("two deals of one id", [](RuleSet& r) { r.deals.push_back(r.deals[0]); }, "duplicate_id");
    row("two rules of one id", [](RuleSet& r) { r.rules.push_back(r.rules[0]); }, "duplicate_id");
    row("no id", [](RuleSet& r) { r.rules[0].id = {}; }, "bad_id");
    row("endless id", [](RuleSet& r) { r.titles[0].id = TitleId(QString(201, u'x')); }, "bad_id");
    row("zero in an id", [](RuleSet& r) { r.rules[0].id = WindowId(u"a\0b"_s); }, "bad_id");
    row("half a character", [](RuleSet& r) { r.rules[0].id = WindowId(QString(QChar(0xD800))); }, "bad_id");
    row("its own parent", [](RuleSet& r) { r.titles[0].parent = r.titles[0].id; }, "parent_cycle");
    row("a circle of two", [](RuleSet& r) { r.titles[0].parent = r.titles[1].id; }, "parent_cycle");
    row("unknown parent", [](RuleSet& r) { r.titles[1].parent = TitleId(u"?"_s); }, "unknown_title");
    row("unknown scope", [](RuleSet& r) { r.rules[0].scope = TitleId(u"?"_s); }, "unknown_title");
    row("unknown deal", [](RuleSet& r) { r.rules[0].deal = DealId(u"?"_s); }, "unknown_deal");
    row("UK", [](RuleSet& r) { r.rules[0].territory.include = {u"UK"_s}; }, "unknown_territory");
    row("excluded UK", [](RuleSet& r) { r.rules[0].territory.exclude = {u"UK"_s}; }, "unknown_territory");
    row("group version", [](RuleSet& r) { r.rules[0].territory.include = {u"EU@9"_s}; }, "unknown_territory");
    row("rating nowhere", [](RuleSet& r) { r.titles[0].ratings = {{u"QQ"_s, 12}}; }, "unknown_territory");
    row("world in a group", [](RuleSet& r) { r.groups = {{u"G"_s, 1, {u"WORLD"_s}}}; }, "unknown_territory");
    row(
        "group in a group", [](RuleSet& r) { r.groups = {{u"G"_s, 1, {u"FR"_s}}, {u"H"_s, 1, {u"G"_s}}}; },
        "unknown_territory");
    row("group name with @", [](RuleSet& r) { r.groups = {{u"G@1"_s, 1, {u"FR"_s}}}; }, "bad_id");
    row(
        "year 1899", [](RuleSet& r) { r.rules[0].window.start = Instant {Milliseconds {-2208988800001}}; },
        "year_out_of_range");
    row(
        "announced in the year 1",
        [](RuleSet& r) { r.rules[0].announced = Window {Instant {Milliseconds {-62135596800000}}, {}}; },
        "year_out_of_range");
    row(
        "pre-order to the year 9999",
        [](RuleSet& r) { r.rules[0].preOrder = Window {{}, Instant {Milliseconds {253370764800000}}}; },
        "year_out_of_range");
    row(
        "year 2200", [](RuleSet& r) { r.deals[0].term.end = Instant {Milliseconds {7258118400000}}; },
        "year_out_of_range");
    row(
        "seventeen levels",
        [](RuleSet& r) {
            for (int i = 0; i < 17; ++i) {
                Title title;
                title.id = TitleId(u"t%1"_s.arg(i));
                title.parent = i == 0 ? TitleId() : TitleId(u"t%1"_s.arg(i - 1));
                r.titles.push_back(title);
            }
        },
        "too_deep");
}

void ValidateAndAdviceTest::refuses()
{
    QFETCH(Change, change);
    RuleSet rules = base();
    QVERIFY(validate(rules));
    change(rules);
    const auto checked = validate(rules);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::Invalid);
    QTEST(checked.error().reason, "reason");
    QVERIFY2(checked.error().detail.contains(u": "_s), "names the place");
    QVERIFY(checked.error().detail.size() < 600);
}

void ValidateAndAdviceTest::takes_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) { QTest::newRow(name) << std::move(change); };
    row("nothing at all", [](RuleSet& r) { r = {}; });
    row("an empty window", [](RuleSet& r) { r.rules[0].window = {day(2), day(1)}; }); // a conflict, not a fault
    row("an empty territory", [](RuleSet& r) { r.rules[0].territory.include.clear(); });
    row("XX and XK", [](RuleSet& r) { r.rules[0].territory.include = {u"XX"_s, u"XK"_s}; });
    row("a subdivision", [](RuleSet& r) { r.rules[0].territory.exclude = {u"FR-IDF"_s}; });
    row("a pinned group", [](RuleSet& r) {
        r.groups = {{u"G"_s, 1, {u"FR"_s}}, {u"G"_s, 2, {u"DE"_s}}};
        r.rules[0].territory.include = {u"G@1"_s, u"G"_s};
    });
    row("first and last year", [](RuleSet& r) {
        r.rules[0].window = {Instant {Milliseconds {-2208988800000}}, Instant {Milliseconds {7258118399999}}};
    });
    row("the same id for a title, a deal and a rule", [](RuleSet& r) {
        r.rules[0].id = WindowId(u"s"_s);
        r.deals[0].id = r.rules[0].deal = DealId(u"s"_s);
    });
}

void ValidateAndAdviceTest::takes()
{
    QFETCH(Change, change);
    RuleSet rules = base();
    change(rules);
    const auto checked = validate(rules);
    QVERIFY2(checked, qPrintable(checked ? QString() : checked.error().detail));
}

/// A second grant "b" beside the first: what is said about the two.
void ValidateAndAdviceTest::pairsOfGrants_data()
{
    QTest::addColumn<Change>("change"); // rules[1] is a copy of rules[0] with the id "b"
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char* name, Change change, const QStringList& codes) {
        QTest::newRow(name) << std::move(change) << codes;
    };
    const QString duplicate = u"DUPLICATE"_s, shadowed = u"SHADOWED"_s, overlap = u"EXCLUSIVE_OVERLAP"_s;
    const auto otherDeal = [](RuleSet& r) {
        Deal other = r.deals[0];
        other.id = DealId(u"d2"_s);
        other.licensor = u"M"_s;
        r.deals.push_back(other);
        r.rules[1].deal = other.id;
        r.rules[0].exclusive = r.rules[1].exclusive = true;
    };
    row("the same twice", [](RuleSet&) { }, {duplicate});
    row("in another order",
        [](RuleSet& r) {
            r.rules[0].territory.include = r.rules[1].territory.include = {u"FR"_s, u"DE"_s};
            std::ranges::reverse(r.rules[1].territory.include);
        },
        {duplicate});
    row("one revoked", [](RuleSet& r) { r.rules[1].status = RuleStatus::Revoked; }, {});
    row("another country", [](RuleSet& r) { r.rules[1].territory.include = {u"DE"_s}; }, {});
    row("touching windows", [](RuleSet& r) { r.rules[0].window.end = r.rules[1].window.start = day(5); }, {});
    row("within the other",
        [](RuleSet& r) {
            r.rules[1].window = {day(1), day(2)};
            r.rules[0].priority = 1;
        },
        {shadowed});
    row("exclusive for two licensors", otherDeal, {overlap});
    row("exclusive, touching",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.rules[0].window.end = r.rules[1].window.start = day(5);
        },
        {});
    row("exclusive, one day together",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.rules[0].window.end = day(6);
            r.rules[1].window.start = day(5);
        },
        {overlap});
    row("exclusive, one licensor",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.deals[1].licensor = u"L"_s;
        },
        {});
    row("exclusive, other offers",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.rules[0].offers = {.all = false, .names = {u"est"_s}};
            r.rules[1].offers = {.all = false, .names = {u"svod"_s}};
        },
        {});
    row("exclusive, the other deal over",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.deals[1].status = DealStatus::Ended;
        },
        {});
    row("exclusive, on the episode",
        [otherDeal](RuleSet& r) {
            otherDeal(r);
            r.rules[1].scope = TitleId(u"e"_s);
        },
        {overlap});
    row("a deny over it", [](RuleSet& r) { r.rules[1].effect = Effect::Deny; }, {shadowed});
    row("a soft deny over it",
        [](RuleSet& r) {
            r.rules[1].effect = Effect::Deny;
            r.rules[1].hard = false;
        },
        {});
    row("a deny over a part of it",
        [](RuleSet& r) {
            r.rules[1].effect = Effect::Deny;
            r.rules[1].window.end = day(9);
        },
        {});
}

void ValidateAndAdviceTest::pairsOfGrants()
{
    QFETCH(Change, change);
    RuleSet rules = base();
    rules.rules.push_back(rules.rules[0]);
    rules.rules[1].id = WindowId(u"b"_s);
    change(rules);
    QTEST(codesOf(findConflicts(rules)), "codes");
}

void ValidateAndAdviceTest::missingRatingFollowsThePolicy_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("advised");
    const auto row
        = [](const char* name, Change change, bool advised) { QTest::newRow(name) << std::move(change) << advised; };
    row("nothing said", [](RuleSet&) { }, true);
    row("rated", [](RuleSet& r) { r.titles[1].ratings = {{u"FR"_s, 0}}; }, false);
    row("rated above", [](RuleSet& r) { r.titles[0].ratings = {{u"FR"_s, 12}}; }, false);
    row("rated elsewhere", [](RuleSet& r) { r.titles[1].ratings = {{u"DE"_s, 12}}; }, true);
    row(
        "fallback",
        [](RuleSet& r) {
            r.titles[1].ratings = {{u"DE"_s, 12}};
            r.ratingFallback = {{u"FR"_s, {u"DE"_s}}};
        },
        false);
    row("all unrated allowed", [](RuleSet& r) { r.unratedPolicy = {{u"*"_s, UnratedPolicy::Allow}}; }, false);
    row("allowed here", [](RuleSet& r) { r.unratedPolicy = {{u"FR"_s, UnratedPolicy::Allow}}; }, false);
    row(
        "allowed elsewhere, blocked here",
        [](RuleSet& r) { r.unratedPolicy = {{u"*"_s, UnratedPolicy::Allow}, {u"FR"_s, UnratedPolicy::Block}}; }, true);
    row("the grant is over", [](RuleSet& r) { r.rules[0].window.end = day(-1); }, false);
}

void ValidateAndAdviceTest::missingRatingFollowsThePolicy()
{
    QFETCH(Change, change);
    RuleSet rules = base();
    change(rules);
    QTEST(codesOf(findAdvice(rules, kNow)).contains(u"RATING_MISSING"_s), "advised");
}

void ValidateAndAdviceTest::cancelledScanEnds()
{
    RuleSet rules = base();
    const Rule rule = rules.rules[0];
    for (int i = 0; i < 3000; ++i) {
        rules.rules.push_back(rule);
        rules.rules.back().id = WindowId(u"r%1"_s.arg(i));
    }
    const CancelSource source;
    source.cancel();
    QVERIFY(findConflicts(rules, source.token()).list.size() <= kMaxConflictsOfTitle);
    const Conflicts all = findConflicts(rules); // 4.5 million pairs say the same
    QCOMPARE(all.list.size(), kMaxConflictsOfTitle);
    QVERIFY(all.more.size() == 1 && all.more[0].atLeast);
}

QTEST_GUILESS_MAIN(ValidateAndAdviceTest)
#include "tst_validate_and_advice.moc"

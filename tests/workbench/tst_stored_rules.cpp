#include "core/rights/rule_set_json.h"
#include "core/rights/validate.h"
#include "core/store/workspace_store.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/stored_rules.h"
#include "workbench_room.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

rights::Title title(const QString& id, const QString& parent = {}, rights::TitleKind kind = rights::TitleKind::Film)
{
    return {.id = TitleId(id), .name = id, .kind = kind, .parent = TitleId(parent)};
}

rights::Deal deal(const QString& id)
{
    rights::Deal made;
    made.id = DealId(id);
    made.licensor = u"North"_s;
    return made;
}

rights::Rule grant(const QString& id, const QString& scope, const QString& ofDeal = {})
{
    rights::Rule rule;
    rule.id = WindowId(id);
    rule.scope = TitleId(scope);
    rule.deal = DealId(ofDeal);
    rule.territory.include = {u"DE"_s};
    rule.sites = {.all = false, .names = {u"web"_s}};
    rule.offers = {.all = false, .names = {u"svod"_s}};
    return rule;
}

rights::RuleSet around(WorkbenchRoom& room, const RightsPlan& plan)
{
    const auto rules
        = room.workspace().store().read([&](const store::UnitOfWork& unit) { return storedRulesAround(unit, plan); });
    if (!rules)
        qFatal("%s", qPrintable(rules.error().detail));
    return *rules;
}

template<class Item>
QStringList idsOf(const std::vector<Item>& items)
{
    QStringList ids;
    for (const Item& item : items)
        ids.append(item.id.toString());
    ids.sort();
    return ids;
}

} // namespace

/// What is read to save a plan: enough to judge it, and no more.
class TestStoredRules : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsNoMoreThanThePlanTouches();
    void findsTheTitleThatAWindowLeaves();
    void readsAllWhenATitleMoves();
    void aChangedDealIsToldWithATitleThatHasIt();
    void tooLongAWayShows();
    void aCircleIsRefused();
    void aDealThatIsNotThereIsRefused();

private:
    void add(const RightsPlan& plan)
    {
        const auto applied = applyRightsPlan(m_room->workspace(), plan);
        QVERIFY2(applied, applied ? "" : qPrintable(applied.error().detail));
    }

    std::unique_ptr<WorkbenchRoom> m_room;
};

void TestStoredRules::init()
{
    m_room = std::make_unique<WorkbenchRoom>();
    add({.put = {grant(u"s-1"_s, u"series"_s, u"K-1"_s), grant(u"e-1"_s, u"episode"_s, u"K-2"_s),
             grant(u"e-2"_s, u"episode"_s), grant(u"o-1"_s, u"other"_s, u"K-3"_s)},
        .titles = {title(u"series"_s, {}, rights::TitleKind::Series),
            title(u"episode"_s, u"series"_s, rights::TitleKind::Episode), title(u"other"_s)},
        .deals = {deal(u"K-1"_s), deal(u"K-2"_s), deal(u"K-3"_s)}});
}

void TestStoredRules::readsNoMoreThanThePlanTouches()
{
    const rights::RuleSet rules = around(*m_room, {.put = {grant(u"e-1"_s, u"episode"_s, u"K-2"_s)}});
    QCOMPARE(idsOf(rules.titles), (QStringList {u"episode"_s, u"series"_s}));
    QCOMPARE(idsOf(rules.rules), (QStringList {u"e-1"_s, u"e-2"_s}));
    QCOMPARE(idsOf(rules.deals), QStringList {u"K-2"_s});
    QVERIFY(rules.offers.contains(u"svod"_s));
    QVERIFY(rights::validate(rules));
    const auto whole = loadRules(m_room->workspace());
    QCOMPARE(rules.sites, whole->sites);
    QCOMPARE(idsOf(whole->rules).size(), 4);
}

void TestStoredRules::findsTheTitleThatAWindowLeaves()
{
    // The window moves from one title to another: both are told to the catalog.
    const rights::RuleSet rules = around(*m_room, {.put = {grant(u"e-1"_s, u"other"_s)}});
    QCOMPARE(idsOf(rules.rules), (QStringList {u"e-1"_s, u"e-2"_s, u"o-1"_s}));
    const std::size_t before = m_room->outbox().size();
    add({.put = {grant(u"e-1"_s, u"other"_s)}});
    QCOMPARE(m_room->outbox().size(), before + 2);
    QCOMPARE(idsOf(around(*m_room, {.remove = {WindowId(u"e-1"_s)}}).rules), (QStringList {u"e-1"_s, u"o-1"_s}));
}

void TestStoredRules::readsAllWhenATitleMoves()
{
    const rights::RuleSet rules
        = around(*m_room, {.titles = {title(u"series"_s, u"other"_s, rights::TitleKind::Series)}});
    QCOMPARE(rules.titles.size(), 3U);
    QCOMPARE(rules.rules.size(), 4U);
}

void TestStoredRules::aChangedDealIsToldWithATitleThatHasIt()
{
    rights::Deal changed = deal(u"K-3"_s);
    QVERIFY(around(*m_room, {.deals = {changed}}).rules.empty()); // as it stands
    std::size_t before = m_room->outbox().size();
    add({.deals = {changed}});
    QCOMPARE(m_room->outbox().size(), before);
    changed.status = rights::DealStatus::Ended;
    QCOMPARE(around(*m_room, {.deals = {changed}}).rules.size(), 4U);
    add({.deals = {changed}});
    QCOMPARE(m_room->outbox().size(), before + 1);
    const auto payload = m_room->outbox().back().payload;
    QCOMPARE(payload[u"title"].toString(), u"other"_s);
    QCOMPARE(payload[u"deals"][u"K-3"].toObject(), rights::toJson(changed));
    // With a window of it in the plan the catalog learns of it anyhow.
    before = m_room->outbox().size();
    changed.licensor = u"South"_s;
    add({.put = {grant(u"o-2"_s, u"other"_s, u"K-3"_s)}, .deals = {changed}});
    QCOMPARE(m_room->outbox().size(), before + 1);
}

void TestStoredRules::tooLongAWayShows()
{
    RightsPlan chain;
    for (int i = 0; i < rights::kMaxPathLength; ++i)
        chain.titles.push_back(title(u"t%1"_s.arg(i), i == 0 ? QString() : u"t%1"_s.arg(i - 1)));
    add(chain);
    const auto below = applyRightsPlan(
        m_room->workspace(), {.titles = {title(u"below"_s, u"t%1"_s.arg(rights::kMaxPathLength - 1))}});
    QCOMPARE(below.error().reason, QByteArray("too_deep"));
    // From above: what is below gets too far away.
    const auto above = applyRightsPlan(m_room->workspace(), {.titles = {title(u"t0"_s, u"other"_s)}});
    QCOMPARE(above.error().reason, QByteArray("too_deep"));
}

void TestStoredRules::aCircleIsRefused()
{
    const auto circle = applyRightsPlan(
        m_room->workspace(), {.titles = {title(u"series"_s, u"episode"_s, rights::TitleKind::Series)}});
    QCOMPARE(circle.error().reason, QByteArray("parent_cycle"));
}

void TestStoredRules::aDealThatIsNotThereIsRefused()
{
    const auto unknown = applyRightsPlan(m_room->workspace(), {.put = {grant(u"e-1"_s, u"episode"_s, u"K-9"_s)}});
    QCOMPARE(unknown.error().reason, QByteArray("unknown_deal"));
    const auto elsewhere = applyRightsPlan(m_room->workspace(), {.put = {grant(u"e-1"_s, u"nowhere"_s)}});
    QCOMPARE(elsewhere.error().reason, QByteArray("unknown_title"));
}

QTEST_GUILESS_MAIN(TestStoredRules)
#include "tst_stored_rules.moc"

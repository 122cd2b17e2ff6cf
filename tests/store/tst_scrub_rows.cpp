#include "store_fixture.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Error kDamage {ErrorCode::Corrupt, u"not what was ingested"_s, "original_damaged"};

Instant day(int number)
{
    return Instant(Milliseconds(1'790'000'000'000)) + number * 24h;
}

Asset assetOf(int number, const QByteArray& sha256, int ingestedOn)
{
    Asset asset = someAsset(number);
    asset.sha256 = sha256;
    asset.bytes = 100;
    asset.ingestedAt = day(ingestedOn);
    return asset;
}

} // namespace

class TestScrubRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void nothingIsDueWhereNothingIs();
    void whatWasSeenTheLongestAgoComesFirst();
    void damageComesFirst();
    void aTimeToComeIsNone();
    void bytesThatTwoAssetsShareCountOnce();
    void aLaterResultReplacesTheEarlier();

private:
    void add(const std::vector<Asset>& assets);
    void note(const QByteArray& sha256, Instant at, const std::optional<Error>& error = {});
    [[nodiscard]] QByteArrayList due(Instant before, Instant now, int limit = 100);

    QTemporaryDir m_dir;
    std::unique_ptr<WorkspaceStore> m_store;
};

void TestScrubRows::initTestCase()
{
    m_store = openStore(m_dir.path());
}

void TestScrubRows::cleanup()
{
    m_store.reset();
    QVERIFY(m_dir.remove());
    m_dir = QTemporaryDir();
    m_store = openStore(m_dir.path());
}

void TestScrubRows::add(const std::vector<Asset>& assets)
{
    must(m_store->write([&](UnitOfWork& unit) -> Result<void> {
        for (const Asset& asset : assets)
            must(unit.assets.add(asset));
        return {};
    }));
}

void TestScrubRows::note(const QByteArray& sha256, Instant at, const std::optional<Error>& error)
{
    must(m_store->write([&](UnitOfWork& unit) { return unit.scrubs.put({sha256, at, error}); }));
}

QByteArrayList TestScrubRows::due(Instant before, Instant now, int limit)
{
    QByteArrayList hashes;
    for (const StoredOriginal& original :
        must(m_store->read([&](const UnitOfWork& unit) { return unit.scrubs.due(before, now, limit); })))
        hashes.append(original.sha256);
    return hashes;
}

void TestScrubRows::nothingIsDueWhereNothingIs()
{
    QCOMPARE(due(day(1), day(1)), QByteArrayList());
    const auto totals = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.totals(day(0), day(1)); }));
    QCOMPARE(totals, ScrubTotals());
    QVERIFY(must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.damaged(9); })).empty());
    QVERIFY(!must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.find("a"); })));
}

void TestScrubRows::whatWasSeenTheLongestAgoComesFirst()
{
    add({assetOf(1, "a", 5), assetOf(2, "b", 1), assetOf(3, "c", 3), assetOf(4, "d", 0)});
    QCOMPARE(due(day(9), day(9)), (QByteArrayList {"d", "b", "c", "a"}));
    note("d", day(4));
    QCOMPARE(due(day(9), day(9)), (QByteArrayList {"b", "c", "d", "a"}));
    note("b", day(9));
    QCOMPARE(due(day(9), day(9)), (QByteArrayList {"c", "d", "a"}));
    QCOMPARE(due(day(9), day(9), 1), QByteArrayList {"c"});
}

void TestScrubRows::damageComesFirst()
{
    add({assetOf(1, "a", 0), assetOf(2, "b", 7)});
    note("b", day(8), kDamage);
    QCOMPARE(due(day(9), day(9)), (QByteArrayList {"b", "a"}));
    QCOMPARE(due(day(8), day(9)), QByteArrayList {"a"}); // read since
    const auto damaged = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.damaged(9); }));
    QCOMPARE(damaged.size(), std::size_t {1});
    QCOMPARE(damaged.front().original.name, someAsset(2).originalName);
    QCOMPARE(damaged.front().original.asset, someAsset(2).id);
    QCOMPARE(damaged.front().error, kDamage);
    QCOMPARE(damaged.front().at, day(8));
}

void TestScrubRows::aTimeToComeIsNone()
{
    add({assetOf(1, "a", 0)});
    note("a", day(100));
    QCOMPARE(due(day(8), day(9)), QByteArrayList {"a"});
    const auto totals = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.totals(day(0), day(9)); }));
    QCOMPARE(totals.verified, 0);
}

void TestScrubRows::bytesThatTwoAssetsShareCountOnce()
{
    add({assetOf(1, "a", 3), assetOf(2, "a", 2), assetOf(3, "b", 1), assetOf(4, "c", 1)});
    note("a", day(5));
    note("b", day(6), kDamage);
    note("gone", day(7), kDamage); // nothing has these bytes any more
    const auto totals = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.totals(day(5), day(9)); }));
    QCOMPARE(totals, (ScrubTotals {.originals = 3, .bytes = 300, .verified = 1, .damaged = 1, .last = day(6)}));
    const auto later = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.totals(day(6), day(9)); }));
    QCOMPARE(later.verified, 0);
    const auto all = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.due(day(9), day(9), 9); }));
    QCOMPARE(all.size(), std::size_t {3});
    QCOMPARE(all.back().sha256, QByteArray("a"));
    QCOMPARE(all.back().asset, someAsset(2).id); // the older one
}

void TestScrubRows::aLaterResultReplacesTheEarlier()
{
    add({assetOf(1, "a", 0)});
    note("a", day(1), kDamage);
    note("a", day(2));
    const auto found = must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.find("a"); }));
    QVERIFY(found && !found->error);
    QCOMPARE(found->at, day(2));
    QVERIFY(must(m_store->read([](const UnitOfWork& unit) { return unit.scrubs.damaged(9); })).empty());
}

QTEST_GUILESS_MAIN(TestScrubRows)
#include "tst_scrub_rows.moc"

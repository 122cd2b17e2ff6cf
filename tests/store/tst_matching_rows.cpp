#include "store_fixture.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;
using matching::BankEntry;
using matching::BankSeverity;
using matching::PdqHash;

namespace {

PdqHash hashOf(int number)
{
    PdqHash hash;
    hash.words = {std::uint64_t(number) * 0x9e3779b97f4a7c15, 2, 3, std::uint64_t(number)};
    return hash;
}

matching::Fingerprint fingerprintOf(int number)
{
    matching::Fingerprint fingerprint;
    fingerprint.duration = Milliseconds(2000);
    for (int frame = 0; frame < 2; ++frame) {
        fingerprint.frames.push_back({.time = Milliseconds(frame * 1000),
            .frame = frame * 25,
            .hash = hashOf(number + frame),
            .content = hashOf(number + frame),
            .quality = 90});
    }
    return fingerprint;
}

} // namespace

class TestMatchingRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void fingerprintsComeBack();
    void numbersAscendAndAreNeverUsedTwice();
    void aFingerprintNeedsItsAsset();
    void banksKeepTheirHashes();
    void aHashIsInABankOnce();
    void banksHaveNamesOfTheirOwn();
    void matchesComeGravestFirst();
    void onlyUndecidedBankHitsNeedAPerson();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<WorkspaceStore> m_store;
};

void TestMatchingRows::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<ManualClock>();
    m_store = openStore(m_folder->filePath(u"w"_s), m_clock);
    addAssets(*m_store, 3);
}

void TestMatchingRows::fingerprintsComeBack()
{
    const AssetId asset = someAsset(1).id;
    const auto number = must(
        m_store->write([&](UnitOfWork& unit) { return unit.fingerprints.put(asset, fingerprintOf(5), unit.now()); }));
    const auto found = must(m_store->read([&](const UnitOfWork& unit) { return unit.fingerprints.find(asset); }));
    QVERIFY(found);
    QCOMPARE(found->number, number);
    QVERIFY(found->fingerprint == fingerprintOf(5));
    const auto same
        = must(m_store->read([&](const UnitOfWork& unit) { return unit.fingerprints.findByNumber(number); }));
    QCOMPARE(same.asset, asset);
    QVERIFY(must(m_store->read([&](const UnitOfWork& unit) { return unit.fingerprints.has(asset); })));
    QVERIFY(!must(m_store->read([&](const UnitOfWork& unit) { return unit.fingerprints.has(someAsset(2).id); })));
    const auto none = m_store->read([&](const UnitOfWork& unit) { return unit.fingerprints.findByNumber(number + 1); });
    QCOMPARE(none.error().code, ErrorCode::NotFound);
}

void TestMatchingRows::numbersAscendAndAreNeverUsedTwice()
{
    std::uint64_t last = 0;
    for (int round = 0; round < 5; ++round) {
        for (int asset = 0; asset < 3; ++asset) {
            const auto number = must(m_store->write([&](UnitOfWork& unit) {
                return unit.fingerprints.put(someAsset(asset).id, fingerprintOf(round), unit.now());
            }));
            QVERIFY(number > last);
            last = number;
        }
        m_clock->advance(Milliseconds(1));
    }
    const auto numbers = must(m_store->read([](const UnitOfWork& unit) { return unit.fingerprints.numbers(); }));
    QCOMPARE(numbers.size(), std::size_t(3));
    QVERIFY(std::ranges::is_sorted(numbers));
    QCOMPARE(numbers.back(), last);
}

void TestMatchingRows::aFingerprintNeedsItsAsset()
{
    const auto orphan = m_store->write(
        [&](UnitOfWork& unit) { return unit.fingerprints.put(AssetId(u"nobody"_s), fingerprintOf(1), unit.now()); });
    QVERIFY(!orphan);
}

void TestMatchingRows::banksKeepTheirHashes()
{
    const std::vector<BankEntry> entries {{hashOf(1), 90, u"one"_s}, {hashOf(2), 0, {}}, {hashOf(3), 100, u"größe"_s}};
    must(m_store->write([&](UnitOfWork& unit) -> Result<qint64> {
        if (auto made = unit.banks.put({u"b1"_s, u"Known"_s, BankSeverity::Block, 0, unit.now()}); !made)
            return made.error();
        return unit.banks.addEntries(u"b1"_s, entries);
    }));
    const auto bank = must(m_store->read([](const UnitOfWork& unit) { return unit.banks.findByName(u"Known"_s); }));
    QVERIFY(bank);
    QCOMPARE(bank->hashes, 3);
    QCOMPARE(bank->severity, BankSeverity::Block);
    const auto back = must(m_store->read([](const UnitOfWork& unit) { return unit.banks.entries(u"b1"_s); }));
    QCOMPARE(back.size(), entries.size());
    for (const BankEntry& entry : entries)
        QVERIFY(std::ranges::find(back, entry) != back.end());
    QVERIFY(!must(m_store->read([](const UnitOfWork& unit) { return unit.banks.findByName(u"known"_s); })));
}

void TestMatchingRows::aHashIsInABankOnce()
{
    const auto add = [&](const QString& bank, const BankEntry& entry) {
        return must(m_store->write([&](UnitOfWork& unit) { return unit.banks.addEntries(bank, {&entry, 1}); }));
    };
    for (const QString& name : {u"a"_s, u"b"_s})
        must(m_store->write(
            [&](UnitOfWork& unit) { return unit.banks.put({name, name, BankSeverity::Notice, 0, unit.now()}); }));
    QCOMPARE(add(u"a"_s, {hashOf(1), 60, u"old"_s}), 1);
    QCOMPARE(add(u"a"_s, {hashOf(1), 70, u"new"_s}), 0);
    QCOMPARE(add(u"b"_s, {hashOf(1), 80, u"there"_s}), 1);
    // A list of bare hashes takes no name away.
    QCOMPARE(add(u"a"_s, {hashOf(1), 70, {}}), 0);
    const auto entries = must(m_store->read([](const UnitOfWork& unit) { return unit.banks.entries(u"a"_s); }));
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].label, u"new"_s);
    QCOMPARE(entries[0].quality, 70);
}

void TestMatchingRows::banksHaveNamesOfTheirOwn()
{
    const auto put = [&](const QString& id, const QString& name, BankSeverity severity) {
        return m_store->write([&](UnitOfWork& unit) { return unit.banks.put({id, name, severity, 0, unit.now()}); });
    };
    QVERIFY(put(u"1"_s, u"x"_s, BankSeverity::Notice));
    QVERIFY(!put(u"2"_s, u"x"_s, BankSeverity::Block));
    QVERIFY(put(u"1"_s, u"x"_s, BankSeverity::Block)); // its severity may change
    const auto banks = must(m_store->read([](const UnitOfWork& unit) { return unit.banks.list(); }));
    QCOMPARE(banks.size(), std::size_t(1));
    QCOMPARE(banks[0].severity, BankSeverity::Block);
}

void TestMatchingRows::matchesComeGravestFirst()
{
    const Asset asset = someAsset(0);
    const std::vector<StoredMatch> matches {
        {.asset = asset.id, .kind = StoredMatch::Kind::Asset, .other = someAsset(1).id.toString(), .share = 1},
        {.asset = asset.id,
            .kind = StoredMatch::Kind::Bank,
            .other = u"b"_s,
            .label = u"x"_s,
            .severity = BankSeverity::Review,
            .distance = 4,
            .share = 0.1,
            .body = {{u"mirrored"_s, true}}},
        {.asset = asset.id,
            .kind = StoredMatch::Kind::Bank,
            .other = u"c"_s,
            .severity = BankSeverity::Block,
            .distance = 9},
    };
    must(m_store->write([&](UnitOfWork& unit) { return unit.matches.replace(asset.id, matches); }));
    const auto found = must(m_store->read([&](const UnitOfWork& unit) { return unit.matches.find(asset.id); }));
    QCOMPARE(found.size(), std::size_t(3));
    QVERIFY(found[0] == matches[2] && found[1] == matches[1] && found[2] == matches[0]);
    must(m_store->write([&](UnitOfWork& unit) { return unit.matches.replace(asset.id, {}); }));
    QVERIFY(must(m_store->read([&](const UnitOfWork& unit) { return unit.matches.find(asset.id); })).empty());
}

void TestMatchingRows::onlyUndecidedBankHitsNeedAPerson()
{
    const auto hit = [&](int asset, StoredMatch::Kind kind, BankSeverity severity) {
        const StoredMatch match {.asset = someAsset(asset).id,
            .kind = kind,
            .other = u"o"_s,
            .severity = severity,
            .createdAt = m_clock->now()};
        must(m_store->write([&](UnitOfWork& unit) -> Result<void> {
            if (auto set = unit.assets.setState(match.asset, AssetState::Waiting); !set)
                return set;
            return unit.matches.replace(match.asset, {&match, 1});
        }));
    };
    hit(0, StoredMatch::Kind::Bank, BankSeverity::Block);
    hit(1, StoredMatch::Kind::Bank, BankSeverity::Notice);
    hit(2, StoredMatch::Kind::Asset, BankSeverity::Block);
    const auto undecided
        = [&] { return must(m_store->read([](const UnitOfWork& unit) { return unit.matches.undecided(10); })); };
    QCOMPARE(undecided().size(), std::size_t(1));
    QCOMPARE(undecided()[0].asset, someAsset(0).id);
    must(m_store->write([&](UnitOfWork& unit) { return unit.assets.setState(someAsset(0).id, AssetState::Rejected); }));
    QVERIFY(undecided().empty());
}

QTEST_GUILESS_MAIN(TestMatchingRows)
#include "tst_matching_rows.moc"

#include "core/rights/effect.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/image_follower.h"
#include "core/rights/rule_set_json.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_decoder.h"
#include "core/rights/snapshot_encoder.h"
#include "random_world.h"
#include "support/opened_snapshot.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::rights;

/// The source rules, a snapshot, a chain of deltas forward and back, and the effect preview give the same answers.
class DeltaChainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFormAgreesOnRandomCells();
    void aStepWithoutEffectNamesTheSameState();
    void snapshotsOfTheChainGoOnWithItsDeltas();
    void decodedSnapshotsGoOn();
    void anImageFollowsTheChain();
    void noForeignDeltaIsFollowed();
    void aWiderBasisAnswersTheSame();
    void deltasLeadBetweenAnySnapshots();
    void goesBackAndElsewhere();
    void newSitesNeedANewSnapshot();
    void aPartitionHoldsOneSiteAlone();
    void oldStatesStayWhileTheyAreHeld();
};

namespace {

constexpr int kEdits = 5;

/// One version of the rules and how the chain got there.
struct Version {
    RuleSet rules;
    std::unique_ptr<Resolver> resolver;
    DeltaPair delta; ///< from the version before; empty bytes where nothing changed
    QByteArray snapshot;
};

/// Random rules and edits of them, each as a delta of one image.
std::vector<Version> chainOf(RandomWorld& world, Question question = Question::Playable)
{
    std::vector<Version> versions(kEdits + 1);
    versions[0].rules = world.rules();
    versions[0].resolver = std::make_unique<Resolver>(Resolver(versions[0].rules).forQuestion(question));
    auto image = imageOf(*versions[0].resolver);
    versions[0].snapshot = encodeSnapshot(*image, 0).value();
    for (std::size_t i = 1; i < versions.size(); ++i) {
        Version& version = versions[i];
        version.rules = world.edited(versions[i - 1].rules);
        if (world.below(4) == 0 && version.rules.titles.size() > 1)
            version.rules.titles.pop_back();
        else if (world.below(4) == 0)
            version.rules.titles.push_back({.id = TitleId(u"new %1"_s.arg(i)), .kind = TitleKind::Film});
        version.resolver = std::make_unique<Resolver>(Resolver(version.rules).forQuestion(question));
        if (!flattenAll(*image, *version.resolver))
            qFatal("the edit needs a snapshot");
        const auto delta = encodeStep(*image, image->takeStep(), i - 1, i);
        if (!delta)
            qFatal("no delta");
        version.delta = *delta;
        version.snapshot = encodeSnapshot(*image, i).value();
    }
    return versions;
}

int codeOf(const QString& country)
{
    return countryOf(atomFromText(country));
}

/// "*" stands for the names that no rule knows.
bool holds(const std::vector<CellRange>& ranges, const Query& query)
{
    const QString place = query.subdivision.isEmpty() ? query.country : query.subdivision;
    return std::ranges::any_of(ranges, [&](const CellRange& range) {
        const auto has = [](const QStringList& names, const QString& name) {
            return names.contains(name) || (names.contains(u"*"_s) && name.startsWith(u"new "_s));
        };
        return range.title == query.title && range.countries.contains(place) && has(range.sites, query.site)
            && has(range.offers, query.offer) && range.window.contains(query.at);
    });
}

} // namespace

void DeltaChainTest::everyFormAgreesOnRandomCells()
{
    const int worlds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 1000 : 50;
    constexpr int cells = 1000; // of each world: a million, or a twentieth
    int available = 0, changed = 0;
    for (int seed = 0; seed < worlds; ++seed) {
        RandomWorld world(static_cast<quint32>(seed) + 70'000);
        const auto question = static_cast<Question>(seed % 3);
        const std::vector<Version> versions = chainOf(world, question);
        OpenedSnapshot reader(versions[0].snapshot);
        QCOMPARE(reader.status, VAV_OK);
        std::size_t at = 0;
        for (int walk = 0; walk < 10; ++walk) {
            const bool forward = at == 0 || (at < kEdits && world.below(3) > 0);
            const QByteArray& delta = forward ? versions[at + 1].delta.forward : versions[at].delta.reverse;
            at = forward ? at + 1 : at - 1;
            QCOMPARE(reader.apply(delta), VAV_OK);
            QCOMPARE(vav_version(reader.state), at);
            const OpenedSnapshot fresh(compile(*versions[at].resolver, at)->bytes);
            const OpenedSnapshot fromChain(versions[at].snapshot);
            QCOMPARE(QByteArray(reinterpret_cast<const char*>(vav_state_id(reader.state)), VAV_STATE_ID_BYTES),
                QByteArray(reinterpret_cast<const char*>(vav_state_id(fromChain.state)), VAV_STATE_ID_BYTES));
            const std::size_t before = at > 0 ? at - 1 : 0;
            const auto effects = effectOf(*versions[before].resolver, *versions[at].resolver, RandomWorld::day(5));
            QVERIFY(effects);
            for (int i = 0; i < cells / 10; ++i) {
                Query query = world.query();
                query.question = question;
                const Answer expected = versions[at].resolver->resolve(query);
                for (const vav_state* state : {reader.state, fresh.state, fromChain.state}) {
                    const vav_answer actual = askState(state, query);
                    if (actual.available != expected.available)
                        qWarning().noquote() << seed << at << toJson(query) << toJson(versions[at].rules);
                    QCOMPARE(actual.available, expected.available);
                    QCOMPARE(termsOf(actual), expected.termsFrom.toString());
                }
                available += expected.available;
                const bool then = versions[before].resolver->isAvailable(query);
                const Place place = Place::from(query.country, query.subdivision);
                if (atomFromText(query.country) == kNoAtom
                    || (place.subdivision == kNoAtom && !query.subdivision.isEmpty())
                    || !isAssignedCountry(place.country) || !query.subdivision.isEmpty())
                    continue; // the preview speaks of places that a rule can name
                QCOMPARE(holds(effects->gained, query), !then && expected.available);
                QCOMPARE(holds(effects->lost, query), then && !expected.available);
                changed += then != expected.available;
            }
        }
    }
    QVERIFY(available > worlds * 10);
    QVERIFY(changed > worlds / 10);
}

void DeltaChainTest::aStepWithoutEffectNamesTheSameState()
{
    RandomWorld world(5);
    RuleSet rules = world.rules();
    auto image = imageOf(Resolver(rules));
    QVERIFY(image && encodeSnapshot(*image, 1));
    std::reverse(rules.rules.begin(), rules.rules.end());
    QVERIFY(flattenAll(*image, Resolver(rules)));
    QVERIFY(!image->hasStep());
    QCOMPARE(image->takeStep().contentBefore.size(), 0U);
}

void DeltaChainTest::snapshotsOfTheChainGoOnWithItsDeltas()
{
    RandomWorld world(11);
    const std::vector<Version> versions = chainOf(world);
    for (std::size_t from = 0; from <= kEdits; ++from) {
        OpenedSnapshot reader(versions[from].snapshot);
        QCOMPARE(reader.status, VAV_OK);
        for (std::size_t at = from; at > 0; --at) // also behind where the reader began
            QCOMPARE(reader.apply(versions[at].delta.reverse), VAV_OK);
        QCOMPARE(vav_version(reader.state), 0U);
        for (std::size_t at = 1; at <= kEdits; ++at)
            QCOMPARE(reader.apply(versions[at].delta.forward), VAV_OK);
        for (int i = 0; i < 300; ++i) {
            const Query query = world.query();
            QCOMPARE(askState(reader.state, query).available, versions[kEdits].resolver->isAvailable(query));
        }
    }
}

void DeltaChainTest::decodedSnapshotsGoOn()
{
    for (quint32 seed = 0; seed < 30; ++seed) {
        RandomWorld world(seed + 500);
        const std::vector<Version> versions = chainOf(world);
        auto decoded = decodeSnapshot(versions[2].snapshot);
        QVERIFY(decoded);
        QCOMPARE(decoded->version, 2U);
        QCOMPARE(encodeSnapshot(decoded->image, 2).value(), versions[2].snapshot);
        QVERIFY(flattenAll(decoded->image, *versions[3].resolver));
        const auto delta = encodeStep(decoded->image, decoded->image.takeStep(), 2, 3);
        QVERIFY(delta);
        QCOMPARE(delta->forward, versions[3].delta.forward);
        QCOMPARE(delta->reverse, versions[3].delta.reverse);
    }
    QVERIFY(!decodeSnapshot("no snapshot"));
}

void DeltaChainTest::anImageFollowsTheChain()
{
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed + 2500);
        const std::vector<Version> versions = chainOf(world);
        auto decoded = decodeSnapshot(versions[0].snapshot);
        QVERIFY(decoded);
        for (std::size_t at = 1; at <= kEdits; ++at) {
            const auto version = followDelta(decoded->image, versions[at].delta.forward);
            QVERIFY(version);
            QCOMPARE(*version, at);
            QCOMPARE(encodeSnapshot(decoded->image, at).value(), versions[at].snapshot);
        }
    }
}

void DeltaChainTest::noForeignDeltaIsFollowed()
{
    RandomWorld world(17);
    const std::vector<Version> versions = chainOf(world);
    auto decoded = decodeSnapshot(versions[0].snapshot);
    QVERIFY(decoded && !followDelta(decoded->image, versions[2].delta.forward));
    QVERIFY(!followDelta(decoded->image, {}));
    const QByteArray& delta = versions[1].delta.forward;
    for (qsizetype at = 168; at < delta.size(); ++at) { // behind the header, where the seal would have said so
        QByteArray bad = delta;
        bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
        auto image = decodeSnapshot(versions[0].snapshot)->image;
        (void)followDelta(image, bad);
        (void)followDelta(decodeSnapshot(versions[0].snapshot)->image, delta.first(at));
    }
    QVERIFY(!followDelta(decoded->image, delta.first(delta.size() - 1)));
}

void DeltaChainTest::aWiderBasisAnswersTheSame()
{
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed + 3100);
        const Resolver resolver(world.rules());
        const auto image = imageOf(resolver);
        QVERIFY(image);
        ImageBasis more = image->basis();
        more.sites = {u"aaa"_s, u"new site"_s, u"zzz"_s};
        more.offers = {u"new offer"_s};
        more.countries = {codeOf(u"QQ"_s), codeOf(u"XK"_s)};
        AvailabilityImage wide = image->widened(joined(image->basis(), more)).compacted();
        const OpenedSnapshot reader(encodeSnapshot(wide, 1).value());
        QCOMPARE(reader.status, VAV_OK);
        QVERIFY(wide.basis().sites.size() == image->basis().sites.size() + 3);
        for (int i = 0; i < 200; ++i) {
            const Query query = world.query();
            const Answer expected = resolver.resolve(query);
            QCOMPARE(askState(reader.state, query).available, expected.available);
            QCOMPARE(termsOf(askState(reader.state, query)), expected.termsFrom.toString());
        }
    }
}

void DeltaChainTest::deltasLeadBetweenAnySnapshots()
{
    for (quint32 seed = 0; seed < 30; ++seed) {
        RandomWorld world(seed + 900);
        const std::vector<Version> versions = chainOf(world);
        auto from = decodeSnapshot(compile(*versions[0].resolver, 0)->bytes);
        const auto to = decodeSnapshot(compile(*versions[kEdits].resolver, kEdits)->bytes);
        QVERIFY(from && to);
        QVERIFY(changeInto(from->image, to->image));
        const auto delta = encodeStep(from->image, from->image.takeStep(), 0, kEdits);
        QVERIFY(delta);
        OpenedSnapshot reader(compile(*versions[0].resolver, 0)->bytes);
        QCOMPARE(reader.apply(delta->forward), VAV_OK);
        for (int i = 0; i < 100; ++i) {
            const Query query = world.query();
            const Answer expected = versions[kEdits].resolver->resolve(query);
            const vav_answer actual = askState(reader.state, query);
            QCOMPARE(actual.available, expected.available);
            QCOMPARE(termsOf(actual), expected.termsFrom.toString());
        }
    }
    auto one = imageOf(Resolver(RandomWorld(1).rules()));
    const auto other = imageOf(Resolver(RuleSet {}));
    QVERIFY(one && other);
    const auto refused = changeInto(*one, *other);
    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, QByteArray("needs_snapshot"));
}

/// Two editions of the same rules: what one of them added to the tables is not what the other one adds.
void DeltaChainTest::goesBackAndElsewhere()
{
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed + 500);
        const RuleSet rules = world.rules();
        auto base = imageOf(Resolver(rules));
        QVERIFY(base);
        OpenedSnapshot reader(encodeSnapshot(*base, 0).value());
        std::vector<Resolver> editions;
        std::vector<DeltaPair> deltas;
        for (int i = 0; i < 2; ++i) {
            RuleSet edited = world.edited(rules);
            Rule rule;
            rule.id = WindowId(u"elsewhere %1"_s.arg(i));
            rule.scope = edited.titles.front().id;
            rule.territory.include = {i == 0 ? u"FR"_s : u"DE"_s, u"IT"_s};
            rule.sites.all = rule.offers.all = true;
            rule.window.start = Instant(Milliseconds(1'000'000'000 + seed * 5 + static_cast<quint32>(i)));
            edited.rules.push_back(rule);
            editions.emplace_back(edited);
            auto image = imageOf(Resolver(rules));
            QVERIFY(image && encodeSnapshot(*image, 0));
            if (!flattenAll(*image, editions.back()))
                break; // a name that needs a snapshot
            deltas.push_back(encodeStep(*image, image->takeStep(), 0, 1).value());
        }
        for (std::size_t i = 0; i < deltas.size() * 2; ++i) {
            const std::size_t edition = i % deltas.size();
            QCOMPARE(reader.apply(deltas[edition].forward), VAV_OK);
            for (int n = 0; n < 60; ++n) {
                const Query query = world.query();
                QCOMPARE(askState(reader.state, query).available, editions[edition].isAvailable(query));
            }
            QCOMPARE(reader.apply(deltas[edition].reverse), VAV_OK);
        }
    }
}

void DeltaChainTest::newSitesNeedANewSnapshot()
{
    RandomWorld world(3);
    RuleSet rules = world.rules();
    auto image = imageOf(Resolver(rules));
    QVERIFY(image && encodeSnapshot(*image, 1));
    const std::vector<ImageTitle> before = image->titles();
    Rule rule;
    rule.id = WindowId(u"r of a new site"_s);
    rule.scope = TitleId(u"film"_s);
    rule.territory.include = {u"FR"_s};
    rule.sites.names = {u"new site"_s};
    rule.offers.all = true;
    rules.rules.push_back(rule);
    const auto flat = flattenAll(*image, Resolver(rules));
    QVERIFY(!flat);
    QCOMPARE(flat.error().reason, QByteArray("needs_snapshot"));
    image->dropStep();
    QVERIFY(image->titles() == before);
}

void DeltaChainTest::aPartitionHoldsOneSiteAlone()
{
    int available = 0;
    for (quint32 seed = 0; seed < 40; ++seed) {
        RandomWorld world(seed);
        const Resolver resolver(world.rules());
        const OpenedSnapshot part(compile(resolver, 1, {.partition = u"tv"_s})->bytes);
        QCOMPARE(part.status, VAV_OK);
        const vav_text partition = vav_partition(part.state);
        QCOMPARE(QByteArray(partition.data, static_cast<qsizetype>(partition.length)), "tv"_ba);
        for (int i = 0; i < 200; ++i) {
            const Query query = world.query();
            const bool expected = query.site == u"tv" && resolver.isAvailable(query);
            QCOMPARE(askState(part.state, query).available, expected);
            available += expected;
        }
    }
    QVERIFY(available > 20);
}

void DeltaChainTest::oldStatesStayWhileTheyAreHeld()
{
    RandomWorld world(23);
    const std::vector<Version> versions = chainOf(world);
    const OpenedSnapshot opened(versions[0].snapshot);
    std::vector<const vav_state*> held {vav_acquire(opened.reader)};
    for (std::size_t at = 1; at <= kEdits; ++at) {
        const QByteArray& delta = versions[at].delta.forward;
        QCOMPARE(vav_apply_bytes(opened.reader, delta.constData(), static_cast<std::size_t>(delta.size())), VAV_OK);
        held.push_back(vav_acquire(opened.reader));
    }
    for (int i = 0; i < 300; ++i) {
        const Query query = world.query();
        for (std::size_t at = 0; at <= kEdits; ++at)
            QCOMPARE(askState(held[at], query).available, versions[at].resolver->isAvailable(query));
    }
    for (const vav_state* state : held)
        vav_release(state);
}

QTEST_GUILESS_MAIN(DeltaChainTest)
#include "tst_delta_chain.moc"

#include "core/matching/bank_matcher.h"
#include "made_up_video.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

HashBank bankOf(const QString& name, BankSeverity severity, const std::vector<BankEntry>& entries)
{
    return {.id = name, .name = name, .severity = severity, .entries = entries};
}

Fingerprint imageOf(const PdqHash& hash)
{
    Fingerprint image;
    image.kind = FingerprintKind::Image;
    image.frames = {{.hash = hash, .content = hash, .quality = 90}};
    return image;
}

} // namespace

class TestBankMatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsUpToTheStatedDistanceAndNoFurther();
    void ordersBySeverity();
    void keepsLabelsApart();
    void namesTheMomentsInAVideo();
    void findsMirroredAndTurnedPictures();
    void ignoresHashesWithoutQuality();
    void findsInALongListWhatBruteForceFinds();
    void knowsNothingWithoutBanks();
    void severitiesHaveNames();
};

void TestBankMatcher::findsUpToTheStatedDistanceAndNoFurther()
{
    std::mt19937_64 random(1);
    const PdqHash known = randomHash(random);
    const BankMatcher matcher({bankOf(u"a"_s, BankSeverity::Review, {{known, 100, u"x"_s}})});
    const auto near = matcher.match(imageOf(disturbed(known, 31, random)));
    QCOMPARE(near.size(), std::size_t(1));
    QCOMPARE(near[0].distance, 31);
    QCOMPARE(near[0].share, 1.0);
    QVERIFY(!near[0].mirrored);
    QVERIFY(matcher.match(imageOf(disturbed(known, 32, random))).empty());
}

void TestBankMatcher::ordersBySeverity()
{
    std::mt19937_64 random(2);
    const PdqHash known = randomHash(random);
    const BankMatcher matcher({bankOf(u"notes"_s, BankSeverity::Notice, {{known, 100, {}}}),
        bankOf(u"forbidden"_s, BankSeverity::Block, {{disturbed(known, 20, random), 100, {}}}),
        bankOf(u"doubtful"_s, BankSeverity::Review, {{known, 100, {}}})});
    const auto found = matcher.match(imageOf(known));
    QCOMPARE(found.size(), std::size_t(3));
    QCOMPARE(matcher.banks()[found[0].bank].name, u"forbidden"_s);
    QCOMPARE(matcher.banks()[found[1].bank].name, u"doubtful"_s);
    QCOMPARE(matcher.banks()[found[2].bank].name, u"notes"_s);
}

void TestBankMatcher::keepsLabelsApart()
{
    std::mt19937_64 random(3);
    const PdqHash known = randomHash(random);
    const BankMatcher matcher({bankOf(u"a"_s, BankSeverity::Review,
        {{known, 100, u"case 1"_s}, {disturbed(known, 4, random), 100, u"case 2"_s},
            {disturbed(known, 6, random), 100, u"case 1"_s}})});
    const auto found = matcher.match(imageOf(known));
    QCOMPARE(found.size(), std::size_t(2));
    QCOMPARE(found[0].label, u"case 1"_s);
    QCOMPARE(found[0].distance, 0);
    QCOMPARE(found[1].distance, 4);
}

void TestBankMatcher::namesTheMomentsInAVideo()
{
    const MadeUpVideo video(7);
    std::vector<BankEntry> entries;
    for (double moment = 10; moment < 14; moment += 0.25)
        entries.push_back({video.at(moment), 100, u"scene"_s});
    const BankMatcher matcher({bankOf(u"a"_s, BankSeverity::Block, entries)});
    const auto found = matcher.match(video.fingerprint({.length = 40, .noise = 3}));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].segments.size(), std::size_t(1));
    QVERIFY(std::abs(found[0].segments[0].aStart.count() - 10'000) <= 2500);
    QVERIFY(std::abs(found[0].segments[0].aEnd.count() - 14'000) <= 2500);
    QVERIFY(found[0].share > 0.09 && found[0].share < 0.25);
}

void TestBankMatcher::findsMirroredAndTurnedPictures()
{
    std::mt19937_64 random(4);
    const PdqHash known = randomHash(random);
    const BankMatcher matcher({bankOf(u"a"_s, BankSeverity::Review, {{known, 100, {}}})});
    Fingerprint image = imageOf(randomHash(random));
    image.turned = {randomHash(random), disturbed(known, 9, random)};
    QVERIFY(matcher.match(image).at(0).mirrored);
    Fingerprint video = image;
    video.kind = FingerprintKind::Video;
    video.turned.clear();
    video.frames[0].content = mirrored(known);
    QVERIFY(matcher.match(video).at(0).mirrored);
}

void TestBankMatcher::ignoresHashesWithoutQuality()
{
    std::mt19937_64 random(5);
    const PdqHash known = randomHash(random);
    const BankMatcher dull({bankOf(u"a"_s, BankSeverity::Review, {{known, 49, {}}})});
    QVERIFY(dull.match(imageOf(known)).empty());
    const BankMatcher good({bankOf(u"a"_s, BankSeverity::Review, {{known, 50, {}}})});
    Fingerprint image = imageOf(known);
    QCOMPARE(good.match(image).size(), std::size_t(1));
    image.frames[0].quality = 49;
    QVERIFY(good.match(image).empty());
}

void TestBankMatcher::findsInALongListWhatBruteForceFinds()
{
    std::mt19937_64 random(6);
    std::vector<BankEntry> entries;
    for (int n = 0; n < 40'000; ++n)
        entries.push_back({randomHash(random), 100, QString::number(n)});
    const BankMatcher matcher({bankOf(u"a"_s, BankSeverity::Review, entries)});
    for (int query = 0; query < 50; ++query) {
        const auto& entry = entries[random() % entries.size()];
        const auto found = matcher.match(imageOf(disturbed(entry.hash, int(random() % 32), random)));
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].label, entry.label);
    }
}

void TestBankMatcher::knowsNothingWithoutBanks()
{
    std::mt19937_64 random(7);
    QVERIFY(BankMatcher({}).match(imageOf(randomHash(random))).empty());
    QVERIFY(BankMatcher({bankOf(u"empty"_s, BankSeverity::Block, {})}).match(imageOf(randomHash(random))).empty());
    QVERIFY(BankMatcher({}).match({}).empty());
}

void TestBankMatcher::severitiesHaveNames()
{
    for (const BankSeverity severity : kAllBankSeverities)
        QCOMPARE(bankSeverityFromName(QString::fromLatin1(bankSeverityName(severity))), severity);
    QVERIFY(!bankSeverityFromName(u"Block"));
}

QTEST_GUILESS_MAIN(TestBankMatcher)
#include "tst_bank_matcher.moc"

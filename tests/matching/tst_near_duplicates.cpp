#include "core/matching/near_duplicates.h"
#include "made_up_video.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

using Changes = MadeUpVideo::Changes;

class Library {
public:
    Library()
    {
        if (auto opened = HashIndex::open(m_folder.path() + u"/index"_s))
            m_index = *std::move(opened);
    }
    std::uint64_t add(const Fingerprint& fingerprint)
    {
        const std::uint64_t number = m_index->lastNumber() + 1;
        return m_index->add(documentOf(fingerprint, number)) ? number : 0;
    }
    [[nodiscard]] std::vector<NearDuplicate> search(
        const Fingerprint& query, std::uint64_t except = 0, const SearchOptions& options = {}) const
    {
        return findNearDuplicates(query, *m_index, except, options).value_or(std::vector<NearDuplicate> {});
    }
    HashIndex& index() { return *m_index; }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<HashIndex> m_index;
};

bool near(Milliseconds time, double seconds, double tolerance = 1.0)
{
    return std::abs(double(time.count()) / 1000 - seconds) <= tolerance;
}

Fingerprint imageOf(const PdqHash& hash)
{
    Fingerprint image;
    image.kind = FingerprintKind::Image;
    image.frames = {{.hash = hash, .content = hash, .quality = 90}};
    return image;
}

} // namespace

class TestNearDuplicates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsAChangedCopy_data();
    void findsAChangedCopy();
    void findsNothingAmongStrangers();
    void findsAnExcerptInsideALongerVideo();
    void namesSeveralSegments();
    void followsASpeedThroughALongVideo();
    void takesASharedIntroForNoDuplicate();
    void reportsACopyThatIsThereManyTimes();
    void reportsAnEpisodeWithItsIntro();
    void findsAStillInAVideo();
    void findsAnImageThatAVideoShows();
    void findsAStillThatWasTurned();
    void leavesOutWhatItIsTold();
    void saysNothingAboutPicturesWithoutQuality();
    void stopsWhenCancelled();
    void aStillPictureDoesNotMatchEverywhere();
    void findsAClipOfASinglePicture();
};

void TestNearDuplicates::findsAChangedCopy_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<int>("noise");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("the same") << 1.0 << 0 << false;
    QTest::newRow("re-encoded") << 1.0 << 16 << false;
    QTest::newRow("as far as a crop of 5 %") << 1.0 << 45 << false;
    QTest::newRow("as far as a logo over a crop") << 1.0 << 56 << false;
    QTest::newRow("mirrored") << 1.0 << 14 << true;
    QTest::newRow("faster by 5 %") << 1.05 << 8 << false;
    QTest::newRow("slower by 5 %") << 0.95 << 8 << false;
    QTest::newRow("slower by 4 %, mirrored") << 0.96 << 20 << true;
}

void TestNearDuplicates::findsAChangedCopy()
{
    QFETCH(double, speed);
    QFETCH(int, noise);
    QFETCH(bool, mirrored);
    Library library;
    std::uint64_t original = 0;
    for (unsigned seed = 1; seed <= 30; ++seed) {
        const auto number = library.add(MadeUpVideo(seed).fingerprint({.length = 60}));
        original = seed == 12 ? number : original;
    }
    const double length = 60 / speed;
    const Fingerprint copy
        = MadeUpVideo(12).fingerprint({.length = length, .speed = speed, .noise = noise, .mirrored = mirrored});
    const auto found = library.search(copy);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].document, original);
    QCOMPARE(found[0].mirrored, mirrored);
    QVERIFY2(found[0].share > 0.95, qPrintable(QString::number(found[0].share)));
    QVERIFY(!found[0].commonPassage);
    QCOMPARE(found[0].segments.size(), std::size_t(1));
    const MatchSegment& segment = found[0].segments[0];
    QVERIFY(near(segment.aStart, 0) && near(segment.aEnd, length) && near(segment.bStart, 0) && near(segment.bEnd, 60));
    QVERIFY(std::abs(segment.distance - noise) <= 8);
}

void TestNearDuplicates::findsNothingAmongStrangers()
{
    Library library;
    for (unsigned seed = 1; seed <= 200; ++seed)
        QVERIFY(library.add(MadeUpVideo(seed).fingerprint({.length = 40})) != 0);
    for (unsigned seed = 1001; seed <= 1020; ++seed)
        QVERIFY(library.search(MadeUpVideo(seed).fingerprint({.length = 40})).empty());
}

void TestNearDuplicates::findsAnExcerptInsideALongerVideo()
{
    Library library;
    const auto whole = library.add(MadeUpVideo(3).fingerprint({.length = 600}));
    QVERIFY(library.add(MadeUpVideo(4).fingerprint({.length = 600})) != 0);
    // Twenty seconds of it between foreign material, out of step with the library's sampling.
    const Fingerprint query = joined(joined(MadeUpVideo(70).fingerprint({.length = 15}),
                                         MadeUpVideo(3).fingerprint({.start = 301.1, .length = 20, .noise = 12})),
        MadeUpVideo(71).fingerprint({.length = 25}));
    const auto found = library.search(query);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].document, whole);
    QCOMPARE(found[0].segments.size(), std::size_t(1));
    const MatchSegment& segment = found[0].segments[0];
    QVERIFY(near(segment.aStart, 15) && near(segment.aEnd, 35));
    QVERIFY(near(segment.bStart, 301.1) && near(segment.bEnd, 321.1));
    QVERIFY(std::abs(found[0].share - 20.0 / 60) < 0.03);
    QVERIFY(found[0].shareOfDocument < 0.05);
    // And the other way round: the library holds the excerpt.
    Library excerpts;
    QVERIFY(excerpts.add(query) != 0);
    const auto back = excerpts.search(MadeUpVideo(3).fingerprint({.length = 600}));
    QCOMPARE(back.size(), std::size_t(1));
    QVERIFY(near(back[0].segments[0].aStart, 301.1) && near(back[0].segments[0].bStart, 15));
}

void TestNearDuplicates::namesSeveralSegments()
{
    Library library;
    QVERIFY(library.add(MadeUpVideo(5).fingerprint({.length = 300})) != 0);
    // Parts in another order.
    const Fingerprint query = joined(joined(MadeUpVideo(5).fingerprint({.start = 200, .length = 20, .noise = 10}),
                                         MadeUpVideo(80).fingerprint({.length = 10})),
        MadeUpVideo(5).fingerprint({.start = 40, .length = 30, .noise = 10}));
    const auto found = library.search(query);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].segments.size(), std::size_t(2));
    QVERIFY(near(found[0].segments[0].aStart, 0) && near(found[0].segments[0].bStart, 200));
    QVERIFY(near(found[0].segments[1].aStart, 30) && near(found[0].segments[1].bStart, 40));
    QVERIFY(near(found[0].segments[1].bEnd, 70));
}

void TestNearDuplicates::followsASpeedThroughALongVideo()
{
    Library library;
    QVERIFY(library.add(MadeUpVideo(6).fingerprint({.length = 1200})) != 0);
    const auto found
        = library.search(MadeUpVideo(6).fingerprint({.start = 100, .length = 900, .speed = 1.0427, .noise = 10}));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].segments.size(), std::size_t(1));
    const MatchSegment& segment = found[0].segments[0];
    QVERIFY(near(segment.aStart, 0) && near(segment.aEnd, 900));
    QVERIFY(near(segment.bStart, 100) && near(segment.bEnd, 100 + 900 * 1.0427));
}

void TestNearDuplicates::takesASharedIntroForNoDuplicate()
{
    Library library;
    const Fingerprint intro = MadeUpVideo(500).fingerprint({.length = 20});
    for (unsigned episode = 1; episode <= 12; ++episode)
        QVERIFY(library.add(joined(intro, MadeUpVideo(600 + episode).fingerprint({.length = 120}))) != 0);
    const auto found = library.search(joined(
        MadeUpVideo(500).fingerprint({.length = 20, .noise = 8}), MadeUpVideo(700).fingerprint({.length = 120})));
    QCOMPARE(found.size(), std::size_t(12));
    for (const NearDuplicate& match : found)
        QVERIFY(match.commonPassage);
    // A library with one other episode knows of no series: there it is an excerpt.
    Library two;
    QVERIFY(two.add(joined(intro, MadeUpVideo(601).fingerprint({.length = 120}))) != 0);
    const auto one = two.search(joined(intro, MadeUpVideo(700).fingerprint({.length = 120})));
    QCOMPARE(one.size(), std::size_t(1));
    QVERIFY(!one[0].commonPassage);
}

void TestNearDuplicates::reportsACopyThatIsThereManyTimes()
{
    Library library;
    for (int copy = 0; copy < 10; ++copy)
        QVERIFY(library.add(MadeUpVideo(9).fingerprint({.length = 50, .noise = copy})) != 0);
    const auto found = library.search(MadeUpVideo(9).fingerprint({.length = 50, .noise = 5}));
    QCOMPARE(found.size(), std::size_t(10));
    for (const NearDuplicate& match : found)
        QVERIFY(!match.commonPassage && match.share > 0.95);
}

void TestNearDuplicates::reportsAnEpisodeWithItsIntro()
{
    Library library;
    const Fingerprint intro = MadeUpVideo(500).fingerprint({.length = 20});
    std::uint64_t copied = 0;
    for (unsigned episode = 1; episode <= 12; ++episode) {
        const auto number = library.add(joined(intro, MadeUpVideo(600 + episode).fingerprint({.length = 120})));
        copied = episode == 7 ? number : copied;
    }
    // A part of one episode behind the intro.
    const auto found = library.search(joined(joined(intro, MadeUpVideo(607).fingerprint({.length = 40, .noise = 10})),
        MadeUpVideo(800).fingerprint({.length = 100})));
    QVERIFY(!found.empty());
    QCOMPARE(found[0].document, copied);
    QVERIFY(!found[0].commonPassage);
    for (std::size_t n = 1; n < found.size(); ++n)
        QVERIFY(found[n].commonPassage);
}

void TestNearDuplicates::findsAStillInAVideo()
{
    Library library;
    std::mt19937_64 random(1);
    for (unsigned seed = 1; seed <= 20; ++seed)
        QVERIFY(library.add(MadeUpVideo(seed).fingerprint({.length = 100})) != 0);
    const auto found = library.search(imageOf(disturbed(MadeUpVideo(8).at(61), 12, random)));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].document, std::uint64_t(8));
    QVERIFY(near(found[0].segments.front().bStart, 61, 1.5));
    QVERIFY(found[0].distance <= kPdqMatchDistance);
    QCOMPARE(found[0].segments.front().aEnd, Milliseconds(0));
    QVERIFY(library.search(imageOf(randomHash(random))).empty());
}

void TestNearDuplicates::findsAnImageThatAVideoShows()
{
    Library library;
    std::mt19937_64 random(2);
    const auto image = library.add(imageOf(disturbed(MadeUpVideo(30).at(17), 10, random)));
    const auto found = library.search(MadeUpVideo(30).fingerprint({.length = 40}));
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].document, image);
    QVERIFY(near(found[0].segments.front().aStart, 17, 1.5));
    QCOMPARE(found[0].segments.front().bEnd, Milliseconds(0));
}

void TestNearDuplicates::findsAStillThatWasTurned()
{
    Library library;
    QVERIFY(library.add(MadeUpVideo(31).fingerprint({.length = 40})) != 0);
    std::mt19937_64 random(3);
    Fingerprint image = imageOf(randomHash(random));
    image.turned = {randomHash(random), MadeUpVideo(31).at(20)};
    const auto found = library.search(image);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].mirrored);
}

void TestNearDuplicates::leavesOutWhatItIsTold()
{
    Library library;
    const auto number = library.add(MadeUpVideo(40).fingerprint({.length = 30}));
    QCOMPARE(library.search(MadeUpVideo(40).fingerprint({.length = 30})).size(), std::size_t(1));
    QVERIFY(library.search(MadeUpVideo(40).fingerprint({.length = 30}), number).empty());
    QVERIFY(library.search(imageOf(MadeUpVideo(40).at(4)), number).empty());
}

void TestNearDuplicates::saysNothingAboutPicturesWithoutQuality()
{
    Library library;
    Fingerprint black = MadeUpVideo(41).fingerprint({.length = 30});
    for (FingerprintFrame& frame : black.frames)
        frame.quality = 20;
    QVERIFY(library.add(black) != 0);
    QVERIFY(library.search(MadeUpVideo(41).fingerprint({.length = 30})).empty());
    QVERIFY(hashesOf(black).empty());
}

void TestNearDuplicates::stopsWhenCancelled()
{
    Library library;
    QVERIFY(library.add(MadeUpVideo(42).fingerprint({.length = 30})) != 0);
    CancelSource source;
    source.cancel();
    const auto found
        = findNearDuplicates(MadeUpVideo(42).fingerprint({.length = 30}), library.index(), 0, {}, source.token());
    QCOMPARE(found.error().code, ErrorCode::Canceled);
}

void TestNearDuplicates::aStillPictureDoesNotMatchEverywhere()
{
    // A slide that stands for two minutes: one segment, not hundreds.
    Library library;
    QVERIFY(library.add(MadeUpVideo(50, 1000).fingerprint({.length = 1})) != 0);
    std::mt19937_64 random(7);
    Fingerprint slide;
    slide.duration = Milliseconds(120'000);
    const PdqHash hash = randomHash(random);
    for (int second = 0; second < 120; ++second)
        slide.frames.push_back({Milliseconds(second * 1000), second * 25, hash, hash, 100});
    QVERIFY(library.add(slide) != 0);
    const auto found = library.search(slide);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].segments.size() <= 2);
    QVERIFY(found[0].share > 0.9);
}

void TestNearDuplicates::findsAClipOfASinglePicture()
{
    // A second of a talking head: nothing moved enough for a second picture.
    std::mt19937_64 random(8);
    Fingerprint clip;
    clip.duration = Milliseconds(1001);
    clip.frames = {{.hash = randomHash(random), .quality = 100}};
    clip.frames[0].content = clip.frames[0].hash;
    Library library;
    QVERIFY(library.add(clip) != 0);
    QVERIFY(library.add(MadeUpVideo(60).fingerprint({.length = 30})) != 0);
    Fingerprint copy = clip;
    copy.frames[0].content = disturbed(copy.frames[0].hash, 25, random);
    const auto found = library.search(copy);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0].share > 0.95);
    copy.frames[0].hash = copy.frames[0].content = disturbed(clip.frames[0].hash, 40, random);
    QVERIFY(library.search(copy).empty()); // one picture that is not surely the same
}

QTEST_GUILESS_MAIN(TestNearDuplicates)
#include "tst_near_duplicates.moc"

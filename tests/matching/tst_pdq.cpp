#include "core/matching/engine/dct.h"
#include "core/matching/engine/luma_grid.h"
#include "drawn_picture.h"
#include "plain_pdq.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::matching::engine;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

struct Hashed {
    PdqHash hash;
    int quality = 0;
    Coefficients coefficients {};
};

Hashed hashed(const media::FrameView& view)
{
    LumaGrid grids;
    const Grid* grid = grids.of(view);
    Q_ASSERT(grid != nullptr);
    const Coefficients coefficients = dctOf(*grid);
    return {hashOf(coefficients), qualityOf(*grid), coefficients};
}

} // namespace

class TestPdq : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheAuthorsOrderOfSteps_data();
    void agreesWithTheAuthorsOrderOfSteps();
    void isTheSameForEveryWayToStoreAPicture_data();
    void isTheSameForEveryWayToStoreAPicture();
    void isTheSameRunToRun();
    void setsHalfOfTheBits();
    void survivesScaling();
    void tellsPicturesApart();
    void followsTurnedPictures_data();
    void followsTurnedPictures();
    void mirrorsFromTheHashAlone();
    void givesAFlatPictureNoQuality();
    void refusesTinyPictures();
    void readsRowsStoredBottomUp();
};

void TestPdq::agreesWithTheAuthorsOrderOfSteps_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("least") << 5 << 5;
    QTest::newRow("smaller than 64") << 40 << 23;
    QTest::newRow("64 x 64") << 64 << 64;
    QTest::newRow("just over one box") << 129 << 127;
    QTest::newRow("even boxes") << 256 << 512;
    QTest::newRow("odd boxes") << 333 << 177;
    QTest::newRow("wide") << 960 << 90;
}

void TestPdq::agreesWithTheAuthorsOrderOfSteps()
{
    QFETCH(int, width);
    QFETCH(int, height);
    for (const unsigned seed : {1U, 2U, 3U}) {
        DrawnPicture picture(width, height, scene(seed));
        const PlainPdq plain = plainPdq(picture.luma(), width, height);
        const Hashed ours = hashed(picture.bgra());
        // Floats against doubles: a coefficient next to the median may fall on its other side.
        QVERIFY2(distance(ours.hash, plain.hash) <= 2, qPrintable(QString::number(distance(ours.hash, plain.hash))));
        QVERIFY(std::abs(ours.quality - plain.quality) <= 1);
    }
}

void TestPdq::isTheSameForEveryWayToStoreAPicture_data()
{
    QTest::addColumn<int>("matrix");
    QTest::addColumn<int>("range");
    QTest::addColumn<int>("bits");
    for (const int matrix : {1, 6, 9}) {
        for (const auto range : {media::ColorRange::Limited, media::ColorRange::Full}) {
            for (const int bits : {8, 10})
                QTest::addRow("matrix %d range %d bits %d", matrix, int(range), bits) << matrix << int(range) << bits;
        }
    }
}

void TestPdq::isTheSameForEveryWayToStoreAPicture()
{
    QFETCH(int, matrix);
    QFETCH(int, range);
    QFETCH(int, bits);
    DrawnPicture picture(320, 180, scene(7));
    const Hashed rgb = hashed(picture.bgra());
    const Hashed stored = hashed(picture.planar(matrix, media::ColorRange(range), bits));
    QVERIFY(rgb.quality >= 80);
    QVERIFY2(distance(rgb.hash, stored.hash) <= 4, qPrintable(QString::number(distance(rgb.hash, stored.hash))));
    QVERIFY(std::abs(rgb.quality - stored.quality) <= 1);
}

void TestPdq::isTheSameRunToRun()
{
    DrawnPicture picture(640, 360, scene(11));
    const QString first = toHex(hashed(picture.bgra()).hash);
    for (int run = 0; run < 3; ++run)
        QCOMPARE(toHex(hashed(picture.bgra()).hash), first);
    // Of this very picture, by the authors' order of steps in doubles; holds the bit order and the text form too.
    QCOMPARE(distance(hashed(picture.bgra()).hash, plainPdq(picture.luma(), 640, 360).hash), 0);
}

void TestPdq::setsHalfOfTheBits()
{
    DrawnPicture picture(200, 200, scene(4));
    QCOMPARE(distance(hashed(picture.bgra()).hash, PdqHash {}), 128);
}

void TestPdq::survivesScaling()
{
    DrawnPicture large(1280, 720, scene(5));
    for (const auto& [width, height] : {std::pair {640, 360}, {320, 180}, {400, 400}}) {
        DrawnPicture small(width, height, scene(5));
        const int apart = distance(hashed(large.bgra()).hash, hashed(small.bgra()).hash);
        QVERIFY2(apart <= kPdqMatchDistance, qPrintable(QString::number(apart)));
    }
}

void TestPdq::tellsPicturesApart()
{
    for (unsigned seed = 20; seed < 30; ++seed) {
        DrawnPicture one(320, 180, scene(seed));
        DrawnPicture other(320, 180, scene(seed + 100));
        QVERIFY(distance(hashed(one.bgra()).hash, hashed(other.bgra()).hash) > 80);
    }
}

void TestPdq::followsTurnedPictures_data()
{
    // Where the turned picture finds what it shows at (x, y).
    QTest::addColumn<int>("turn");
    QTest::addColumn<std::function<std::pair<double, double>(double, double)>>("place");
    using Place = std::function<std::pair<double, double>(double, double)>;
    QTest::newRow("none") << int(Turn::None) << Place([](double x, double y) { return std::pair {x, y}; });
    QTest::newRow("90") << int(Turn::Clockwise90) << Place([](double x, double y) { return std::pair {y, 1 - x}; });
    QTest::newRow("180") << int(Turn::HalfTurn) << Place([](double x, double y) { return std::pair {1 - x, 1 - y}; });
    QTest::newRow("270") << int(Turn::Clockwise270) << Place([](double x, double y) { return std::pair {1 - y, x}; });
    QTest::newRow("left right") << int(Turn::LeftRight)
                                << Place([](double x, double y) { return std::pair {1 - x, y}; });
    QTest::newRow("upside down") << int(Turn::UpsideDown)
                                 << Place([](double x, double y) { return std::pair {x, 1 - y}; });
    QTest::newRow("diagonal") << int(Turn::MainDiagonal) << Place([](double x, double y) { return std::pair {y, x}; });
    QTest::newRow("other diagonal") << int(Turn::OtherDiagonal)
                                    << Place([](double x, double y) { return std::pair {1 - y, 1 - x}; });
}

void TestPdq::followsTurnedPictures()
{
    QFETCH(int, turn);
    using Place = std::function<std::pair<double, double>(double, double)>;
    QFETCH(Place, place);
    const auto upright = scene(9);
    // With an odd box and whole parts the filter is symmetric.
    DrawnPicture picture(320, 320, upright);
    DrawnPicture turnedPicture(320, 320, [&](double x, double y) {
        const auto [fromX, fromY] = place(x, y);
        return upright(fromX, fromY);
    });
    const PdqHash expected = hashed(turnedPicture.bgra()).hash;
    const PdqHash found = hashOf(turned(hashed(picture.bgra()).coefficients, Turn(turn)));
    QVERIFY2(distance(expected, found) <= 12, qPrintable(QString::number(distance(expected, found))));
}

void TestPdq::mirrorsFromTheHashAlone()
{
    for (unsigned seed = 40; seed < 50; ++seed) {
        DrawnPicture picture(480, 270, scene(seed));
        DrawnPicture other = picture.mirrored();
        const int apart = distance(mirrored(hashed(picture.bgra()).hash), hashed(other.bgra()).hash);
        QVERIFY2(apart <= kPdqMatchDistance, qPrintable(QString::number(apart)));
    }
}

void TestPdq::givesAFlatPictureNoQuality()
{
    DrawnPicture picture(320, 180, [](double, double) { return DrawnPicture::Color {90, 90, 90}; });
    QCOMPARE(hashed(picture.bgra()).quality, 0);
}

void TestPdq::refusesTinyPictures()
{
    LumaGrid grids;
    DrawnPicture narrow(4, 100, scene(1));
    DrawnPicture flat(100, 4, scene(1));
    QVERIFY(grids.of(narrow.bgra()) == nullptr);
    QVERIFY(grids.of(flat.bgra()) == nullptr);
}

void TestPdq::readsRowsStoredBottomUp()
{
    DrawnPicture picture(160, 90, scene(12));
    media::FrameView view = picture.planar(6, media::ColorRange::Limited);
    const PdqHash expected = hashOf(turned(hashed(view).coefficients, Turn::UpsideDown));
    for (auto& plane : view.planes) {
        plane.data += plane.strideBytes * (plane.height - 1);
        plane.strideBytes = -plane.strideBytes;
    }
    QVERIFY(distance(hashed(view).hash, expected) <= 12);
}

QTEST_GUILESS_MAIN(TestPdq)
#include "tst_pdq.moc"

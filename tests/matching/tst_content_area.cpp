#include "core/matching/engine/content_area.h"

#include <QTest>
#include <random>

using namespace vidimus::matching::engine;

namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;

/// Pictures of changing noise in \a content, bars of \a tone around it.
std::vector<Thumbnail> pictures(ContentArea content, int tone, int count = 8)
{
    std::mt19937 random(5);
    std::vector<Thumbnail> result;
    for (int n = 0; n < count; ++n) {
        Thumbnail picture {kWidth, kHeight, std::vector<std::uint8_t>(kWidth * kHeight, std::uint8_t(tone))};
        for (int y = content.top; y < content.top + content.height; ++y) {
            for (int x = content.left; x < content.left + content.width; ++x)
                picture.samples[std::size_t(y * kWidth + x)] = std::uint8_t(30 + random() % 190);
        }
        result.push_back(std::move(picture));
    }
    return result;
}

void paint(std::vector<Thumbnail>& all, int left, int top, int width, int height, int from, int step)
{
    for (std::size_t n = 0; n < all.size(); ++n) {
        for (int y = top; y < top + height; ++y) {
            for (int x = left; x < left + width; ++x)
                all[n].samples[std::size_t(y * kWidth + x)] = std::uint8_t(from + int(n) * step);
        }
    }
}

constexpr ContentArea kWhole {0, 0, kWidth, kHeight};
constexpr ContentArea kWide {0, 20, kWidth, 80};
constexpr ContentArea kWideFound {0, 21, kWidth, 78}; ///< one line more is left out on each side

} // namespace

class TestContentArea : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsBarsOfAnyTone_data();
    void findsBarsOfAnyTone();
    void keepsThePictureWithoutBars();
    void toleratesALogoInTheBar();
    void toleratesSubtitlesInTheBar();
    void toleratesCodecNoiseInTheBar();
    void doesNotTakeAnEvenSkyThatChanges();
    void learnsNothingFromBlackPictures();
    void keepsEverythingWhenNextToNothingIsLeft();
    void answersForNoPictures();
};

void TestContentArea::findsBarsOfAnyTone_data()
{
    QTest::addColumn<int>("tone");
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("top");
    for (const int tone : {0, 16, 128, 235}) {
        QTest::addRow("letterbox %d", tone) << tone << 0 << 20;
        QTest::addRow("pillarbox %d", tone) << tone << 25 << 0;
        QTest::addRow("both %d", tone) << tone << 25 << 20;
    }
}

void TestContentArea::findsBarsOfAnyTone()
{
    QFETCH(int, tone);
    QFETCH(int, left);
    QFETCH(int, top);
    const ContentArea content {left, top, kWidth - 2 * left, kHeight - 2 * top};
    const int insetX = left > 0 ? 1 : 0;
    const int insetY = top > 0 ? 1 : 0;
    const ContentArea expected {left + insetX, top + insetY, content.width - 2 * insetX, content.height - 2 * insetY};
    QVERIFY(contentAreaOf(pictures(content, tone)) == expected);
    QVERIFY(contentAreaOf(pictures(content, tone, 1)) == expected);
}

void TestContentArea::keepsThePictureWithoutBars()
{
    QVERIFY(contentAreaOf(pictures(kWhole, 16)) == kWhole);
}

void TestContentArea::toleratesALogoInTheBar()
{
    auto all = pictures(kWide, 16);
    paint(all, 120, 4, 30, 20, 200, 0);
    QVERIFY(contentAreaOf(all) == kWideFound);
}

void TestContentArea::toleratesSubtitlesInTheBar()
{
    auto all = pictures(kWide, 16);
    paint(all, 50, 105, 60, 8, 60, 20);
    QVERIFY(contentAreaOf(all) == kWideFound);
}

void TestContentArea::toleratesCodecNoiseInTheBar()
{
    auto all = pictures(kWide, 16);
    std::mt19937 random(1);
    for (Thumbnail& picture : all) {
        for (int n = 0; n < 20 * kWidth; ++n)
            picture.samples[std::size_t(n)] = std::uint8_t(14 + random() % 5);
    }
    QVERIFY(contentAreaOf(all) == kWideFound);
}

void TestContentArea::doesNotTakeAnEvenSkyThatChanges()
{
    auto all = pictures(kWhole, 16);
    paint(all, 0, 0, kWidth, 30, 100, 10);
    QVERIFY(contentAreaOf(all) == kWhole);
}

void TestContentArea::learnsNothingFromBlackPictures()
{
    auto all = pictures(kWide, 16);
    all.push_back({kWidth, kHeight, std::vector<std::uint8_t>(kWidth * kHeight, 40)});
    QVERIFY(contentAreaOf(all) == kWideFound);
    const std::vector<Thumbnail> black(4, all.back());
    QVERIFY(contentAreaOf(black) == kWhole);
}

void TestContentArea::keepsEverythingWhenNextToNothingIsLeft()
{
    QVERIFY(contentAreaOf(pictures({0, 50, kWidth, 12}, 16)) == kWhole);
}

void TestContentArea::answersForNoPictures()
{
    QVERIFY(contentAreaOf({}) == ContentArea {});
}

QTEST_GUILESS_MAIN(TestContentArea)
#include "tst_content_area.moc"

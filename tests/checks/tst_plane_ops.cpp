#include "core/checks/engine/picture.h"
#include "core/checks/engine/plane_ops_p.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::checks::engine;

namespace {

constexpr int kWidths[] {1, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 100, 511, 1920, 4099};

std::vector<std::uint8_t> noise(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<std::uint8_t> bytes(count);
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(random() % 5 == 0 ? (random() % 2) * 255 : random());
    return bytes;
}

Luma lumaOf(const std::vector<std::uint8_t>& pixels, int width, int height)
{
    return {.data = reinterpret_cast<const std::byte*>(pixels.data()),
        .stride = width,
        .width = width,
        .height = height,
        .bits = 8};
}

} // namespace

/// Sums over planes are the same on every path through the processor, and what they say they are.
class TestPlaneOps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFastestPathIsLast()
    {
        QVERIFY(!vectorPaths().empty());
        QCOMPARE(vectorPaths().front(), VectorPath::Scalar);
        QCOMPARE(&planeOps(), &planeOps(vectorPaths().back()));
    }

    void everyPathGivesTheSame()
    {
        for (const int width : kWidths) {
            const auto a = noise(std::size_t(width) + 3, unsigned(width));
            const auto b = noise(std::size_t(width) + 3, unsigned(width) + 1);
            for (const int offset : {0, 1, 3}) { // rows begin anywhere
                const std::uint32_t expected
                    = planeOps(VectorPath::Scalar).difference(a.data() + offset, b.data() + offset, width);
                std::vector<std::uint32_t> sums(std::size_t(width / 8) + 1, 7);
                planeOps(VectorPath::Scalar).addBlockSums(a.data() + offset, width / 8, sums.data());
                std::vector<std::uint32_t> narrow(std::size_t(width / 4) + 1, 7);
                planeOps(VectorPath::Scalar).addNarrowSums(a.data() + offset, width / 4, narrow.data());
                for (const VectorPath path : vectorPaths()) {
                    QCOMPARE(planeOps(path).difference(a.data() + offset, b.data() + offset, width), expected);
                    std::vector<std::uint32_t> made(sums.size(), 7);
                    planeOps(path).addBlockSums(a.data() + offset, width / 8, made.data());
                    QCOMPARE(made, sums);
                    made.assign(narrow.size(), 7);
                    planeOps(path).addNarrowSums(a.data() + offset, width / 4, made.data());
                    QCOMPARE(made, narrow);
                    for (const int code : {0, 1, 127, 128, 254, 255}) {
                        const auto counted = std::count_if(
                            a.begin() + offset, a.begin() + offset + width, [&](int pixel) { return pixel <= code; });
                        QCOMPARE(qint64(planeOps(path).countAtMost(a.data() + offset, width, code)), qint64(counted));
                    }
                }
            }
        }
    }

    void oneReadingGivesWhatSeveralGive()
    {
        for (const int width : kWidths) {
            const auto a = noise(std::size_t(width) + 3, unsigned(width));
            const auto b = noise(std::size_t(width) + 3, unsigned(width) + 1);
            const PlaneOps& plain = planeOps(VectorPath::Scalar);
            std::vector<std::uint32_t> sums(std::size_t(width / 8), 7);
            plain.addBlockSums(a.data() + 3, width / 8, sums.data());
            for (const VectorPath path : vectorPaths()) {
                for (const bool withSums : {false, true}) {
                    for (const bool compares : {false, true}) {
                        std::vector<std::uint64_t> made(sums.size() + 1, 7); // one more, that stays
                        RowReading reading;
                        reading.blockSums = withSums ? made.data() : nullptr;
                        reading.reference = compares ? b.data() + 1 : nullptr;
                        reading.code = 127;
                        reading.atMost = 5;
                        reading.difference = 6;
                        planeOps(path).readRow(a.data() + 3, width, reading);
                        QCOMPARE(reading.atMost, 5ULL + plain.countAtMost(a.data() + 3, width, 127));
                        QCOMPARE(reading.difference,
                            6ULL + (compares ? plain.difference(a.data() + 3, b.data() + 1, width) : 0));
                        for (std::size_t n = 0; n < made.size(); ++n)
                            QCOMPARE(made[n], withSums && n < sums.size() ? sums[n] : 7ULL);
                    }
                }
            }
        }
    }

    void planesAreComparedWhileTheyAreRead()
    {
        constexpr int kWidth = 67;
        constexpr int kHeight = 37;
        const auto first = noise(kWidth * kHeight, 1);
        const auto second = noise(kWidth * kHeight, 2);
        const auto third = noise(kWidth * kHeight, 3);
        const Luma luma = lumaOf(third, kWidth, kHeight);
        const auto meanOf = [&](const std::vector<std::uint8_t>& other) {
            return double(planeOps(VectorPath::Scalar).difference(other.data(), third.data(), kWidth * kHeight))
                / (256.0 * kWidth * kHeight);
        };
        PictureProducts products;
        for (const bool others : {true, false}) { // beside what else is made of the picture, and alone
            products.forget();
            products.compareNext({lumaOf(first, kWidth, kHeight), {}, 1});
            products.compareNext({lumaOf(second, kWidth, kHeight), {}, 0.01});
            products.compareNext({lumaOf(second, kWidth, kHeight - 1), {}, 1});
            products.forget();
            if (others) {
                QCOMPARE(products.darkPixels(luma, 40),
                    qint64(std::ranges::count_if(third, [](int pixel) { return pixel <= 40; })));
                QVERIFY(products.blockMeans(luma).values.size() > 0);
            }
            const auto whole = products.differenceFrom(luma, reinterpret_cast<const std::byte*>(first.data()));
            QVERIFY(whole);
            QCOMPARE(*whole, meanOf(first));
            const auto stopped = products.differenceFrom(luma, reinterpret_cast<const std::byte*>(second.data()));
            QVERIFY(stopped);
            QVERIFY(*stopped >= 0.01);
            QVERIFY(*stopped < meanOf(second)); // far from it after a few rows
            QVERIFY(!products.differenceFrom(luma, reinterpret_cast<const std::byte*>(third.data())));
            products.forget(); // nobody asked of this frame
            QVERIFY(!products.differenceFrom(luma, reinterpret_cast<const std::byte*>(first.data())));
        }
        // Another shape is not compared.
        products.compareNext({lumaOf(second, kWidth, kHeight - 1), {}, 1});
        products.forget();
        QVERIFY(!products.differenceFrom(luma, reinterpret_cast<const std::byte*>(second.data())));
    }

    void extremesDoNotOverflow()
    {
        const std::vector<std::uint8_t> black(1 << 24, 0);
        const std::vector<std::uint8_t> white(1 << 24, 255);
        for (const VectorPath path : vectorPaths())
            QCOMPARE(planeOps(path).difference(black.data(), white.data(), 1 << 24), 255U << 24);
        for (const VectorPath path : vectorPaths())
            QCOMPARE(planeOps(path).countAtMost(white.data(), 1 << 24, 255), 1U << 24);
    }

    void productsAreTheSameAloneAndTogether()
    {
        for (const auto& [width, height] : {std::pair {64, 64}, {67, 37}, {8, 3}, {1, 1}, {1920, 9}}) {
            const auto pixels = noise(std::size_t(width) * std::size_t(height), unsigned(width));
            const Luma luma = lumaOf(pixels, width, height);
            const auto darkUpTo = [&](const std::vector<std::uint8_t>& from, int code) {
                return qint64(std::count_if(from.begin(), from.end(), [&](int pixel) { return pixel <= code; }));
            };
            PictureProducts alone;
            alone.forget();
            const auto means = alone.blockMeans(luma).values;
            QCOMPARE(means.size(), std::size_t((width + 7) / 8) * std::size_t((height + 7) / 8));
            for (int by = 0; by < (height + 7) / 8; ++by) {
                for (int bx = 0; bx < (width + 7) / 8; ++bx) {
                    unsigned sum = 0;
                    unsigned count = 0;
                    for (int y = by * 8; y < std::min(height, by * 8 + 8); ++y) {
                        for (int x = bx * 8; x < std::min(width, bx * 8 + 8); ++x, ++count)
                            sum += pixels[std::size_t(y) * std::size_t(width) + std::size_t(x)];
                    }
                    QCOMPARE(unsigned(means[std::size_t(by * ((width + 7) / 8) + bx)]), (sum + count / 2) / count);
                }
            }
            QCOMPARE(alone.darkPixels(luma, 40), darkUpTo(pixels, 40));
            // From the second frame on both are made in one walk, in whatever order they are asked for.
            alone.forget();
            QCOMPARE(alone.darkPixels(luma, 40), darkUpTo(pixels, 40));
            QCOMPARE(alone.darkPixels(luma, 10), darkUpTo(pixels, 10));
            QVERIFY(alone.blockMeans(luma).values == means);
            // One that nobody asks for any more does not stay from an earlier frame.
            const auto others = noise(pixels.size(), 99);
            const Luma other = lumaOf(others, width, height);
            alone.forget();
            static_cast<void>(alone.blockMeans(other));
            alone.forget();
            static_cast<void>(alone.blockMeans(luma));
            QCOMPARE(alone.darkPixels(luma, 40), darkUpTo(pixels, 40));
        }
    }
};

QTEST_GUILESS_MAIN(TestPlaneOps)
#include "tst_plane_ops.moc"

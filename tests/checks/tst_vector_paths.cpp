#include "core/checks/engine/cell_rows_p.h"
#include "core/checks/engine/flash_cells.h"
#include "core/checks/engine/flash_light.h"
#include "core/checks/engine/flash_ops_p.h"
#include "core/checks/engine/strip_ops_p.h"

#include <QTest>
#include <random>

using namespace vidimus;
using namespace vidimus::checks::engine;

namespace {

constexpr int kWidths[] {5, 8, 15, 16, 17, 33, 63, 64, 65, 100, 511, 1920, 2100};

/// Flat parts, ramps and noise, so that thresholds are met from both sides.
std::vector<std::uint8_t> picture(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<std::uint8_t> bytes(count);
    for (std::size_t at = 0; at < count; ++at) {
        const auto part = (at / 37) % 4;
        const unsigned value = part == 0 ? 90
            : part == 1                  ? unsigned(at * 3)
            : part == 2                  ? random()
                                         : 90 + random() % 24;
        bytes[at] = static_cast<std::uint8_t>(value);
    }
    return bytes;
}

std::vector<float> light(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(random() % 2000) / 10;
    return values;
}

/// What every function over strips gives for a row.
struct StripResults {
    std::vector<std::uint32_t> steps;
    std::vector<std::uint8_t> combed;
    std::vector<std::uint8_t> apart;
    std::vector<std::uint64_t> sums;
    friend bool operator==(const StripResults&, const StripResults&) = default;
};

StripResults stripResults(VectorPath path, int width)
{
    useStripPath(path);
    const auto stride = static_cast<std::size_t>(width);
    const auto rows = picture(stride * 16 + 8, unsigned(width));
    const std::uint8_t* first = rows.data() + 4;
    const auto row = [&](int y) { return first + std::ptrdiff_t(y) * width; };
    StripResults results {std::vector<std::uint32_t>(stride, 3), std::vector<std::uint8_t>(stride, 9),
        std::vector<std::uint8_t>(stride, 9), {}};
    addSteps(first, 16, width, results.steps.data());
    const bool any = markCombed({{row(0), row(1), row(2), row(3), row(4)}}, width, results.combed.data());
    const bool anyApart = markApart(row(5), width, 12, results.apart.data());
    EdgeSums edges;
    addEdges(row(6), row(8), row(10), width, edges);
    std::vector<std::int16_t> means(stride * 3);
    for (std::size_t at = 0; at < means.size(); ++at)
        means[at] = static_cast<std::int16_t>(rows[at] * 4 + rows[at + 1] % 4);
    meansOfFour(first, width, width / 4, means.data()); // and the rest as it was
    WideEdgeSums wide;
    addWideEdges(means.data(), means.data() + width, means.data() + std::ptrdiff_t {2} * width, width, wide);
    results.sums = {wide.slope, wide.bend, wide.count, any ? 1U : 0U, anyApart ? 1U : 0U, edges.slope, edges.bend,
        edges.count, misfit(row(1), row(2), row(3), width), maskedSum(row(1), row(2), row(3), width),
        std::uint64_t(countOutside(row(7), width, 15, 237)), sumOf(row(9), width),
        rowDifference8(row(3), row(4), width)};
    useStripPath(vectorPaths().back());
    return results;
}

} // namespace

/// What is made of pixels and cells is the same on every path through the processor, and what the plain formula says.
class TestVectorPaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stripsGiveTheSameOnEveryPath()
    {
        for (const int width : kWidths) {
            const StripResults expected = stripResults(VectorPath::Scalar, width);
            QVERIFY(expected.steps.front() > 3);
            for (const VectorPath path : vectorPaths())
                QVERIFY2(stripResults(path, width) == expected, qPrintable(QString::number(width)));
        }
    }

    void combedPixelsStandOutFromBothFields()
    {
        for (const int width : kWidths) {
            const std::vector<std::uint8_t> own(std::size_t(width), 60);
            const std::vector<std::uint8_t> other(std::size_t(width), 90);
            std::vector<std::uint8_t> combed(std::size_t(width), 9);
            QVERIFY(
                markCombed({{own.data(), other.data(), own.data(), other.data(), own.data()}}, width, combed.data()));
            QCOMPARE(std::count(combed.begin(), combed.end(), 1), width);
            // A slope is not combed, and nothing of an earlier row stays.
            QVERIFY(
                !markCombed({{own.data(), own.data(), own.data(), other.data(), other.data()}}, width, combed.data()));
            QCOMPARE(std::count(combed.begin(), combed.end(), 0), width);
        }
    }

    void lightMovesTheSameOnEveryPath()
    {
        constexpr float kNone = std::numeric_limits<float>::max();
        for (const std::size_t count : {1U, 7U, 8U, 63U, 64U}) {
            for (unsigned seed = 0; seed < 50; ++seed) {
                const auto now = light(count, seed);
                auto high = light(count, seed + 100);
                auto low = light(count, seed + 200);
                high[seed % count] = -1;
                low[(seed + 3) % count] = kNone;
                auto expectedHigh = high;
                auto expectedLow = low;
                // The steps are chosen so that some of the short rows have none.
                const std::uint64_t expected
                    = flashOps(VectorPath::Scalar)
                          .moveExtremes(now.data(), expectedHigh.data(), expectedLow.data(), count, kNone, 150, 160);
                for (const VectorPath path : vectorPaths()) {
                    auto nextHigh = high;
                    auto nextLow = low;
                    const std::uint64_t found = flashOps(path).moveExtremes(
                        now.data(), nextHigh.data(), nextLow.data(), count, kNone, 150, 160);
                    QCOMPARE(found, expected);
                    QCOMPARE(nextHigh, expectedHigh);
                    QCOMPARE(nextLow, expectedLow);
                    QCOMPARE(flashOps(path).anyBelow(now.data(), low.data(), count),
                        flashOps(VectorPath::Scalar).anyBelow(now.data(), low.data(), count));
                    for (const float limit : {100.0F, 199.9F, 250.0F})
                        QCOMPARE(flashOps(path).anyAtLeast(now.data(), limit, count),
                            std::any_of(now.begin(), now.end(), [&](float one) { return one >= limit; }));
                }
            }
        }
    }

    void rednessIsTheSameOnEveryPath()
    {
        constexpr std::size_t kCount = 1003;
        auto red = light(kCount, 1);
        auto green = light(kCount, 2);
        auto blue = light(kCount, 3);
        red[5] = 0;
        green[6] = blue[6] = 0;
        red[7] = green[7] = blue[7] = 0;
        std::vector<float> ratio(kCount);
        std::vector<float> excess(kCount);
        const RedLight all {red.data(), green.data(), blue.data()};
        flashOps(VectorPath::Scalar).measureRedness(all, kCount, 5, ratio.data(), excess.data());
        QCOMPARE(ratio[6], 1.0F);
        QVERIFY(ratio[7] <= 1.0F / 3);
        for (const VectorPath path : vectorPaths()) {
            std::vector<float> nextRatio(kCount);
            std::vector<float> nextExcess(kCount);
            flashOps(path).measureRedness(all, kCount, 5, nextRatio.data(), nextExcess.data());
            QCOMPARE(nextRatio, ratio);
            QCOMPARE(nextExcess, excess);
        }
    }

    void colourBeyondTheRangeIsMarkedAsThePlainFormulaSays()
    {
        std::mt19937 random(5);
        for (const int bits : {8, 10, 12}) {
            const int unit = 1 << (bits - 8);
            for (const std::size_t count : {1U, 15U, 16U, 17U, 960U}) {
                CellRow row;
                for (std::size_t x = 0; x < count; ++x) {
                    row.luma.push_back(static_cast<std::int16_t>(random() % unsigned(1021 * unit)));
                    row.cb.push_back(static_cast<std::int16_t>(int(random() % unsigned(256 * unit)) - 128 * unit));
                    row.cr.push_back(static_cast<std::int16_t>(int(random() % unsigned(256 * unit)) - 128 * unit));
                }
                for (const int matrix : {1, 6, 9}) {
                    media::ColorTags tags;
                    tags.matrix = matrix;
                    tags.range = bits == 10 ? media::ColorRange::Full : media::ColorRange::Limited;
                    const RgbFactors factors = rgbFactors(tags, 1080, bits);
                    std::vector<std::uint8_t> expected(count, 9);
                    std::vector<std::uint8_t> made(count, 9);
                    markOutsidePlain(row, factors, 5 * unit * kCellOne, 246 * unit * kCellOne, expected.data());
                    markOutside(row, factors, 5 * unit * kCellOne, 246 * unit * kCellOne, made.data());
                    QCOMPARE(made, expected);
                }
                const auto counts = countAtMost(row, 0, int(count), {100, 400, 700, 1000});
                for (std::size_t i = 0; i < counts.size(); ++i) {
                    const int limit = 100 + 300 * int(i);
                    QCOMPARE(qint64(counts[i]),
                        qint64(std::count_if(row.luma.begin(), row.luma.end(), [&](int sum) { return sum <= limit; })));
                }
            }
        }
    }

    void lightOfCellsThatStayIsKept()
    {
        constexpr int kColumns = 50;
        constexpr int kRows = 7; // a last block of 30 cells
        std::mt19937 random(11);
        media::FrameView view;
        Luma luma;
        luma.height = 1080;
        FlashCells cells {8, kColumns, kRows, {}, {}, {}};
        for (auto* plane : {&cells.luma, &cells.cb, &cells.cr}) {
            for (int cell = 0; cell < kColumns * kRows; ++cell)
                plane->push_back(static_cast<std::uint16_t>(random() % 1024));
        }
        FlashLight kept;
        std::uint64_t seen = 0;
        for (int frame = 0; frame < 40; ++frame) {
            if (frame % 3 != 0) { // some frames are those before
                for (auto* plane : {&cells.luma, &cells.cb, &cells.cr})
                    (*plane)[random() % plane->size()] = static_cast<std::uint16_t>(random() % 1024);
            }
            if (frame == 20)
                view.color.transfer = 16; // PQ
            if (frame == 30)
                view.color.transfer = 18; // HLG
            kept.begin(cells, view, luma);
            FlashLight fresh;
            fresh.begin(cells, view, luma);
            const auto changed = kept.changedSince(seen);
            QCOMPARE(changed.size(), std::size_t(6));
            const bool all = frame == 0 || frame == 20 || frame == 30;
            if (all || frame % 3 == 0)
                QCOMPARE(std::ranges::count(changed, 1), all ? 6 : 0);
            if (frame % 5 == 4)
                continue; // nobody asks: the next frame has to make what this one did not
            using checks::FlashTransfer;
            for (const FlashTransfer transfer : {FlashTransfer::Bt1886, FlashTransfer::Ofcom, FlashTransfer::Srgb})
                QVERIFY(kept.luminance(transfer) == fresh.luminance(transfer));
            QVERIFY(kept.linear().red == fresh.linear().red);
            QVERIFY(kept.linear().green == fresh.linear().green);
            QVERIFY(kept.linear().blue == fresh.linear().blue);
        }
        // Who asks for the first time, or missed a frame, gets all.
        std::uint64_t late = 0;
        QCOMPARE(std::ranges::count(kept.changedSince(late), 1), 6);
        kept.begin(cells, view, luma);
        kept.begin(cells, view, luma);
        QCOMPARE(std::ranges::count(kept.changedSince(late), 1), 6);
    }

    void knownSumsGiveTheSameCells()
    {
        // Sides of 1, 2, 4, 8 and 16 pixels, with and without a cut last cell.
        for (const auto& [width, height] : {std::pair {64, 36}, {322, 182}, {1280, 721}, {1921, 1080}, {2600, 90}}) {
            const auto pixels = picture(std::size_t(width) * std::size_t(height), 7);
            const Luma luma {.data = reinterpret_cast<const std::byte*>(pixels.data()),
                .stride = width,
                .width = width,
                .height = height};
            media::FrameView view;
            view.format = media::PixelFormat::Gray8;
            PictureProducts products;
            products.forget();
            FlashCells known;
            FlashCells read;
            measureCells(view, luma, kFlashGridSide, known, &products.blockSums(luma));
            measureCells(view, luma, kFlashGridSide, read);
            QCOMPARE(known.side, read.side);
            QCOMPARE(known.luma, read.luma);
            for (int y = 0; y < read.rows; ++y) {
                for (int x = 0; x < read.columns; ++x) {
                    unsigned sum = 0;
                    unsigned count = 0;
                    for (int v = y * read.side; v < std::min(height, (y + 1) * read.side); ++v) {
                        for (int u = x * read.side; u < std::min(width, (x + 1) * read.side); ++u, ++count)
                            sum += pixels[std::size_t(v) * std::size_t(width) + std::size_t(u)];
                    }
                    QCOMPARE(unsigned(read.luma[std::size_t(y) * std::size_t(read.columns) + std::size_t(x)]),
                        (sum * 4 + count / 2) / count);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestVectorPaths)
#include "tst_vector_paths.moc"

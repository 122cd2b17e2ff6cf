#include "core/checks/engine/text_lines.h"
#include "synthetic_programme.h"

#include <QTest>
#include <array>
#include <cmath>
#include <cstring>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Letters of 5 × 7 places, a bit each, from the top.
struct Glyph {
    char letter;
    std::array<std::uint8_t, 7> rows;
};
constexpr Glyph kGlyphs[] {
    {'A', {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11}},
    {'C', {0x0E, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0E}},
    {'D', {0x1E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1E}},
    {'E', {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F}},
    {'H', {0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11}},
    {'I', {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E}},
    {'L', {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F}},
    {'N', {0x11, 0x19, 0x15, 0x15, 0x13, 0x11, 0x11}},
    {'O', {0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E}},
    {'R', {0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11}},
    {'S', {0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E}},
    {'T', {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04}},
};

struct Line {
    const char* text = "";
    int left = 0; ///< pixels
    int top = 0;
    int size = 3; ///< pixels of a place

    [[nodiscard]] int width() const { return int(std::strlen(text)) * 6 * size - size; }
    [[nodiscard]] int height() const { return 7 * size; }
    [[nodiscard]] bool covers(int x, int y) const
    {
        const int column = (x - left) / size;
        const int row = (y - top) / size;
        if (x < left || y < top || row >= 7 || column / 6 >= int(std::strlen(text)) || column % 6 == 5)
            return false;
        for (const Glyph& glyph : kGlyphs) {
            if (glyph.letter == text[column / 6])
                return (glyph.rows[std::size_t(row)] >> (4 - column % 6) & 1) != 0;
        }
        return false;
    }
};

Profile textAlone()
{
    Profile profile = *onlyChecks(defaultProfile(), {u"text"_s});
    profile.checks[u"text"_s].enabled = true;
    return profile;
}

/// Clouds that move: soft, as what is out of focus behind a caption.
int clouds(int frame, int x, int y)
{
    return int(110 + 30 * std::sin(0.031 * (x + frame)) + 25 * std::sin(0.047 * y + 0.02 * x));
}

SyntheticProgramme programme(std::function<int(int, int, int)> luma, int frames = 100)
{
    SyntheticProgramme programme;
    programme.width = 640;
    programme.height = 360;
    programme.frames = frames;
    programme.luma = std::move(luma);
    return programme;
}

std::vector<TrackItem> linesOf(const SyntheticProgramme& shown)
{
    return shown.judged(u"text"_s, textAlone()).track;
}

double sharedPart(const Region& region, const Line& line)
{
    const double width = std::min(region.x + region.width, line.left + line.width()) - std::max(region.x, line.left);
    const double height = std::min(region.y + region.height, line.top + line.height()) - std::max(region.y, line.top);
    if (width <= 0 || height <= 0)
        return 0;
    return width * height
        / (double(region.width) * region.height + double(line.width()) * line.height() - width * height);
}

int noise(int x, int y)
{
    std::uint32_t value = std::uint32_t(x) * 374761393U + std::uint32_t(y) * 668265263U;
    value = (value ^ (value >> 13)) * 1274126177U;
    return int((value ^ (value >> 16)) & 0xFF);
}

} // namespace

/// Text is where it stands, while it stands there, and what is no text gives none.
class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsLinesInPlaceAndTime_data();
    void findsLinesInPlaceAndTime();
    void isOffUntilAskedFor();
    void whatIsNoTextGivesNone_data();
    void whatIsNoTextGivesNone();
    void shortAndMovingTextIsLeftOut();
    void smallPicturesAreNoHazard_data();
    void smallPicturesAreNoHazard();
};

void TestText::findsLinesInPlaceAndTime_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("ink");
    QTest::addColumn<int>("paper"); ///< around the letters; -1: none
    QTest::newRow("white on clouds") << 3 << 230 << -1;
    QTest::newRow("large") << 5 << 230 << -1;
    QTest::newRow("small") << 2 << 235 << -1;
    QTest::newRow("black on a white box") << 3 << 20 << 220;
    QTest::newRow("white on a black box") << 3 << 235 << 16;
}

void TestText::findsLinesInPlaceAndTime()
{
    QFETCH(int, size);
    QFETCH(int, ink);
    QFETCH(int, paper);
    const Line upper {"THE ACTORS LINES", 60, 230, size};
    const Line lower {"ARE HERE TO READ", 72, 230 + 11 * size, size};
    const auto shown = programme([=](int frame, int x, int y) {
        if (frame < 25 || frame >= 75)
            return clouds(frame, x, y);
        if (upper.covers(x, y) || lower.covers(x, y))
            return ink;
        const bool isBox = x >= upper.left - 12 && x < upper.left + upper.width() + 24 && y >= upper.top - 16
            && y < lower.top + lower.height() + 16;
        return isBox && paper >= 0 ? paper : clouds(frame, x, y);
    });
    const auto lines = linesOf(shown);
    QCOMPARE(lines.size(), std::size_t(2));
    for (const TrackItem& item : lines) {
        QVERIFY(item.region);
        const Line& line = item.region->y + item.region->height / 2 < lower.top ? upper : lower;
        QVERIFY2(sharedPart(*item.region, line) > 0.55,
            qPrintable(u"%1,%2 %3×%4"_s.arg(item.region->x)
                    .arg(item.region->y)
                    .arg(item.region->width)
                    .arg(item.region->height)));
        QVERIFY(std::abs(item.firstFrame - 25) <= 13);
        QVERIFY(std::abs(item.lastFrame - 74) <= 13);
        QVERIFY(item.firstFrame >= 25 && item.lastFrame <= 74);
    }
    QCOMPARE(shown.judged(u"text"_s, textAlone()).outcome, CheckOutcome::Pass);
    QVERIFY(shown.judged(u"text"_s, textAlone()).findings.empty());
}

void TestText::isOffUntilAskedFor()
{
    QVERIFY(!defaultProfile().checks.at(u"text"_s).enabled);
    for (const QString& id : shippedProfileIds())
        QVERIFY(!shippedProfile(id)->checks.at(u"text"_s).enabled);
}

void TestText::whatIsNoTextGivesNone_data()
{
    QTest::addColumn<int>("look");
    for (const auto& [name, look] : {std::pair("clouds", 0), {"noise", 1}, {"colour bars", 2}, {"grating of 8", 3},
             {"grating of 5", 4}, {"checkerboard", 5}, {"fence", 6}, {"bricks", 7}, {"coarse noise", 8}, {"ramp", 9},
             {"one letter", 10}, {"railing before clouds", 11}})
        QTest::newRow(name) << look;
}

void TestText::whatIsNoTextGivesNone()
{
    QFETCH(int, look);
    const auto shown = programme([look](int frame, int x, int y) {
        switch (look) {
        case 1:
            return noise(x, y);
        case 2:
            return 40 + x / 92 * 28;
        case 3:
            return x / 4 % 2 == 0 ? 220 : 30;
        case 4:
            return y > 150 && y < 180 && x % 5 < 2 ? 220 : 60;
        case 5:
            return (x / 6 + y / 6) % 2 == 0 ? 220 : 30;
        case 6:
            return y > 120 && y < 220 && x % 24 < 8 ? 210 : 70;
        case 7:
            return y % 16 < 2 || (x + y / 16 % 2 * 20) % 40 < 2 ? 200 : 90;
        case 8:
            return noise(x / 6, y / 6);
        case 9:
            return 16 + x * 219 / 640;
        case 10:
            return Line {"A", 300, 150, 6}.covers(x, y) ? 230 : clouds(0, x, y);
        case 11:
            return y > 200 && y < 230 && x % 12 < 3 ? 30 : clouds(frame, x, y);
        default:
            return clouds(frame, x, y);
        }
    });
    const auto lines = linesOf(shown);
    QVERIFY2(lines.empty(),
        lines.empty() ? ""
                      : qPrintable(u"%1,%2 %3×%4"_s.arg(lines[0].region->x)
                                .arg(lines[0].region->y)
                                .arg(lines[0].region->width)
                                .arg(lines[0].region->height)));
}

void TestText::shortAndMovingTextIsLeftOut()
{
    const auto passing = programme([](int frame, int x, int y) {
        return frame >= 30 && frame < 45 && Line {"HELLO THERE", 100, 100, 3}.covers(x, y) ? 230 : clouds(frame, x, y);
    });
    QVERIFY(linesOf(passing).empty());
    const auto rolling = programme([](int frame, int x, int y) {
        return Line {"HELLO THERE", 100, 340 - 3 * frame, 3}.covers(x, y) ? 230 : clouds(frame, x, y);
    });
    QVERIFY(linesOf(rolling).empty());
}

void TestText::smallPicturesAreNoHazard_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("a dot") << 1 << 1;
    QTest::newRow("a line") << 500 << 1;
    QTest::newRow("a column") << 1 << 500;
    QTest::newRow("as wide as a window") << 21 << 9;
    QTest::newRow("a little wider") << 23 << 64;
}

void TestText::smallPicturesAreNoHazard()
{
    QFETCH(int, width);
    QFETCH(int, height);
    engine::ByteGrid grid;
    grid.resize(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            grid.row(y)[x] = std::uint8_t(noise(x, y));
    }
    for (const engine::TextLine& line : engine::findTextLines(grid)) {
        QVERIFY(line.left >= 0 && line.right < width && line.left <= line.right);
        QVERIFY(line.top >= 0 && line.bottom < height && line.top <= line.bottom);
    }
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"

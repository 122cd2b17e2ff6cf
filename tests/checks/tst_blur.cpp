#include "checks/synthetic_programme.h"
#include "core/checks/engine/run_checks.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

/// Luma with fractions, so that a blur of it is exact.
struct Plane {
    int width = 0;
    int height = 0;
    std::vector<double> values;

    Plane(int columns, int rows)
        : width(columns)
        , height(rows)
        , values(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 120)
    {
    }
    [[nodiscard]] double& at(int x, int y)
    {
        return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
    }
    [[nodiscard]] double near(int x, int y) const
    {
        const int column = std::clamp(x, 0, width - 1);
        const int row = std::clamp(y, 0, height - 1);
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(width)
            + static_cast<std::size_t>(column)];
    }
    [[nodiscard]] int code(int x, int y) const { return std::clamp(int(std::lround(near(x, y))), 16, 235); }
};

enum class Motif {
    Discs, ///< opaque discs of all sizes over one another: edges at every scale, as in pictures of nature
    Shapes, ///< large shaded shapes, as in drawn films
};

/// The later a disc the further behind it lies: what is drawn stays.
Plane draw(Motif motif, int width, int height)
{
    Plane plane(width, height);
    std::vector<bool> drawn(plane.values.size());
    std::mt19937 random(7);
    const auto next = [&] { return static_cast<double>(random() % 100000) / 100000; };
    const double least = motif == Motif::Discs ? 2 : height / 10.0;
    const double most = height / 3.0;
    const int count = motif == Motif::Discs ? 12000 : 150;
    for (int disc = 0; disc < count; ++disc) {
        const double share = next(); // radii fall off with their third power
        const double radius = 1 / std::sqrt((1 - share) / (least * least) + share / (most * most));
        const double left = next() * width;
        const double top = next() * height;
        const double tone = 30 + next() * 190;
        const double shade = motif == Motif::Shapes ? (next() - 0.5) * 60 : 0;
        for (int y = std::max(0, int(top - radius)); y < std::min<int>(height, int(top + radius) + 1); ++y) {
            for (int x = std::max(0, int(left - radius)); x < std::min<int>(width, int(left + radius) + 1); ++x) {
                const auto place = static_cast<std::size_t>(y * width + x);
                if (drawn[place] || std::hypot(x - left, y - top) > radius)
                    continue;
                drawn[place] = true;
                plane.at(x, y) = tone + shade * (x - left) / radius;
            }
        }
    }
    return plane;
}

std::vector<double> gaussian(double sigma)
{
    const int reach = int(4 * sigma) + 1;
    std::vector<double> weights;
    double sum = 0;
    for (int x = -reach; x <= reach; ++x) {
        weights.push_back(std::exp(-x * x / (2 * sigma * sigma)));
        sum += weights.back();
    }
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

Plane blurredAcross(const Plane& plane, double sigma)
{
    const auto weights = gaussian(sigma);
    const int reach = int(weights.size()) / 2;
    Plane out(plane.width, plane.height);
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x) {
            double sum = 0;
            for (int tap = -reach; tap <= reach; ++tap)
                sum += weights[static_cast<std::size_t>(tap + reach)] * plane.near(x + tap, y);
            out.at(x, y) = sum;
        }
    }
    return out;
}

Plane turned(const Plane& plane)
{
    Plane out(plane.height, plane.width);
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x)
            out.at(y, x) = plane.near(x, y);
    }
    return out;
}

Plane blurred(const Plane& plane, double sigma)
{
    return turned(blurredAcross(turned(blurredAcross(plane, sigma)), sigma));
}

Profile everyBlur()
{
    Profile profile = *onlyChecks(defaultProfile(), {u"blur"_s});
    profile.checks[u"blur"_s].thresholds = {{u"max_sigma"_s, 1.5}, {u"min_duration"_s, 0}};
    return profile;
}

/// 0 when nothing was found.
double sigmaIn(const CheckResult& result)
{
    return result.findings.empty() ? 0 : result.findings.front().measured.at(u"sigma_px"_s);
}

double sigmaOf(const Plane& plane, int bits = 8)
{
    SyntheticProgramme programme {.width = plane.width, .height = plane.height, .frames = 1, .bits = bits};
    programme.luma = [&](int, int x, int y) { return plane.code(x, y) << (bits - 8); };
    return sigmaIn(programme.judged(u"blur"_s, everyBlur()));
}

} // namespace

/// Blur of a known width, as numbers.
class BlurTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void gaussiansAreToldByTheirSigma_data();
    void gaussiansAreToldByTheirSigma();
    void codingMovesTheNumberLittle_data();
    void codingMovesTheNumberLittle();
    void whatIsSharpIsNotBlurred();
    void aSoftGroundBehindASharpThingIsNotBlurred();
    void blurOfOneDirectionIsMotion();
    void whatHasNoEdgesCannotTell();
    void picturesTooSmallForSquaresAreMeasuredByPixels();
};

void BlurTest::gaussiansAreToldByTheirSigma_data()
{
    QTest::addColumn<Motif>("motif");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<int>("bits");
    for (const double sigma : {2.0, 2.5, 3.0, 4.0, 6.0, 8.0, 12.0}) {
        const auto row = [&](const char* name, Motif motif, int height, int bits) {
            QTest::addRow("%s, %g pixels", name, sigma) << motif << height << sigma << bits;
        };
        row("discs at 360 rows", Motif::Discs, 360, 8);
        row("shapes at 360 rows", Motif::Shapes, 360, 8);
        row("shapes at 360 rows of 10 bits", Motif::Shapes, 360, 10);
        row("discs at 720 rows", Motif::Discs, 720, 8);
    }
}

void BlurTest::gaussiansAreToldByTheirSigma()
{
    QFETCH(Motif, motif);
    QFETCH(int, height);
    QFETCH(double, sigma);
    QFETCH(int, bits);
    const double measured = sigmaOf(blurred(draw(motif, height * 16 / 9, height), sigma), bits);
    // Few shapes without anything between them are the other end of what crowding does.
    const double tolerance = motif == Motif::Shapes ? 0.3 : 0.2;
    QVERIFY2(std::abs(measured - sigma) <= tolerance * sigma + 0.05, qPrintable(QString::number(measured)));
}

void BlurTest::codingMovesTheNumberLittle_data()
{
    QTest::addColumn<double>("sigma");
    QTest::addColumn<int>("quality");
    for (const double sigma : {3.0, 4.0, 6.0, 8.0}) {
        for (const int quality : {18, 28})
            QTest::addRow("%g pixels at CRF %d", sigma, quality) << sigma << quality;
    }
}

void BlurTest::codingMovesTheNumberLittle()
{
    QFETCH(double, sigma);
    QFETCH(int, quality);
    const Plane plane = blurred(draw(Motif::Discs, 640, 360), sigma);
    GeneratedClip clip {.width = 640, .height = 360, .frames = 6, .quality = quality};
    clip.painter = [&](const Canvas& canvas, int) {
        canvas.fill(120);
        for (int y = 0; y < canvas.height; ++y) {
            for (int x = 0; x < canvas.width; ++x)
                canvas.luma[std::ptrdiff_t {y} * canvas.lumaStride + x] = static_cast<std::uint8_t>(plane.code(x, y));
        }
    };
    const QTemporaryDir folder;
    const auto written = clip.write(folder.filePath(u"soft.mp4"_s));
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    QFile file(folder.filePath(u"soft.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    const auto run = engine::runChecks(**input, everyBlur());
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    const double measured = sigmaIn(run->report.checks.at(0));
    QVERIFY2(std::abs(measured - sigma) <= 0.25 * sigma, qPrintable(QString::number(measured)));
}

void BlurTest::whatIsSharpIsNotBlurred()
{
    for (const Motif motif : {Motif::Discs, Motif::Shapes}) {
        const Plane plane = draw(motif, 640, 360);
        QCOMPARE(sigmaOf(plane), 0.0);
        QCOMPARE(sigmaOf(blurred(plane, 0.8)), 0.0);
    }
}

void BlurTest::aSoftGroundBehindASharpThingIsNotBlurred()
{
    const Plane sharp = draw(Motif::Discs, 640, 360);
    Plane picture = blurred(sharp, 6);
    QVERIFY(sigmaOf(picture) > 3);
    for (int y = 120; y < 240; ++y) {
        for (int x = 250; x < 400; ++x)
            picture.at(x, y) = sharp.near(x, y);
    }
    QVERIFY2(sigmaOf(picture) < 2, qPrintable(QString::number(sigmaOf(picture))));
}

void BlurTest::blurOfOneDirectionIsMotion()
{
    const Plane sharp = draw(Motif::Discs, 640, 360);
    QCOMPARE(sigmaOf(blurredAcross(sharp, 6)), 0.0);
    QCOMPARE(sigmaOf(turned(blurredAcross(turned(sharp), 6))), 0.0);
}

void BlurTest::whatHasNoEdgesCannotTell()
{
    Plane sky(640, 360);
    for (int y = 0; y < sky.height; ++y) {
        for (int x = 0; x < sky.width; ++x)
            sky.at(x, y) = 60 + x / 8.0 + y / 8.0;
    }
    QCOMPARE(sigmaOf(sky), 0.0);
    QCOMPARE(sigmaOf(Plane(640, 360)), 0.0);
}

void BlurTest::picturesTooSmallForSquaresAreMeasuredByPixels()
{
    for (const int side : {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31}) {
        const Plane plane = blurred(draw(Motif::Discs, side, side), 3);
        const double measured = sigmaOf(plane);
        QVERIFY2(std::isfinite(measured) && measured <= 20, qPrintable(QString::number(side)));
    }
}

QTEST_GUILESS_MAIN(BlurTest)
#include "tst_blur.moc"

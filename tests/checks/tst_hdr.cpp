#include "checks/synthetic_programme.h"
#include "core/checks/engine/hdr_check.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

// SMPTE ST 2084: 1,000 cd/m² is a signal of 0.7518, 100 cd/m² of 0.5081.
constexpr int kThousand = 64 + 659; // 10-bit codes, limited range
constexpr int kHundred = 64 + 445;

/// Ten bits, PQ; the upper half of the picture shines as \a upper says.
SyntheticProgramme programme(int upper, int lower, std::optional<int> maxContentLight, std::optional<int> maxMean)
{
    SyntheticProgramme made {.width = 192, .height = 108, .frames = 30, .bits = 10};
    made.luma = [=](int, int, int y) { return y < 54 ? upper : lower; };
    made.adjustFacts = [=](media::MediaFacts& facts) {
        facts.video[0].hdr = media::HdrKind::Pq;
        facts.video[0].hdrValues = {.minLuminance = 0.005,
            .maxLuminance = 1000,
            .maxContentLight = maxContentLight,
            .maxFrameAverageLight = maxMean};
    };
    return made;
}

bool isNear(double value, double expected, double share)
{
    return std::abs(value - expected) <= share * expected;
}

} // namespace

/// Light is measured and held against what the metadata says.
class TestHdr : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCurveIsThatOfTheStandard()
    {
        QVERIFY(isNear(engine::pqLight(0.7518), 1000, 0.002));
        QVERIFY(isNear(engine::pqLight(0.5081), 100, 0.002));
        QVERIFY(isNear(engine::pqLight(1), 10000, 1e-6));
        QVERIFY(engine::pqLight(0) < 1e-6);
        QVERIFY(engine::pqLight(-1) < 1e-6);
        QCOMPARE(engine::pqLight(2), engine::pqLight(1));
    }

    void brightestAndMeanAreMeasured()
    {
        const CheckResult result = programme(kThousand, kHundred, 1000, 560).judged(u"hdr"_s);
        QCOMPARE(result.outcome, CheckOutcome::Pass);
        QVERIFY(isNear(result.measured.at(u"max_cll_cd_m2"_s), 1000, 0.02));
        QVERIFY(isNear(result.measured.at(u"max_fall_cd_m2"_s), 550, 0.02));
        QCOMPARE(result.measured.at(u"missing_metadata"_s), 0.0);
    }

    void everyRowIsLookedAt_data()
    {
        QTest::addColumn<int>("height");
        for (const int height : {190, 194, 360, 382, 384, 386, 1080})
            QTest::addRow("%d rows", height) << height;
    }

    void everyRowIsLookedAt()
    {
        QFETCH(int, height);
        SyntheticProgramme low = programme(kHundred, kHundred, 1000, 560);
        low.height = height;
        low.luma = [=](int, int, int y) { return y >= height - 6 ? kThousand : kHundred; };
        const CheckResult result = low.judged(u"hdr"_s);
        QVERIFY(isNear(result.measured.at(u"max_cll_cd_m2"_s), 1000, 0.02));
        // A frame shows one row in a few, so that a thin line counts a little more or less.
        QVERIFY(isNear(result.measured.at(u"max_fall_cd_m2"_s), 100 + 900 * 6.0 / height, 0.08));
    }

    void moreLightThanDeclaredIsTold_data()
    {
        QTest::addColumn<int>("light");
        QTest::addColumn<int>("mean");
        QTest::addColumn<QStringList>("details");
        QTest::newRow("both") << 400 << 200 << QStringList {u"brighter_than_max_cll"_s, u"brighter_than_max_fall"_s};
        QTest::newRow("brightest") << 400 << 600 << QStringList {u"brighter_than_max_cll"_s};
        QTest::newRow("mean") << 1100 << 200 << QStringList {u"brighter_than_max_fall"_s};
        QTest::newRow("none") << 4000 << 1000 << QStringList {};
    }

    void moreLightThanDeclaredIsTold()
    {
        QFETCH(int, light);
        QFETCH(int, mean);
        const CheckResult result = programme(kThousand, kHundred, light, mean).judged(u"hdr"_s);
        QStringList details;
        for (const Finding& finding : result.findings)
            details.append(finding.detail);
        details.sort();
        QTEST(details, "details");
    }

    void missingValuesAreCounted()
    {
        SyntheticProgramme bare = programme(kHundred, kHundred, {}, {});
        QCOMPARE(bare.judged(u"hdr"_s).measured.at(u"missing_metadata"_s), 2.0);
        QVERIFY(!bare.judged(u"hdr"_s).measured.contains(u"max_cll_ratio"_s));
    }

    void ordinaryPicturesAreNotEvaluated()
    {
        SyntheticProgramme plain {.width = 64, .height = 36, .frames = 5};
        plain.luma = [](int, int, int) { return 200; };
        const CheckResult result = plain.judged(u"hdr"_s);
        QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
        QCOMPARE(result.cause, u"not_hdr"_s);
    }

    void aPictureOfOneRowIsNoReasonToFail()
    {
        SyntheticProgramme flat = programme(kHundred, kHundred, 1000, 400);
        flat.height = 1;
        QVERIFY(flat.judged(u"hdr"_s).outcome != CheckOutcome::Fail);
    }
};

QTEST_GUILESS_MAIN(TestHdr)
#include "tst_hdr.moc"

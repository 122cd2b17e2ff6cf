#include "core/checks/engine/run_checks.h"
#include "support/flash_sequence.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

/// Flashing that went through an encoder: its noise moves no verdict and no frame.
class EncodedFlashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodedFlashingIsJudgedTheSame_data();
    void encodedFlashingIsJudgedTheSame();
};

void EncodedFlashTest::encodedFlashingIsJudgedTheSame_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<double>("hertz");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("luminance 4 Hz") << u"flash"_s << 4.0 << CheckOutcome::Fail;
    QTest::newRow("luminance 3 Hz") << u"flash"_s << 3.0 << CheckOutcome::Pass;
    QTest::newRow("red 4 Hz") << u"red_flash"_s << 4.0 << CheckOutcome::Fail;
    QTest::newRow("red 3 Hz") << u"red_flash"_s << 3.0 << CheckOutcome::Pass;
}

void EncodedFlashTest::encodedFlashingIsJudgedTheSame()
{
    QFETCH(QString, check);
    QFETCH(double, hertz);
    QFETCH(CheckOutcome, outcome);
    const Yuv bright = check == "flash"_L1 ? Yuv {200, 128, 128} : yuvOf(1, 0, 0);
    FlashSequence sequence;
    sequence.ground = {60, 128, 128};
    // Over a third of the picture, in two parts of opposite phase.
    const auto changes = changesOfRate(hertz, 2, 12, 24);
    sequence.areas.push_back({40, 40, 280, 280, sequence.ground, bright, changes});
    sequence.areas.push_back({320, 40, 280, 280, bright, sequence.ground, changes});
    GeneratedClip clip;
    clip.width = sequence.width;
    clip.height = sequence.height;
    clip.fpsNum = 24;
    clip.frames = 80;
    clip.tagBt709 = true;
    clip.painter = sequence.painter();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"flash.mp4"_s);
    const auto written = clip.write(path);
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    const auto run = engine::runChecks(**input, *onlyChecks(defaultProfile(), {check}));
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    const CheckResult& result = run->report.checks.at(0);
    QCOMPARE(result.outcome, outcome);
    if (outcome == CheckOutcome::Fail) {
        QCOMPARE(result.findings.at(0).firstFrame, 12);
        QCOMPARE(result.findings.at(0).lastFrame, changes.back());
    }
}

QTEST_GUILESS_MAIN(EncodedFlashTest)
#include "tst_flash_encoded.moc"

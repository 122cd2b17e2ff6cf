#include "core/base/unique_fd.h"
#include "core/checks/flash_standard.h"
#include "corrected_clip.h"
#include "support/flash_sequence.h"
#include "support/sounds.h"

#include <QtTest>
#include <fcntl.h>

using namespace vidimus;
using namespace vidimus::test;
using checks::CheckOutcome;
using namespace Qt::StringLiterals;

namespace {

/// The numbered test picture with something painted over it.
GeneratedClip clipWith(const Painter& over, int frames = 100)
{
    GeneratedClip clip;
    clip.width = 640;
    clip.height = 360;
    clip.frames = frames;
    clip.tagBt709 = true;
    clip.painter = [over](const Canvas& canvas, int frame) {
        paintNumbered(canvas, frame);
        over(canvas, frame);
    };
    return clip;
}

/// Flashes between two codes at 5 Hz (25 fps) from frame 40 to 70.
Painter flashing(int x, int y, int w, int h, int dark, int bright)
{
    return [=](const Canvas& canvas, int frame) {
        if (frame >= 40 && frame < 70)
            canvas.rectangle(x, y, w, h, frame / 2 % 2 == 0 ? bright : dark);
    };
}

/// Black for three seconds at the head and two and a half at the tail.
GeneratedClip blackEnds(const Sound& sound)
{
    GeneratedClip clip = clipWith(
        [](const Canvas& canvas, int frame) {
            if (frame < 75 || frame >= 200)
                canvas.fill(16);
        },
        263);
    clip.audioTracks = 1;
    clip.tone = sound;
    return clip;
}

} // namespace

/// Corrections of the picture.
class FixPictureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void flashingIsDimmedUntilItPasses_data();
    void flashingIsDimmedUntilItPasses();
    void picturesOutsideTheFlashingKeepTheirLight();
    void redFlashingLosesItsSaturation_data();
    void redFlashingLosesItsSaturation();
    void illegalLevelsAreBroughtIn();
    void clippedWhitesAreRefused();
    void blackEndsAreCutWhereNothingIsHeard();
    void soundUnderBlackIsNotCut();
    void blackInsideIsRefused();
    void constantBarsAreCropped();
    void changingBarsAreRefused();
    void severalCorrectionsAreOneRun();
    void aPlanThatDoesNotFitIsRefused_data();
    void aPlanThatDoesNotFitIsRefused();
    void whatIsNoMediaIsRefused();
    void aCancelledRunEnds();
};

void FixPictureTest::flashingIsDimmedUntilItPasses_data()
{
    QTest::addColumn<double>("standard");
    QTest::addColumn<Painter>("painter");
    for (const checks::FlashStandard& rules : checks::flashStandards()) {
        if (rules.choice == checks::kWcag20)
            continue;
        const char* name = rules.id;
        const double standard = rules.choice;
        QTest::addRow("%s, full screen, black and white", name) << standard << flashing(0, 0, 640, 360, 16, 235);
        if (standard > checks::kWcag22)
            continue; // the curves of the others are the same
        QTest::addRow("%s, full screen, small step", name) << standard << flashing(0, 0, 640, 360, 110, 190);
        QTest::addRow("%s, a part of it", name) << standard << flashing(100, 60, 400, 260, 60, 220);
    }
}

void FixPictureTest::flashingIsDimmedUntilItPasses()
{
    QFETCH(double, standard);
    QFETCH(Painter, painter);
    CorrectedClip clip;
    clip.profile.checks[u"flash"_s].thresholds[u"standard"_s] = standard;
    QVERIFY2(clip.run(clipWith(painter), {u"flash"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"flash"_s), CheckOutcome::Fail);
    QCOMPARE(clip.outcome(clip.reportAfter, u"flash"_s), CheckOutcome::Pass);
    QCOMPARE(clip.reportAfter.frames, clip.report.frames);
}

void FixPictureTest::picturesOutsideTheFlashingKeepTheirLight()
{
    CorrectedClip clip;
    QVERIFY2(clip.run(clipWith(flashing(0, 0, 640, 360, 16, 235)), {u"flash"_s}), qPrintable(clip.failure));
    QVERIFY(clip.proposal.plan.flash);
    const auto spans = clip.proposal.plan.flash->spans;
    QVERIFY(spans.front().first >= 35 && spans.back().last <= 75);
    // Levels of the frames before the flashing are what they were: the black check's series hold every frame's
    // darkness.
    const auto series = [](const QString& path) {
        auto profile = checks::onlyChecks(checks::defaultProfile(), {u"black"_s});
        const auto run = checkFile(path, *profile);
        return run->measurements.checks.at(u"black"_s).series.begin()->second;
    };
    const auto before = series(clip.before);
    const auto after = series(clip.after);
    for (std::size_t frame = 0; frame < 35; ++frame)
        QVERIFY(std::abs(before.value(frame) - after.value(frame)) < 0.01);
}

void FixPictureTest::redFlashingLosesItsSaturation_data()
{
    QTest::addColumn<double>("standard");
    for (const checks::FlashStandard& rules : checks::flashStandards())
        QTest::addRow("%s", rules.id) << static_cast<double>(rules.choice);
}

void FixPictureTest::redFlashingLosesItsSaturation()
{
    QFETCH(double, standard);
    CorrectedClip clip;
    clip.profile.checks[u"red_flash"_s].thresholds[u"standard"_s] = standard;
    // Full red and a grey of the same luma (BT.709), and beside it a green that must stay.
    const GeneratedClip source = clipWith([](const Canvas& canvas, int frame) {
        canvas.rectangle(520, 60, 100, 300, 173, 42, 26);
        if (frame >= 40 && frame < 70)
            canvas.rectangle(0, 60, 500, 300, 63, frame / 2 % 2 == 0 ? 102 : 128, frame / 2 % 2 == 0 ? 240 : 128);
    });
    QVERIFY2(clip.run(source, {u"red_flash"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"red_flash"_s), CheckOutcome::Fail);
    QCOMPARE(clip.outcome(clip.reportAfter, u"red_flash"_s), CheckOutcome::Pass);
    QVERIFY(clip.proposal.plan.red && !clip.proposal.plan.flash);
    QVERIFY(clip.proposal.plan.red->spans.front().first >= 35 && clip.proposal.plan.red->spans.back().last <= 75);
}

void FixPictureTest::illegalLevelsAreBroughtIn()
{
    CorrectedClip clip;
    // Super-white, super-black and a colour far outside of RGB, for a second.
    const GeneratedClip source = clipWith([](const Canvas& canvas, int frame) {
        if (frame < 30 || frame >= 60)
            return;
        canvas.rectangle(0, 0, 160, 200, 254);
        canvas.rectangle(200, 0, 160, 200, 1);
        canvas.rectangle(400, 0, 160, 200, 200, 240, 20);
    });
    QVERIFY2(clip.run(source, {u"levels"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"levels"_s), CheckOutcome::Fail);
    QCOMPARE(clip.outcome(clip.reportAfter, u"levels"_s), CheckOutcome::Pass);
    QCOMPARE(clip.proposal.plan.levels->spans.size(), std::size_t(1));
    QVERIFY(std::abs(clip.proposal.plan.levels->spans.front().first - 30) <= 2);
}

void FixPictureTest::clippedWhitesAreRefused()
{
    CorrectedClip clip;
    const GeneratedClip source = clipWith([](const Canvas& canvas, int) { canvas.rectangle(0, 40, 400, 300, 235); });
    QVERIFY(clip.write(source));
    QVERIFY2(clip.propose({u"levels"_s}), qPrintable(clip.failure));
    QVERIFY(!clip.proposal.plan.levels);
    QVERIFY(clip.refusal(u"levels"_s));
    QCOMPARE(clip.refusal(u"levels"_s)->reason, u"clipped_whites"_s);
}

void FixPictureTest::blackEndsAreCutWhereNothingIsHeard()
{
    CorrectedClip clip;
    const Sound sound = during(3.1, 7.9, syllables(-23), [](int, std::int64_t) { return 0.0F; });
    QVERIFY2(clip.run(blackEnds(sound), {u"black"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"black"_s), CheckOutcome::Fail);
    QCOMPARE(clip.outcome(clip.reportAfter, u"black"_s), CheckOutcome::Pass);
    QCOMPARE(clip.reportAfter.frames, 125);
    QVERIFY2(std::abs(clip.reportAfter.duration - 5) < 0.05, qPrintable(QString::number(clip.reportAfter.duration)));
    QCOMPARE(clip.file.streams.back().treatment, u"copied"_s);
}

void FixPictureTest::soundUnderBlackIsNotCut()
{
    CorrectedClip clip;
    QVERIFY(clip.write(blackEnds(syllables(-23))));
    QVERIFY2(clip.propose({u"black"_s}), qPrintable(clip.failure));
    QVERIFY(!clip.proposal.plan.trim);
    QCOMPARE(clip.refusal(u"black"_s)->reason, u"sound_under_black"_s);
}

void FixPictureTest::blackInsideIsRefused()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith(
        [](const Canvas& canvas, int frame) {
            if (frame >= 30 && frame < 100)
                canvas.fill(16);
        },
        140)));
    QVERIFY2(clip.propose({u"black"_s}), qPrintable(clip.failure));
    QVERIFY(clip.proposal.plan.isEmpty());
    QCOMPARE(clip.refusal(u"black"_s)->reason, u"inside_programme"_s);
}

void FixPictureTest::constantBarsAreCropped()
{
    CorrectedClip clip;
    const GeneratedClip source = clipWith([](const Canvas& canvas, int) {
        canvas.fill(90);
        canvas.rectangle(120, 100, 300, 120, 180, 90, 150);
        canvas.rectangle(0, 0, 640, 45, 16);
        canvas.rectangle(0, 315, 640, 45, 16);
    });
    QVERIFY2(clip.run(source, {u"letterbox"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"letterbox"_s), CheckOutcome::Fail);
    QCOMPARE(clip.outcome(clip.reportAfter, u"letterbox"_s), CheckOutcome::Pass);
    QCOMPARE(clip.proposal.plan.crop->width, 640);
    QVERIFY(std::abs(clip.proposal.plan.crop->height - 270) <= 2);
}

void FixPictureTest::changingBarsAreRefused()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith([](const Canvas& canvas, int frame) {
        canvas.fill(90);
        if (frame >= 50) {
            canvas.rectangle(0, 0, 640, 45, 16);
            canvas.rectangle(0, 315, 640, 45, 16);
        }
    })));
    QVERIFY2(clip.propose({u"letterbox"_s}), qPrintable(clip.failure));
    QVERIFY(!clip.proposal.plan.crop);
    QCOMPARE(clip.refusal(u"letterbox"_s)->reason, u"bars_change"_s);
}

void FixPictureTest::severalCorrectionsAreOneRun()
{
    CorrectedClip clip;
    GeneratedClip source = blackEnds(during(3.1, 7.9, syllables(-35), [](int, std::int64_t) { return 0.0F; }));
    source.painter = [](const Canvas& canvas, int frame) {
        paintNumbered(canvas, frame);
        if (frame >= 120 && frame < 150)
            canvas.fill(frame / 2 % 2 == 0 ? 235 : 16);
        if (frame < 75 || frame >= 200)
            canvas.fill(16);
    };
    QVERIFY2(clip.run(source, {u"black"_s, u"flash"_s, u"loudness"_s}), qPrintable(clip.failure));
    for (const QString& id : {u"black"_s, u"flash"_s, u"loudness"_s}) {
        QCOMPARE(clip.outcome(clip.report, id), CheckOutcome::Fail);
        QCOMPARE(clip.outcome(clip.reportAfter, id), CheckOutcome::Pass);
    }
    QCOMPARE(clip.reportAfter.frames, 125);
}

void FixPictureTest::aPlanThatDoesNotFitIsRefused_data()
{
    using namespace transcode;
    QTest::addColumn<FixPlan>("plan");
    QTest::newRow("nothing") << FixPlan {};
    QTest::newRow("frames beyond the end") << FixPlan {.levels = LevelsFix {{{90, 900}}}};
    QTest::newRow("a crop beyond the edge") << FixPlan {.crop = checks::Region {600, 0, 100, 100}};
    QTest::newRow("a trim beyond the end") << FixPlan {.trim = TrimFix {{10, 5000}, 0.4, 200}};
    QTest::newRow("sound that is not there") << FixPlan {.sound = SoundFix {.gainDb = 3}};
    QTest::newRow("an unknown standard") << FixPlan {.flash = FlashFix {{{1, 5}}, 77}};
}

void FixPictureTest::aPlanThatDoesNotFitIsRefused()
{
    QFETCH(transcode::FixPlan, plan);
    CorrectedClip clip;
    QVERIFY(clip.write(GeneratedClip {}));
    clip.proposal.plan = plan;
    QVERIFY(!clip.correct());
}

void FixPictureTest::whatIsNoMediaIsRefused()
{
    CorrectedClip clip;
    QFile file(clip.before);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, 'x'));
    file.close();
    clip.proposal.plan.levels = transcode::LevelsFix {{{0, 10}}};
    QVERIFY(!clip.correct());
}

void FixPictureTest::aCancelledRunEnds()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith([](const Canvas&, int) { })));
    const UniqueFd from(::open(QFile::encodeName(clip.before).constData(), O_RDONLY | O_CLOEXEC));
    const UniqueFd to(::open(QFile::encodeName(clip.after).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    const transcode::FixPlan plan {.levels = transcode::LevelsFix {{{0, 50}}}};
    const CancelSource source;
    source.cancel();
    const auto fixed = transcode::engine::fixFile(from.get(), to.get(), plan, source.token());
    QVERIFY(!fixed);
    QCOMPARE(fixed.error().code, ErrorCode::Canceled);
}

QTEST_GUILESS_MAIN(FixPictureTest)
#include "tst_fix_picture.moc"

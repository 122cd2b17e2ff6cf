#include "core/media/engine/probe.h"
#include "corrected_clip.h"
#include "support/sounds.h"

#include <QtTest>

using namespace vidimus;
using namespace vidimus::test;
using checks::CheckOutcome;
using namespace Qt::StringLiterals;

namespace {

GeneratedClip clipWith(const Sound& sound, const QString& codec = u"aac"_s)
{
    GeneratedClip clip;
    clip.frames = 200; // 8 s
    clip.audioTracks = 1;
    clip.audioCodec = codec;
    clip.tone = sound;
    if (codec == "flac"_L1)
        clip.container = u"matroska"_s;
    return clip;
}

/// Speech with a bang of a millisecond, once in so many seconds.
Sound bangs(double speechDbfs, double bangDbfs, int everySeconds = 1)
{
    return mixed(syllables(speechDbfs), [=](int, std::int64_t index) {
        const auto within = static_cast<double>(index % (std::int64_t {48000} * everySeconds));
        const double envelope = within < 48 ? std::sin(within / 48 * 3.14159265) : 0;
        return static_cast<float>(std::pow(10, bangDbfs / 20) * envelope * std::sin(within * 0.31));
    });
}

} // namespace

/// Corrections of the sound: the figures hold afterwards, and nothing else is touched.
class FixSoundTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGainBringsTheProgrammeToItsTarget_data();
    void aGainBringsTheProgrammeToItsTarget();
    void peaksThatWouldPassTheCeilingAreLimited();
    void peaksAloneAreLimitedAndTheLoudnessStays();
    void thePictureIsCopiedPacketByPacket();
    void everyOtherSoundIsCopied();
    void silenceIsRefused();
    void whatOnlyAMixCanHelpIsRefused();
    void whatPassesIsLeftAlone();
    void aFileWithoutSoundIsRefused();
};

void FixSoundTest::aGainBringsTheProgrammeToItsTarget_data()
{
    QTest::addColumn<double>("level");
    QTest::addColumn<QString>("codec");
    QTest::newRow("too quiet") << -38.0 << u"aac"_s;
    QTest::newRow("too loud") << -12.0 << u"aac"_s;
    QTest::newRow("lossless") << -35.0 << u"flac"_s;
}

void FixSoundTest::aGainBringsTheProgrammeToItsTarget()
{
    QFETCH(double, level);
    QFETCH(QString, codec);
    CorrectedClip clip;
    QVERIFY2(clip.run(clipWith(syllables(level), codec), {u"loudness"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"loudness"_s), CheckOutcome::Fail);
    QCOMPARE(clip.proposal.steps.size(), std::size_t(1));
    QVERIFY(clip.proposal.plan.sound);
    QCOMPARE(clip.outcome(clip.reportAfter, u"loudness"_s), CheckOutcome::Pass);
    const double loudness = clip.measured(clip.reportAfter, u"loudness"_s, u"integrated_lufs"_s);
    QVERIFY2(std::abs(loudness + 23) < 0.3, qPrintable(QString::number(loudness)));
    const QString after = clip.file.streams.back().codec;
    QCOMPARE(after, codec);
}

void FixSoundTest::peaksThatWouldPassTheCeilingAreLimited()
{
    CorrectedClip clip;
    QVERIFY2(clip.run(clipWith(bangs(-38, -4)), {u"loudness"_s, u"true_peak"_s}), qPrintable(clip.failure));
    QVERIFY(clip.proposal.plan.sound && clip.proposal.plan.sound->limits);
    QCOMPARE(clip.outcome(clip.reportAfter, u"loudness"_s), CheckOutcome::Pass);
    QCOMPARE(clip.outcome(clip.reportAfter, u"true_peak"_s), CheckOutcome::Pass);
    QVERIFY(clip.file.gainDb >= clip.proposal.plan.sound->gainDb);
}

void FixSoundTest::peaksAloneAreLimitedAndTheLoudnessStays()
{
    CorrectedClip clip;
    QVERIFY2(clip.run(clipWith(bangs(-26, 1), u"flac"_s), {u"true_peak"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.outcome(clip.report, u"true_peak"_s), CheckOutcome::Fail);
    QCOMPARE(clip.proposal.plan.sound->gainDb, 0.0);
    QCOMPARE(clip.outcome(clip.reportAfter, u"true_peak"_s), CheckOutcome::Pass);
    const auto loudness
        = [&](const checks::Report& report) { return clip.measured(report, u"loudness"_s, u"integrated_lufs"_s); };
    QVERIFY(std::abs(loudness(clip.report) - loudness(clip.reportAfter)) < 0.5);
}

void FixSoundTest::thePictureIsCopiedPacketByPacket()
{
    CorrectedClip clip;
    QVERIFY2(clip.run(clipWith(syllables(-38)), {u"loudness"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.file.streams.front().treatment, u"copied"_s);
    QCOMPARE(clip.file.frames, 0);
    const auto before = packetsOf(clip.before, 0);
    QCOMPARE(before.size(), std::size_t(200));
    QCOMPARE(packetsOf(clip.after, 0), before);
    // Both begin and end where they did.
    QFile from(clip.before);
    QFile to(clip.after);
    QVERIFY(from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadOnly));
    const auto a = media::engine::probe(from.handle());
    const auto b = media::engine::probe(to.handle());
    QVERIFY(a && b);
    QVERIFY(std::abs(a->durationSeconds - b->durationSeconds) < 0.03);
    QVERIFY(std::abs(a->programmeAudio()->startSeconds - b->programmeAudio()->startSeconds) < 0.001);
    QCOMPARE(a->programmeVideo()->frameCount, b->programmeVideo()->frameCount);
    QCOMPARE(a->programmeVideo()->startSeconds, b->programmeVideo()->startSeconds);
}

void FixSoundTest::everyOtherSoundIsCopied()
{
    CorrectedClip clip;
    GeneratedClip source = clipWith(syllables(-38));
    source.audioTracks = 2;
    QVERIFY2(clip.run(source, {u"loudness"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.file.streams.size(), std::size_t(3));
    QCOMPARE(std::ranges::count(clip.file.streams, u"copied"_s, &transcode::FixedStream::treatment), 2);
    QCOMPARE(packetsOf(clip.after, 2), packetsOf(clip.before, 2));
    QVERIFY(packetsOf(clip.after, 1) != packetsOf(clip.before, 1));
}

void FixSoundTest::silenceIsRefused()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith([](int, std::int64_t) { return 0.0F; })));
    QVERIFY2(clip.propose({u"loudness"_s}), qPrintable(clip.failure));
    QVERIFY(clip.proposal.plan.isEmpty());
    QVERIFY(clip.refusal(u"loudness"_s));
    QCOMPARE(clip.refusal(u"loudness"_s)->reason, u"silent"_s);
}

void FixSoundTest::whatOnlyAMixCanHelpIsRefused()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith(bangs(-50, -2, 5))));
    QVERIFY2(clip.propose({u"loudness"_s, u"true_peak"_s}), qPrintable(clip.failure));
    QVERIFY(!clip.proposal.plan.sound);
    QCOMPARE(clip.refusal(u"loudness"_s)->reason, u"needs_a_mix"_s);
}

void FixSoundTest::whatPassesIsLeftAlone()
{
    CorrectedClip clip;
    QVERIFY(clip.write(clipWith(syllables(-38))));
    clip.profile.checks[u"loudness"_s].thresholds[u"tolerance"_s] = 40;
    QVERIFY2(clip.propose({u"loudness"_s}), qPrintable(clip.failure));
    QVERIFY(clip.proposal.plan.isEmpty());
    QCOMPARE(clip.refusal(u"loudness"_s)->reason, u"not_failing"_s);
    QVERIFY(!clip.correct()); // an empty plan is no correction
}

void FixSoundTest::aFileWithoutSoundIsRefused()
{
    CorrectedClip clip;
    QVERIFY(clip.write(GeneratedClip {}));
    QVERIFY2(clip.propose({u"loudness"_s, u"true_peak"_s}), qPrintable(clip.failure));
    QCOMPARE(clip.refusal(u"loudness"_s)->reason, u"not_evaluated"_s);
    QVERIFY(clip.proposal.plan.isEmpty());
}

QTEST_GUILESS_MAIN(FixSoundTest)
#include "tst_fix_sound.moc"

#include "checks/synthetic_programme.h"

#include <QTest>
#include <cmath>
#include <limits>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;
using enum vidimus::media::ChannelRole;

namespace {

bool isBetween(qint64 index, double start, double end, int rate = 48000)
{
    return index >= std::llround(start * rate) && index < std::llround(end * rate);
}

/// Stretches of one stereo tone at levels in dBFS, as the tables of EBU Tech 3341 and 3342 give them.
struct Step {
    double dbfs;
    double seconds;
};
using Steps = std::vector<Step>;

SyntheticProgramme steppedTone(const Steps& steps)
{
    SyntheticProgramme programme;
    for (const Step& step : steps)
        programme.soundSeconds += step.seconds;
    programme.sound = [steps, carrier = tone(1000, 0)](int channel, qint64 index) {
        double end = 0;
        for (const Step& step : steps) {
            end += step.seconds;
            if (static_cast<double>(index) < end * 48000)
                return static_cast<float>(std::pow(10.0, step.dbfs / 20)) * carrier(channel, index);
        }
        return 0.0F;
    };
    return programme;
}

} // namespace

class SoundChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void loudnessMeetsEbuTech3341_data();
    void loudnessMeetsEbuTech3341();
    void rangeMeetsEbuTech3342_data();
    void rangeMeetsEbuTech3342();
    void momentaryAndShortTermAreTheHighest();
    void surroundIsWeighted_data();
    void surroundIsWeighted();
    void loudnessIsJudgedAtItsTolerance();
    void silentProgrammeIsTooQuiet();
    void tooShortSoundIsNotEvaluated();
    void truePeakFindsPeaksBetweenSamples_data();
    void truePeakFindsPeaksBetweenSamples();
    void truePeakIsLocated();
    void silenceIsFoundToTheWindow_data();
    void silenceIsFoundToTheWindow();
    void silenceIsJudgedAtItsLevel_data();
    void silenceIsJudgedAtItsLevel();
    void silentChannelIsNamed();
    void silentMixIsNotReportedPerChannel();
    void restingSurroundIsNoFault();
    void aGapInTheSoundIsSilence();
    void valuesThatAreNoNumbersAreDamage();
    void damageThatGoesOnIsOneRange();
    void damageWithoutEndIsBounded();
    void blockSizeChangesNothing();
    void lengthsAreCompared_data();
    void lengthsAreCompared();
    void noSoundIsNotEvaluated();
};

void SoundChecksTest::loudnessMeetsEbuTech3341_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<double>("lufs");
    QTest::newRow("case 1") << Steps {{-23, 20}} << -23.0;
    QTest::newRow("case 2") << Steps {{-33, 20}} << -33.0;
    QTest::newRow("case 3") << Steps {{-36, 10}, {-23, 60}, {-36, 10}} << -23.0;
    QTest::newRow("case 4") << Steps {{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}} << -23.0;
    QTest::newRow("case 5") << Steps {{-26, 20}, {-20, 20.1}, {-26, 20}} << -23.0;
}

void SoundChecksTest::loudnessMeetsEbuTech3341()
{
    QFETCH(Steps, steps);
    QFETCH(double, lufs);
    const CheckResult result = steppedTone(steps).judged(u"loudness"_s);
    QVERIFY(std::abs(result.measured.at(u"integrated_lufs"_s) - lufs) <= 0.1);
}

void SoundChecksTest::rangeMeetsEbuTech3342_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<double>("range");
    QTest::newRow("case 1") << Steps {{-20, 20}, {-30, 20}} << 10.0;
    QTest::newRow("case 2") << Steps {{-20, 20}, {-15, 20}} << 5.0;
    QTest::newRow("case 3") << Steps {{-40, 20}, {-20, 20}} << 20.0;
    QTest::newRow("case 4") << Steps {{-50, 20}, {-35, 20}, {-20, 20}, {-35, 20}, {-50, 20}} << 15.0;
}

void SoundChecksTest::rangeMeetsEbuTech3342()
{
    QFETCH(Steps, steps);
    QFETCH(double, range);
    const CheckResult result = steppedTone(steps).judged(u"loudness"_s);
    QVERIFY(std::abs(result.measured.at(u"range_lu"_s) - range) <= 1.0);
}

void SoundChecksTest::momentaryAndShortTermAreTheHighest()
{
    const CheckResult result = steppedTone({{-40, 6}, {-20, 0.4}, {-40, 6}}).judged(u"loudness"_s);
    QVERIFY(std::abs(result.measured.at(u"max_momentary_lufs"_s) + 20.0) <= 0.1);
    // 0.4 s of 3 s at -20 and the rest at -40.
    const double expected = 10 * std::log10((0.4 * 0.01 + 2.6 * 0.0001) / 3);
    QVERIFY(std::abs(result.measured.at(u"max_short_term_lufs"_s) - expected) <= 0.1);
}

void SoundChecksTest::surroundIsWeighted_data()
{
    QTest::addColumn<std::vector<media::ChannelRole>>("roles");
    QTest::addColumn<int>("sounding");
    QTest::addColumn<double>("lufs"); // of a tone of -20 dBFS in that channel: -23 at weight 1
    const std::vector five {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight};
    const std::vector seven {
        FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight, SideLeft, SideRight};
    QTest::newRow("mono") << std::vector {FrontCenter} << 0 << -23.0;
    QTest::newRow("5.1 centre") << five << 2 << -23.0;
    QTest::newRow("5.1 effects") << five << 3 << -70.0;
    QTest::newRow("5.1 back") << five << 4 << -21.5;
    QTest::newRow("7.1 back") << seven << 4 << -23.0;
    QTest::newRow("7.1 side") << seven << 6 << -21.5;
}

void SoundChecksTest::surroundIsWeighted()
{
    QFETCH(std::vector<media::ChannelRole>, roles);
    QFETCH(int, sounding);
    QFETCH(double, lufs);
    SyntheticProgramme programme {.soundSeconds = 3, .roles = roles};
    programme.sound = [=](int channel, qint64 index) { return channel == sounding ? tone(1000, -20)(0, index) : 0.0F; };
    const double measured = programme.judged(u"loudness"_s).measured.at(u"integrated_lufs"_s);
    QVERIFY2(std::abs(measured - lufs) <= 0.1, qPrintable(QString::number(measured)));
}

void SoundChecksTest::loudnessIsJudgedAtItsTolerance()
{
    SyntheticProgramme programme {.soundSeconds = 3, .soundStart = 0.5};
    programme.sound = tone(1000, -22.6);
    QCOMPARE(programme.judged(u"loudness"_s).outcome, CheckOutcome::Pass);
    programme.sound = tone(1000, -22.3);
    const CheckResult result = programme.judged(u"loudness"_s);
    QCOMPARE(result.outcome, CheckOutcome::Fail);
    QCOMPARE(result.findings.at(0).detail, u"too_loud"_s);
    QCOMPARE(result.findings.at(0).start, 0.5);
    QCOMPARE(result.findings.at(0).end, 3.5);
    QCOMPARE(result.findings.at(0).firstFrame, -1);
}

void SoundChecksTest::silentProgrammeIsTooQuiet()
{
    const SyntheticProgramme programme {.soundSeconds = 3};
    const CheckResult result = programme.judged(u"loudness"_s);
    QCOMPARE(result.measured.at(u"integrated_lufs"_s), -70.0);
    QCOMPARE(result.findings.at(0).detail, u"too_quiet"_s);
}

void SoundChecksTest::tooShortSoundIsNotEvaluated()
{
    SyntheticProgramme programme {.soundSeconds = 0.3};
    programme.sound = tone(1000, -23);
    const CheckResult result = programme.judged(u"loudness"_s);
    QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
    QCOMPARE(result.cause, u"too_short"_s);
}

void SoundChecksTest::truePeakFindsPeaksBetweenSamples_data()
{
    QTest::addColumn<double>("phase"); // degrees
    QTest::addColumn<int>("divisor"); // of the sample rate
    QTest::addColumn<double>("dbtp");
    // EBU Tech 3341, cases 15 to 19: a sine of 0.5 (-6 dBTP), +0.2/-0.4 dB allowed; case 19: 1.41 (+3 dBTP).
    QTest::newRow("case 15") << 0.0 << 4 << -6.0;
    QTest::newRow("case 16") << 45.0 << 4 << -6.0;
    QTest::newRow("case 17") << 60.0 << 6 << -6.0;
    QTest::newRow("case 18") << 67.5 << 8 << -6.0;
    QTest::newRow("case 19") << 45.0 << 4 << 3.0;
}

void SoundChecksTest::truePeakFindsPeaksBetweenSamples()
{
    QFETCH(double, phase);
    QFETCH(int, divisor);
    QFETCH(double, dbtp);
    SyntheticProgramme programme {.soundSeconds = 1};
    programme.sound = [=](int, qint64 index) {
        const double angle = 2 * M_PI * static_cast<double>(index % divisor) / divisor + phase * M_PI / 180;
        // Faded over 20 ms: a tone that starts at once would have higher peaks than its own.
        const double fade = std::min(1.0, static_cast<double>(std::min(index, 47999 - index)) / 960);
        return static_cast<float>(fade * std::pow(10.0, dbtp / 20) * std::sin(angle));
    };
    const double measured = programme.judged(u"true_peak"_s).measured.at(u"true_peak_dbtp"_s);
    QVERIFY2(measured <= dbtp + 0.2 && measured >= dbtp - 0.4, qPrintable(QString::number(measured)));
}

void SoundChecksTest::truePeakIsLocated()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound = [](int channel, qint64 index) {
        return tone(997, channel == 1 && isBetween(index, 6, 8) ? -0.5 : -6)(channel, index);
    };
    const CheckResult result = programme.judged(u"true_peak"_s);
    QCOMPARE(result.findings.size(), 1u);
    QVERIFY(std::abs(result.findings[0].start - 6) <= 0.1);
    QVERIFY(std::abs(result.findings[0].end - 8) <= 0.1);
    QVERIFY(std::abs(result.findings[0].measured.at(u"true_peak_dbtp"_s) + 0.5) <= 0.2);
    QCOMPARE(
        programme.judged(u"true_peak"_s, withThreshold(u"true_peak"_s, u"max_level"_s, 0)).outcome, CheckOutcome::Pass);
}

void SoundChecksTest::silenceIsFoundToTheWindow_data()
{
    QTest::addColumn<int>("rate");
    for (const int rate : {48000, 44100, 22050, 11025, 96000})
        QTest::addRow("%d Hz", rate) << rate;
}

void SoundChecksTest::silenceIsFoundToTheWindow()
{
    QFETCH(int, rate);
    SyntheticProgramme programme {.soundSeconds = 10, .sampleRate = rate};
    programme.sound = [=](int channel, qint64 index) {
        return isBetween(index, 4, 6.5, rate) ? 0.0F : tone(440, -12, rate)(channel, index);
    };
    const CheckResult result = programme.judged(u"silence"_s);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].detail, u"silence"_s);
    QVERIFY(std::abs(result.findings[0].start - 4) <= 0.011);
    QVERIFY(std::abs(result.findings[0].end - 6.5) <= 0.011);
    QCOMPARE(programme.judged(u"silence"_s, withThreshold(u"silence"_s, u"min_duration"_s, 2.6)).outcome,
        CheckOutcome::Pass);
}

void SoundChecksTest::silenceIsJudgedAtItsLevel_data()
{
    QTest::addColumn<double>("dbfs");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("quieter") << -60.1 << CheckOutcome::Fail;
    QTest::newRow("louder") << -59.8 << CheckOutcome::Pass;
}

void SoundChecksTest::silenceIsJudgedAtItsLevel()
{
    QFETCH(double, dbfs);
    SyntheticProgramme programme {.soundSeconds = 4};
    programme.sound = tone(1000, dbfs);
    QTEST(programme.judged(u"silence"_s).outcome, "outcome");
}

void SoundChecksTest::silentChannelIsNamed()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound = [](int channel, qint64 index) {
        return channel == 1 && isBetween(index, 3, 7) ? 0.0F : tone(440, -12)(channel, index);
    };
    const CheckResult result = programme.judged(u"silence"_s);
    QCOMPARE(result.findings.size(), 1u);
    QCOMPARE(result.findings[0].detail, u"channel_silent_right"_s);
    QCOMPARE(result.findings[0].start, 3.0);
    QCOMPARE(result.findings[0].end, 7.0);
}

void SoundChecksTest::silentMixIsNotReportedPerChannel()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound
        = [](int channel, qint64 index) { return isBetween(index, 3, 7) ? 0.0F : tone(440, -12)(channel, index); };
    QCOMPARE(programme.judged(u"silence"_s).findings.size(), 1u);
}

void SoundChecksTest::restingSurroundIsNoFault()
{
    SyntheticProgramme programme {
        .soundSeconds = 5, .roles = {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight}};
    programme.sound = [](int channel, qint64 index) { return channel < 2 ? tone(440, -12)(channel, index) : 0.0F; };
    QCOMPARE(programme.judged(u"silence"_s).outcome, CheckOutcome::Pass);
}

void SoundChecksTest::aGapInTheSoundIsSilence()
{
    SyntheticProgramme programme {.soundSeconds = 8, .gapAt = 4, .gapLength = 3};
    programme.sound = tone(440, -12);
    const CheckResult result = programme.judged(u"silence"_s);
    QCOMPARE(result.findings.size(), 1u);
    QVERIFY(std::abs(result.findings[0].start - 4) <= 0.011);
    QVERIFY(std::abs(result.findings[0].end - 7) <= 0.011);
}

void SoundChecksTest::valuesThatAreNoNumbersAreDamage()
{
    SyntheticProgramme programme {.soundSeconds = 4};
    programme.sound = [](int channel, qint64 index) {
        return index == 96000 ? std::numeric_limits<float>::quiet_NaN() : tone(1000, -23)(channel, index);
    };
    const Report report = judge(programme.measure(), defaultProfile());
    for (const CheckResult& result : report.checks) {
        if (result.id == "loudness"_L1) {
            QCOMPARE(result.cause, u"damaged"_s);
            QVERIFY(std::abs(result.measured.at(u"integrated_lufs"_s) + 23) < 0.1);
        }
        if (result.id == "decode_errors"_L1)
            QCOMPARE(result.findings.at(0).detail, u"sound_damaged"_s);
    }
}

void SoundChecksTest::damageThatGoesOnIsOneRange()
{
    SyntheticProgramme programme {.soundSeconds = 4};
    programme.sound = [](int channel, qint64 index) {
        const bool bad = (index >= 48'000 && index < 96'000) || index == 150'000;
        return bad ? std::numeric_limits<float>::quiet_NaN() : tone(1000, -23)(channel, index);
    };
    programme.blockFrames = 480;
    const CheckResult result = programme.judged(u"decode_errors"_s);
    QCOMPARE(result.findings.size(), 2u);
    QCOMPARE(result.findings[0].start, 1.0);
    QCOMPARE(result.findings[0].end, 2.0);
    QCOMPARE(result.findings[1].end, 3.13);
}

void SoundChecksTest::damageWithoutEndIsBounded()
{
    SyntheticProgramme programme {.soundSeconds = 100, .sampleRate = 8000};
    programme.sound = [](int, qint64 index) { return index % 32 < 16 ? std::numeric_limits<float>::infinity() : 0.0F; };
    programme.blockFrames = 16; // each second block is damaged: 25,000 ranges of two thousandths
    const CheckResult result = programme.judged(u"decode_errors"_s);
    QCOMPARE(result.findings.size(), 20'000u);
    QCOMPARE(result.findings.back().end, 99.998);
}

void SoundChecksTest::blockSizeChangesNothing()
{
    SyntheticProgramme programme {.soundSeconds = 4.321};
    programme.sound = tone(1000, -23);
    const Measurements reference = programme.measure();
    for (const int frames : {1, 480, 4096, 1000000}) {
        programme.blockFrames = frames;
        QCOMPARE(judge(programme.measure(), defaultProfile()), judge(reference, defaultProfile()));
    }
}

void SoundChecksTest::lengthsAreCompared_data()
{
    QTest::addColumn<double>("seconds"); // sound beside 4 s of picture at 25 fps
    QTest::addColumn<QString>("detail");
    QTest::newRow("equal") << 4.0 << QString();
    QTest::newRow("two frames short") << 3.92 << QString();
    QTest::newRow("more than two frames short") << 3.91 << u"sound_too_short"_s;
    QTest::newRow("two seconds long") << 6.0 << QString();
    QTest::newRow("more than two seconds long") << 6.01 << u"sound_too_long"_s;
}

void SoundChecksTest::lengthsAreCompared()
{
    QFETCH(double, seconds);
    QFETCH(QString, detail);
    SyntheticProgramme programme {.frames = 100, .soundSeconds = seconds};
    programme.luma = [](int frame, int x, int) { return 50 + (frame + x) % 100; };
    const CheckResult result = programme.judged(u"duration"_s);
    QCOMPARE(result.outcome, detail.isEmpty() ? CheckOutcome::Pass : CheckOutcome::Fail);
    if (!detail.isEmpty()) {
        QCOMPARE(result.findings.size(), 1u);
        QCOMPARE(result.findings[0].detail, detail);
        QCOMPARE(result.findings[0].start, std::min(seconds, 4.0));
        QCOMPARE(result.findings[0].end, std::max(seconds, 4.0));
    }
}

void SoundChecksTest::noSoundIsNotEvaluated()
{
    SyntheticProgramme programme {.frames = 10};
    programme.luma = [](int frame, int x, int) { return 50 + (frame * 7 + x) % 100; };
    for (const QString& id : {u"loudness"_s, u"true_peak"_s, u"silence"_s}) {
        const CheckResult result = programme.judged(id);
        QCOMPARE(result.outcome, CheckOutcome::NotEvaluated);
        QCOMPARE(result.cause, u"no_audio"_s);
    }
}

QTEST_GUILESS_MAIN(SoundChecksTest)
#include "tst_sound_checks.moc"

#include "checks/synthetic_programme.h"
#include "support/sounds.h"

#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;
using enum vidimus::media::ChannelRole;

namespace {

const std::vector<media::ChannelRole> kSurround {FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight};

QStringList detailsOf(const CheckResult& result)
{
    QStringList details;
    for (const Finding& finding : result.findings)
        details.append(finding.detail);
    return details;
}

bool spans(const CheckResult& result, double start, double end, double slack)
{
    if (result.findings.size() == 1 && std::abs(result.findings[0].start - start) <= slack
        && std::abs(result.findings[0].end - end) <= slack)
        return true;
    for (const Finding& finding : result.findings)
        qWarning("%s from %f to %f", qPrintable(finding.detail), finding.start, finding.end);
    return false;
}

/// Only the channels that are named sound.
Sound onlyOn(QList<int> channels, Sound sound)
{
    return [=](int channel, std::int64_t index) { return channels.contains(channel) ? sound(channel, index) : 0.0F; };
}

Sound inverted(int which, Sound sound)
{
    return [=](int channel, std::int64_t index) { return channel == which ? -sound(0, index) : sound(0, index); };
}

} // namespace

class SoundFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clippedStretchIsFound_data();
    void clippedStretchIsFound();
    void loudIsNotClipped();
    void clippingLevelIsChosen();
    void oppositeChannelsAreFound_data();
    void oppositeChannelsAreFound();
    void wideStereoIsNoFault();
    void pausesDoNotCutAStretch();
    void surroundPairIsWatched();
    void monoAsStereoIsToldFromStereo_data();
    void monoAsStereoIsToldFromStereo();
    void monoHasNoPhase();
    void missingChannelIsNamed_data();
    void missingChannelIsNamed();
    void restingChannelIsJudgedByItsLimit();
    void silentProgrammeMissesNoChannel();
    void effectsChannelInAnotherPlaceIsFound();
    void goodSurroundPasses();
    void offsetIsFound_data();
    void offsetIsFound();
    void deepNotesAreNoOffset_data();
    void deepNotesAreNoOffset();
    void humIsFound_data();
    void humIsFound();
    void humInAPartIsFound();
    void notesAreNoHum_data();
    void notesAreNoHum();
    void testToneIsFound_data();
    void testToneIsFound();
    void bleepSpeechAndChordAreNoTone();
    void levelJumpIsFound_data();
    void levelJumpIsFound();
    void speechFadeAndPausesAreNoJump_data();
    void speechFadeAndPausesAreNoJump();
    void lateSoundIsFound_data();
    void lateSoundIsFound();
    void blockSizeChangesNothing();
    void everyRateAndChannelCountIsTaken_data();
    void everyRateAndChannelCountIsTaken();
};

void SoundFaultsTest::clippedStretchIsFound_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channel");
    QTest::newRow("left, 48 kHz") << 48000 << 0;
    QTest::newRow("right, 44.1 kHz") << 44100 << 1;
    QTest::newRow("right, 8 kHz") << 8000 << 1;
}

void SoundFaultsTest::clippedStretchIsFound()
{
    QFETCH(int, rate);
    QFETCH(int, channel);
    SyntheticProgramme programme {.soundSeconds = 6, .sampleRate = rate};
    const auto sample = during(2, 3, tone(200, 12, rate), tone(200, -6, rate), rate);
    programme.sound = [=](int each, qint64 index) {
        return std::clamp(each == channel ? sample(0, index) : tone(200, -6, rate)(0, index), -1.0F, 1.0F);
    };
    const CheckResult result = programme.judged(u"clipping"_s);
    QCOMPARE(result.outcome, CheckOutcome::Fail);
    QVERIFY(spans(result, 2, 3, 0.1));
    QVERIFY(result.measured.at(u"samples_at_full_scale"_s) > rate / 2.0);
}

void SoundFaultsTest::loudIsNotClipped()
{
    SyntheticProgramme programme {.soundSeconds = 2};
    programme.sound = tone(997, -0.1);
    QCOMPARE(programme.judged(u"clipping"_s).outcome, CheckOutcome::Pass);
    // Single samples at full scale, as in good loud masters.
    programme.sound = [](int, qint64 index) { return index % 1000 < 2 ? 1.0F : 0.1F; };
    QCOMPARE(programme.judged(u"clipping"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::clippingLevelIsChosen()
{
    SyntheticProgramme programme {.soundSeconds = 2};
    programme.sound = [](int, qint64 index) {
        return std::clamp(tone(300, 9)(0, index), -0.96F, 0.96F); // cut off at -0.35 dBFS
    };
    QCOMPARE(programme.judged(u"clipping"_s).outcome, CheckOutcome::Pass);
    QCOMPARE(
        programme.judged(u"clipping"_s, withThreshold(u"clipping"_s, u"level"_s, -0.5)).outcome, CheckOutcome::Fail);
}

void SoundFaultsTest::oppositeChannelsAreFound_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::newRow("tone") << Sound(tone(440, -12));
    QTest::newRow("noise") << whiteNoise(-20);
    QTest::newRow("syllables") << syllables(-20);
}

void SoundFaultsTest::oppositeChannelsAreFound()
{
    QFETCH(Sound, sound);
    SyntheticProgramme programme {.soundSeconds = 16};
    programme.sound = during(5, 11, inverted(1, sound), [=](int, std::int64_t index) { return sound(0, index); });
    const CheckResult result = programme.judged(u"phase"_s, withThreshold(u"phase"_s, u"min_side"_s, -120));
    QVERIFY(spans(result, 5, 11, 0.1));
    QCOMPARE(result.findings[0].detail, u"out_of_phase"_s);
    QVERIFY(result.findings[0].measured.at(u"correlation"_s) < -0.95);
}

void SoundFaultsTest::wideStereoIsNoFault()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound = whiteNoise(-20); // nothing in common
    QCOMPARE(programme.judged(u"phase"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::pausesDoNotCutAStretch()
{
    SyntheticProgramme programme {.soundSeconds = 8};
    const Sound opposite = inverted(1, whiteNoise(-20));
    programme.sound
        = [=](int channel, qint64 index) { return index % 48000 < 14400 ? 0.0F : opposite(channel, index); };
    QCOMPARE(programme.judged(u"phase"_s).findings.size(), 1u);
}

void SoundFaultsTest::surroundPairIsWatched()
{
    SyntheticProgramme programme {.soundSeconds = 4, .roles = kSurround};
    programme.sound = inverted(5, whiteNoise(-20));
    const CheckResult result = programme.judged(u"phase"_s);
    QVERIFY(detailsOf(result).contains(u"surround_out_of_phase"_s));
    QVERIFY(!detailsOf(result).contains(u"out_of_phase"_s));
}

void SoundFaultsTest::monoAsStereoIsToldFromStereo_data()
{
    QTest::addColumn<double>("side"); // dB against the middle
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("the same twice") << -200.0 << CheckOutcome::Fail;
    QTest::newRow("just mono") << -36.0 << CheckOutcome::Fail;
    QTest::newRow("just stereo") << -34.0 << CheckOutcome::Pass;
}

void SoundFaultsTest::monoAsStereoIsToldFromStereo()
{
    QFETCH(double, side);
    SyntheticProgramme programme {.soundSeconds = 5};
    const Sound middle = whiteNoise(-20, 1);
    const Sound difference = whiteNoise(-20 + side, 9);
    programme.sound = [=](int channel, qint64 index) {
        return middle(0, index) + (channel == 0 ? 1.0F : -1.0F) * difference(0, index);
    };
    QTEST(programme.judged(u"phase"_s).outcome, "outcome");
}

void SoundFaultsTest::monoHasNoPhase()
{
    SyntheticProgramme programme {.soundSeconds = 2, .roles = {FrontCenter}, .sound = whiteNoise(-20)};
    const CheckResult result = programme.judged(u"phase"_s);
    QCOMPARE(result.cause, u"no_stereo_pair"_s);
    // That is no reason to doubt the file.
    Report report;
    report.checks = {result, CheckResult {.id = u"tone"_s, .outcome = CheckOutcome::Pass}};
    QCOMPARE(verdict(report), CheckOutcome::Pass);
}

void SoundFaultsTest::missingChannelIsNamed_data()
{
    QTest::addColumn<std::vector<media::ChannelRole>>("roles");
    QTest::addColumn<QList<int>>("sounding");
    QTest::addColumn<QStringList>("details");
    const std::vector stereo {FrontLeft, FrontRight};
    QTest::newRow("right") << stereo << QList<int> {0} << QStringList {u"channel_missing_right"_s};
    QTest::newRow("left") << stereo << QList<int> {1} << QStringList {u"channel_missing_left"_s};
    QTest::newRow("none") << stereo << QList<int> {0, 1} << QStringList {};
    QTest::newRow("centre") << kSurround << QList<int> {0, 1, 4, 5} << QStringList {u"channel_missing_centre"_s};
    QTest::newRow("surrounds rest") << kSurround << QList<int> {0, 1, 2} << QStringList {};
}

void SoundFaultsTest::missingChannelIsNamed()
{
    QFETCH(std::vector<media::ChannelRole>, roles);
    QFETCH(QList<int>, sounding);
    QFETCH(QStringList, details);
    SyntheticProgramme programme {.soundSeconds = 5, .roles = roles, .sound = onlyOn(sounding, whiteNoise(-20))};
    QCOMPARE(detailsOf(programme.judged(u"channels"_s)), details);
}

void SoundFaultsTest::restingChannelIsJudgedByItsLimit()
{
    SyntheticProgramme programme {.soundSeconds = 5, .roles = kSurround, .sound = onlyOn({0, 1, 2}, whiteNoise(-20))};
    const Profile strict = withThreshold(u"channels"_s, u"max_silent_surround"_s, 0.9);
    QCOMPARE(detailsOf(programme.judged(u"channels"_s, strict)),
        (QStringList {u"channel_missing_back_left"_s, u"channel_missing_back_right"_s}));
}

void SoundFaultsTest::silentProgrammeMissesNoChannel()
{
    const SyntheticProgramme programme {.soundSeconds = 3};
    QCOMPARE(programme.judged(u"channels"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::effectsChannelInAnotherPlaceIsFound()
{
    // Film order (L C R Ls Rs LFE) with the labels of SMPTE order (L R C LFE Ls Rs).
    SyntheticProgramme programme {.soundSeconds = 4, .roles = kSurround};
    programme.sound = [noise = whiteNoise(-24)](int channel, std::int64_t index) {
        return channel == 5 ? tone(50, -12)(0, index) : noise(channel, index);
    };
    const QStringList details = detailsOf(programme.judged(u"channels"_s));
    QVERIFY(details.contains(u"lfe_not_low"_s));
    QVERIFY(details.contains(u"lfe_in_other_channel"_s));
}

void SoundFaultsTest::goodSurroundPasses()
{
    SyntheticProgramme programme {.soundSeconds = 4, .roles = kSurround};
    programme.sound = [noise = whiteNoise(-24), hiss = whiteNoise(-70)](int channel, std::int64_t index) {
        return channel == 3 ? tone(60, -12)(0, index) + hiss(0, index) : noise(channel, index);
    };
    QCOMPARE(programme.judged(u"channels"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::offsetIsFound_data()
{
    QTest::addColumn<double>("dbfs");
    QTest::addColumn<CheckOutcome>("outcome");
    QTest::newRow("over") << -49.0 << CheckOutcome::Fail;
    QTest::newRow("under") << -51.0 << CheckOutcome::Pass;
    QTest::newRow("far over") << -20.0 << CheckOutcome::Fail;
}

void SoundFaultsTest::offsetIsFound()
{
    QFETCH(double, dbfs);
    SyntheticProgramme programme {.soundSeconds = 12};
    const auto offset = static_cast<float>(std::pow(10.0, dbfs / 20));
    programme.sound = [=, noise = whiteNoise(-24)](
                          int channel, qint64 index) { return noise(0, index) - (channel == 1 ? offset : 0.0F); };
    const CheckResult result = programme.judged(u"dc_offset"_s);
    QTEST(result.outcome, "outcome");
    QVERIFY(std::abs(result.measured.at(u"dc_right_dbfs"_s) - dbfs) < 0.6);
    QVERIFY(result.measured.at(u"dc_left_dbfs"_s) < -60);
}

void SoundFaultsTest::deepNotesAreNoOffset_data()
{
    QTest::addColumn<double>("hertz");
    for (const double hertz : {16.35, 20.5, 27.5, 31.3, 49.9})
        QTest::addRow("%g Hz", hertz) << hertz;
}

void SoundFaultsTest::deepNotesAreNoOffset()
{
    QFETCH(double, hertz);
    SyntheticProgramme programme {.soundSeconds = 12, .sound = tone(hertz, -9)};
    QCOMPARE(programme.judged(u"dc_offset"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::humIsFound_data()
{
    QTest::addColumn<Sound>("programmeSound");
    QTest::addColumn<double>("hertz");
    QTest::addColumn<int>("rate");
    QTest::addColumn<QString>("detail");
    QTest::newRow("50 Hz under noise") << whiteNoise(-40) << 50.0 << 48000 << u"hum_50_hz"_s;
    QTest::newRow("60 Hz under noise") << whiteNoise(-40) << 60.0 << 48000 << u"hum_60_hz"_s;
    QTest::newRow("drifting grid") << whiteNoise(-40) << 49.85 << 44100 << u"hum_50_hz"_s;
    QTest::newRow("under syllables") << syllables(-26, 22050) << 60.05 << 22050 << u"hum_60_hz"_s;
}

void SoundFaultsTest::humIsFound()
{
    QFETCH(Sound, programmeSound);
    QFETCH(double, hertz);
    QFETCH(int, rate);
    QFETCH(QString, detail);
    SyntheticProgramme programme {.soundSeconds = 16, .sampleRate = rate};
    programme.sound = mixed(programmeSound, mainsHum(hertz, -45, rate));
    const CheckResult result = programme.judged(u"hum"_s);
    QCOMPARE(detailsOf(result), QStringList {detail});
    // The lines' powers add up to 1.25 dB above the fundamental's.
    QVERIFY(std::abs(result.findings[0].measured.at(u"hum_dbfs"_s) + 43.75) < 1.5);
    programme.sound = programmeSound;
    QCOMPARE(programme.judged(u"hum"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::humInAPartIsFound()
{
    SyntheticProgramme programme {.soundSeconds = 40};
    const Sound clean = whiteNoise(-40);
    programme.sound = during(10, 26, mixed(clean, mainsHum(50, -40)), clean);
    QVERIFY(spans(programme.judged(u"hum"_s), 10, 26, 2));
}

void SoundFaultsTest::notesAreNoHum_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::newRow("G1") << mainsHum(48.999, -20);
    QTest::newRow("B1") << mainsHum(61.735, -20);
    QTest::newRow("A1") << mainsHum(55, -20);
    QTest::newRow("syllables") << syllables(-20);
}

void SoundFaultsTest::notesAreNoHum()
{
    QFETCH(Sound, sound);
    SyntheticProgramme programme {.soundSeconds = 16, .sound = mixed(sound, whiteNoise(-50))};
    QCOMPARE(programme.judged(u"hum"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::testToneIsFound_data()
{
    QTest::addColumn<double>("hertz");
    QTest::addColumn<int>("rate");
    for (const double hertz : {100.0, 440.0, 1000.0, 3150.0})
        QTest::addRow("%g Hz", hertz) << hertz << 48000;
    QTest::newRow("1 kHz at 44.1") << 1000.0 << 44100;
    QTest::newRow("1 kHz at 8") << 1000.0 << 8000;
}

void SoundFaultsTest::testToneIsFound()
{
    QFETCH(double, hertz);
    QFETCH(int, rate);
    SyntheticProgramme programme {.soundSeconds = 12, .sampleRate = rate};
    programme.sound = during(3, 8, mixed(tone(hertz, -18, rate), whiteNoise(-65)), syllables(-20, rate), rate);
    const CheckResult result = programme.judged(u"tone"_s);
    QVERIFY(spans(result, 3, 8, 0.1));
    QVERIFY(std::abs(result.findings[0].measured.at(u"frequency_hz"_s) - hertz) <= 0.01 * hertz);
    QVERIFY(std::abs(result.findings[0].measured.at(u"tone_dbfs"_s) + 18) <= 0.2);
}

void SoundFaultsTest::bleepSpeechAndChordAreNoTone()
{
    SyntheticProgramme programme {.soundSeconds = 10};
    programme.sound = during(4, 5, tone(1000, -18), syllables(-20));
    QCOMPARE(programme.judged(u"tone"_s).outcome, CheckOutcome::Pass);
    programme.sound = mixed(tone(440, -18), tone(660, -30));
    QCOMPARE(programme.judged(u"tone"_s).outcome, CheckOutcome::Pass);
    programme.sound = [](int, qint64 index) { // a slide
        const double t = static_cast<double>(index) / 48000;
        return static_cast<float>(0.2 * std::sin(2 * M_PI * (400 * t + 60 * t * t)));
    };
    QCOMPARE(programme.judged(u"tone"_s).outcome, CheckOutcome::Pass);
}

void SoundFaultsTest::levelJumpIsFound_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::addColumn<double>("jump");
    QTest::addColumn<double>("slack"); // seconds
    QTest::addColumn<double>("levelSlack"); // dB
    QTest::newRow("noise down") << whiteNoise(-20) << -12.0 << 0.1 << 1.0;
    QTest::newRow("noise up") << whiteNoise(-30) << 12.0 << 0.1 << 1.0;
    // The syllables themselves differ by 12 dB.
    QTest::newRow("syllables down") << syllables(-20) << -14.0 << 0.35 << 5.0;
    QTest::newRow("syllables up") << syllables(-30) << 14.0 << 0.35 << 5.0;
}

void SoundFaultsTest::levelJumpIsFound()
{
    QFETCH(Sound, sound);
    QFETCH(double, jump);
    QFETCH(double, slack);
    QFETCH(double, levelSlack);
    SyntheticProgramme programme {.soundSeconds = 16, .sound = during(8, 16, amplified(jump, sound), sound)};
    const CheckResult result = programme.judged(u"level_jump"_s);
    QCOMPARE(detailsOf(result), QStringList {jump < 0 ? u"level_drop"_s : u"level_rise"_s});
    QVERIFY2(std::abs(result.findings[0].start - 8) <= slack, qPrintable(QString::number(result.findings[0].start)));
    const double measured = result.findings[0].measured.at(u"jump_db"_s);
    QVERIFY2(std::abs(measured - std::abs(jump)) <= levelSlack, qPrintable(QString::number(measured)));
}

void SoundFaultsTest::speechFadeAndPausesAreNoJump_data()
{
    QTest::addColumn<Sound>("sound");
    QTest::newRow("syllables") << syllables(-20);
    const auto fading = [](double length, double decibels, const Sound& sound) {
        return Sound([=](int channel, std::int64_t index) {
            const double seconds = static_cast<double>(index) / 48000;
            const double change = std::clamp((seconds - 7) / length, 0.0, 1.0) * decibels;
            return static_cast<float>(std::pow(10.0, change / 20)) * sound(channel, index);
        });
    };
    QTest::newRow("a fade of 6 s") << fading(6, -24, whiteNoise(-10));
    QTest::newRow("a fade of 2.5 s") << fading(2.5, -16, whiteNoise(-10));
    QTest::newRow("a fade of 1 s") << fading(1, -14, whiteNoise(-10));
    QTest::newRow("a fade of 1.5 s into sound") << fading(1.5, 14, whiteNoise(-30));
    // A low hum of machines, then a high voice in its place, 14 dB louder; and music that sets in over soft air.
    QTest::newRow("another source") << during(8, 18, tone(2500, -12), tone(180, -26));
    QTest::newRow("music over air") << during(
        8, 18, mixed(whiteNoise(-42), mixed(tone(220, -18), tone(330, -20))), whiteNoise(-42));
    QTest::newRow("a pause") << during(7, 9, [](int, std::int64_t) { return 0.0F; }, whiteNoise(-20));
    QTest::newRow("an end") << during(9, 20, [](int, std::int64_t) { return 0.0F; }, whiteNoise(-20));
}

void SoundFaultsTest::speechFadeAndPausesAreNoJump()
{
    QFETCH(Sound, sound);
    SyntheticProgramme programme {.soundSeconds = 18, .sound = sound};
    QCOMPARE(detailsOf(programme.judged(u"level_jump"_s)), QStringList());
}

void SoundFaultsTest::lateSoundIsFound_data()
{
    QTest::addColumn<double>("start");
    QTest::addColumn<QStringList>("details");
    QTest::newRow("together") << 0.0 << QStringList {};
    QTest::newRow("a little late") << 0.2 << QStringList {};
    QTest::newRow("late") << 0.3 << QStringList {u"sound_starts_late"_s};
}

void SoundFaultsTest::lateSoundIsFound()
{
    QFETCH(double, start);
    QFETCH(QStringList, details);
    SyntheticProgramme programme {.frames = 50, .soundSeconds = 2, .soundStart = start};
    programme.luma = [](int frame, int x, int) { return 50 + (frame + x) % 100; };
    const CheckResult result = programme.judged(u"av_sync"_s);
    QCOMPARE(detailsOf(result), details);
    QVERIFY(std::abs(result.measured.at(u"start_offset_s"_s) - start) < 1e-9);
}

void SoundFaultsTest::blockSizeChangesNothing()
{
    SyntheticProgramme programme {.soundSeconds = 7.321, .gapAt = 3, .gapLength = 0.5};
    programme.sound = mixed(syllables(-20), mainsHum(50, -45));
    const Measurements reference = programme.measure();
    for (const int frames : {1, 479, 4096, 1000000}) {
        programme.blockFrames = frames;
        const Measurements again = programme.measure();
        for (const auto& [id, check] : reference.checks)
            QVERIFY2(again.checks.at(id).series == check.series, qPrintable(u"%1 at %2"_s.arg(id).arg(frames)));
    }
}

void SoundFaultsTest::everyRateAndChannelCountIsTaken_data()
{
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    for (const int rate : {1, 99, 1000, 8000, 11025, 44100, 192000}) {
        for (const int channels : {1, 2, 6, 8})
            QTest::addRow("%d Hz, %d channels", rate, channels) << rate << channels;
    }
}

void SoundFaultsTest::everyRateAndChannelCountIsTaken()
{
    QFETCH(int, rate);
    QFETCH(int, channels);
    constexpr media::ChannelRole kRoles[] {
        FrontLeft, FrontRight, FrontCenter, LowFrequency, BackLeft, BackRight, SideLeft, SideRight};
    SyntheticProgramme programme {.soundSeconds = 1.3, .sampleRate = rate, .roles = {kRoles, kRoles + channels}};
    programme.sound = [noise = whiteNoise(-6)](int channel, qint64 index) {
        return index % 7 == 3 ? 100.0F : noise(channel, index); // far beyond full scale
    };
    const Report report = judge(programme.measure(), defaultProfile());
    for (const CheckResult& result : report.checks) {
        QVERIFY2(result.outcome != CheckOutcome::NotEvaluated || !result.cause.isEmpty(), qPrintable(result.id));
        for (const auto& [name, value] : result.measured)
            QVERIFY2(std::isfinite(value), qPrintable(result.id + u' ' + name));
    }
}

QTEST_GUILESS_MAIN(SoundFaultsTest)
#include "tst_sound_faults.moc"

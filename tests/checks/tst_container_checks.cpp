#include "checks/synthetic_programme.h"
#include "core/checks/engine/coding_levels.h"
#include "core/checks/engine/run_checks.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

using Kind = media::TimeEvent::Kind;

/// Four seconds of picture at 25 frames a second with sound and a container that says nothing wrong.
SyntheticProgramme goodProgramme()
{
    SyntheticProgramme programme {.frames = 100, .soundSeconds = 4, .hasContainer = true};
    programme.luma = [](int frame, int x, int) { return 50 + (frame * 3 + x) % 100; };
    programme.container.declaredSeconds = 4;
    programme.adjustFacts = [](media::MediaFacts& facts) {
        facts.container = u"mov"_s;
        facts.video[0].codec = u"h264"_s;
        facts.video[0].averageRate = {25, 1};
        facts.audio[0].codec = u"aac"_s;
        facts.audio[0].language = u"eng"_s;
    };
    return programme;
}

QStringList detailsOf(const CheckResult& result)
{
    QStringList details;
    for (const Finding& finding : result.findings)
        details.append(finding.detail);
    return details;
}

Profile strict(const QString& check, const Values& thresholds)
{
    Profile profile = defaultProfile();
    for (const auto& [name, value] : thresholds)
        profile.checks[check].thresholds[name] = value;
    return profile;
}

Result<Report> reportOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Io, path, {}};
    auto input = media::engine::Input::open(file.handle());
    if (!input)
        return std::move(input).error();
    auto run = engine::runChecks(**input, defaultProfile());
    return run ? Result<Report>(run->report) : Result<Report>(run.error());
}

CheckResult resultOf(const Report& report, const QString& id)
{
    for (const CheckResult& result : report.checks) {
        if (result.id == id)
            return result;
    }
    return {};
}

} // namespace

class ContainerChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGoodContainerPasses();
    void withoutPacketsNothingIsSaid();
    void aFrameThatLastsIsAGap();
    void slidesAreNoGaps();
    void soundEventsAreJudgedBySize_data();
    void soundEventsAreJudgedBySize();
    void countedFaultsAreJudged_data();
    void countedFaultsAreJudged();
    void irregularFramesAreAShare();
    void tracksAreCounted_data();
    void tracksAreCounted();
    void captionsAreJudged_data();
    void captionsAreJudged();
    void closedCaptionsCount();
    void declaredLengthIsCompared();
    void levelsAreThoseOfTheStandard_data();
    void levelsAreThoseOfTheStandard();
    void profilesAndContainers();
    void layoutIsRead_data();
    void layoutIsRead();
    void aCutFileIsTruncated_data();
    void aCutFileIsTruncated();
    void realCaptionsAreRead();

private:
    QTemporaryDir m_folder;
};

void ContainerChecksTest::aGoodContainerPasses()
{
    const SyntheticProgramme programme = goodProgramme();
    for (const QString& id : {u"timestamps"_s, u"tracks"_s, u"captions"_s, u"conformance"_s, u"decode_errors"_s,
             u"duration"_s, u"av_sync"_s})
        QCOMPARE(programme.judged(id).outcome, CheckOutcome::Pass);
}

void ContainerChecksTest::withoutPacketsNothingIsSaid()
{
    SyntheticProgramme programme = goodProgramme();
    programme.hasContainer = false;
    for (const QString& id : {u"timestamps"_s, u"captions"_s, u"conformance"_s})
        QCOMPARE(programme.judged(id).cause, u"not_measured"_s);
}

void ContainerChecksTest::aFrameThatLastsIsAGap()
{
    SyntheticProgramme programme = goodProgramme();
    for (int frame = 0; frame <= 100; ++frame)
        programme.timesMs.push_back(frame * 40 + (frame > 50 ? 2000 : 0));
    const CheckResult result = programme.judged(u"timestamps"_s);
    QCOMPARE(detailsOf(result), QStringList {u"picture_gap"_s});
    QVERIFY(std::abs(result.findings[0].start - 2.04) < 0.001);
    QVERIFY(std::abs(result.findings[0].end - 4.04) < 0.001);
    QCOMPARE(result.findings[0].firstFrame, 50);
    QVERIFY(std::abs(result.findings[0].measured.at(u"gap_s"_s) - 2) < 0.001);
    QCOMPARE(programme.judged(u"timestamps"_s, withThreshold(u"timestamps"_s, u"max_picture_gap"_s, 2.1)).outcome,
        CheckOutcome::Pass);
}

void ContainerChecksTest::slidesAreNoGaps()
{
    SyntheticProgramme programme = goodProgramme();
    programme.frames = 5;
    programme.timesMs = {0, 4000, 8000, 12000, 16000, 20000};
    QCOMPARE(programme.judged(u"timestamps"_s).outcome, CheckOutcome::Pass);
}

void ContainerChecksTest::soundEventsAreJudgedBySize_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QStringList>("details");
    QTest::newRow("gap") << int(Kind::Gap) << 0.5 << QStringList {u"sound_gap"_s};
    QTest::newRow("small gap") << int(Kind::Gap) << 0.09 << QStringList {};
    QTest::newRow("overlap") << int(Kind::Overlap) << 0.2 << QStringList {u"sound_overlap"_s};
    QTest::newRow("small overlap") << int(Kind::Overlap) << 0.05 << QStringList {};
    QTest::newRow("back") << int(Kind::Backwards) << 0.04 << QStringList {u"time_goes_back"_s};
}

void ContainerChecksTest::soundEventsAreJudgedBySize()
{
    QFETCH(int, kind);
    QFETCH(double, seconds);
    QFETCH(QStringList, details);
    SyntheticProgramme programme = goodProgramme();
    programme.container.events = {{static_cast<Kind>(kind), 1, 2.0, seconds}};
    const CheckResult result = programme.judged(u"timestamps"_s);
    QCOMPARE(detailsOf(result), details);
    if (!details.isEmpty())
        QVERIFY(std::abs(result.findings[0].start - 2) <= 0.06);
}

void ContainerChecksTest::countedFaultsAreJudged_data()
{
    QTest::addColumn<QString>("detail");
    for (const char* detail : {"duplicate_times", "starts_between_keys", "times_missing"})
        QTest::newRow(detail) << QString::fromLatin1(detail);
}

void ContainerChecksTest::countedFaultsAreJudged()
{
    QFETCH(QString, detail);
    SyntheticProgramme programme = goodProgramme();
    programme.container.duplicateTimes = detail == "duplicate_times"_L1 ? 2 : 0;
    programme.container.beforeFirstKey = detail == "starts_between_keys"_L1 ? 7 : 0;
    programme.container.missingTimes = detail == "times_missing"_L1 ? 3 : 0;
    QCOMPARE(detailsOf(programme.judged(u"timestamps"_s, withThreshold(u"timestamps"_s, u"max_missing"_s, 0))),
        QStringList {detail});
}

void ContainerChecksTest::irregularFramesAreAShare()
{
    SyntheticProgramme programme = goodProgramme();
    qint64 time = 0;
    for (int frame = 0; frame <= 100; ++frame) {
        programme.timesMs.push_back(time);
        time += frame % 4 == 3 ? 60 : 40;
    }
    const CheckResult result
        = programme.judged(u"timestamps"_s, withThreshold(u"timestamps"_s, u"max_irregular_share"_s, 0.2));
    QCOMPARE(detailsOf(result), QStringList {u"variable_frame_rate"_s});
    QVERIFY(std::abs(result.measured.at(u"irregular_share"_s) - 0.25) < 0.01);
    // A rate of 29.97 in whole milliseconds is constant.
    programme.timesMs.clear();
    for (int frame = 0; frame <= 100; ++frame)
        programme.timesMs.push_back(std::llround(frame * 1001.0 / 30));
    QCOMPARE(programme.judged(u"timestamps"_s).measured.at(u"irregular_share"_s), 0.0);
}

void ContainerChecksTest::tracksAreCounted_data()
{
    QTest::addColumn<Values>("thresholds");
    QTest::addColumn<QStringList>("details");
    QTest::newRow("anything") << Values {} << QStringList {};
    QTest::newRow("one picture") << Values {{u"max_picture"_s, 1}} << QStringList {u"picture_extra"_s};
    QTest::newRow("three sounds") << Values {{u"min_sound"_s, 3}} << QStringList {u"sound_missing"_s};
    QTest::newRow("one sound") << Values {{u"max_sound"_s, 1}} << QStringList {u"sound_extra"_s};
    QTest::newRow("captions") << Values {{u"min_captions"_s, 2}} << QStringList {u"caption_tracks_missing"_s};
    QTest::newRow("languages") << Values {{u"max_untagged_sound"_s, 0}, {u"max_untagged_captions"_s, 0}}
                               << QStringList {u"sound_language_missing"_s, u"caption_language_missing"_s};
    QTest::newRow("channels") << Values {{u"min_channels"_s, 6}} << QStringList {u"too_few_channels"_s};
    QTest::newRow("rate") << Values {{u"min_sample_rate"_s, 96000}} << QStringList {u"sample_rate_too_low"_s};
    QTest::newRow("other") << Values {{u"max_other"_s, 0}} << QStringList {u"other_extra"_s};
}

void ContainerChecksTest::tracksAreCounted()
{
    QFETCH(Values, thresholds);
    QFETCH(QStringList, details);
    SyntheticProgramme programme = goodProgramme();
    programme.adjustFacts = [](media::MediaFacts& facts) {
        facts.video.push_back(facts.video[0]);
        facts.video.push_back(facts.video[0]);
        facts.video.back().coverArt = true; // no programme
        facts.audio.push_back(facts.audio[0]);
        facts.audio[0].language = u"eng"_s;
        facts.subtitles.emplace_back();
        facts.others.emplace_back();
    };
    QCOMPARE(detailsOf(programme.judged(u"tracks"_s, strict(u"tracks"_s, thresholds))), details);
}

void ContainerChecksTest::captionsAreJudged_data()
{
    using Cues = std::vector<media::CaptionCue>;
    QTest::addColumn<Cues>("cues");
    QTest::addColumn<Values>("thresholds");
    QTest::addColumn<QStringList>("details");
    const Cues good {{0.5, 1.5, 20}, {2, 3.5, 30}};
    QTest::newRow("good") << good << Values {{u"required"_s, 1}} << QStringList {};
    QTest::newRow("none") << Cues {} << Values {{u"required"_s, 1}} << QStringList {u"captions_missing"_s};
    QTest::newRow("none needed") << Cues {} << Values {} << QStringList {};
    QTest::newRow("too late") << Cues {{0.5, 1.5, 20}, {4.2, 5, 10}} << Values {}
                              << QStringList {u"captions_after_end"_s};
    QTest::newRow("just fits") << Cues {{0.5, 1.5, 20}, {3, 4.4, 10}} << Values {} << QStringList {};
    QTest::newRow("too fast") << Cues {{0.5, 1.5, 26}} << Values {} << QStringList {u"captions_too_fast"_s};
    QTest::newRow("long pause") << Cues {{0.1, 0.6, 5}} << Values {{u"max_pause"_s, 3}}
                                << QStringList {u"captions_pause"_s};
}

void ContainerChecksTest::captionsAreJudged()
{
    QFETCH(std::vector<media::CaptionCue>, cues);
    QFETCH(Values, thresholds);
    QFETCH(QStringList, details);
    SyntheticProgramme programme = goodProgramme();
    programme.container.captions = {{2, true, cues}};
    QCOMPARE(detailsOf(programme.judged(u"captions"_s, strict(u"captions"_s, thresholds))), details);
}

void ContainerChecksTest::closedCaptionsCount()
{
    SyntheticProgramme programme = goodProgramme();
    const Profile profile = strict(u"captions"_s, {{u"required"_s, 1}});
    QCOMPARE(programme.judged(u"captions"_s, profile).outcome, CheckOutcome::Fail);
    programme.closedCaptions = true;
    QCOMPARE(programme.judged(u"captions"_s, profile).outcome, CheckOutcome::Pass);
}

void ContainerChecksTest::declaredLengthIsCompared()
{
    SyntheticProgramme programme = goodProgramme();
    programme.container.declaredSeconds = 5.5;
    QCOMPARE(detailsOf(programme.judged(u"duration"_s)), QStringList {u"declared_duration_wrong"_s});
}

void ContainerChecksTest::levelsAreThoseOfTheStandard_data()
{
    QTest::addColumn<QString>("codec");
    QTest::addColumn<int>("level");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("rate");
    QTest::addColumn<bool>("fits");
    QTest::newRow("1080p30 at 4.0") << u"h264"_s << 40 << 1920 << 1088 << 30 << true;
    QTest::newRow("1080p60 at 4.0") << u"h264"_s << 40 << 1920 << 1088 << 60 << false;
    QTest::newRow("1080p60 at 4.2") << u"h264"_s << 42 << 1920 << 1088 << 60 << true;
    QTest::newRow("720p60 at 3.1") << u"h264"_s << 31 << 1280 << 720 << 60 << false;
    QTest::newRow("2160p30 at 4.2") << u"h264"_s << 42 << 3840 << 2160 << 30 << false;
    QTest::newRow("H.265 2160p60 at 5.1") << u"hevc"_s << 153 << 3840 << 2160 << 60 << true;
    QTest::newRow("H.265 2160p60 at 5.0") << u"hevc"_s << 150 << 3840 << 2160 << 60 << false;
    QTest::newRow("unknown level") << u"h264"_s << 77 << 3840 << 2160 << 60 << true;
    QTest::newRow("other codec") << u"vp9"_s << 10 << 3840 << 2160 << 60 << true;
}

void ContainerChecksTest::levelsAreThoseOfTheStandard()
{
    QFETCH(QString, codec);
    QFETCH(int, level);
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(int, rate);
    SyntheticProgramme programme = goodProgramme();
    programme.container.pictureLevel = level;
    programme.adjustFacts = [=](media::MediaFacts& facts) {
        facts.video[0].codec = codec;
        facts.video[0].width = width;
        facts.video[0].height = height;
        facts.video[0].averageRate = {rate, 1};
    };
    QTEST(detailsOf(programme.judged(u"conformance"_s)).isEmpty(), "fits");
}

void ContainerChecksTest::profilesAndContainers()
{
    using engine::isUsualIn;
    using engine::profileHolds;
    QCOMPARE(profileHolds(u"h264", 100, 8, u"yuv420p"), true);
    QCOMPARE(profileHolds(u"h264", 100, 10, u"yuv420p10le"), false);
    QCOMPARE(profileHolds(u"h264", 578, 8, u"yuv420p"), true); // constrained baseline
    QCOMPARE(profileHolds(u"h264", 122, 10, u"yuv422p10le"), true);
    QCOMPARE(profileHolds(u"h264", 110, 10, u"yuv422p10le"), false);
    QVERIFY(!profileHolds(u"vp9", 0, 10, u"yuv420p10le"));
    QCOMPARE(isUsualIn(u"mov", u"aac"), true);
    QCOMPARE(isUsualIn(u"mov", u"vorbis"), false);
    QCOMPARE(isUsualIn(u"mpegts", u"vp9"), false);
    QVERIFY(!isUsualIn(u"matroska", u"anything"));
    QVERIFY(!isUsualIn(u"mov", u""));
}

void ContainerChecksTest::layoutIsRead_data()
{
    QTest::addColumn<bool>("fastStart");
    QTest::newRow("fast start") << true;
    QTest::newRow("index last") << false;
}

void ContainerChecksTest::layoutIsRead()
{
    QFETCH(bool, fastStart);
    GeneratedClip clip;
    clip.audioTracks = 1;
    clip.fastStart = fastStart;
    const QString path = m_folder.filePath(u"layout.mp4"_s);
    QVERIFY(clip.write(path));
    const auto report = reportOf(path);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    const CheckResult result = resultOf(*report, u"conformance"_s);
    QCOMPARE(result.outcome, CheckOutcome::Pass);
    QCOMPARE(result.measured.at(u"index_last"_s), fastStart ? 0.0 : 1.0);
    QCOMPARE(result.measured.at(u"fragmented"_s), 0.0);
    QCOMPARE(result.measured.at(u"edits"_s), 0.0); // the encoder's priming is none
    QVERIFY(result.measured.at(u"level_load"_s) > 0 && result.measured.at(u"level_load"_s) <= 1);
    QVERIFY(result.measured.at(u"peak_bit_rate_mbps"_s) > 0);
    QCOMPARE(resultOf(*report, u"timestamps"_s).outcome, CheckOutcome::Pass);
    QCOMPARE(resultOf(*report, u"decode_errors"_s).outcome, CheckOutcome::Pass);
}

void ContainerChecksTest::aCutFileIsTruncated_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("share");
    QTest::newRow("MP4, half") << u"cut.mp4"_s << 0.5;
    QTest::newRow("MP4, nearly whole") << u"cut.mp4"_s << 0.97;
    QTest::newRow("MP4, most") << u"cut.mp4"_s << 0.8;
}

void ContainerChecksTest::aCutFileIsTruncated()
{
    QFETCH(QString, name);
    QFETCH(double, share);
    GeneratedClip clip;
    clip.audioTracks = 1;
    const QString path = m_folder.filePath(name);
    QVERIFY(clip.write(path));
    QVERIFY(QFile::resize(path, static_cast<qint64>(static_cast<double>(QFile(path).size()) * share)));
    const auto report = reportOf(path);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    const CheckResult result = resultOf(*report, u"decode_errors"_s);
    QCOMPARE(result.outcome, CheckOutcome::Fail);
    QVERIFY(detailsOf(result).contains(u"truncated"_s));
    QVERIFY(verdict(*report) == CheckOutcome::Fail);
}

void ContainerChecksTest::realCaptionsAreRead()
{
    const auto report = reportOf(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/nasa_two_video_two_audio_subs.mp4"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    const CheckResult captions = resultOf(*report, u"captions"_s);
    QVERIFY(captions.measured.at(u"cues"_s) > 0);
    QCOMPARE(captions.measured.at(u"captions_present"_s), 1.0);
    QCOMPARE(resultOf(*report, u"tracks"_s).measured.at(u"sound_tracks"_s), 2.0);
}

QTEST_GUILESS_MAIN(ContainerChecksTest)
#include "tst_container_checks.moc"

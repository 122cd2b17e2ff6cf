#include "core/base/json.h"
#include "core/checks/engine/run_checks.h"
#include "core/checks/judge.h"
#include "support/generated_clip.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <ctime>
#include <malloc.h>
#include <map>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

Result<engine::CheckRun> checkFile(
    const QString& path, const Profile& profile, int threads = 2, engine::CheckThread where = engine::CheckThread::Own)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Io, path, {}};
    media::engine::InputLimits limits;
    limits.decoderThreads = threads;
    auto input = media::engine::Input::open(file.handle(), limits);
    if (!input)
        return std::move(input).error();
    return engine::runChecks(**input, profile, {}, {}, where);
}

CheckResult resultOf(const Report& report, const QString& id)
{
    for (const CheckResult& result : report.checks) {
        if (result.id == id)
            return result;
    }
    return {};
}

/// Five seconds at 25 fps: black 25–49, and silence from 2 to 4.5 s.
GeneratedClip faultyClip()
{
    GeneratedClip clip;
    clip.frames = 125;
    clip.painter = [](const Canvas& canvas, int frame) {
        if (frame < 25 || frame > 49)
            paintNumbered(canvas, frame);
    };
    clip.audioTracks = 1;
    clip.tone = [carrier = sine(440, 0.25)](int channel, std::int64_t index) {
        return index >= 96000 && index < 216000 ? 0.0F : carrier(channel, index);
    };
    return clip;
}

} // namespace

class RunChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void findsPlantedFaultsThroughCodecs_data();
    void findsPlantedFaultsThroughCodecs();
    void theReportIsTheSameForEveryThreadCount_data();
    void theReportIsTheSameForEveryThreadCount();
    void theReportIsTheSameOnTheDecodersThread();
    void refusesCostsThatAreNone_data();
    void refusesCostsThatAreNone();
    void aLongPassKeepsLittle();
    void whereTheTimeGoes();
    void storedMeasurementsGiveTheSameReport();
    void soundAloneIsChecked();
    void brokenDataIsNeverPassed();
    void cancelStopsThePass();

private:
    [[nodiscard]] QString pathOf(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void RunChecksTest::findsPlantedFaultsThroughCodecs_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("picture");
    QTest::addColumn<QString>("pixels");
    QTest::addColumn<QString>("sound");
    QTest::newRow("H.264 and AAC") << u"a.mp4"_s << u"libx264"_s << u"yuv420p"_s << u"aac"_s;
    QTest::newRow("10-bit H.264 and PCM") << u"b.mkv"_s << u"libx264"_s << u"yuv420p10le"_s << u"pcm_s16le"_s;
    QTest::newRow("MPEG-2 and MP2") << u"c.ts"_s << u"mpeg2video"_s << u"yuv420p"_s << u"mp2"_s;
}

void RunChecksTest::findsPlantedFaultsThroughCodecs()
{
    QFETCH(QString, file);
    QFETCH(QString, picture);
    QFETCH(QString, pixels);
    QFETCH(QString, sound);
    GeneratedClip clip = faultyClip();
    clip.videoCodec = picture;
    clip.pixelFormat = pixels;
    clip.audioCodec = sound;
    clip.quality = picture == "libx264"_L1 ? 18 : 2;
    const auto written = clip.write(pathOf(file));
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    const auto run = checkFile(pathOf(file), *shippedProfile(u"web"_s));
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    QCOMPARE(run->report.frames, 125);
    const CheckResult black = resultOf(run->report, u"black"_s);
    QCOMPARE(black.findings.size(), 1u);
    QVERIFY(std::abs(black.findings[0].firstFrame - 25) <= 2);
    QVERIFY(std::abs(black.findings[0].lastFrame - 49) <= 2);
    const CheckResult silence = resultOf(run->report, u"silence"_s);
    QCOMPARE(silence.findings.size(), 1u);
    QVERIFY(std::abs(silence.findings[0].start - 2.0) <= 0.1);
    QVERIFY(std::abs(silence.findings[0].end - 4.5) <= 0.1);
    QCOMPARE(resultOf(run->report, u"freeze"_s).outcome, CheckOutcome::Pass);
    QCOMPARE(resultOf(run->report, u"decode_errors"_s).outcome, CheckOutcome::Pass);
}

void RunChecksTest::theReportIsTheSameForEveryThreadCount_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<QString>("pixels");
    QTest::addColumn<int>("bFrames");
    QTest::addColumn<bool>("openGop");
    QTest::addColumn<bool>("interlaced");
    QTest::addColumn<bool>("damaged");
    QTest::newRow("B-frames") << u"b.mp4"_s << u"libx264"_s << u"yuv420p"_s << 3 << false << false << false;
    QTest::newRow("open GOP") << u"o.mkv"_s << u"libx264"_s << u"yuv420p"_s << 3 << true << false << false;
    QTest::newRow("10 bits") << u"t.mkv"_s << u"libx264"_s << u"yuv420p10le"_s << 2 << false << false << false;
    QTest::newRow("interlaced MPEG-2") << u"i.ts"_s << u"mpeg2video"_s << u"yuv420p"_s << 2 << false << true << false;
    QTest::newRow("MPEG-4") << u"m.mp4"_s << u"mpeg4"_s << u"yuv420p"_s << 0 << false << false << false;
    QTest::newRow("damaged H.264") << u"d.ts"_s << u"libx264"_s << u"yuv420p"_s << 2 << false << false << true;
    QTest::newRow("damaged MPEG-2") << u"e.ts"_s << u"mpeg2video"_s << u"yuv420p"_s << 2 << false << false << true;
}

void RunChecksTest::theReportIsTheSameForEveryThreadCount()
{
    QFETCH(QString, file);
    QFETCH(QString, codec);
    QFETCH(QString, pixels);
    QFETCH(int, bFrames);
    QFETCH(bool, openGop);
    QFETCH(bool, interlaced);
    QFETCH(bool, damaged);
    GeneratedClip clip = faultyClip();
    clip.videoCodec = codec;
    clip.pixelFormat = pixels;
    clip.bFrames = bFrames;
    clip.openGop = openGop;
    clip.interlaced = interlaced;
    clip.gop = 12;
    clip.audioCodec = file.endsWith(u".ts"_s) ? u"mp2"_s : u"aac"_s;
    clip.quality = codec == u"libx264" ? 18 : 3;
    QVERIFY(clip.write(pathOf(file)));
    if (damaged) {
        QFile bytes(pathOf(file));
        QVERIFY(bytes.open(QIODevice::ReadWrite));
        for (qint64 at = bytes.size() / 3; at < bytes.size() * 2 / 3; at += 5003) { // some packets of many
            QVERIFY(bytes.seek(at));
            QCOMPARE(bytes.write(QByteArray(40, 'x')), 40);
        }
    }
    const auto one = checkFile(pathOf(file), defaultProfile(), 1);
    QVERIFY(one);
    QCOMPARE(one->measurements.damage.empty(), !damaged);
    for (const int threads : {2, 4}) {
        const auto many = checkFile(pathOf(file), defaultProfile(), threads);
        QVERIFY(many);
        QCOMPARE(vidimus::toJson(checks::toJson(many->report)), vidimus::toJson(checks::toJson(one->report)));
        QCOMPARE(
            vidimus::toJson(checks::toJson(many->measurements)), vidimus::toJson(checks::toJson(one->measurements)));
    }
}

void RunChecksTest::theReportIsTheSameOnTheDecodersThread()
{
    QVERIFY(faultyClip().write(pathOf(u"own.mp4"_s)));
    const auto own = checkFile(pathOf(u"own.mp4"_s), defaultProfile());
    const auto same = checkFile(pathOf(u"own.mp4"_s), defaultProfile(), 2, engine::CheckThread::OfTheCaller);
    QVERIFY(own && same);
    QCOMPARE(vidimus::toJson(checks::toJson(own->measurements)), vidimus::toJson(checks::toJson(same->measurements)));
    // Each check that was measured has its price.
    QCOMPARE(own->costs.size(), own->measurements.checks.size());
    for (const CheckCost& cost : own->costs) {
        QVERIFY(own->measurements.checks.contains(cost.id));
        QVERIFY(cost.cpuSeconds >= 0);
    }
    const auto back = checkCostsFromJson(checks::toJson(own->costs));
    QVERIFY(back);
    QCOMPARE(*back, own->costs);
}

void RunChecksTest::refusesCostsThatAreNone_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no check") << QByteArray(R"([{"id": "nothing", "cpu_seconds": 1}])");
    QTest::newRow("negative") << QByteArray(R"([{"id": "black", "cpu_seconds": -1}])");
    QTest::newRow("no number") << QByteArray(R"([{"id": "black", "cpu_seconds": "1"}])");
    QTest::newRow("too many") << '[' + QByteArray(R"({"id": "black", "cpu_seconds": 1},)").repeated(300)
            + R"({"id": "black", "cpu_seconds": 1}])";
}

void RunChecksTest::refusesCostsThatAreNone()
{
    QFETCH(QByteArray, json);
    const auto document = QJsonDocument::fromJson(json);
    QVERIFY(document.isArray());
    QVERIFY(!checkCostsFromJson(document.array()));
}

/// What a pass keeps for each frame are a few bytes, also where all of the picture changes all the time.
void RunChecksTest::aLongPassKeepsLittle()
{
    GeneratedClip clip;
    clip.frames = 1500;
    clip.width = 160;
    clip.height = 90;
    clip.painter = [](const Canvas& canvas, int frame) { canvas.fill(frame / 3 % 2 == 0 ? 40 : 200); };
    QVERIFY(clip.write(pathOf(u"long.mp4"_s)));
    QFile file(pathOf(u"long.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    const auto used = [] {
        const auto info = mallinfo2();
        return double(info.uordblks + info.hblkhd);
    };
    std::vector<std::pair<double, double>> samples; // share done, bytes
    const auto run = engine::runChecks(**input, defaultProfile(), {},
        [&](const Progress& progress) { samples.emplace_back(progress.done / progress.total, used()); });
    QVERIFY(run);
    QVERIFY2(resultOf(run->report, u"flash"_s).outcome == CheckOutcome::Fail, "the picture was to flash");
    const auto at = [&](double share) {
        const auto found = std::ranges::find_if(samples, [&](const auto& sample) { return sample.first >= share; });
        return found == samples.end() ? samples.back() : *found;
    };
    const auto [firstShare, first] = at(0.3);
    const auto [lastShare, last] = at(0.9);
    QVERIFY2(lastShare - firstShare > 0.3, "progress was told too seldom");
    const double perFrame = (last - first) / ((lastShare - firstShare) * clip.frames);
    QVERIFY2(perFrame < 600, qPrintable(QString::number(perFrame)));
}

/// With VIDIMUS_MEASURE=FILE it prints what each check costs against decoding that file alone, CPU of one process.
void RunChecksTest::whereTheTimeGoes()
{
    const QString file = qEnvironmentVariable("VIDIMUS_MEASURE");
    if (file.isEmpty())
        QSKIP("only measured with VIDIMUS_MEASURE=FILE");
    const auto cpu = [] { return double(std::clock()) / CLOCKS_PER_SEC; };
    const auto decodeOnly = onlyChecks(defaultProfile(), {u"decode_errors"_s});
    QVERIFY(decodeOnly);
    std::map<QString, std::vector<double>> shares;
    for (int i = 0; i < 3; ++i) {
        double before = cpu();
        QVERIFY(checkFile(file, *decodeOnly));
        const double decode = cpu() - before;
        before = cpu();
        const auto run = checkFile(file, defaultProfile());
        QVERIFY(run);
        shares[u"(decode, s)"_s].push_back(decode);
        shares[u"(whole pass)"_s].push_back((cpu() - before) / decode);
        for (const CheckCost& cost : run->costs)
            shares[cost.id].push_back(cost.cpuSeconds / decode);
    }
    for (auto& [id, values] : shares) {
        std::ranges::sort(values);
        qInfo("%-20s %.3f", qPrintable(id), values[1]);
    }
}

void RunChecksTest::storedMeasurementsGiveTheSameReport()
{
    QVERIFY(faultyClip().write(pathOf(u"stored.mp4"_s)));
    const auto web = shippedProfile(u"web"_s);
    const auto broadcast = shippedProfile(u"broadcast-eu"_s);
    const auto run = checkFile(pathOf(u"stored.mp4"_s), *web);
    QVERIFY(run);
    const auto stored = measurementsFromJson(checks::toJson(run->measurements));
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    const auto decodedAgain = checkFile(pathOf(u"stored.mp4"_s), *broadcast);
    QVERIFY(decodedAgain);
    QCOMPARE(checks::toJson(judge(*stored, *broadcast)), checks::toJson(decodedAgain->report));
    QVERIFY(judge(*stored, *broadcast) != run->report);
}

void RunChecksTest::soundAloneIsChecked()
{
    GeneratedClip clip;
    clip.video = false;
    clip.audioTracks = 1;
    clip.audioSeconds = 3;
    clip.channels = 1;
    QVERIFY(clip.write(pathOf(u"sound.m4a"_s)));
    const auto run = checkFile(pathOf(u"sound.m4a"_s), defaultProfile());
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    QCOMPARE(resultOf(run->report, u"black"_s).cause, u"no_video"_s);
    QCOMPARE(resultOf(run->report, u"silence"_s).outcome, CheckOutcome::Pass);
    QVERIFY(resultOf(run->report, u"loudness"_s).measured.contains(u"integrated_lufs"_s));
}

void RunChecksTest::brokenDataIsNeverPassed()
{
    GeneratedClip clip = faultyClip();
    QVERIFY(clip.write(pathOf(u"broken.mp4"_s)));
    QFile file(pathOf(u"broken.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    // The middle of the pictures' bytes is overwritten; the tables of the container stay whole.
    QVERIFY(file.seek(file.size() / 2));
    const QByteArray noise(file.size() / 6, char(0xa5));
    QCOMPARE(file.write(noise), noise.size());
    file.close();
    const auto run = checkFile(pathOf(u"broken.mp4"_s), defaultProfile());
    QVERIFY2(run, run ? "" : qPrintable(run.error().detail));
    const CheckResult damage = resultOf(run->report, u"decode_errors"_s);
    QCOMPARE(damage.outcome, CheckOutcome::Fail);
    QVERIFY(!damage.findings.empty());
    QVERIFY(damage.measured.at(u"damaged_s"_s) > 0);
    QCOMPARE(verdict(run->report), CheckOutcome::Fail);
}

void RunChecksTest::cancelStopsThePass()
{
    QVERIFY(faultyClip().write(pathOf(u"cancel.mp4"_s)));
    QFile file(pathOf(u"cancel.mp4"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    auto input = media::engine::Input::open(file.handle());
    QVERIFY(input);
    const CancelSource source;
    source.cancel();
    const auto run = engine::runChecks(**input, defaultProfile(), source.token());
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::Canceled);
}

QTEST_GUILESS_MAIN(RunChecksTest)
#include "tst_run_checks.moc"

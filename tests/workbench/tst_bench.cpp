#include "core/workbench/bench.h"
#include "core/workbench/bench_playlist.h"
#include "core/workbench/bench_rows.h"
#include "core/workbench/bench_save.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/review.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::workbench;
using namespace Qt::StringLiterals;

namespace {

const QString kMedia = QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/");

BenchOptions smallOptions()
{
    return {.file = kMedia + u"talking_head_mono.mp4"_s,
        .programs = QStringLiteral(VIDIMUS_BIN_DIR),
        .queueRows = {30, 90},
        .studioRows = 30,
        .decisions = 25,
        .seeks = 4,
        .repeats = 1,
        .databaseBytes = 2'000'000};
}

const Figure* find(const FigureList& list, const QString& name)
{
    const auto& figures = list.figures();
    const auto found = std::ranges::find(figures, name, &Figure::name);
    return found == figures.end() ? nullptr : &*found;
}

void verifyFinite(const FigureList& list)
{
    QVERIFY(!list.figures().empty());
    QStringList names;
    for (const Figure& figure : list.figures()) {
        QVERIFY2(std::isfinite(figure.value) && figure.value >= 0, qPrintable(figure.name));
        QVERIFY(!figure.unit.isEmpty());
        QVERIFY2(!names.contains(figure.name), qPrintable(figure.name));
        names.append(figure.name);
    }
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestBench : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statisticsAreTheNearestRank();
    void aRatioToNothingIsLeftOut();
    void madeUpAssetsFillTheQueue();
    void queueMeasuresEverySize();
    void seekMeasuresStepsAndJumps();
    void checksCostMoreThanDecoding();
    void ladderIsWeighed();
    void restoreBringsEverythingBack();
    void savesReachAnotherProcess();
    void startMeasuresWhatIsInstalled();
    void startLeavesOutWhatIsNotInstalled();
    void startReadsTheStudiosTrace();
    void aMissingFileIsAnError();
    void cancelEndsIt();
    void toolsAreTimedAndCanceled();
    void playlistsAreWeighedWithTheirSound();
    void aPlaylistWithoutVariantsIsCorrupt();
    void theVerbRefusesWhatItDoesNotKnow();
};

void TestBench::statisticsAreTheNearestRank()
{
    QCOMPARE(medianOf({}), 0.0);
    QCOMPARE(medianOf({3, 1, 2}), 2.0);
    QCOMPARE(medianOf({4, 1, 2, 3}), 2.5);
    std::vector<double> values;
    for (int i = 100; i >= 1; --i)
        values.push_back(i);
    QCOMPARE(percentileOf(values, 95), 95.0);
    QCOMPARE(percentileOf(values, 100), 100.0);
    QCOMPARE(percentileOf({7}, 95), 7.0);
    QCOMPARE(percentileOf({7}, 0), 7.0);
    QCOMPARE(percentileOf({}, 95), 0.0);
}

void TestBench::aRatioToNothingIsLeftOut()
{
    FigureList list;
    list.addRatio(u"a"_s, 3, 2);
    list.addRatio(u"b"_s, 3, 0);
    list.addSpread(u"c"_s, {});
    QCOMPARE(list.figures().size(), std::size_t(1));
    QCOMPARE(list.figures().front().value, 1.5);
    QCOMPARE(list.toJson().first().toObject(),
        (QJsonObject {{u"name"_s, u"a"_s}, {u"value"_s, 1.5}, {u"unit"_s, u"ratio"_s}}));
}

void TestBench::madeUpAssetsFillTheQueue()
{
    const QTemporaryDir folder;
    const auto workspace = Workspace::open({.folder = folder.path()});
    QVERIFY(workspace);
    const auto made = addMadeUpAssets(**workspace, 2100, {}); // more than one transaction
    QVERIFY(made);
    QCOMPARE(made->size(), std::size_t(2100));
    const auto ids = queueIds(**workspace, QueueFilter::Waiting, {});
    QVERIFY(ids);
    QCOMPARE(ids->size(), std::size_t(2100));
    const auto items = queueItems(**workspace, std::span(*ids).first(10));
    QVERIFY(items);
    QCOMPARE(items->size(), std::size_t(10));
    QVERIFY(items->front().duration > 0);
}

void TestBench::queueMeasuresEverySize()
{
    const auto figures = benchQueue(smallOptions(), {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    for (const QString& name : {u"rows_30_open_p50"_s, u"rows_90_ids_p95"_s, u"rows_90_page_of_50_p95"_s,
             u"rows_90_decision_p95"_s, u"rows_90_claim_of_20_p50"_s, u"page_many_to_few"_s})
        QVERIFY2(find(*figures, name), qPrintable(name));
}

void TestBench::seekMeasuresStepsAndJumps()
{
    const auto figures = benchSeek(smallOptions(), {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    for (const QString& name : {u"1080p_first_frame"_s, u"1080p_step_forward_p95"_s, u"1080p_step_backward_p95"_s,
             u"540p_random_p95"_s, u"1080p_random_near_p50"_s, u"540p_step_backward_after_jump_p50"_s})
        QVERIFY2(find(*figures, name), qPrintable(name));
}

void TestBench::checksCostMoreThanDecoding()
{
    const auto figures = benchChecks(smallOptions(), {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    QVERIFY(find(*figures, u"decode_cpu_p50"_s)->value > 0);
    QVERIFY(find(*figures, u"all_checks_to_decode_cpu"_s));
    QCOMPARE(find(*figures, u"runs"_s)->value, 1.0);
    QVERIFY(find(*figures, u"media_length"_s)->value > 1);
    QVERIFY(find(*figures, u"check_black_to_decode_cpu"_s));
    QVERIFY(find(*figures, u"reading_pictures_once_to_decode_cpu"_s)->value > 0);
    QVERIFY(find(*figures, u"stereo_loudness_and_true_peak_times_real_time"_s));
    QVERIFY(find(*figures, u"all_checks_peak_memory"_s)->value > 1);
    QCOMPARE(find(*figures, u"ffmpeg_filters_p50"_s) != nullptr, !findTool(u"ffmpeg"_s).isEmpty());
}

void TestBench::ladderIsWeighed()
{
    auto options = smallOptions();
    options.ladder = u"demo"_s;
    const auto figures = benchLadder(options, {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    QVERIFY(find(*figures, u"ladder_cpu_p50"_s)->value > 0);
    int weighed = 0;
    for (const Figure& figure : figures->figures()) {
        if (!figure.name.endsWith(u"_declared_to_measured"_s))
            continue;
        ++weighed;
        QVERIFY2(figure.value > 0.98 && figure.value < 1.2, qPrintable(QString::number(figure.value)));
    }
    QVERIFY(weighed > 0);
}

void TestBench::restoreBringsEverythingBack()
{
    const auto figures = benchRestore(smallOptions(), {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    QVERIFY(find(*figures, u"database"_s)->value * (1 << 20) >= 2'000'000);
    QVERIFY(find(*figures, u"log_entries"_s)->value >= 2 * find(*figures, u"assets"_s)->value);
}

void TestBench::savesReachAnotherProcess()
{
    FigureList figures;
    const auto measured
        = measureSaves({.titles = 2000, .saves = 2, .programs = QStringLiteral(VIDIMUS_BIN_DIR)}, {}, figures);
    QVERIFY2(measured, measured ? "" : qPrintable(measured.error().detail));
    verifyFinite(figures);
    const Figure* stored = find(figures, u"save_stored_p50"_s);
    const Figure* announced = find(figures, u"save_announced_p50"_s);
    const Figure* answered = find(figures, u"save_to_answer_p50"_s);
    QVERIFY(stored && announced && answered);
    QVERIFY(stored->value <= announced->value && announced->value <= answered->value);
    CancelSource canceled;
    canceled.cancel();
    QCOMPARE(measureSaves(
                 {.titles = 2000, .saves = 1, .programs = QStringLiteral(VIDIMUS_BIN_DIR)}, canceled.token(), figures)
                 .error()
                 .code,
        ErrorCode::Canceled);
}

void TestBench::startMeasuresWhatIsInstalled()
{
    const auto figures = benchStart(smallOptions(), {});
    QVERIFY2(figures, figures ? "" : qPrintable(figures.error().detail));
    verifyFinite(*figures);
    for (const QString& name : {u"doctor_p50"_s, u"worker_ready_p50"_s, u"catalog_ready_p50"_s})
        QVERIFY2(find(*figures, name), qPrintable(name));
}

void TestBench::startLeavesOutWhatIsNotInstalled()
{
    const QTemporaryDir empty;
    auto options = smallOptions();
    options.programs = empty.path();
    const auto figures = benchStart(options, {});
    QVERIFY(figures);
    QVERIFY(find(*figures, u"worker_ready_p50"_s));
    QVERIFY(!find(*figures, u"doctor_p50"_s));
    QVERIFY(!find(*figures, u"studio_first_paint_rows_30_p50"_s));
    QVERIFY(!find(*figures, u"catalog_ready_p50"_s));
}

void TestBench::startReadsTheStudiosTrace()
{
    const QTemporaryDir programs;
    const QString studio = programs.path() + u"/vidimus-studio"_s;
    writeFile(studio,
        "#!/bin/sh\necho 'noise'\necho '{\"event\": \"first_paint\", \"ms\": 12.5}' >&2\n"
        "echo '{\"event\": \"interactive\", \"ms\": 20}' >&2\nexec sleep 600\n");
    QVERIFY(QFile::setPermissions(studio, QFile::ReadOwner | QFile::ExeOwner));
    auto options = smallOptions();
    options.programs = programs.path();
    const auto figures = benchStart(options, {});
    QVERIFY(figures);
    const Figure* painted = find(*figures, u"studio_first_paint_rows_30_p50"_s);
    QVERIFY(painted);
    QCOMPARE(painted->value, 12.5);
    QCOMPARE(find(*figures, u"studio_interactive_rows_30_p50"_s)->value, 20.0);
}

void TestBench::aMissingFileIsAnError()
{
    auto options = smallOptions();
    options.file = u"/nonexistent/clip.mp4"_s;
    for (const auto run : {benchSeek, benchChecks, benchLadder}) {
        const auto figures = run(options, {});
        QVERIFY(!figures);
        QCOMPARE(figures.error().code, ErrorCode::NotFound);
    }
}

void TestBench::cancelEndsIt()
{
    const CancelSource cancel;
    cancel.cancel();
    for (const auto run : {benchQueue, benchRestore, benchSeek, benchChecks, benchLadder}) {
        const auto figures = run(smallOptions(), cancel.token());
        QVERIFY(!figures);
        QCOMPARE(figures.error().code, ErrorCode::Canceled);
    }
}

void TestBench::toolsAreTimedAndCanceled()
{
    const auto run = runTool(
        u"/bin/sh"_s, {u"-c"_s, u"echo $GREETING; exit 3"_s}, {}, {.environment = {u"GREETING=a=b"_s}, .endAfter = {}});
    QVERIFY(run);
    QCOMPARE(run->output, QByteArray("a=b\n"));
    QCOMPARE(run->exitCode, 3);
    QVERIFY(run->seconds > 0);
    const auto ended = runTool(
        u"/bin/sh"_s, {u"-c"_s, u"echo ready >&2; exec sleep 600"_s}, {}, {.environment = {}, .endAfter = "ready"});
    QVERIFY(ended);
    QCOMPARE(ended->output, QByteArray("ready\n"));
    const auto late = runTool(
        u"/bin/sleep"_s, {u"600"_s}, {}, {.environment = {}, .endAfter = {}, .limit = std::chrono::seconds(0)});
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::TimedOut);
    const auto absent = runTool(u"/nonexistent/tool"_s, {}, {});
    QVERIFY(!absent);
    QCOMPARE(absent.error().code, ErrorCode::Missing);
    const CancelSource cancel;
    cancel.cancel();
    const auto stopped = runTool(u"/bin/sleep"_s, {u"600"_s}, cancel.token());
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Canceled);
}

void TestBench::playlistsAreWeighedWithTheirSound()
{
    const QTemporaryDir folder;
    const QString root = folder.path() + u'/';
    writeFile(root + u"master.m3u8"_s,
        "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",URI=\"audio/index.m3u8\"\n"
        "#EXT-X-STREAM-INF:BANDWIDTH=5000,AVERAGE-BANDWIDTH=4000,CODECS=\"avc1.1,mp4a\"\n360p/index.m3u8\n");
    writeFile(root + u"audio/index.m3u8"_s, "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n1.m4s\n");
    writeFile(root + u"audio/1.m4s"_s, QByteArray(500, 'a'));
    // The last is short: its rate of 8,000 bit/s does not count.
    writeFile(root + u"360p/index.m3u8"_s,
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n1.m4s\n#EXTINF:2.0,\n2.m4s\n#EXTINF:0.5,\n3.m4s\n");
    writeFile(root + u"360p/1.m4s"_s, QByteArray(1000, 'v'));
    writeFile(root + u"360p/2.m4s"_s, QByteArray(750, 'v'));
    writeFile(root + u"360p/3.m4s"_s, QByteArray(500, 'v'));
    const auto variants = weighVariants(folder.path(), u"master.m3u8"_s);
    QVERIFY(variants);
    QCOMPARE(variants->size(), std::size_t(1));
    QCOMPARE(variants->front().name, u"360p"_s);
    QCOMPARE(variants->front().declared, 5000.0);
    QCOMPARE(variants->front().measured, 3000.0 + 1000.0);
}

void TestBench::aPlaylistWithoutVariantsIsCorrupt()
{
    const QTemporaryDir folder;
    writeFile(folder.path() + u"/master.m3u8"_s, "#EXTM3U\n");
    const auto variants = weighVariants(folder.path(), u"master.m3u8"_s);
    QVERIFY(!variants);
    QCOMPARE(variants.error().code, ErrorCode::Corrupt);
    QCOMPARE(weighVariants(folder.path(), u"other.m3u8"_s).error().code, ErrorCode::NotFound);
}

void TestBench::theVerbRefusesWhatItDoesNotKnow()
{
    const CommandOptions options {.workspaceFolder = u"/nonexistent"_s, .profile = {}};
    for (const QString& runs : {u"0"_s, u"-1"_s, u"100"_s, u"many"_s, u"1.5"_s, QString()}) {
        const auto refused = runCommand(
            options, {.verb = u"bench"_s, .operands = {u"seek"_s}, .options = {{u"runs"_s, runs}}}, {}, {});
        QCOMPARE(refused.exitCode, ExitCode::Usage);
    }
    const auto unknown = runCommand(options, {.verb = u"bench"_s, .operands = {u"nothing"_s}, .options = {}}, {}, {});
    QCOMPARE(unknown.exitCode, ExitCode::Usage);
    const auto noFile = runCommand(options,
        {.verb = u"bench"_s, .operands = {u"seek"_s}, .options = {{u"file"_s, u"/nonexistent/a.mp4"_s}}}, {}, {});
    QCOMPARE(noFile.exitCode, exitCodeFor(ErrorCode::NotFound));
    QVERIFY(noFile.json.contains(u"error"_s));
}

QTEST_GUILESS_MAIN(TestBench)
#include "tst_bench.moc"

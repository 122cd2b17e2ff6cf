#include "core/media/engine/indexed_decoder.h"
#include "core/worker/sandboxed_frame_source.h"
#include "core/worker/worker_pool.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <sys/resource.h>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

/// Real media through the real worker, on the highest rung of this machine.
class TestSandboxedMedia : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesEqualThoseDecodedHere_data();
    void framesEqualThoseDecodedHere();
    void soundEqualsThatDecodedHere();
    void framesAreRightInAnyOrder();
    void aKilledWorkerIsReplaced();
    void costsOfTheSandbox();
    void twoKillsParkTheFile();
    void canceledFrameLeavesTheSourceUsable();
    void checksRunInTheWorker();
    void refusesFramesThatAreNotThere();

private:
    struct Opened {
        QFile file;
        std::unique_ptr<media::FrameSource> here;
        std::unique_ptr<SandboxedFrameSource> there;
    };
    void open(const char* name, Opened& opened);

    WorkerLauncher m_launcher {WorkerOptions {.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker")}};
    ParkedFiles m_parked;
};

void TestSandboxedMedia::open(const char* name, Opened& opened)
{
    opened.file.setFileName(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/") + QLatin1StringView(name));
    QVERIFY(opened.file.open(QIODevice::ReadOnly));
    auto here = media::engine::IndexedDecoder::open(opened.file.handle());
    QVERIFY(here);
    opened.here = *std::move(here);
    auto input = InputFile::reopen(opened.file.handle());
    QVERIFY(input);
    m_parked.release(input->identity());
    auto there = SandboxedFrameSource::open(m_launcher, m_parked, *std::move(input), {});
    QVERIFY2(there, there ? "" : qPrintable(there.error().detail));
    opened.there = *std::move(there);
}

void TestSandboxedMedia::framesEqualThoseDecodedHere_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("H.264") << QByteArray("talking_head_mono.mp4");
    QTest::newRow("VP9") << QByteArray("bbb_480p_vp9_opus.webm");
    QTest::newRow("AV1, HDR") << QByteArray("hdr10_pq_av1_vertical.mp4");
}

void TestSandboxedMedia::framesEqualThoseDecodedHere()
{
    QFETCH(QByteArray, name);
    Opened opened;
    open(name.constData(), opened);
    QVERIFY(opened.there);
    QCOMPARE(opened.there->index(), opened.here->index());
    QCOMPARE(media::toJson(opened.there->facts()), media::toJson(opened.here->facts()));
    const qint64 count = std::min<qint64>(opened.here->index().count(), 24);
    for (qint64 number = 0; number < count; ++number) {
        const auto there = opened.there->frame(number, {320, 320});
        const auto here = opened.here->frame(number, {320, 320});
        QVERIFY(here && there);
        QCOMPARE(there->width, here->width);
        QCOMPARE(there->height, here->height);
        QCOMPARE(there->number, number);
        QVERIFY(there->time == here->time);
        for (int y = 0; y < here->height; ++y)
            QCOMPARE(std::memcmp(there->row(y), here->row(y), std::size_t(here->width) * 4), 0);
    }
}

void TestSandboxedMedia::soundEqualsThatDecodedHere()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    constexpr qint64 kMoreThanThereIs = 5 * media::kPlaybackSampleRate;
    const auto there = opened.there->audio(0, kMoreThanThereIs);
    const auto here = opened.here->audio(0, kMoreThanThereIs);
    QVERIFY(here && there);
    QVERIFY(!here->empty());
    QCOMPARE(there->size(), here->size());
    QVERIFY(*there == *here);
}

void TestSandboxedMedia::framesAreRightInAnyOrder()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    for (const qint64 number : {20, 3, 4, 5, 6, 29, 28, 27, 26, 0, 0, 11, 13, 15, 17, 19, 2}) {
        const media::PictureSize box = number % 5 == 0 ? media::PictureSize {160, 160} : media::PictureSize {240, 240};
        const auto there = opened.there->frame(number, box);
        const auto here = opened.here->frame(number, box);
        QVERIFY(here && there);
        QCOMPARE(there->number, number);
        QCOMPARE(there->width, here->width);
        for (int y = 0; y < here->height; ++y)
            QCOMPARE(std::memcmp(there->row(y), here->row(y), std::size_t(here->width) * 4), 0);
    }
}

void TestSandboxedMedia::aKilledWorkerIsReplaced()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    QVERIFY(opened.there->frame(3, {320, 320}));
    const pid_t first = opened.there->workerPid();
    QCOMPARE(kill(first, SIGKILL), 0);
    QElapsedTimer timer;
    timer.start();
    int side = 100;
    // A dying worker may answer once more, where its parent takes the blow for it: ask until the blow is seen.
    QTRY_VERIFY_WITH_TIMEOUT(opened.there->frame(7, {++side, side}) && opened.there->workerPid() != first, kPatienceMs);
    qInfo("a killed worker was replaced and answered in %lld ms", timer.elapsed());
    const auto there = opened.there->frame(7, {320, 320});
    QVERIFY2(there, there ? "" : qPrintable(there.error().detail));
    const auto here = opened.here->frame(7, {320, 320});
    QVERIFY(here);
    QCOMPARE(there->bytes.size(), qsizetype(there->strideBytes) * there->height);
    for (int y = 0; y < here->height; ++y)
        QCOMPARE(std::memcmp(there->row(y), here->row(y), std::size_t(here->width) * 4), 0);
}

void TestSandboxedMedia::twoKillsParkTheFile()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    int side = 100; // no picture of this size was decoded ahead
    const auto ask = [&] { return opened.there->frame(20, {++side, side}); };
    const pid_t first = opened.there->workerPid();
    QCOMPARE(kill(first, SIGKILL), 0);
    // A dying worker may answer once more, where its parent takes the blow for it: ask until the blow is seen.
    QTRY_VERIFY_WITH_TIMEOUT(ask() && opened.there->workerPid() != first, kPatienceMs);
    QCOMPARE(kill(opened.there->workerPid(), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!ask(), kPatienceMs);
    QCOMPARE(ask().error().reason, QByteArray("file_parked"));
    QCOMPARE(opened.there->audio(0, 10).error().reason, QByteArray("file_parked"));
}

void TestSandboxedMedia::canceledFrameLeavesTheSourceUsable()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    const CancelSource source;
    source.cancel();
    const pid_t worker = opened.there->workerPid();
    QCOMPARE(opened.there->frame(25, {320, 320}, source.token()).error().code, ErrorCode::Canceled);
    QCOMPARE(opened.there->audio(0, 1000, source.token()).error().code, ErrorCode::Canceled);
    const auto frame = opened.there->frame(25, {320, 320});
    QVERIFY(frame);
    QCOMPARE(frame->number, 25);
    QCOMPARE(opened.there->workerPid(), worker);
}

void TestSandboxedMedia::checksRunInTheWorker()
{
    WorkerPool pool({.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker")});
    QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/talking_head_mono.mp4"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto checked = pool.check(file.handle(), checks::defaultProfile());
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().detail));
    QCOMPARE(checked->report.frames, 30);
    QVERIFY(!checked->report.checks.empty());
    QCOMPARE(checks::judge(checked->measurements, checks::defaultProfile()), checked->report);
}

void TestSandboxedMedia::refusesFramesThatAreNotThere()
{
    Opened opened;
    open("talking_head_mono.mp4", opened);
    QVERIFY(opened.there);
    const qint64 count = opened.there->index().count();
    QCOMPARE(opened.there->frame(-1, {320, 320}).error().code, ErrorCode::Invalid);
    QCOMPARE(opened.there->frame(count, {320, 320}).error().code, ErrorCode::Invalid);
    QCOMPARE(opened.there->frame(0, {0, 320}).error().code, ErrorCode::Invalid);
    QCOMPARE(opened.there->audio(-1, 10).error().code, ErrorCode::Invalid);
}

/// With VIDIMUS_MEASURE=1 it prints what the sandbox costs: the same frames taken from a decoder in this process and
/// from a worker, CPU of all processes and time by the clock, in turn.
void TestSandboxedMedia::costsOfTheSandbox()
{
    if (!qEnvironmentVariableIsSet("VIDIMUS_MEASURE"))
        QSKIP("only measured with VIDIMUS_MEASURE");
    constexpr qint64 kFrames = 240;
    constexpr int kRepeats = 5;
    const auto cpu = [](int who) {
        rusage used {};
        getrusage(static_cast<__rusage_who>(who), &used);
        return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
            + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    };
    QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/noaudio_1080p24.mp4"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    WorkerLauncher launcher({.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker"),
        .allowBubblewrap = false, // it would keep the worker's CPU time to itself
        .keepWarm = false});
    const auto take = [&](media::FrameSource& source) {
        for (qint64 number = 0; number < kFrames; ++number)
            QVERIFY(source.frame(number, {960, 540}));
    };
    std::vector<double> ratios;
    std::vector<double> clocks;
    for (int i = 0; i < kRepeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        double before = cpu(RUSAGE_SELF);
        {
            auto here = media::engine::IndexedDecoder::open(file.handle());
            QVERIFY(here);
            take(**here);
        }
        const double here = cpu(RUSAGE_SELF) - before;
        const double hereMs = double(timer.nsecsElapsed()) / 1e6;
        timer.start();
        before = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN);
        {
            auto input = InputFile::reopen(file.handle());
            QVERIFY(input);
            auto there = SandboxedFrameSource::open(launcher, m_parked, *std::move(input), {});
            QVERIFY(there);
            take(**there);
        }
        const double there = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN) - before;
        ratios.push_back(there / here);
        clocks.push_back(double(timer.nsecsElapsed()) / 1e6 / hereMs);
    }
    std::ranges::sort(ratios);
    std::ranges::sort(clocks);
    qInfo(
        "sandbox against in-process, %lld frames of 1080p at 960x540, worker's start included: CPU x%.3f, clock x%.3f "
        "(medians of %d)",
        kFrames, ratios[kRepeats / 2], clocks[kRepeats / 2], kRepeats);
}

QTEST_GUILESS_MAIN(TestSandboxedMedia)
#include "tst_sandboxed_media.moc"

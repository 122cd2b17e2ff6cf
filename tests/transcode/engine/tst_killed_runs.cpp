#include "core/base/sha256.h"
#include "core/base/unique_fd.h"
#include "core/media/engine/probe.h"
#include "core/transcode/engine/transcoder.h"
#include "core/transcode/segment_store.h"
#include "support/generated_clip.h"

#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>

using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDiskFullExit = 42;

Ladder smallLadder()
{
    return {.name = u"small"_s,
        .segmentSeconds = 1,
        .preset = u"ultrafast"_s,
        .renditions = {{.name = u"high"_s, .shortSide = 90, .crf = 22, .maxRate = 1'000'000, .bufferSize = 500'000},
            {.name = u"low"_s, .shortSide = 48, .crf = 26, .maxRate = 300'000, .bufferSize = 150'000}},
        .audio = LadderAudio {.codec = AudioCodec::Aac, .bitRate = 64'000, .channels = 2}};
}

/// Ends the process as a power cut does, at the n-th thing that the engine asks for.
class KillingSink : public OutputSink {
public:
    KillingSink(OutputSink& inner, int steps)
        : m_inner(inner)
        , m_left(steps)
    {
    }
    Result<int> open(const OutputKey& key) override
    {
        step();
        return m_inner.open(key);
    }
    Result<void> finish(const FinishedOutput& output) override
    {
        step();
        auto finished = m_inner.finish(output);
        step();
        return finished;
    }

private:
    void step()
    {
        if (m_left-- == 0)
            std::raise(SIGKILL);
    }
    OutputSink& m_inner;
    int m_left;
};

/// Transcodes \a clip into \a out, going on with what is there. \a steps: dies then; negative: lives.
Result<TranscodeResult> makeOutputs(const QString& clip, const QString& out, int steps = -1)
{
    const UniqueFd input(open(QFile::encodeName(clip).constData(), O_RDONLY | O_CLOEXEC));
    const auto facts = media::engine::probe(input.get());
    if (!facts)
        return facts.error();
    TranscodeRequest request {.ladder = smallLadder(), .source = sourceFactsOf(*facts), .finished = {}};
    const auto plan = makePlan(request.source, request.ladder);
    if (!plan)
        return plan.error();
    auto store = SegmentStore::open(out, *plan, "source", u"libx264"_s);
    if (!store)
        return store.error();
    request.finished = store->finished();
    KillingSink sink(*store, steps);
    return engine::runTranscode(input.get(), request, sink, {.qualityInterval = 0}, {}, {});
}

/// In memory where there is such a place: each file is made durable, which is slow on a disk.
QString scratch()
{
    const QString memory = u"/dev/shm"_s;
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + u"/vidimus-XXXXXX"_s;
}

using Files = QMap<QString, QByteArray>;

/// Relative name and hash of every file but the journal.
Files filesIn(const QString& out)
{
    Files found;
    QDirIterator it(out, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.fileName().endsWith(u"journal.jsonl"_s) && file.open(QIODevice::ReadOnly))
            found.insert(QDir(out).relativeFilePath(file.fileName()), sha256Hex(file.readAll()));
    }
    return found;
}

int runChild(const QStringList& arguments)
{
    if (const qint64 largest = arguments.value(4).toLongLong(); largest > 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit {rlim_t(largest), rlim_t(largest)};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    const auto result = makeOutputs(arguments[1], arguments[2], arguments[3].toInt());
    return result ? 0 : kDiskFullExit;
}

} // namespace

/// Promise R5: whatever ends a transcode, what is there under its final name is whole, and the next run gives the
/// same bytes as one that nobody disturbed.
class TestKilledRuns : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aKilledRunIsContinued_data();
    void aKilledRunIsContinued();
    void killedAgainAndAgain();
    void aFullDiskLeavesNothingHalf_data();
    void aFullDiskLeavesNothingHalf();
    void aChangedJournalIsNotBelieved_data();
    void aChangedJournalIsNotBelieved();

private:
    /// Runs in a process of its own; how it ended.
    [[nodiscard]] std::pair<QProcess::ExitStatus, int> child(const QString& out, int steps, qint64 largest = 0) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
            {u"--transcode"_s, m_clip, out, QString::number(steps), QString::number(largest)});
        process.waitForFinished(60'000);
        return {process.exitStatus(), process.exitCode()};
    }
    void verifyWholeFilesOnly(const QString& out) const
    {
        const Files there = filesIn(out);
        for (auto file = there.begin(); file != there.end(); ++file) {
            const QString name = file.key().section(u'/', -1);
            if (!name.startsWith(u'.'))
                QVERIFY2(m_reference.value(file.key()) == file.value(), qPrintable(file.key()));
        }
        QVERIFY2(!there.contains(u"master.m3u8"_s) || there.size() >= m_reference.size(), "playable but not complete");
    }
    void verifyContinues(const QString& out) const
    {
        const auto result = makeOutputs(m_clip, out);
        QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
        QCOMPARE(filesIn(out), m_reference);
    }
    QTemporaryDir m_folder {scratch()};
    QString m_clip = m_folder.filePath(u"clip.mp4"_s);
    Files m_reference;
};

void TestKilledRuns::initTestCase()
{
    GeneratedClip clip;
    clip.width = 160;
    clip.height = 90;
    clip.frames = 40;
    clip.audioTracks = 1;
    QVERIFY(clip.write(m_clip));
    const auto result = makeOutputs(m_clip, m_folder.filePath(u"reference"_s));
    QVERIFY2(result, result ? "" : qPrintable(result.error().detail));
    m_reference = filesIn(m_folder.filePath(u"reference"_s));
    QVERIFY2(m_reference.size() >= 12, QByteArray::number(m_reference.size()));
}

void TestKilledRuns::aKilledRunIsContinued_data()
{
    QTest::addColumn<int>("steps");
    // Each file is three steps: before it is opened, before it is finished, and after.
    const int all = int(m_reference.size()) * 3;
    const int stride = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 1 : 9;
    for (int steps = 0; steps < all; steps += stride)
        QTest::addRow("at step %d", steps) << steps;
}

void TestKilledRuns::aKilledRunIsContinued()
{
    QFETCH(int, steps);
    const QTemporaryDir folder(scratch());
    const QString out = folder.filePath(u"out"_s);
    QCOMPARE(child(out, steps).first, QProcess::CrashExit);
    verifyWholeFilesOnly(out);
    verifyContinues(out);
}

void TestKilledRuns::killedAgainAndAgain()
{
    const QTemporaryDir folder(scratch());
    const QString out = folder.filePath(u"out"_s);
    int runs = 0;
    while (child(out, 19).first == QProcess::CrashExit && ++runs < 30)
        verifyWholeFilesOnly(out);
    QVERIFY2(runs >= 1 && runs < 30, "each run must come further than the one before");
    QCOMPARE(filesIn(out), m_reference);
}

void TestKilledRuns::aFullDiskLeavesNothingHalf_data()
{
    QTest::addColumn<qint64>("largest");
    QTest::newRow("no room at all") << qint64(1);
    QTest::newRow("room for heads") << qint64(1'500);
    QTest::newRow("full within a segment") << qint64(6'000);
}

void TestKilledRuns::aFullDiskLeavesNothingHalf()
{
    QFETCH(qint64, largest);
    const QTemporaryDir folder(scratch());
    const QString out = folder.filePath(u"out"_s);
    const auto [status, code] = child(out, -1, largest);
    QCOMPARE(status, QProcess::NormalExit);
    QCOMPARE(code, kDiskFullExit);
    verifyWholeFilesOnly(out);
    verifyContinues(out);
}

void TestKilledRuns::aChangedJournalIsNotBelieved_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("other hashes") << QByteArray("\"sha256\":\"") << QByteArray("\"sha256\":\"00");
    QTest::newRow("other plan") << QByteArray("\"segment_key\":\"") << QByteArray("\"segment_key\":\"f");
    QTest::newRow("other places") << QByteArray("\"segment\":1") << QByteArray("\"segment\":0");
    QTest::newRow("other rungs") << QByteArray("\"rendition\":1") << QByteArray("\"rendition\":0");
    QTest::newRow("longer samples") << QByteArray("\"start_ticks\":") << QByteArray("\"start_ticks\":9");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("[");
    QTest::newRow("all gone") << QByteArray("\n") << QByteArray("");
}

void TestKilledRuns::aChangedJournalIsNotBelieved()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const QTemporaryDir folder(scratch());
    const QString out = folder.filePath(u"out"_s);
    QVERIFY(makeOutputs(m_clip, out));
    QFile journal(out + u"/journal.jsonl"_s);
    QVERIFY(journal.open(QIODevice::ReadOnly));
    QByteArray text = journal.readAll();
    journal.close();
    QVERIFY2(text.contains(from), "the journal has another form");
    text.replace(from, to);
    QVERIFY(journal.open(QIODevice::WriteOnly | QIODevice::Truncate));
    journal.write(text);
    journal.close();
    const auto again = makeOutputs(m_clip, out);
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QCOMPARE(filesIn(out), m_reference);
}

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments().mid(1);
    if (arguments.value(0) == u"--transcode")
        return runChild(arguments);
    TestKilledRuns test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killed_runs.moc"

#include "worker/fake_media_worker.h"
#include "worker/fake_worker.h"

#include "core/transcode/ladder.h"
#include "core/transcode/segment_store.h"
#include "core/transcode/transcode_request.h"
#include "core/transcode/transcode_result.h"
#include "core/worker/worker_pool.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

/// Promise R11: a worker that a file has taken over can lie, but it cannot harm its parent or the user's folders.
class TestLyingWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void anHonestOneIsBelieved();
    void liesAboutTheFileAreRefused_data();
    void liesAboutTheFileAreRefused();
    void liesAboutFramesAreRefused_data();
    void liesAboutFramesAreRefused();
    void aFrameThatFailsIsAnAnswer();
    void liesAboutSoundAreRefused_data();
    void liesAboutSoundAreRefused();
    void soundThatEndsEarlyIsTheEnd();
    void soundThatIsNoNumberIsSilence();
    void memoryCannotBeTakenAway();
    void liesAboutOutputsAreRefused_data();
    void liesAboutOutputsAreRefused();
    void aFinishedFileCannotBeChanged();
    void successWithoutAManifestIsNone();

private:
    [[nodiscard]] WorkerOptions optionsFor(const QByteArray& behaviour) const
    {
        return {.executable = fakeworker::makeExecutable(m_folder->path(), behaviour),
            .allowBubblewrap = false,
            .keepWarm = false};
    }
    [[nodiscard]] Result<transcode::TranscodeResult> transcodeWith(const QByteArray& lie)
    {
        const transcode::TranscodeRequest request {.ladder = *transcode::shippedLadder(u"web-two"_s),
            .source = {.durationSeconds = 8,
                .picture = transcode::SourcePicture {.width = 1280, .height = 720},
                .sound = std::nullopt},
            .finished = {}};
        auto store = transcode::SegmentStore::open(
            outFolder(), *transcode::makePlan(request.source, request.ladder), "source", u"libx264"_s);
        if (!store)
            return store.error();
        WorkerPool pool(optionsFor("outputs-" + lie));
        return pool.transcode(m_file->handle(), request, *store);
    }
    [[nodiscard]] QString outFolder() const { return m_folder->filePath(u"out"_s); }
    [[nodiscard]] QStringList outputs() const
    {
        QStringList names;
        QDirIterator it(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString name = QDir(m_folder->path()).relativeFilePath(it.next());
            if (!name.startsWith(u"fake-") && name != u"media" && !name.endsWith(u"journal.jsonl"))
                names.append(name);
        }
        return names;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QFile> m_file;
};

void TestLyingWorker::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = std::make_unique<QFile>(m_folder->filePath(u"media"_s));
    QVERIFY(m_file->open(QIODevice::ReadWrite));
    m_file->write("some bytes");
    m_file->flush();
}

void TestLyingWorker::anHonestOneIsBelieved()
{
    // Else the refusals below would say little.
    WorkerPool pool(optionsFor("frames-none"));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY2(source, source ? "" : qPrintable(source.error().detail));
    for (const qint64 number : {0, 1, 2, 3, 4, 19, 7, 0}) {
        const auto picture = (*source)->frame(number, {64, 48});
        QVERIFY2(picture, picture ? "" : qPrintable(picture.error().detail));
        QCOMPARE(picture->number, number);
        QCOMPARE(picture->row(47)[63 * 4], quint8(number));
        QCOMPARE(picture->time, (Rational {number, 10}));
    }
    QCOMPARE((*source)->audio(0, 100'000)->size(), std::size_t(200'000));
    QCOMPARE((*source)->frame(20, {64, 48}).error().reason, "no_such_frame");
}

void TestLyingWorker::liesAboutTheFileAreRefused_data()
{
    QTest::addColumn<QByteArray>("lie");
    for (const char* lie : {"no-index", "two-indexes", "bad-index", "bad-facts"})
        QTest::newRow(lie) << QByteArray(lie);
}

void TestLyingWorker::liesAboutTheFileAreRefused()
{
    QFETCH(QByteArray, lie);
    WorkerPool pool(optionsFor("frames-" + lie));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(!source);
    QCOMPARE(source.error().reason, "worker_protocol");
}

void TestLyingWorker::liesAboutFramesAreRefused_data()
{
    QTest::addColumn<QByteArray>("lie");
    QTest::addColumn<QByteArray>("reason");
    for (const char* lie : {"wide", "tall", "flat", "serial", "other-frame", "state", "drops", "damaged", "fails-mute",
             "sound-for-picture"})
        QTest::newRow(lie) << QByteArray(lie) << QByteArray("worker_protocol");
    QTest::newRow("dies") << QByteArray("dies") << QByteArray("file_parked");
}

void TestLyingWorker::liesAboutFramesAreRefused()
{
    QFETCH(QByteArray, lie);
    QFETCH(QByteArray, reason);
    WorkerPool pool(optionsFor("frames-" + lie));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY2(source, source ? "" : qPrintable(source.error().detail));
    const auto picture = (*source)->frame(3, {64, 48});
    QVERIFY(!picture);
    QCOMPARE(picture.error().reason, reason);
    QVERIFY(!(*source)->frame(3, {64, 48})); // and it stays refused, without a hang
}

void TestLyingWorker::aFrameThatFailsIsAnAnswer()
{
    WorkerPool pool(optionsFor("frames-fails"));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(source);
    for (int round = 0; round < 3; ++round) {
        const auto picture = (*source)->frame(round, {64, 48});
        QVERIFY(!picture);
        QCOMPARE(picture.error().reason, "bad_picture");
        QVERIFY2(picture.error().detail.size() <= 4'096, "a worker may not fill the log");
    }
}

void TestLyingWorker::liesAboutSoundAreRefused_data()
{
    QTest::addColumn<QByteArray>("lie");
    for (const char* lie : {"sound-more", "sound-much-more", "sound-elsewhere", "sound-serial", "sound-state"})
        QTest::newRow(lie) << QByteArray(lie);
}

void TestLyingWorker::liesAboutSoundAreRefused()
{
    QFETCH(QByteArray, lie);
    WorkerPool pool(optionsFor("frames-" + lie));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(source);
    const auto sound = (*source)->audio(0, 4'800);
    QVERIFY(!sound);
    QCOMPARE(sound.error().reason, "worker_protocol");
}

void TestLyingWorker::soundThatEndsEarlyIsTheEnd()
{
    WorkerPool pool(optionsFor("frames-sound-short"));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(source);
    QCOMPARE((*source)->audio(0, 4'800)->size(), std::size_t(4'800));
    QCOMPARE((*source)->audio(0, 480'000)->size(), std::size_t(48'000)); // it is not asked for the rest
}

void TestLyingWorker::soundThatIsNoNumberIsSilence()
{
    WorkerPool pool(optionsFor("frames-sound-nan"));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(source);
    const auto sound = (*source)->audio(0, 4'800);
    QVERIFY(sound);
    QCOMPARE(sound->at(0), 0.0F);
    QCOMPARE(sound->at(1), 0.0F);
    for (const float sample : *sound)
        QVERIFY(std::isfinite(sample));
    QCOMPARE(sound->at(100), 0.25F);
}

void TestLyingWorker::memoryCannotBeTakenAway()
{
    WorkerPool pool(optionsFor("frames-shrinks-memory"));
    const auto source = pool.openFrames(m_file->handle());
    QVERIFY(source);
    const auto picture = (*source)->frame(3, {64, 48});
    QVERIFY2(picture, picture ? "" : qPrintable(picture.error().detail));
    QCOMPARE(picture->row(0)[0], quint8(3));
}

void TestLyingWorker::liesAboutOutputsAreRefused_data()
{
    QTest::addColumn<QByteArray>("lie");
    QTest::addColumn<QByteArray>("reason"); // empty: any
    for (const char* lie :
        {"unknown", "rung", "negative", "nameless", "opens-twice", "unopened", "fewer", "more", "many", "leaves-open"})
        QTest::newRow(lie) << QByteArray(lie) << QByteArray("worker_protocol");
    QTest::newRow("wrong-hash") << QByteArray("wrong-hash") << QByteArray();
}

void TestLyingWorker::liesAboutOutputsAreRefused()
{
    QFETCH(QByteArray, lie);
    QFETCH(QByteArray, reason);
    const auto result = transcodeWith(lie);
    QVERIFY(!result);
    if (!reason.isEmpty())
        QCOMPARE(result.error().reason, reason);
    QCOMPARE(outputs(), QStringList()); // neither a final name nor a temporary one is left
}

void TestLyingWorker::aFinishedFileCannotBeChanged()
{
    for (const QByteArray lie : {"rewrites", "again"}) {
        const auto result = transcodeWith(lie);
        QVERIFY(!result);
        QCOMPARE(outputs(), QStringList {u"out/video/720p/init.mp4"_s});
        QFile file(outFolder() + u"/video/720p/init.mp4"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "twelve bytes");
        file.remove();
    }
}

void TestLyingWorker::successWithoutAManifestIsNone()
{
    const auto result = transcodeWith("nothing");
    QVERIFY2(!result, "a transcode was reported that made no file");
    QCOMPARE(result.error().reason, "worker_protocol");
}

int main(int argc, char* argv[])
{
    if (const QByteArray behaviour = fakeworker::behaviourOf(argv[0]); fakemedia::knows(behaviour))
        return fakemedia::run(behaviour);
    QCoreApplication application(argc, argv);
    TestLyingWorker test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_lying_worker.moc"

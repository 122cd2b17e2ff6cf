#include "core/base/sha256.h"
#include "core/transcode/segment_store.h"

#include <QDirIterator>
#include <QTemporaryDir>
#include <QtTest>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::transcode;
using namespace Qt::StringLiterals;

namespace {

Plan plan(double crf = 23)
{
    Ladder ladder = *shippedLadder(u"web-two"_s);
    ladder.renditions.front().crf = crf;
    const SourceFacts source {
        .durationSeconds = 7, .picture = SourcePicture {.width = 1280, .height = 720}, .sound = SourceSound {}};
    return *makePlan(source, ladder);
}

const OutputKey kInit {OutputKind::VideoInit, 0, 0};
const OutputKey kFirst {OutputKind::VideoSegment, 0, 0};
const OutputKey kLow {OutputKind::VideoSegment, 1, 0};
const OutputKey kMaster {OutputKind::MasterPlaylist, 0, 0};

SegmentStore openStore(const QTemporaryDir& folder, const Plan& thePlan = plan(), const QByteArray& source = "aa")
{
    auto store = SegmentStore::open(folder.filePath(u"out"_s), thePlan, source, u"libx264"_s);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    return *std::move(store);
}

FinishedOutput draft(const OutputKey& key, const QByteArray& bytes)
{
    return {.key = key, .bytes = bytes.size(), .sha256 = sha256Hex(bytes), .durationTicks = 100, .samples = 1};
}

Result<void> put(SegmentStore& store, const OutputKey& key, const QByteArray& bytes)
{
    const auto fd = store.open(key);
    if (!fd)
        return fd.error();
    if (write(*fd, bytes.constData(), static_cast<std::size_t>(bytes.size())) != bytes.size())
        return Error {ErrorCode::Io, u"short write"_s, {}};
    return store.finish(draft(key, bytes));
}

QStringList files(const QTemporaryDir& folder)
{
    QStringList names;
    QDirIterator it(folder.filePath(u"out"_s), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        names.append(QDir(folder.filePath(u"out"_s)).relativeFilePath(it.next()));
    names.sort();
    return names;
}

} // namespace

class TestSegmentStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void finishedOutputsHaveTheirNameAndSurvive();
    void anUnfinishedOutputLeavesNothing();
    void whatWasDamagedIsMadeAgain_data();
    void whatWasDamagedIsMadeAgain();
    void otherSettingsOrSourceDropWhatTheyTouch();
    void theMasterIsGoneWhileARunIsOpen();
    void theWorkerIsNotBelieved();
    void foreignAndDoubleKeysAreRefused();
    void aTornJournalLineIsForgotten();
    void foreignFilesStay();
};

void TestSegmentStore::finishedOutputsHaveTheirNameAndSurvive()
{
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        QVERIFY(store.finished().isEmpty());
        QVERIFY(put(store, kInit, "init"));
        QVERIFY(put(store, kFirst, "first"));
        QCOMPARE(store.finished().size(), 2);
    }
    QCOMPARE(
        files(folder), (QStringList {u"journal.jsonl"_s, u"video/720p/init.mp4"_s, u"video/720p/seg_00001.m4s"_s}));
    SegmentStore store = openStore(folder);
    QCOMPARE(store.finished(), (QList {draft(kInit, "init"), draft(kFirst, "first")}));
    QVERIFY(!store.isComplete());
}

void TestSegmentStore::anUnfinishedOutputLeavesNothing()
{
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        const auto fd = store.open(kFirst);
        QVERIFY(fd);
        QCOMPARE(write(*fd, "half", 4), 4);
        QVERIFY(!files(folder).contains(u"video/720p/seg_00001.m4s"_s));
    }
    QCOMPARE(files(folder), QStringList {u"journal.jsonl"_s});
    // The same after a kill, when no destructor ran.
    QFile stale(folder.filePath(u"out/video/720p/.tmp-killed"_s));
    QVERIFY(stale.open(QIODevice::WriteOnly));
    stale.close();
    const SegmentStore store = openStore(folder);
    QCOMPARE(files(folder), QStringList {u"journal.jsonl"_s});
}

void TestSegmentStore::whatWasDamagedIsMadeAgain_data()
{
    QTest::addColumn<QByteArray>("now");
    QTest::newRow("one bit") << QByteArray("firsu");
    QTest::newRow("cut") << QByteArray("fir");
    QTest::newRow("longer") << QByteArray("first!");
    QTest::newRow("empty") << QByteArray();
}

void TestSegmentStore::whatWasDamagedIsMadeAgain()
{
    QFETCH(QByteArray, now);
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        QVERIFY(put(store, kInit, "init"));
        QVERIFY(put(store, kFirst, "first"));
    }
    QFile file(folder.filePath(u"out/video/720p/seg_00001.m4s"_s));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(now);
    file.close();
    SegmentStore store = openStore(folder);
    QCOMPARE(store.finished(), (QList {draft(kInit, "init")}));
    QVERIFY(!file.exists());
    QVERIFY(put(store, kFirst, "first"));
}

void TestSegmentStore::otherSettingsOrSourceDropWhatTheyTouch()
{
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        QVERIFY(put(store, kFirst, "first"));
        QVERIFY(put(store, kLow, "low"));
    }
    {
        const SegmentStore store = openStore(folder, plan(20)); // another quality of the first rung
        QCOMPARE(store.finished(), (QList {draft(kLow, "low")}));
        QVERIFY(!files(folder).contains(u"video/720p/seg_00001.m4s"_s));
    }
    const SegmentStore store = openStore(folder, plan(20), "bb");
    QVERIFY(store.finished().isEmpty());
    QCOMPARE(files(folder), QStringList {u"journal.jsonl"_s});
}

void TestSegmentStore::theMasterIsGoneWhileARunIsOpen()
{
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        QVERIFY(put(store, kMaster, "#EXTM3U\n"));
        QVERIFY(store.isComplete());
    }
    QVERIFY(files(folder).contains(u"master.m3u8"_s));
    const SegmentStore store = openStore(folder);
    QVERIFY(!store.isComplete());
    QVERIFY(!files(folder).contains(u"master.m3u8"_s));
}

void TestSegmentStore::theWorkerIsNotBelieved()
{
    QTemporaryDir folder;
    SegmentStore store = openStore(folder);
    auto fd = store.open(kFirst);
    QVERIFY(fd);
    QCOMPARE(write(*fd, "evil", 4), 4);
    auto finished = store.finish(draft(kFirst, "good"));
    QVERIFY(!finished);
    QCOMPARE(finished.error().code, ErrorCode::Corrupt);
    QCOMPARE(files(folder), QStringList {u"journal.jsonl"_s});
    QVERIFY(put(store, kFirst, "good")); // and it may be made again
    finished = store.finish(draft(kLow, "never opened"));
    QVERIFY(!finished);
    QCOMPARE(finished.error().code, ErrorCode::Denied);
}

void TestSegmentStore::foreignAndDoubleKeysAreRefused()
{
    QTemporaryDir folder;
    SegmentStore store = openStore(folder);
    const auto foreign = store.open({OutputKind::VideoSegment, 7, 0});
    QVERIFY(!foreign);
    QCOMPARE(foreign.error().code, ErrorCode::Denied);
    QVERIFY(store.open(kFirst));
    QVERIFY(!store.open(kFirst));
    QVERIFY(put(store, kLow, "low"));
    QVERIFY(!store.open(kLow));
}

void TestSegmentStore::aTornJournalLineIsForgotten()
{
    QTemporaryDir folder;
    {
        SegmentStore store = openStore(folder);
        QVERIFY(put(store, kInit, "init"));
        QVERIFY(put(store, kFirst, "first"));
    }
    QFile journal(folder.filePath(u"out/journal.jsonl"_s));
    QVERIFY(journal.resize(journal.size() - 20));
    {
        const SegmentStore store = openStore(folder);
        QCOMPARE(store.finished(), (QList {draft(kInit, "init")}));
    }
    QVERIFY(journal.open(QIODevice::WriteOnly | QIODevice::Append));
    journal.write(QByteArray("\0\xFF{}\n[]\n{\"output\":3}\n", 21));
    journal.close();
    const SegmentStore store = openStore(folder);
    QCOMPARE(store.finished(), (QList {draft(kInit, "init")}));
}

void TestSegmentStore::foreignFilesStay()
{
    QTemporaryDir folder;
    {
        const SegmentStore store = openStore(folder);
    }
    for (const QString& name : {u"out/video/720p/notes.txt"_s, u"out/readme"_s}) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const SegmentStore store = openStore(folder);
    QCOMPARE(files(folder), (QStringList {u"journal.jsonl"_s, u"readme"_s, u"video/720p/notes.txt"_s}));
}

QTEST_GUILESS_MAIN(TestSegmentStore)
#include "tst_segment_store.moc"

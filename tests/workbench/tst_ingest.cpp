#include "core/store/workspace_store.h"
#include "workbench_room.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

QStringList originals(WorkbenchRoom& room)
{
    return QDir(room.workspace().paths().media()).entryList(QDir::Files | QDir::Hidden);
}

int assetCount(WorkbenchRoom& room)
{
    const auto ids = room.workspace().store().read([](const store::UnitOfWork& unit) { return unit.assets.ids({}); });
    return ids ? static_cast<int>(ids->size()) : -1;
}

} // namespace

/// What comes into a workspace: media, once, by the hash of its bytes.
class TestIngest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsTheBytesUnderTheirHash();
    void sameBytesAreRecognisedWhateverTheirName();
    void whatIsNoMediaNeverEnters_data();
    void whatIsNoMediaNeverEnters();
    void cancelLeavesNothing();
    void needsTheRole();
};

void TestIngest::keepsTheBytesUnderTheirHash()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    QCOMPARE(originals(room), QStringList {QString::fromLatin1(asset.sha256)});
    QFile kept(room.workspace().paths().original(asset.sha256));
    QFile given(clipPath("talking_head_mono.mp4"));
    QVERIFY(kept.open(QIODevice::ReadOnly) && given.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), given.readAll());
    QCOMPARE(room.outbox().size(), 2U); // the title and the asset
    QCOMPARE(room.log().front().action, u"ingest"_s);
}

void TestIngest::sameBytesAreRecognisedWhateverTheirName()
{
    WorkbenchRoom room;
    const IngestedAsset first = room.ingestClip();
    QVERIFY(!first.duplicateOf);
    const QString other = room.path(u"another name.mov"_s);
    QVERIFY(QFile::copy(clipPath("talking_head_mono.mp4"), other));
    const auto operations = room.outbox().size();
    const auto entries = room.log().size();
    const auto again = ingestFile(room.workspace(), other);
    QVERIFY(again);
    QCOMPARE(again->duplicateOf, std::optional(first.id));
    QCOMPARE(again->id, first.id);
    QCOMPARE(again->title, first.title);
    QCOMPARE(assetCount(room), 1);
    QCOMPARE(originals(room).size(), 1);
    QCOMPARE(room.outbox().size(), operations);
    QCOMPARE(room.log().size(), entries);
}

void TestIngest::whatIsNoMediaNeverEnters_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QFile clip(clipPath("talking_head_mono.mp4"));
    QVERIFY(clip.open(QIODevice::ReadOnly));
    const QByteArray whole = clip.readAll();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("It was a dark and stormy night.\n").repeated(100);
    QTest::newRow("noise") << QByteArray::fromHex("a7c3").repeated(50'000);
    QTest::newRow("a playlist") << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n");
    QTest::newRow("the head alone") << whole.left(64);
}

void TestIngest::whatIsNoMediaNeverEnters()
{
    QFETCH(QByteArray, bytes);
    WorkbenchRoom room;
    const QString path = room.path(u"upload.mp4"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const auto entries = room.log().size();
    const auto result = ingestFile(room.workspace(), path);
    QVERIFY(!result);
    QVERIFY(!result.error().reason.isEmpty() && !result.error().detail.isEmpty());
    QCOMPARE(assetCount(room), 0);
    QCOMPARE(originals(room), QStringList());
    QVERIFY(room.outbox().empty());
    QCOMPARE(room.log().size(), entries);
    for (const QString& none : {room.path(u"nowhere"_s), room.folder()})
        QVERIFY(!ingestFile(room.workspace(), none));
    const QString fifo = room.path(u"fifo"_s);
    QCOMPARE(mkfifo(qPrintable(fifo), 0600), 0);
    QCOMPARE(ingestFile(room.workspace(), fifo).error().reason, QByteArray("not_a_file"));
}

void TestIngest::cancelLeavesNothing()
{
    WorkbenchRoom room;
    const CancelSource cancel;
    const auto result = ingestFile(room.workspace(), clipPath("bbb_720p25_5.1.mp4"), cancel.token(),
        [&cancel](const Progress&) { cancel.cancel(); });
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Canceled);
    QCOMPARE(assetCount(room), 0);
    QCOMPARE(originals(room), QStringList());
}

void TestIngest::needsTheRole()
{
    WorkbenchRoom room;
    room.addProfile(u"auditor"_s, {moderation::Role::Auditor});
    room.reopen(u"auditor"_s);
    QCOMPARE(ingestFile(room.workspace(), clipPath("talking_head_mono.mp4")).error().code, ErrorCode::Denied);
    QCOMPARE(room.log().front().action, u"denied"_s);
    QCOMPARE(originals(room), QStringList());
}

QTEST_GUILESS_MAIN(TestIngest)
#include "tst_ingest.moc"

#include "core/base/durable_file.h"
#include "store_fixture.h"

#include <QFile>
#include <QTest>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R7: on a full disk the originals and the database stay as they are, and decisions go on from the reserve.
class TestFullDisk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void decisionsGoOnFromTheReserve();
    void fullWithoutReserveIsAnErrorAndLosesNothing();
    void openingSaysThatTheDiskIsFull();
    void openingTakesTheReserve();
    void mediaLeaveTheRoomOfDecisions();

private:
    void fillUp();
    QTemporaryDir m_dir;
    bool m_mounted = false;
};

namespace {

bool isLong()
{
    return qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1;
}

/// The real reserve and what it must be enough for; in a short run an eighth of each.
qint64 reserveBytes()
{
    return kReserveBytes / (isLong() ? 1 : 8);
}
int decisionsWanted()
{
    return isLong() ? 10'000 : 10'000 / 8;
}

} // namespace

void TestFullDisk::initTestCase()
{
    if (mount("none", qPrintable(m_dir.path()), "tmpfs", 0, isLong() ? "size=300m" : "size=40m") != 0)
        QSKIP("a small file system can only be mounted as root");
    m_mounted = true;
}

void TestFullDisk::cleanupTestCase()
{
    if (m_mounted)
        QCOMPARE(umount2(qPrintable(m_dir.path()), MNT_DETACH), 0);
}

void TestFullDisk::fillUp()
{
    QFile ballast(m_dir.filePath(u"ballast"_s));
    QVERIFY(ballast.open(QIODevice::Append | QIODevice::Unbuffered));
    const QByteArray piece(4096, 'x');
    while (ballast.write(piece) == piece.size()) { }
}

void TestFullDisk::decisionsGoOnFromTheReserve()
{
    const QString folder = m_dir.filePath(u"w"_s);
    const int kDecisions = decisionsWanted();
    const auto store = openStore(folder, nullptr, reserveBytes());
    QVERIFY(store->isReserveHeld());
    addAssets(*store, kDecisions);
    fillUp();
    for (int i = 0; i < kDecisions; ++i) {
        const auto done = decide(*store, someAsset(i), QString::number(i));
        QVERIFY2(done, qPrintable(u"decision %1: %2"_s.arg(i).arg(done ? QString() : done.error().detail)));
    }
    qInfo("%d decisions after the disk was full, from a reserve of %lld MiB", kDecisions,
        static_cast<long long>(reserveBytes() >> 20));
    QVERIFY(!store->isReserveHeld());
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })), kDecisions);
    QVERIFY(must(store->verifyAudit()).isSound());
    QVERIFY(QFile::remove(m_dir.filePath(u"ballast"_s)));
    must(store->maintain());
    QVERIFY(store->isReserveHeld());
}

void TestFullDisk::fullWithoutReserveIsAnErrorAndLosesNothing()
{
    const QString folder = m_dir.filePath(u"w2"_s);
    qint64 saved = 0;
    {
        const auto store = openStore(folder, nullptr, 4096);
        addAssets(*store, 4000);
        fillUp();
        Result<void> done;
        while ((done = decide(*store, someAsset(static_cast<int>(saved)), QString::number(saved))))
            ++saved;
        QCOMPARE(done.error().code, ErrorCode::DiskFull);
        // It is refused again, not half done.
        QCOMPARE(decide(*store, someAsset(static_cast<int>(saved)), u"again"_s).error().code, ErrorCode::DiskFull);
        QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })), saved);
    }
    QVERIFY(QFile::remove(m_dir.filePath(u"ballast"_s)));
    const auto store = openStore(folder, nullptr, 4096);
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.decisions.count(); })), saved);
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
    QVERIFY(decide(*store, someAsset(static_cast<int>(saved)), u"now"_s));
}

void TestFullDisk::openingSaysThatTheDiskIsFull()
{
    const QString folder = m_dir.filePath(u"w3"_s);
    const QString path = WorkspaceStore::databasePathIn(folder);
    QFile::remove(m_dir.filePath(u"ballast"_s));
    addAssets(*openStore(folder, nullptr, 4096), 10);
    const QByteArray bytes = must(readFile(path, 1 << 26));
    fillUp();
    for (const QString& place : {folder, m_dir.filePath(u"new"_s)}) {
        const auto opened = WorkspaceStore::open({.folder = place, .reserveBytes = 4096});
        QVERIFY(!opened);
        QVERIFY2(opened.error().code == ErrorCode::DiskFull, qPrintable(opened.error().detail));
        QVERIFY(!opened.error().detail.isEmpty());
    }
    QCOMPARE(must(readFile(path, 1 << 26)), bytes);
    QVERIFY(QFile::remove(m_dir.filePath(u"ballast"_s)));
    QCOMPARE(
        must(openStore(folder, nullptr, 4096)->read([](const UnitOfWork& unit) { return unit.assets.ids({}); })).size(),
        10U);
}

void TestFullDisk::openingTakesTheReserve()
{
    const QString folder = m_dir.filePath(u"w4"_s);
    {
        const auto store = openStore(folder, nullptr, 1 << 20);
        QVERIFY(store->isReserveHeld());
        addAssets(*store, 10);
    }
    fillUp();
    {
        const auto store = openStore(folder, nullptr, 1 << 20);
        QVERIFY(!store->isReserveHeld());
        QVERIFY(decide(*store, someAsset(0), u"first"_s));
    }
    QVERIFY(QFile::remove(m_dir.filePath(u"ballast"_s)));
}

void TestFullDisk::mediaLeaveTheRoomOfDecisions()
{
    constexpr qint64 kReserve = 4 << 20;
    const auto store = openStore(m_dir.filePath(u"w5"_s), nullptr, kReserve);
    addAssets(*store, 1001);
    QVERIFY(store->isReserveHeld());
    QVERIFY(store->checkRoomForMedia(1'000'000));
    QCOMPARE(store->checkRoomForMedia(qint64 {1} << 40).error().code, ErrorCode::DiskFull);
    fillUp();
    for (int i = 0; store->isReserveHeld() && i < 1000; ++i)
        QVERIFY(decide(*store, someAsset(i), QString::number(i)));
    QVERIFY(!store->isReserveHeld());
    const auto refused = store->checkRoomForMedia(1);
    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, QByteArray("disk_full"));
    QVERIFY(decide(*store, someAsset(1000), u"still"_s));
    QVERIFY(QFile::remove(m_dir.filePath(u"ballast"_s)));
    QVERIFY(store->checkRoomForMedia(1'000'000));
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_full_disk.moc"

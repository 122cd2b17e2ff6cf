#include "kept_promises.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <sys/mount.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

constexpr int kFullLevels = 100;
constexpr qint64 kMostLeft = 600'000; ///< bytes: a clip of 102 kB, the database's growth and more fit into it

/// A small file system in the place of the room's workspace, gone with this object.
class SmallDisk {
public:
    SmallDisk(const ProgramRoom& room, const QString& kind)
        : m_place(QFile::encodeName(room.workspace()))
    {
        if (!QDir().mkpath(room.workspace()))
            return;
        if (kind == u"tmpfs") {
            m_isMounted = mount("none", m_place.constData(), "tmpfs", 0, "size=16m") == 0;
            return;
        }
        const QString image = room.path(u"disk.img"_s);
        QFile file(image);
        m_isMounted = file.open(QIODevice::WriteOnly) && file.resize(16 << 20)
            && QProcess::execute(u"mkfs.ext4"_s, {u"-q"_s, u"-m"_s, u"0"_s, image}) == 0
            && QProcess::execute(u"mount"_s, {u"-o"_s, u"loop"_s, image, room.workspace()}) == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            umount2(m_place.constData(), MNT_DETACH);
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)
    [[nodiscard]] bool isMounted() const { return m_isMounted; }

    /// Fills it but for \a left bytes (to a block).
    [[nodiscard]] bool fillUp(qint64 left) const
    {
        QFile ballast(ballastPath());
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return false;
        const QByteArray piece(4096, 'x');
        while (ballast.write(piece) == piece.size()) { }
        return ballast.resize(std::max<qint64>(0, ballast.size() - left)) && fsync(ballast.handle()) == 0;
    }
    [[nodiscard]] bool empty() const { return QFile::remove(ballastPath()); }

private:
    [[nodiscard]] QString ballastPath() const { return QFile::decodeName(m_place) + u"/ballast"_s; }

    QByteArray m_place;
    bool m_isMounted = false;
};

/// What a program may answer on a full disk: done, or a refusal that names the disk and says what to do.
bool isPlain(const Ended& ended)
{
    const QJsonObject error = ended.json()[u"error"_s].toObject();
    return ended.exitCode == 0
        || (ended.exitCode == 6 && error[u"code"_s] == u"disk_full"_s && !error[u"detail"_s].toString().isEmpty());
}

} // namespace

/// Promise R7 through whole programs: however full the disk is, what stands there stays as it was, what is told as
/// saved is saved, and with room again everything goes on. A hundred fill levels with VIDIMUS_LONG=1, else five.
class TestFullDiskLevels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostAtAnyLevel_data();
    void nothingIsLostAtAnyLevel();
};

void TestFullDiskLevels::nothingIsLostAtAnyLevel_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("tmpfs") << u"tmpfs"_s;
    QTest::newRow("ext4") << u"ext4"_s;
}

void TestFullDiskLevels::nothingIsLostAtAnyLevel()
{
    QFETCH(const QString, kind);
    if (geteuid() != 0)
        QSKIP("a small file system can only be mounted as root");
    ProgramRoom room;
    const SmallDisk disk(room, kind);
    if (!disk.isMounted())
        QSKIP("this kind of small file system cannot be mounted here");
    const QList<LoadedAsset> first = ingestVariants(room, 0, 1);
    QCOMPARE(first.size(), 1);
    const QString original = room.workspace() + u"/media/"_s + QString::fromLatin1(first[0].sha256);
    const QByteArray bytes = readBytes(original);
    QCOMPARE(bytes, variant(0));

    Acknowledged acknowledged;
    int refusals = 0;
    bool stands = false; // a rejection
    const int levels = countFor(kFullLevels);
    for (int level = 0; level < levels; ++level) {
        const qint64 left = kMostLeft * level / levels;
        QVERIFY(disk.fillUp(left));
        const QString clip = room.path(u"next-%1.mp4"_s.arg(level));
        writeBytes(clip, variant(level + 1));
        const Ended ingested = room.run({u"ingest"_s, clip});
        QVERIFY2(isPlain(ingested),
            qPrintable(u"%1 bytes left: exit %2, %3"_s.arg(left)
                    .arg(ingested.exitCode)
                    .arg(QString::fromUtf8(ingested.out + ingested.err))));
        const QStringList words = stands
            ? QStringList {u"decide"_s, first[0].id, u"clear"_s}
            : QStringList {u"decide"_s, first[0].id, u"reject"_s, u"--reason"_s, u"nudity"_s};
        const Ended decided = room.run(words);
        QVERIFY2(isPlain(decided),
            qPrintable(u"%1 bytes left: exit %2, %3"_s.arg(left)
                    .arg(decided.exitCode)
                    .arg(QString::fromUtf8(decided.out + decided.err))));
        if (decided.exitCode == 0) {
            acknowledged.decisions.insert(decided.json()[u"decision"_s][u"id"_s].toString());
            stands = !stands;
        } else {
            ++refusals;
        }
        QCOMPARE(readBytes(original), bytes);
        QVERIFY(disk.empty());
        checkWorkspace(room, acknowledged);
        if (QTest::currentTestFailed())
            return;
        // The same upload again, with room: it comes in, or is known from before.
        const Ended again = room.run({u"ingest"_s, clip});
        QVERIFY2(again.exitCode == 0, again.err.constData());
        const QString sha256 = again.json()[u"assets"_s][0][u"sha256"_s].toString();
        QCOMPARE(readBytes(room.workspace() + u"/media/"_s + sha256), variant(level + 1));
        QVERIFY(QFile::remove(clip));
    }
    QVERIFY2(refusals > 0, "the disk was never full enough to refuse a decision");
    const QMap<QString, QByteArray> originals = hashesBelow(room.workspace() + u"/media"_s);
    QCOMPARE(originals.size(), levels + 1);
    for (auto file = originals.begin(); file != originals.end(); ++file)
        QCOMPARE(QString::fromLatin1(file.value()), file.key());
    QVERIFY(allGone());
}

QTEST_GUILESS_MAIN(TestFullDiskLevels)
#include "tst_full_disk_levels.moc"

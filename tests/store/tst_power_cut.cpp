#include "core/base/durable_file.h"
#include "store_fixture.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <random>
#include <sys/mount.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R2: a decision shown as saved outlives a power cut. The file system lies on a loop device over nbdkit, whose
/// write-back cache holds what was not flushed; killing nbdkit is the cut. 20 cuts; 200 with VIDIMUS_LONG=1.
class TestPowerCut : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aCutTakesWhatWasNotFlushed();
    void nothingAcknowledgedIsLost_data();
    void nothingAcknowledgedIsLost();
};

namespace {

constexpr int kAssets = 4000;
constexpr qint64 kDiskBytes = qint64 {400} << 20;

constexpr int kPatience = 60'000; // ms, for a loaded machine

/// The path of a program that an ordinary account's PATH may lack.
QString program(const QString& name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, {u"/usr/sbin"_s, u"/sbin"_s}) : found;
}

/// What a command wrote; null when it failed.
QString output(const QString& name, const QStringList& arguments)
{
    QProcess process;
    process.start(program(name), arguments);
    if (!process.waitForFinished(30'000) || process.exitCode() != 0)
        return {};
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed() + u""_s;
}

/// A disk in a file, mounted directly or over a cache that a power cut empties.
class Disk {
public:
    Disk(const QString& folder, const QString& fileSystem)
        : m_folder(folder)
        , m_fileSystem(fileSystem)
    {
    }
    ~Disk()
    {
        cutPower();
        clearAway();
    }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    [[nodiscard]] QString root() const { return m_folder + u"/mounted"_s; }

    bool make() const
    {
        QFile image(imagePath());
        QDir().mkpath(root());
        QDir().mkpath(m_folder + u"/fuse"_s);
        if (!image.open(QIODevice::WriteOnly) || !image.resize(kDiskBytes))
            return false;
        image.close();
        return !output(u"mkfs."_s + m_fileSystem, {u"-q"_s, imagePath()}).isNull();
    }
    bool mountPlain()
    {
        m_isCached = false;
        return attach(imagePath());
    }
    /// Through a disk that keeps what it is given until it is told to flush.
    bool mountCached()
    {
        m_isCached = true;
        const QString socket = m_folder + u"/socket"_s;
        QFile::remove(socket);
        m_server.start(program(u"nbdkit"_s),
            {u"--foreground"_s, u"--exit-with-parent"_s, u"--unix"_s, socket, u"--filter=cache"_s, u"file"_s,
                imagePath(), u"cache=writeback"_s});
        if (!QTest::qWaitFor([&] { return QFile::exists(socket); }, kPatience)) {
            qWarning("no server: %s", m_server.readAllStandardError().constData());
            return false;
        }
        const QString device = m_folder + u"/fuse/disk"_s;
        const auto isThere = [&] {
            // The server's socket has its name before it listens: a bridge that came too early ends, and goes again.
            if (m_bridge.state() == QProcess::NotRunning)
                m_bridge.start(program(u"nbdfuse"_s), {device, u"--unix"_s, socket});
            return QFileInfo(device).size() == kDiskBytes;
        };
        if (!QTest::qWaitFor(isThere, kPatience)) {
            qWarning("no bridge: %s", m_bridge.readAllStandardError().constData());
            return false;
        }
        return attach(device);
    }
    void cutPower()
    {
        for (QProcess* process : {&m_server, &m_bridge}) {
            if (process->state() == QProcess::NotRunning)
                continue;
            process->kill();
            process->waitForFinished();
        }
    }
    /// After a cut, and after whoever had files open there.
    void clearAway()
    {
        unmount();
        umount2(QFile::encodeName(m_folder + u"/fuse/disk"_s).constData(), MNT_DETACH);
        umount2(QFile::encodeName(m_folder + u"/fuse"_s).constData(), MNT_DETACH);
    }
    void unmount()
    {
        if (m_loop.isEmpty())
            return;
        umount2(QFile::encodeName(root()).constData(), m_isCached ? MNT_DETACH : 0); // a dead disk cannot be waited for
        (void)output(u"losetup"_s, {u"--detach"_s, m_loop});
        m_loop.clear();
    }

private:
    [[nodiscard]] QString imagePath() const { return m_folder + u"/image"_s; }
    bool attach(const QString& file)
    {
        m_loop = output(u"losetup"_s, {u"--find"_s, u"--show"_s, file});
        const bool isMounted = !m_loop.isEmpty()
            && mount(QFile::encodeName(m_loop).constData(), QFile::encodeName(root()).constData(),
                   QFile::encodeName(m_fileSystem).constData(), 0, nullptr)
                == 0;
        if (!isMounted)
            qWarning("loop device \"%s\" not mounted: %s", qPrintable(m_loop), strerror(errno));
        return isMounted;
    }

    QString m_folder;
    QString m_fileSystem;
    QString m_loop;
    bool m_isCached = false;
    QProcess m_server;
    QProcess m_bridge;
};

/// The child: decides until it cannot, and says each number once it is saved.
int decideForEver(const QString& folder)
{
    auto store = WorkspaceStore::open({.folder = folder, .reserveBytes = 1 << 16});
    if (!store)
        return 1;
    auto count = (*store)->read([](const UnitOfWork& unit) { return unit.decisions.count(); });
    for (qint64 i = count.value_or(kAssets); i < kAssets; ++i) {
        const int number = static_cast<int>(i);
        if (!decide(**store, someAsset(number), QString::number(number)))
            break;
        if (write(STDOUT_FILENO, &number, sizeof number) != static_cast<ssize_t>(sizeof number))
            break;
    }
    // What a dead disk does to an orderly end is not what is asked here.
    _exit(0);
}

} // namespace

void TestPowerCut::initTestCase()
{
    for (const QString& name : {u"nbdkit"_s, u"nbdfuse"_s, u"losetup"_s}) {
        if (program(name).isEmpty())
            QSKIP(qPrintable(name + u" is not installed"_s));
    }
    if (geteuid() != 0)
        QSKIP("file systems can only be mounted as root");
    if (!QFile::exists(u"/dev/fuse"_s) || !QFile::exists(u"/dev/loop-control"_s))
        QSKIP("there is no /dev/fuse or no loop device here");
}

void TestPowerCut::aCutTakesWhatWasNotFlushed()
{
    const QTemporaryDir dir;
    Disk disk(dir.path(), u"ext4"_s);
    QVERIFY(disk.make());
    QVERIFY(disk.mountCached());
    must(writeFileDurably(disk.root() + u"/flushed"_s, "kept"));
    QFile loose(disk.root() + u"/loose"_s);
    QVERIFY(loose.open(QIODevice::WriteOnly));
    QCOMPARE(loose.write("lost"), 4);
    loose.close();
    disk.cutPower();
    disk.clearAway();
    QVERIFY(disk.mountPlain());
    QCOMPARE(must(readFile(disk.root() + u"/flushed"_s, 100)), QByteArray("kept"));
    QVERIFY(!QFile::exists(disk.root() + u"/loose"_s));
}

void TestPowerCut::nothingAcknowledgedIsLost_data()
{
    QTest::addColumn<QString>("fileSystem");
    for (const QString& name : {u"ext4"_s, u"xfs"_s, u"btrfs"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestPowerCut::nothingAcknowledgedIsLost()
{
    QFETCH(QString, fileSystem);
    if (program(u"mkfs."_s + fileSystem).isEmpty())
        QSKIP(qPrintable(u"mkfs.%1 is not installed"_s.arg(fileSystem)));
    const QTemporaryDir dir;
    Disk disk(dir.path(), fileSystem);
    QVERIFY(disk.make());
    if (!disk.mountPlain())
        QSKIP(qPrintable(u"%1 cannot be mounted on a loop device here"_s.arg(fileSystem)));
    const QString folder = disk.root() + u"/w"_s;
    addAssets(*openStore(folder), kAssets);
    disk.unmount();

    const int cuts = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? 200 : 20;
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    QSet<int> acknowledged;
    for (int cut = 0; cut < cuts; ++cut) {
        QVERIFY(disk.mountCached());
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--decide"_s, folder});
        QVERIFY(child.waitForStarted());
        QTest::qWait(static_cast<int>(random() % 500));
        disk.cutPower();
        child.waitForFinished(5'000);
        child.kill();
        child.waitForFinished();
        disk.clearAway();
        const QByteArray told = child.readAllStandardOutput();
        for (qsizetype at = 0; at + 4 <= told.size(); at += 4) {
            int number = 0;
            std::memcpy(&number, told.constData() + at, sizeof number);
            acknowledged.insert(number);
        }

        QVERIFY(disk.mountPlain());
        {
            const auto opened = WorkspaceStore::open({.folder = folder, .reserveBytes = 1 << 16});
            QVERIFY2(opened, opened ? "" : qPrintable(u"cut %1: %2"_s.arg(cut).arg(opened.error().detail)));
            WorkspaceStore& store = **opened;
            for (const int saved : std::as_const(acknowledged)) {
                QVERIFY2(store.read([&](const UnitOfWork& unit) {
                    return unit.decisions.find(DecisionId(QString::number(saved)));
                }),
                    qPrintable(u"cut %1: decision %2 is lost"_s.arg(cut).arg(saved)));
            }
            const audit::LogReport log = must(store.verifyAudit());
            QVERIFY2(log.isSound(), qPrintable(log.detail));
            QVERIFY(must(store.checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1))).isSound());
        }
        disk.unmount();
    }
    qInfo("%s: %d cuts, %lld decisions acknowledged, none lost", qPrintable(fileSystem), cuts,
        static_cast<long long>(acknowledged.size()));
    QVERIFY(!acknowledged.isEmpty());
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--decide"_s)
        return decideForEver(arguments.value(2));
    TestPowerCut test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_power_cut.moc"

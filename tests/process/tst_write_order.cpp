#include "program_room.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

/// A call as the preloaded library saw it, in the order of all threads and programs.
struct Call {
    QString name; ///< "write", "sync", "rename", "remove"
    QString path;
    QString to; ///< of a rename
};

QList<Call> readCalls(const QString& log)
{
    QList<Call> calls;
    for (const QByteArray& line : readBytes(log).split('\n')) {
        const QStringList words = QString::fromUtf8(line).split(u'\t');
        if (words.size() > 1)
            calls.append({words[0], words[1], words.value(2)});
    }
    return calls;
}

QString folderOf(const QString& path)
{
    return QFileInfo(path).path();
}

/// What nobody claims to be durable: files without a name, shared memory beside a database, locks, sockets, and what
/// can be made again.
bool isPassing(const QString& path)
{
    return path.endsWith(u" (deleted)"_s) || path.endsWith(u"-shm"_s) || path.endsWith(u".lock"_s)
        || path.contains(u"/cache/"_s) || path.endsWith(u".sock"_s);
}

bool comesAfter(const QList<Call>& calls, qsizetype at, const QString& name, const QString& path)
{
    return std::any_of(
        calls.begin() + at + 1, calls.end(), [&](const Call& call) { return call.name == name && call.path == path; });
}

/// The first thing that was done in the wrong order; empty: nothing.
QString wrongOrder(const QList<Call>& calls)
{
    QHash<QString, bool> unsynced; // written and not yet synced
    for (qsizetype i = 0; i < calls.size(); ++i) {
        const Call& call = calls[i];
        if (call.name == u"write") {
            unsynced[call.path] = true;
        } else if (call.name == u"sync") {
            unsynced[call.path] = false;
        } else if (call.name == u"remove") {
            unsynced.remove(call.path);
        } else if (call.name == u"rename") {
            if (unsynced.take(call.path))
                return u"%1 got its name before its data was synced"_s.arg(call.to);
            if (!isPassing(call.to) && !comesAfter(calls, i, u"sync"_s, folderOf(call.to)))
                return u"%1 got its name, but its folder was not synced"_s.arg(call.to);
        }
    }
    for (auto it = unsynced.cbegin(); it != unsynced.cend(); ++it) {
        if (it.value() && !isPassing(it.key()))
            return u"%1 was left without a sync"_s.arg(it.key());
    }
    return {};
}

} // namespace

/// Promise R9: data, fsync of the file, rename, fsync of the folder, on every path on which something is saved, as the
/// system calls of the real programs tell.
class TestWriteOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theCheckerSeesWhatIsWrong();
    void everySavePathKeepsTheOrder_data();
    void everySavePathKeepsTheOrder();

private:
    /// Runs a command with the library in it; its calls.
    QList<Call> traced(const QStringList& words, int exitCode);

    std::unique_ptr<ProgramRoom> m_room;
};

void TestWriteOrder::initTestCase()
{
#ifdef VIDIMUS_ASAN
    QSKIP("AddressSanitizer does not let another library be preloaded");
#endif
    m_room = std::make_unique<ProgramRoom>();
}

QList<Call> TestWriteOrder::traced(const QStringList& words, int exitCode)
{
    const QString log = m_room->path(u"calls"_s);
    QFile::remove(log);
    m_room->setVariable(u"LD_PRELOAD"_s, QCoreApplication::applicationDirPath() + u"/libvidimus_fault_shim.so"_s);
    m_room->setVariable(u"VIDIMUS_FAULT_ROOT"_s, m_room->path());
    m_room->setVariable(u"VIDIMUS_FAULT_LOG"_s, log);
    const Ended ended = m_room->run(words);
    if (ended.exitCode != exitCode)
        qWarning("%s: exit %d: %s%s", qPrintable(words.join(u' ')), ended.exitCode, ended.out.constData(),
            ended.err.constData());
    // The catalog that it started leaves a moment later.
    if (!QTest::qWaitFor([] { return ProgramRoom::descendants().isEmpty(); }, 10'000))
        qWarning("somebody is left");
    return ended.exitCode == exitCode ? readCalls(log) : QList<Call>();
}

void TestWriteOrder::theCheckerSeesWhatIsWrong()
{
    const Call write {u"write"_s, u"/a/.tmp"_s, {}};
    const Call sync {u"sync"_s, u"/a/.tmp"_s, {}};
    const Call name {u"rename"_s, u"/a/.tmp"_s, u"/a/b"_s};
    const Call folder {u"sync"_s, u"/a"_s, {}};
    QCOMPARE(wrongOrder({write, sync, name, folder}), QString());
    QVERIFY(!wrongOrder({write, name, sync, folder}).isEmpty());
    QVERIFY(!wrongOrder({write, sync, write, name, folder}).isEmpty());
    QVERIFY(!wrongOrder({write, sync, folder, name}).isEmpty());
    QVERIFY(!wrongOrder({write, sync, name}).isEmpty());
    QVERIFY(!wrongOrder({write}).isEmpty());
}

void TestWriteOrder::everySavePathKeepsTheOrder_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("saves"); // a name that must be among the calls
    const auto row = [](const char* name, int exitCode, const QString& saves, const QStringList& words) {
        QTest::newRow(name) << words << exitCode << saves;
    };
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    row("new workspace", 0, u"keys/audit.key"_s, {u"queue"_s});
    row("ingest", 0, u"/media/"_s, {u"ingest"_s, clip});
    row("decide", 0, u"workspace.db-wal"_s, {u"decide"_s, u"ASSET"_s, u"escalate"_s, u"--reason"_s, u"spam.scam"_s});
    row("send", 0, u"catalog.db-wal"_s, {u"sync"_s});
    row("transcode", 0, u"master.m3u8"_s, {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, u"out"_s});
    row("import rights", 0, u"workspace.db-wal"_s, {u"rights"_s, u"import"_s, u"RIGHTS"_s});
    row("backup", 0, u"copy/workspace-"_s, {u"backup"_s, u"copy"_s});
    row("restore", 0, u"workspace.db"_s, {u"restore"_s, u"copy"_s});
    row("the whole path", 0, u"/objects/"_s, {u"demo"_s, u"--headless"_s, u"--exit"_s});
}

void TestWriteOrder::everySavePathKeepsTheOrder()
{
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    QFETCH(QString, saves);
    if (words.contains(u"ASSET"_s)) {
        const Ended queue = m_room->run({u"queue"_s});
        words.replaceInStrings(u"ASSET"_s, queue.json()[u"items"_s][0][u"asset"_s].toString());
    }
    if (words.contains(u"RIGHTS"_s)) {
        writeBytes(m_room->path(u"rights.csv"_s),
            "ALID,Territory,LicenseType,Start,End,WorkType,TitleInternalAlias\n"
            "md:alid:1,DE,SVOD,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z,Movie,Blue Hour\n");
        words.replaceInStrings(u"RIGHTS"_s, u"rights.csv"_s);
    }
    m_room->setVariable(u"VIDIMUS_DEMO_MEDIA"_s, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s);
    const QList<Call> calls = traced(words, exitCode);
    QVERIFY(std::ranges::any_of(calls, [&](const Call& call) { return (call.path + u' ' + call.to).contains(saves); }));
    const QString wrong = wrongOrder(calls);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    qInfo("%lld calls", static_cast<long long>(calls.size()));
}

QTEST_GUILESS_MAIN(TestWriteOrder)
#include "tst_write_order.moc"

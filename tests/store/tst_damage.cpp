#include "core/base/durable_file.h"
#include "store_fixture.h"

#include <QFile>
#include <QTest>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R37: whatever is wrong with the file, it is noticed, nothing crashes, and the file is left as it is.
class TestDamage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void randomDamageIsNoticedAndNotOverwritten_data();
    void randomDamageIsNoticedAndNotOverwritten();

private:
    QTemporaryDir m_dir;
};

namespace {

using Random = std::mt19937;

/// Overwrites a few stretches with noise, or cuts the file.
QByteArray damaged(QByteArray bytes, Random& random)
{
    if (random() % 8 == 0)
        return bytes.left(static_cast<qsizetype>(1 + random() % static_cast<unsigned>(bytes.size() - 1)));
    const unsigned stretches = 1 + random() % 8;
    for (unsigned i = 0; i < stretches; ++i) {
        const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()));
        const auto length = std::min(bytes.size() - at, static_cast<qsizetype>(1 + random() % 600));
        for (qsizetype k = 0; k < length; ++k)
            bytes[at + k] = static_cast<char>(random());
    }
    return bytes;
}

enum Answer : int { Refused = 10, NoticedLater = 11, Unharmed = 12, SilentlyWrong = 13, Overwritten = 14 };
const QStringList kFiles {u"workspace.db"_s, u"workspace.db-wal"_s, u"workspace.db.pages"_s};

/// Runs in a child, so that a crash or a hang is seen as such.
Answer examine(const QString& folder, const QByteArray& bytes, const QByteArray& soundDump)
{
    const QString path = WorkspaceStore::databasePathIn(folder);
    auto store = WorkspaceStore::open({.folder = folder, .reserveBytes = 1 << 16});
    if (!store)
        return must(readFile(path, 1 << 26)) == bytes ? Refused : Overwritten;
    const auto sound = (*store)->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(1));
    const auto log = (*store)->verifyAudit();
    if (!sound || !sound->isSound() || !log || !log->isSound())
        return NoticedLater;
    store->reset();
    return dump(path) == soundDump ? Unharmed : SilentlyWrong;
}

void fill(WorkspaceStore& store)
{
    addAssets(store, 100);
    for (int i = 0; i < 100; ++i)
        must(decide(store, someAsset(i), QString::number(i)));
}

/// What stands in the workspace's folder of the database, by name; what is not there is empty.
std::map<QString, QByteArray> filesIn(const QString& folder)
{
    std::map<QString, QByteArray> files;
    for (const QString& name : kFiles)
        files[name] = readFile(folder + u'/' + name, 1 << 26).value_or(QByteArray());
    return files;
}

void put(const QString& folder, const std::map<QString, QByteArray>& files)
{
    QFile::remove(folder + u"/workspace.db-shm"_s);
    for (const auto& [name, bytes] : files) {
        if (bytes.isEmpty())
            QFile::remove(folder + u'/' + name);
        else
            must(writeFileDurably(folder + u'/' + name, bytes));
    }
}

} // namespace

void TestDamage::initTestCase()
{
    fill(*openStore(m_dir.filePath(u"closed"_s)));
    std::array<int, 2> ends {};
    QCOMPARE(pipe(ends.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto store = openStore(m_dir.filePath(u"killed"_s));
        fill(*store);
        const char done = 1;
        (void)!write(ends[1], &done, 1);
        for (;;)
            pause();
    }
    char done = 0;
    QCOMPARE(read(ends[0], &done, 1), 1);
    QCOMPARE(kill(child, SIGKILL), 0);
    QCOMPARE(waitpid(child, nullptr, 0), child);
}

void TestDamage::randomDamageIsNoticedAndNotOverwritten_data()
{
    QTest::addColumn<QString>("state");
    QTest::newRow("closed") << u"closed"_s;
    QTest::newRow("killed") << u"killed"_s; // a part of it stands in the log only
}

void TestDamage::randomDamageIsNoticedAndNotOverwritten()
{
    QFETCH(QString, state);
    const int rounds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 500 : 25;
    bool isGiven = false;
    const int given = qEnvironmentVariableIntValue("VIDIMUS_SEED", &isGiven);
    const auto seed = isGiven ? static_cast<unsigned>(given) : std::random_device()();
    qInfo("seed %u", seed);
    Random random(seed);
    const QString folder = m_dir.filePath(state);
    const QString path = WorkspaceStore::databasePathIn(folder);
    const auto sound = filesIn(folder);
    const bool isKilled = state == u"killed"_s;
    QCOMPARE(!sound.at(kFiles[1]).isEmpty(), isKilled);
    QVERIFY(openStore(folder));
    const QByteArray soundDump = dump(path);
    std::map<int, int> answers;
    for (int round = 0; round < rounds; ++round) {
        auto files = sound;
        QByteArray& bytes = files[kFiles[0]];
        bytes = damaged(bytes, random);
        if (bytes == sound.at(kFiles[0]))
            bytes[0] = 'x';
        put(folder, files);
        const pid_t child = fork();
        if (child == 0) {
            alarm(10); // no hang longer than this
            _exit(examine(folder, bytes, soundDump));
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY2(WIFEXITED(status), qPrintable(u"round %1: signal %2"_s.arg(round).arg(WTERMSIG(status))));
        ++answers[WEXITSTATUS(status)];
        QVERIFY2(isKilled || WEXITSTATUS(status) == Refused, "damage at rest was not noticed at the start");
        QVERIFY2(WEXITSTATUS(status) != Overwritten, "a damaged file was changed");
        QVERIFY2(WEXITSTATUS(status) != SilentlyWrong, "changed content that nothing noticed");
    }
    // Unharmed: what was hit stands in the log as well, from where it is read.
    qInfo("%d refused at the start, %d noticed later, %d unharmed", answers[Refused], answers[NoticedLater],
        answers[Unharmed]);
    QCOMPARE(answers[Refused] + answers[NoticedLater] + answers[Unharmed], rounds);
}

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"

#include "core/base/durable_file.h"
#include "core/store/file_seal.h"
#include "store_fixture.h"

#include <QFile>
#include <QTest>
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
    void randomDamageIsNoticedAndNotOverwritten();
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

} // namespace

void TestDamage::randomDamageIsNoticedAndNotOverwritten()
{
    const int rounds = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 1000 : 50;
    const auto seed = std::random_device()();
    qInfo("seed %u", seed);
    Random random(seed);
    const QTemporaryDir dir;
    const QString path = WorkspaceStore::databasePathIn(dir.path());
    {
        const auto store = openStore(dir.path());
        addAssets(*store, 100);
        for (int i = 0; i < 100; ++i)
            must(decide(*store, someAsset(i), QString::number(i)));
    }
    const QByteArray sound = must(readFile(path, 1 << 26));
    const QByteArray soundDump = dump(path);
    const QByteArray seal = must(readFile(path + u".seal"_s, 128));
    std::map<int, int> answers;
    for (int round = 0; round < rounds; ++round) {
        QByteArray bytes = damaged(sound, random);
        if (bytes == sound)
            bytes[0] = 'x';
        must(writeFileDurably(path, bytes));
        // Every other file is one of a program that was killed: without a seal, only structure and log are checked.
        const bool isSealed = round % 2 == 0;
        must(isSealed ? writeFileDurably(path + u".seal"_s, seal) : removeSeal(path));
        QFile::remove(path + u"-wal"_s);
        QFile::remove(path + u"-shm"_s);
        const pid_t child = fork();
        if (child == 0) {
            alarm(10); // no hang longer than this
            _exit(examine(dir.path(), bytes, soundDump));
        }
        int status = 0;
        QCOMPARE(waitpid(child, &status, 0), child);
        QVERIFY2(WIFEXITED(status), qPrintable(u"round %1: signal %2"_s.arg(round).arg(WTERMSIG(status))));
        ++answers[WEXITSTATUS(status)];
        QVERIFY2(!isSealed || WEXITSTATUS(status) == Refused, "damage at rest was not noticed at the start");
        QVERIFY2(WEXITSTATUS(status) != Overwritten, "a damaged file was changed");
    }
    qInfo("%d refused at the start, %d noticed later, %d unharmed, %d with changed content that nothing "
          "noticed",
        answers[Refused], answers[NoticedLater], answers[Unharmed], answers[SilentlyWrong]);
    QCOMPARE(answers[Refused] + answers[NoticedLater] + answers[Unharmed] + answers[SilentlyWrong], rounds);
}

QTEST_GUILESS_MAIN(TestDamage)
#include "tst_damage.moc"

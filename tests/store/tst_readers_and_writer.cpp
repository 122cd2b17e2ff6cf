#include "core/sql/transaction.h"
#include "store_fixture.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QScopeGuard>
#include <QTest>
#include <atomic>
#include <thread>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;

/// Promise R4: one connection writes and checkpoints, ever, while eight read; each of them sees one moment at a time.
/// Half a minute; ten minutes with VIDIMUS_LONG=1.
class TestReadersAndWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readersSeeWholeMomentsWhileOneWrites();
};

namespace {

constexpr int kReaders = 8;
constexpr int kAssets = 200;

struct Moment {
    qint64 decisions = 0;
    qint64 waiting = 0;
    qint64 entries = 0;
    qint64 rejected = 0;
};

Result<Moment> look(sql::Connection& connection)
{
    const UnitOfWork unit(connection);
    const auto decisions = unit.decisions.count();
    if (!decisions)
        return decisions.error();
    const auto outbox = unit.outbox.counts();
    if (!outbox)
        return outbox.error();
    const auto tip = unit.audit.tip();
    if (!tip)
        return tip.error();
    const auto undone = connection.integer(u"SELECT count(*) FROM decisions WHERE state = 'undone'"_s);
    if (!undone)
        return undone.error();
    return Moment {.decisions = *decisions,
        .waiting = outbox->waiting,
        .entries = *tip ? static_cast<qint64>((*tip)->size) : 0,
        .rejected = *decisions - *undone};
}

/// Decides one asset after the other and takes the decision back, so that the log grows and the table does not end.
Result<void> decideAndUndo(WorkspaceStore& store, int number)
{
    const QString id = QString::number(number);
    if (auto done = decide(store, someAsset(number % kAssets), id); !done)
        return done;
    return store.write([&](UnitOfWork& unit) -> Result<void> {
        auto decision = unit.decisions.find(DecisionId(id));
        if (!decision)
            return std::move(decision).error();
        decision->state = moderation::DecisionState::Undone;
        if (auto updated = unit.decisions.update(*decision); !updated)
            return updated;
        return unit.audit.append(u"ana"_s, u"undo"_s, u"decision:"_s + id, QJsonValue(), QJsonObject());
    });
}

} // namespace

void TestReadersAndWriter::readersSeeWholeMomentsWhileOneWrites()
{
    const auto duration
        = qEnvironmentVariableIntValue("VIDIMUS_LONG") == 1 ? Milliseconds(600'000) : Milliseconds(30'000);
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, kAssets);
    std::atomic<bool> isOver {false};
    std::atomic<qint64> looks {0};
    std::atomic<qint64> torn {0};
    std::atomic<qint64> backwards {0};
    std::atomic<qint64> failures {0};
    {
        std::vector<std::jthread> readers;
        for (int number = 0; number < kReaders; ++number) {
            readers.emplace_back([&, number] {
                // Half of them borrow from the store, half have connections of their own, as a program beside it.
                std::optional<sql::Connection> own;
                if (number % 2 == 1)
                    own.emplace(must(
                        sql::Connection::openSqlite({.path = store->databasePath(), .access = sql::Access::ReadOnly})));
                Moment last;
                while (!isOver) {
                    Result<Moment> seen = Error {};
                    if (own) {
                        auto transaction = must(sql::Transaction::begin(*own));
                        seen = look(*own);
                    } else {
                        auto loan = must(store->borrowReader());
                        auto transaction = must(sql::Transaction::begin(loan.connection()));
                        seen = look(loan.connection());
                    }
                    if (!seen) {
                        ++failures;
                        continue;
                    }
                    ++looks;
                    // A decision is its row, an operation and an entry; undoing it is an entry more.
                    const qint64 undone = seen->decisions - seen->rejected;
                    if (seen->waiting != seen->decisions || seen->entries != seen->decisions + undone
                        || seen->rejected > 1)
                        ++torn;
                    if (seen->entries < last.entries)
                        ++backwards;
                    last = *seen;
                }
            });
        }
        const auto end = qScopeGuard([&] { isOver = true; });
        QElapsedTimer timer;
        timer.start();
        int number = 0;
        for (; timer.elapsed() < duration.count(); ++number) {
            const auto done = decideAndUndo(*store, number);
            QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
            if (number % 50 == 0) {
                // Whoever else wants to write is refused, in this program as in another.
                const auto second = sql::Connection::openSqlite({.path = store->databasePath()});
                QVERIFY(!second);
                QCOMPARE(second.error().code, ErrorCode::Conflict);
            }
        }
        qInfo("%d decisions made and undone beside %lld looks by %d readers; the log has %lld KiB", number,
            static_cast<long long>(looks.load()), kReaders,
            static_cast<long long>(QFileInfo(store->databasePath() + u"-wal"_s).size() >> 10));
        QVERIFY(number > 0);
    }
    QCOMPARE(failures.load(), 0);
    QCOMPARE(torn.load(), 0);
    QCOMPARE(backwards.load(), 0);
    QVERIFY(looks > kReaders);
    QVERIFY(must(store->verifyAudit()).isSound());
    QVERIFY(must(store->checkIntegrity(sql::IntegrityDepth::Full, std::chrono::minutes(5))).isSound());
}

QTEST_GUILESS_MAIN(TestReadersAndWriter)
#include "tst_readers_and_writer.moc"

#include "core/checks/profile.h"
#include "core/worker/pass_states.h"
#include "core/worker/worker_pool.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <csignal>

using namespace vidimus;
using namespace vidimus::worker;
using namespace Qt::StringLiterals;

namespace {

/// Keeps states in memory.
class Keeper : public PassKeeper {
public:
    [[nodiscard]] std::chrono::milliseconds interval() const override { return every; }
    [[nodiscard]] PassState load() override { return kept; }
    [[nodiscard]] int scratch(bool keep) override
    {
        keepsScratch = keep;
        return scratchFile;
    }
    void save(const PassState& state) override
    {
        kept = state;
        ++saves;
        if (onSave)
            onSave();
    }
    void clear() override
    {
        kept = {};
        ++clears;
    }

    PassState kept;
    std::chrono::milliseconds every {0};
    int saves = 0;
    int clears = 0;
    int scratchFile = -1;
    bool keepsScratch = false;
    std::function<void()> onSave;
};

Message checkpoint(CheckpointPart part, const QByteArray& state)
{
    return {MessageType::Checkpoint, char(part) + state};
}

Result<PassRequest> readBack(const Message& message)
{
    const auto object = jsonPayload(message);
    return object ? passRequestFromJson(*object) : object.error();
}

/// Ends the worker processes that this thread's pool started.
int killChildren()
{
    int killed = 0;
    const auto tasks = QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& task : tasks) {
        QFile list(u"/proc/self/task/%1/children"_s.arg(task));
        if (!list.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& pid : list.readAll().split(' ')) {
            if (pid.toInt() > 1 && ::kill(pid.toInt(), SIGKILL) == 0)
                ++killed;
        }
    }
    return killed;
}

} // namespace

/// Passes whose worker ends in the middle go on where they were.
class TestPassStates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksWithWhatIsKept();
    void aStateThatBroughtNothingIsNotTriedAgain();
    void bothPartsMakeAState();
    void refusesStatesThatNobodyAskedFor();
    void offersAFileOnce();
    void refusesMalformedRequests();
    void aKilledWorkerGoesOnWhereItWas_data();
    void aKilledWorkerGoesOnWhereItWas();

private:
    WorkerPool m_pool {{.executable = QStringLiteral(VIDIMUS_BIN_DIR "/vidimus-mediaworker"),
        .allowBubblewrap = false,
        .keepWarm = false}};
};

void TestPassStates::asksWithWhatIsKept()
{
    Keeper keeper;
    keeper.kept = {QByteArray("\0a", 2), "b"};
    PassStates states(MessageType::CheckAndFingerprint, {{u"id"_s, u"x"_s}}, &keeper);
    const auto request = readBack(states.request());
    QVERIFY(request);
    QCOMPARE(request->profile, QJsonObject({{u"id"_s, u"x"_s}}));
    QCOMPARE(request->state, keeper.kept);
    QVERIFY(request->interval == std::chrono::milliseconds(0));
    PassStates plain(MessageType::Check, {}, nullptr);
    const auto bare = readBack(plain.request());
    QVERIFY(bare && !bare->interval && bare->state == PassState());
}

void TestPassStates::aStateThatBroughtNothingIsNotTriedAgain()
{
    Keeper keeper;
    keeper.kept = {"a", {}};
    PassStates states(MessageType::Check, {}, &keeper);
    QCOMPARE(readBack(states.request())->state.checks, QByteArray("a"));
    QCOMPARE(readBack(states.request())->state, PassState());
    QCOMPARE(keeper.clears, 1);
    // With progress in between it is another state.
    QVERIFY(states.take(checkpoint(CheckpointPart::Checks, "b")));
    QCOMPARE(readBack(states.request())->state.checks, QByteArray("b"));
    QVERIFY(states.take(checkpoint(CheckpointPart::Checks, "c")));
    QCOMPARE(readBack(states.request())->state.checks, QByteArray("c"));
}

void TestPassStates::bothPartsMakeAState()
{
    Keeper keeper;
    PassStates states(MessageType::CheckAndFingerprint, {}, &keeper);
    QCOMPARE(readBack(states.request())->state, PassState());
    QVERIFY(states.take(checkpoint(CheckpointPart::Checks, "a")));
    QCOMPARE(keeper.saves, 0);
    QVERIFY(states.take(checkpoint(CheckpointPart::Fingerprint, "f")));
    QCOMPARE(keeper.saves, 1);
    QCOMPARE(keeper.kept, (PassState {"a", "f"}));
    // Half a state is none.
    keeper.kept.fingerprint.clear();
    QCOMPARE(readBack(states.request())->state, PassState());
    states.finish();
    QCOMPARE(keeper.kept, PassState());
}

void TestPassStates::refusesStatesThatNobodyAskedFor()
{
    PassStates none(MessageType::Check, {}, nullptr);
    QCOMPARE(none.take(checkpoint(CheckpointPart::Checks, "a")).error().reason, QByteArray("worker_protocol"));
    Keeper keeper;
    PassStates states(MessageType::Check, {}, &keeper);
    QCOMPARE(states.take({MessageType::Checkpoint, "\x07state"}).error().reason, QByteArray("worker_protocol"));
    QCOMPARE(states.take({MessageType::OutputRequest, "{}"}).error().reason, QByteArray("worker_protocol"));
    QCOMPARE(keeper.saves, 0);
}

void TestPassStates::offersAFileOnce()
{
    Keeper keeper;
    keeper.scratchFile = 7;
    PassStates states(MessageType::Check, {}, &keeper);
    QVERIFY(readBack(states.request())->offersScratch);
    QVERIFY(!keeper.keepsScratch);
    QCOMPARE(states.takeScratch(), 7);
    QCOMPARE(states.takeScratch(), -1);
    QVERIFY(states.take(checkpoint(CheckpointPart::Checks, "a")));
    QVERIFY(readBack(states.request())->offersScratch); // the state needs it
    QVERIFY(keeper.keepsScratch);
    QCOMPARE(states.takeScratch(), 7);
    keeper.scratchFile = -1;
    QVERIFY(!readBack(states.request())->offersScratch);
    QCOMPARE(states.takeScratch(), -1);
    PassStates none(MessageType::Check, {}, nullptr);
    QVERIFY(!readBack(none.request())->offersScratch);
}

void TestPassStates::refusesMalformedRequests()
{
    QVERIFY(!passRequestFromJson({}));
    QVERIFY(!passRequestFromJson({{u"profile"_s, 1}}));
    QVERIFY(!passRequestFromJson({{u"profile"_s, QJsonObject()}, {u"interval_ms"_s, u"1"_s}}));
    QVERIFY(!passRequestFromJson({{u"profile"_s, QJsonObject()}, {u"scratch"_s, 1}}));
    QVERIFY(!passRequestFromJson({{u"profile"_s, QJsonObject()}, {u"more"_s, 1}}));
    QVERIFY(passRequestFromJson({{u"profile"_s, QJsonObject()}}));
}

void TestPassStates::aKilledWorkerGoesOnWhereItWas_data()
{
    QTest::addColumn<bool>("withFingerprint");
    QTest::newRow("checks") << false;
    QTest::newRow("checks and fingerprint") << true;
}

void TestPassStates::aKilledWorkerGoesOnWhereItWas()
{
    QFETCH(bool, withFingerprint);
    QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/tests/media/bbb_480p_vp9_opus.webm"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const checks::Profile profile = checks::defaultProfile();
    const auto run = [&](PassKeeper* keeper) {
        return withFingerprint ? m_pool.checkAndFingerprint(file.handle(), profile, {}, {}, keeper)
                               : m_pool.check(file.handle(), profile, {}, {}, keeper);
    };
    const auto whole = run(nullptr);
    QVERIFY2(whole, whole ? "" : qPrintable(whole.error().detail));
    Keeper keeper;
    int killed = 0;
    keeper.onSave = [&] {
        if (keeper.saves != 10)
            return;
        keeper.every = std::chrono::hours(1);
        killed = killChildren();
    };
    const auto rest = run(&keeper);
    QVERIFY2(rest, rest ? "" : qPrintable(rest.error().detail));
    QCOMPARE(killed, 1);
    QVERIFY2(rest->resumedAt > 0, qPrintable(QString::number(rest->resumedAt)));
    QCOMPARE(rest->report, whole->report);
    QVERIFY(rest->measurements == whole->measurements);
    QVERIFY(rest->fingerprint == whole->fingerprint);
    QCOMPARE(withFingerprint, !whole->fingerprint.frames.empty());
    QCOMPARE(keeper.kept, PassState());
    m_pool.release(file.handle());
}

QTEST_GUILESS_MAIN(TestPassStates)
#include "tst_pass_states.moc"

#include "kept_promises.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

enum class Victim { Studio, Worker, Catalog, CommandLine };
constexpr int kVictims = 4;

void kill(qint64 id)
{
    if (id > 0)
        ::kill(static_cast<pid_t>(id), SIGKILL);
}

/// Takes what the window showed as saved from what the studio said.
void readShown(const QByteArray& said, Acknowledged& acknowledged)
{
    for (const QByteArray& line : said.split('\n')) {
        const QJsonObject event = QJsonDocument::fromJson(line).object();
        if (event[u"event"_s] == u"shown_saved"_s)
            ++acknowledged.shown[event[u"item"_s].toString()];
    }
}

} // namespace

/// The studio is used by somebody at its keys and by commands through its socket at once, while it, its workers, its
/// catalog or a command are killed at a random moment, the start included. What the window had shown as saved and what
/// a command had been told is there, nobody is left behind, and the catalog has each decision once.
class TestKillStudio : public QObject {
    Q_OBJECT

private:
    void useUntilTheAxeFalls(ProgramRoom& room, const QList<LoadedAsset>& assets, Acknowledged& acknowledged);

    QRandomGenerator m_random;

private Q_SLOTS:
    void initTestCase();
    void keepsWhatTheWindowShowedAsSaved();
};

void TestKillStudio::initTestCase()
{
    if (!QFile::exists(programPath(u"vidimus-studio"_s)))
        QSKIP("the studio is not built here");
    m_random.seed(announcedSeed());
}

void TestKillStudio::useUntilTheAxeFalls(
    ProgramRoom& room, const QList<LoadedAsset>& assets, Acknowledged& acknowledged)
{
    constexpr int kWithin = 5000; // milliseconds; about one of them is the start
    const auto victim = static_cast<Victim>(m_random.bounded(kVictims));
    const int moment = m_random.bounded(kWithin);
    const auto studio = room.startStudio(true);
    QElapsedTimer timer;
    timer.start();
    std::unique_ptr<QProcess> command;
    const auto takeReply = [&] {
        const auto reply = QJsonDocument::fromJson(command->readAllStandardOutput()).object();
        if (command->exitStatus() == QProcess::NormalExit && command->exitCode() == 0)
            acknowledged.decisions.insert(reply[u"decision"_s][u"id"_s].toString());
        command.reset();
    };
    for (int note = 0; timer.elapsed() < moment; ++note) {
        if (!command) {
            const LoadedAsset& asset = assets.at(m_random.bounded(static_cast<int>(assets.size())));
            command = room.start({u"decide"_s, asset.id, u"escalate"_s, u"--reason"_s, u"spam.scam"_s, u"--note"_s,
                QString::number(m_random.generate())});
        }
        QTest::qWait(10);
        if (command->state() == QProcess::NotRunning)
            takeReply();
    }
    switch (victim) {
    case Victim::Studio:
        break;
    case Victim::CommandLine:
        if (command)
            kill(command->processId());
        break;
    case Victim::Worker:
    case Victim::Catalog:
        for (const Descendant& found :
            ProgramRoom::descendants(victim == Victim::Worker ? u"vidimus-mediaworker"_s : u"vidimus-catalogd"_s))
            kill(found.id);
        break;
    }
    // It lives through the end of any other, and works on.
    if (victim != Victim::Studio) {
        QTest::qWait(m_random.bounded(500));
        QVERIFY2(studio->state() == QProcess::Running, studio->readAllStandardError().constData());
    }
    kill(studio->processId());
    QVERIFY(studio->waitForFinished());
    readShown(studio->readAllStandardError(), acknowledged);
    if (command) {
        QVERIFY(command->state() == QProcess::NotRunning || command->waitForFinished(60'000));
        takeReply();
    }
}

void TestKillStudio::keepsWhatTheWindowShowedAsSaved()
{
    const int kills = countFor(60);
    ProgramRoom room;
    constexpr int kNewAssets = 8; // the keys decide three or four items a second
    QList<LoadedAsset> assets;
    Acknowledged acknowledged;
    for (int done = 0; done < kills; ++done) {
        assets += ingestVariants(room, done * kNewAssets, kNewAssets);
        QCOMPARE(assets.size(), (done + 1) * kNewAssets);
        useUntilTheAxeFalls(room, assets, acknowledged);
        QVERIFY2(allGone(), qPrintable(namesOfLiving()));
        checkWorkspace(room, acknowledged);
        if (QTest::currentTestFailed())
            return;
    }
    int shown = 0;
    for (const int count : std::as_const(acknowledged.shown))
        shown += count;
    qInfo("%d kills, %d decisions shown as saved, %lld acknowledged to commands", kills, shown,
        static_cast<long long>(acknowledged.decisions.size()));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const Ended sync = room.run({u"sync"_s});
            return sync.exitCode == 0 && sync.json()[u"waiting"_s].toInt(-1) == 0;
        },
        90'000));
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
    compareWithTheCatalog(room, assets);
    QVERIFY2(allGone(), qPrintable(namesOfLiving()));
}

QTEST_GUILESS_MAIN(TestKillStudio)
#include "tst_kill_studio.moc"

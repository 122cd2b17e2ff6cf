#include "kept_promises.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

namespace {

/// Whom the axe meets.
enum class Victim { CommandLine, Worker, Catalog };

void strike(QProcess& process, Victim victim)
{
    if (victim == Victim::CommandLine) {
        if (process.processId() <= 0)
            return; // it is over; number 0 would mean ourselves
        ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
        return;
    }
    const QString program = victim == Victim::Worker ? u"vidimus-mediaworker"_s : u"vidimus-catalogd"_s;
    for (const Descendant& found : ProgramRoom::descendants(program))
        ::kill(static_cast<pid_t>(found.id), SIGKILL);
}

/// The files of a transcode with their hashes, without the journal, which tells how it came about.
QMap<QString, QByteArray> renditionsIn(const QString& folder)
{
    QMap<QString, QByteArray> files = hashesBelow(folder);
    files.remove(u"journal.jsonl"_s);
    return files;
}

} // namespace

/// Kills the programs at random moments of ordinary work: whatever was acknowledged is there, nothing is there twice,
/// nothing half-made has a final name, and nobody is left behind. All counts with VIDIMUS_LONG=1. The studio is met in
/// tst_kill_studio.
class TestKillSweep : public QObject {
    Q_OBJECT

private:
    Victim anyVictim() { return static_cast<Victim>(m_random.bounded(3)); }
    /// Lets it run for a while, strikes, and waits for its end.
    Ended runAndStrike(ProgramRoom& room, const QStringList& words, int withinMilliseconds)
    {
        const auto process = room.start(words);
        process->waitForFinished(m_random.bounded(withinMilliseconds));
        strike(*process, anyVictim());
        Ended ended;
        ended.timedOut = process->state() != QProcess::NotRunning && !process->waitForFinished(120'000);
        ended.exitCode = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1;
        ended.out = process->readAllStandardOutput();
        return ended;
    }
    QRandomGenerator m_random;

private Q_SLOTS:
    void initTestCase() { m_random.seed(announcedSeed()); }
    void keepsEveryAcknowledgedDecisionAndSendsItOnce();
    void resumesATranscodeToTheSameFiles();
    void walksTheWholePathInTheEnd();
};

void TestKillSweep::keepsEveryAcknowledgedDecisionAndSendsItOnce()
{
    constexpr int kAssets = 4;
    constexpr int kWithin = 500; // milliseconds; a command takes about half of that
    ProgramRoom room;
    QList<LoadedAsset> assets = ingestVariants(room, 0, kAssets);
    QCOMPARE(assets.size(), kAssets);
    Acknowledged acknowledged;
    const QStringList reasons {u"nudity.explicit"_s, u"nudity.partial"_s, u"hate"_s};
    for (int kill = 0; kill < countFor(140); ++kill) {
        const int dice = m_random.bounded(10);
        if (dice < 6) {
            const QString& asset = assets.at(m_random.bounded(kAssets)).id;
            const QString reason = reasons.at(m_random.bounded(static_cast<int>(reasons.size())));
            const Ended ended = runAndStrike(room,
                {u"decide"_s, asset, u"escalate"_s, u"--reason"_s, reason, u"--note"_s, QString::number(kill)},
                kWithin);
            if (ended.exitCode == 0)
                acknowledged.decisions.insert(ended.json()[u"decision"][u"id"].toString());
            QVERIFY(!ended.timedOut);
        } else if (dice < 8) {
            QVERIFY(!runAndStrike(room, {u"sync"_s}, 2 * kWithin).timedOut);
        } else {
            const QString name = u"late-%1.mp4"_s.arg(kill);
            writeBytes(room.path(name), variant(1000 + kill));
            const Ended ended = runAndStrike(room, {u"ingest"_s, name}, 3 * kWithin);
            QVERIFY(!ended.timedOut);
            const QJsonObject asset = ended.json()[u"assets"][0].toObject();
            if (ended.exitCode == 0)
                assets.append(
                    {asset[u"id"].toString(), asset[u"title"].toString(), asset[u"sha256"].toString().toLatin1()});
        }
        QVERIFY2(allGone(), qPrintable(namesOfLiving()));
        checkWorkspace(room, acknowledged);
        if (QTest::currentTestFailed())
            return;
        // Those that came through undisturbed are acknowledged, too, so the sweep always has something to lose.
        const QString& asset = assets.at(kill % kAssets).id;
        const Ended calm = room.run(
            {u"decide"_s, asset, u"escalate"_s, u"--reason"_s, reasons.first(), u"--note"_s, u"calm %1"_s.arg(kill)});
        QVERIFY2(calm.exitCode == 0, calm.out.constData());
        acknowledged.decisions.insert(calm.json()[u"decision"][u"id"].toString());
    }
    Ended sync;
    QVERIFY(QTest::qWaitFor(
        [&] {
            sync = room.run({u"sync"_s});
            return sync.exitCode == 0 && sync.json()[u"waiting"].toInt(-1) == 0;
        },
        90'000));
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
    QVERIFY2(allGone(), qPrintable(namesOfLiving()));
    checkWorkspace(room, acknowledged);
    compareWithTheCatalog(room, assets);
    QVERIFY2(allGone(), qPrintable(namesOfLiving()));
}

void TestKillSweep::resumesATranscodeToTheSameFiles()
{
    ProgramRoom room;
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    const auto words = [&clip](const QString& out) {
        return QStringList {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, out};
    };
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(room.run(words(u"calm"_s)).exitCode, 0);
    const int whole = static_cast<int>(timer.elapsed());
    const QMap<QString, QByteArray> wanted = renditionsIn(room.path(u"calm"_s));
    QVERIFY(wanted.contains(u"master.m3u8"_s));
    for (int kill = 0; kill < countFor(40); ++kill) {
        const QString out = u"out-%1"_s.arg(kill);
        for (int strikes = 0; strikes < 2; ++strikes) {
            QVERIFY(!runAndStrike(room, words(out), whole).timedOut);
            QVERIFY2(allGone(), qPrintable(namesOfLiving()));
            const QMap<QString, QByteArray> found = renditionsIn(room.path(out));
            for (auto it = found.begin(); it != found.end(); ++it) {
                if (!it.key().section(u'/', -1).startsWith(u'.'))
                    QVERIFY2(it.value() == wanted.value(it.key()), qPrintable(it.key()));
            }
            if (found.contains(u"master.m3u8"_s))
                QCOMPARE(found.size(), wanted.size());
        }
        QCOMPARE(room.run(words(out)).exitCode, 0);
        QCOMPARE(renditionsIn(room.path(out)), wanted);
        QVERIFY(QDir(room.path(out)).removeRecursively());
    }
}

void TestKillSweep::walksTheWholePathInTheEnd()
{
    constexpr int kWithin = 20'000;
    ProgramRoom room;
    room.setVariable(u"VIDIMUS_DEMO_MEDIA"_s, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s);
    const QStringList demo {u"demo"_s, u"--headless"_s, u"--exit"_s};
    for (int kill = 0; kill < countFor(40); ++kill) {
        QVERIFY(!runAndStrike(room, demo, kWithin).timedOut);
        QVERIFY2(allGone(), qPrintable(namesOfLiving()));
    }
    const Ended ended = room.run(demo, true, std::chrono::seconds(300));
    QVERIFY2(ended.exitCode == 0, ended.err.constData());
    QCOMPARE(room.run({u"outbox"_s}).json()[u"operations"].toArray().size(), 0);
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
    const Ended publication = room.run({u"publication"_s, ended.json()[u"title"].toString()});
    QCOMPARE(publication.json()[u"state"].toString(), u"live"_s);
    QVERIFY2(allGone(), qPrintable(namesOfLiving()));
}

QTEST_GUILESS_MAIN(TestKillSweep)
#include "tst_kill_sweep.moc"

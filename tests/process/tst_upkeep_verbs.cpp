#include "program_room.h"
#include "tests/support/patience.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

const QString kClip = u"talking_head_mono.mp4"_s;
const QString kOther = u"noaudio_1080p24.mp4"_s;

QJsonObject part(const Ended& ended, const QString& name)
{
    const QJsonArray parts = ended.json()[u"parts"_s].toArray();
    for (const QJsonValue& each : parts) {
        if (each[u"name"].toString() == name)
            return each.toObject();
    }
    return {};
}

QString originalOf(const ProgramRoom& room, const QJsonObject& asset)
{
    return room.workspace() + u"/media/"_s + asset[u"sha256"_s].toString();
}

void flipABit(const QString& path)
{
    QByteArray bytes = readBytes(path);
    bytes[bytes.size() / 3] = static_cast<char>(bytes[bytes.size() / 3] ^ 4);
    QVERIFY(QFile::remove(path));
    writeBytes(path, bytes);
}

QStringList statesOf(const Ended& ended)
{
    QStringList states;
    const QJsonArray jobs = ended.json()[u"jobs"_s].toArray();
    for (const QJsonValue& job : jobs)
        states.append(job[u"kind"].toString() + u' ' + job[u"state"].toString());
    states.sort();
    return states;
}

} // namespace

/// What a person at a terminal does for a workspace that no studio looks after: reading its originals back, working on
/// its queue, going on with what was interrupted.
class TestUpkeepVerbs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aScrubFindsAFlippedBitAndSeesItMended();
    void aScrubOfAnEmptyWorkspaceIsWell();
    void jobsRunWorksUntilNothingWaits();
    void jobsRunTellsWhatFailed();
    void anInterruptedRunLeavesTheRestQueued();
    void aRunWaitsForTheStudiosLanes();
    void anInterruptedTranscodeSaysWhatIsKept();
};

void TestUpkeepVerbs::aScrubFindsAFlippedBitAndSeesItMended()
{
    ProgramRoom room;
    const QJsonObject asset = room.run({u"ingest"_s, clipPath(kClip)}).json()[u"assets"_s][0].toObject();
    QCOMPARE(room.run({u"ingest"_s, clipPath(kOther)}).exitCode, 0);
    const Ended whole = room.run({u"doctor"_s, u"--scrub"_s});
    QVERIFY2(whole.exitCode == 0, (whole.out + whole.err).constData());
    QVERIFY(part(whole, u"originals"_s)[u"detail"_s].toString().startsWith(u"2 of 2 read back"));
    flipABit(originalOf(room, asset));
    const Ended broken = room.run({u"doctor"_s, u"--scrub"_s});
    QCOMPARE(broken.exitCode, 1);
    QCOMPARE(part(broken, u"original "_s + kClip)[u"state"_s].toString(), u"failed"_s);
    QVERIFY(part(broken, u"original "_s + kOther).isEmpty());
    const Ended told = room.run({u"doctor"_s, u"--scrub"_s}, false);
    QVERIFY2(told.out.contains("is not what was ingested") && told.out.contains("backup"), told.out.constData());
    // It is known afterwards, without another look.
    QCOMPARE(part(room.run({u"doctor"_s}), u"originals"_s)[u"state"_s].toString(), u"warn"_s);
    QCOMPARE(room.run({u"ingest"_s, clipPath(kClip)}).exitCode, 0);
    QCOMPARE(part(room.run({u"doctor"_s}), u"originals"_s)[u"state"_s].toString(), u"ok"_s);
    QCOMPARE(room.run({u"doctor"_s, u"--scrub"_s}).exitCode, 0);
}

void TestUpkeepVerbs::aScrubOfAnEmptyWorkspaceIsWell()
{
    ProgramRoom room;
    const Ended none = room.run({u"doctor"_s, u"--scrub"_s});
    QCOMPARE(none.exitCode, 6); // there is no workspace at all
    QCOMPARE(none.json()[u"error"_s][u"reason"_s].toString(), u"no_workspace"_s);
    QCOMPARE(room.run({u"queue"_s}).exitCode, 0); // makes one
    const Ended empty = room.run({u"doctor"_s, u"--scrub"_s});
    QCOMPARE(empty.exitCode, 0);
    QCOMPARE(part(empty, u"originals"_s)[u"detail"_s].toString(), u"there are none yet"_s);
}

void TestUpkeepVerbs::jobsRunWorksUntilNothingWaits()
{
    ProgramRoom room;
    QCOMPARE(room.run({u"jobs"_s, u"run"_s}).json()[u"done"_s].toInt(), 0); // nothing waits: that is well, too
    QCOMPARE(room.run({u"ingest"_s, clipPath(kClip), clipPath(kOther)}).exitCode, 0);
    const QString last = room.run({u"jobs"_s}).json()[u"jobs"_s][0][u"id"_s].toString();
    const Ended waits = room.run({u"jobs"_s, u"explain"_s, last});
    QCOMPARE(waits.json()[u"before"_s].toInt(), 1);
    QCOMPARE(waits.json()[u"advice"_s].toString(), u"vidimus jobs run"_s);
    const Ended ran = room.run({u"jobs"_s, u"run"_s});
    QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
    QCOMPARE(statesOf(ran), (QStringList {u"check done"_s, u"check done"_s}));
    QCOMPARE(ran.json()[u"done"_s].toInt(), 2);
    QCOMPARE(ran.json()[u"waiting"_s].toInt(), 0);
    QVERIFY2(ran.err.contains("Checking "), ran.err.constData());
    const QJsonArray items = room.run({u"queue"_s}).json()[u"items"_s].toArray();
    QCOMPARE(items.size(), 2);
    for (const QJsonValue& item : items)
        QVERIFY(!item[u"checks"].toString().isEmpty());
    const Ended again = room.run({u"jobs"_s, u"run"_s}, false);
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(room.run({u"jobs"_s, u"run"_s, u"all"_s}).exitCode, 2);
}

void TestUpkeepVerbs::jobsRunTellsWhatFailed()
{
    ProgramRoom room;
    const QJsonObject asset = room.run({u"ingest"_s, clipPath(kClip)}).json()[u"assets"_s][0].toObject();
    QVERIFY(QFile::remove(originalOf(room, asset)));
    const Ended ran = room.run({u"jobs"_s, u"run"_s});
    QVERIFY2(ran.exitCode == 1, (ran.out + ran.err).constData());
    QCOMPARE(statesOf(ran), QStringList {u"check failed"_s});
    QCOMPARE(ran.json()[u"failed"_s].toInt(), 1);
    QCOMPARE(ran.json()[u"jobs"_s][0][u"error"_s][u"reason"_s].toString(), u"original_missing"_s);
    const QString id = ran.json()[u"jobs"_s][0][u"id"_s].toString();
    const Ended explained = room.run({u"jobs"_s, u"explain"_s, id});
    QVERIFY2(explained.exitCode == 0, explained.out.constData());
    QVERIFY2(explained.json()[u"why"_s].toString().contains(u"is not in the workspace"_s), explained.out.constData());
    QCOMPARE(explained.json()[u"advice"_s].toString(), u"vidimus jobs retry "_s + id);
    QCOMPARE(room.run({u"jobs"_s, u"explain"_s, u"\u001b[31mnone"_s}).exitCode, 6);
    QCOMPARE(room.run({u"jobs"_s, u"explain"_s}).exitCode, 2);
}

void TestUpkeepVerbs::anInterruptedRunLeavesTheRestQueued()
{
    ProgramRoom room;
    QCOMPARE(room.run({u"ingest"_s, clipPath(kClip), clipPath(kOther)}).exitCode, 0);
    const auto run = room.start({u"jobs"_s, u"run"_s});
    QByteArray told;
    // The first job has begun; whether it ends before the signal comes does not matter.
    QTRY_VERIFY_WITH_TIMEOUT((told += run->readAllStandardError()).contains("Checking "), kPatienceMs);
    QCOMPARE(::kill(static_cast<pid_t>(run->processId()), SIGINT), 0);
    QVERIFY(run->waitForFinished(kPatienceMs));
    const QJsonArray jobs = room.run({u"jobs"_s}).json()[u"jobs"_s].toArray();
    QCOMPARE(jobs.size(), 2);
    for (const QJsonValue& job : jobs)
        QVERIFY2(QStringList({u"queued"_s, u"done"_s}).contains(job[u"state"].toString()),
            qPrintable(job[u"state"].toString()));
    if (run->exitCode() != 0) {
        QCOMPARE(run->exitCode(), 6);
        QVERIFY(run->readAllStandardOutput().contains("jobs_stopped"));
    }
    QCOMPARE(room.run({u"jobs"_s, u"run"_s}).exitCode, 0);
    QCOMPARE(statesOf(room.run({u"jobs"_s})), (QStringList {u"check done"_s, u"check done"_s}));
}

void TestUpkeepVerbs::aRunWaitsForTheStudiosLanes()
{
    if (!QFile::exists(programPath(u"vidimus-studio"_s)))
        QSKIP("the studio is not built here");
    ProgramRoom room;
    QCOMPARE(room.run({u"ingest"_s, clipPath(kClip)}).exitCode, 0);
    const auto studio = room.startStudio(false);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(room.workspace() + u"/studio.sock"_s), kPatienceMs);
    QCOMPARE(room.run({u"ingest"_s, clipPath(kOther)}).exitCode, 0);
    const Ended ran = room.run({u"jobs"_s, u"run"_s});
    QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
    QCOMPARE(ran.json()[u"waiting"_s].toInt(), 0);
    QCOMPARE(statesOf(room.run({u"jobs"_s})), (QStringList {u"check done"_s, u"check done"_s}));
    studio->terminate();
    QVERIFY(studio->waitForFinished(kPatienceMs));
}

void TestUpkeepVerbs::anInterruptedTranscodeSaysWhatIsKept()
{
    ProgramRoom room;
    const QString out = room.path(u"out"_s);
    const QStringList words {
        u"transcode"_s, clipPath(u"bbb_720p25_5.1.mp4"_s), u"--ladder"_s, u"web-two"_s, u"--out"_s, out};
    const auto run = room.start(words, false);
    const auto segments
        = [&out] { return QDir(out).exists() && readBytes(out + u"/journal.jsonl"_s).contains("video_segment"); };
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(out + u"/journal.jsonl"_s) && segments(), 2 * kPatienceMs);
    QCOMPARE(::kill(static_cast<pid_t>(run->processId()), SIGTERM), 0);
    QVERIFY(run->waitForFinished(kPatienceMs));
    if (run->exitCode() == 0)
        QSKIP("the transcode was quicker than the signal");
    const QByteArray said = run->readAllStandardError();
    QVERIFY2(said.contains("segments are kept; run it again to go on"), said.constData());
    QVERIFY2(!said.contains("othing was changed"), said.constData());
    const Ended again = room.run(words);
    QVERIFY2(again.exitCode == 0, (again.out + again.err).constData());
}

QTEST_GUILESS_MAIN(TestUpkeepVerbs)
#include "tst_upkeep_verbs.moc"

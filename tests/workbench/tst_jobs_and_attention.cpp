#include "core/jobs/job_runner.h"
#include "core/store/backup_drill.h"
#include "core/store/workspace_store.h"
#include "core/workbench/attention.h"
#include "core/workbench/events.h"
#include "core/workbench/ingest.h"
#include "core/workbench/outbox_desk.h"
#include "core/workbench/renditions.h"
#include "core/workbench/review.h"
#include "core/workbench/upkeep.h"
#include "support/generated_clip.h"
#include "workbench_room.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;
using jobs::JobEvent;
using jobs::JobState;

namespace {

jobs::Job newest(WorkbenchRoom& room)
{
    const auto list = listJobs(room.workspace(), 1);
    if (!list || list->empty())
        qFatal("no job");
    return list->front();
}

QStringList attention(WorkbenchRoom& room)
{
    const auto items = attentionItems(room.workspace());
    if (!items)
        qFatal("no list: %s", qUtf8Printable(items.error().detail));
    QStringList ids;
    for (const AttentionItem& item : *items) {
        if (item.id != u"disk"_s) // of the machine that runs the test
            ids.append(item.id);
    }
    ids.sort();
    return ids;
}

void runAll(WorkbenchRoom& room)
{
    if (const auto ran = room.workspace().jobs().runAllQueued({}); !ran)
        qFatal("not run: %s", qUtf8Printable(ran.error().detail));
}

void overwrite(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || !file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
        qFatal("cannot overwrite");
}

} // namespace

/// The kinds of jobs that a workspace runs, and what of their ends waits for a person.
class TestJobsAndAttention : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ingestQueuesACheckThatStoresItsReport();
    void aLongFileIsLookedAtFirst();
    void transcodeIsAJob();
    void aTranscodeFollowsTheSetting();
    void aTranscodeOfALostOriginalFailsAtOnce_data();
    void aTranscodeOfALostOriginalFailsAtOnce();
    void whatCannotBeDecodedIsSetAside();
    void aJobAboutNothingFailsAndWaitsForAPerson();
    void onlyWhoMayControlsJobs();
    void operationsThatNeedAPersonAreListed();
    void aBackupThatCannotBeRestoredIsListed();
};

void TestJobsAndAttention::ingestQueuesACheckThatStoresItsReport()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    QCOMPARE(newest(room).kind, QByteArray("check"));
    QCOMPARE(newest(room).state, JobState::Queued);
    runAll(room);
    QCOMPARE(newest(room).state, JobState::Done);
    const auto item = reviewItem(room.workspace(), asset.id);
    QVERIFY(item && item->report);
    QVERIFY(!item->report->checks.empty());
    QCOMPARE(attention(room), QStringList());
}

void TestJobsAndAttention::aLongFileIsLookedAtFirst()
{
    WorkbenchRoom room;
    GeneratedClip clip;
    clip.width = 160;
    clip.height = 90;
    clip.frames = 70 * 25;
    clip.gop = 25;
    clip.painter = [](const Canvas& canvas, int frame) {
        if (frame < 800 || frame >= 1000)
            paintNumbered(canvas, frame);
    };
    QVERIFY(clip.write(room.path(u"long.mp4"_s)));
    const auto asset = ingestFile(room.workspace(), room.path(u"long.mp4"_s));
    QVERIFY2(asset, asset ? "" : qPrintable(asset.error().detail));
    // What is told while it runs: first of a few looks, then of the risky part, then with the pass.
    std::vector<jobs::Job> seen;
    QByteArrayList shown;
    QObject::connect(
        &room.workspace().events(), &WorkspaceEvents::jobChanged, &room.workspace().events(),
        [&](const JobId&) {
            seen.push_back(newest(room));
            const auto item = reviewItem(room.workspace(), asset->id);
            shown.push_back(item ? item->firstVerdict : QByteArray("error"));
        },
        Qt::DirectConnection);
    runAll(room);
    QCOMPARE(newest(room).state, JobState::Done);
    const auto first = std::ranges::find_if(seen, [](const jobs::Job& job) { return job.detail.contains(u"first"_s); });
    QVERIFY(first != seen.end());
    QVERIFY(first->progressTotal == 0);
    const auto of = [](const jobs::Job& job, const QString& member) {
        return job.detail.value(u"first"_s).toObject().value(member).toArray();
    };
    const auto hasBlack = [](const QJsonArray& findings) {
        return std::ranges::any_of(
            findings, [](const auto& finding) { return finding.toObject().value(u"check"_s) == u"black"_s; });
    };
    QVERIFY(hasBlack(of(*first, u"suspects"_s)));
    QVERIFY(!hasBlack(of(*first, u"findings"_s)));
    // The closer look settles what the samples only suspected.
    QVERIFY(hasBlack(of(seen.back(), u"findings"_s)));
    QVERIFY(!hasBlack(of(seen.back(), u"suspects"_s)));
    QVERIFY(shown.contains("fail") || shown.contains("warn"));
    QVERIFY(!shown.contains("error") && !shown.contains("pass"));
    // Then the report stands in its place.
    const auto item = reviewItem(room.workspace(), asset->id);
    QVERIFY(item && item->report);
    QCOMPARE(item->firstVerdict, QByteArray());
}

void TestJobsAndAttention::transcodeIsAJob()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const auto job = queueTranscode(room.workspace(), asset.id, u"demo"_s);
    QVERIFY(job);
    runAll(room);
    QCOMPARE(newest(room).id, *job);
    QCOMPARE(newest(room).state, JobState::Done);
    QVERIFY(QFile::exists(room.workspace().paths().renditionsOf(asset.sha256, u"demo"_s) + u"/master.m3u8"_s));
    bool isQueued = false;
    for (const catalog::Operation& operation : room.outbox())
        isQueued = isQueued || operation.kind == catalog::OperationKind::UploadPackage;
    QVERIFY(isQueued);
    QCOMPARE(queueTranscode(room.workspace(), AssetId(u"none"_s), u"demo"_s).error().code, ErrorCode::NotFound);
}

void TestJobsAndAttention::aTranscodeFollowsTheSetting()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    const auto ladderOf = [&](const QString& wanted) {
        if (!queueTranscode(room.workspace(), asset.id, wanted))
            qFatal("not queued");
        return newest(room).payload.value(u"ladder"_s).toString();
    };
    QCOMPARE(ladderOf({}), kDefaultLadder);
    QVERIFY(saveSetting(room.workspace(), kLadderSetting, u"demo"_s));
    QCOMPARE(ladderOf({}), u"demo"_s);
    QCOMPARE(ladderOf(u"web-four"_s), u"web-four"_s); // what is named counts
    for (const QJsonValue& hostile : {QJsonValue(u"/etc/passwd"_s), QJsonValue(u""_s), QJsonValue(7)}) {
        QVERIFY(saveSetting(room.workspace(), kLadderSetting, hostile));
        QCOMPARE(ladderOf({}), kDefaultLadder);
    }
}

void TestJobsAndAttention::aTranscodeOfALostOriginalFailsAtOnce_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("bytes"); // of the file, −1: there is none
    QTest::newRow("removed") << QByteArray("original_missing") << -1;
    QTest::newRow("cut short") << QByteArray("original_changed") << 100;
    QTest::newRow("empty") << QByteArray("original_changed") << 0;
}

void TestJobsAndAttention::aTranscodeOfALostOriginalFailsAtOnce()
{
    QFETCH(QByteArray, reason);
    QFETCH(int, bytes);
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    runAll(room);
    const QString original = room.workspace().paths().original(asset.sha256);
    if (bytes < 0)
        QVERIFY(QFile::remove(original));
    else
        overwrite(original, QByteArray(bytes, 'x'));
    const auto job = queueTranscode(room.workspace(), asset.id);
    QVERIFY(job);
    runAll(room);
    QCOMPARE(newest(room).id, *job);
    QCOMPARE(newest(room).state, JobState::Failed);
    QCOMPARE(newest(room).error.reason, reason);
    QVERIFY(newest(room).error.detail.contains(u"talking_head_mono.mp4"_s));
    QCOMPARE(attention(room), QStringList {u"job:"_s + job->toString()});
    QVERIFY(!QFile::exists(room.workspace().paths().renditionsOf(asset.sha256, kDefaultLadder)));
    QCOMPARE(transcodeAsset(room.workspace(), asset.id, kDefaultLadder).error().reason, reason);
}

void TestJobsAndAttention::whatCannotBeDecodedIsSetAside()
{
    WorkbenchRoom room;
    const IngestedAsset asset = room.ingestClip();
    QFile original(room.workspace().paths().original(asset.sha256));
    QVERIFY(original.open(QIODevice::ReadOnly));
    QByteArray bytes = original.readAll();
    original.close();
    overwrite(original.fileName(), bytes.left(500) + QByteArray(bytes.size() - 500, '\0'));
    runAll(room);
    const jobs::Job job = newest(room);
    QVERIFY2(job.state == JobState::Failed || job.state == JobState::Parked, jobs::jobStateName(job.state));
    const auto stored
        = room.workspace().store().read([&](const store::UnitOfWork& unit) { return unit.assets.find(asset.id); });
    QCOMPARE(stored->state, store::AssetState::Unreadable);
    QCOMPARE(attention(room), (QStringList {u"asset:"_s + asset.id.toString(), u"job:"_s + job.id.toString()}));
    // The original is kept as it is, and a person may try again.
    QVERIFY(QFile::exists(original.fileName()));
    overwrite(original.fileName(), bytes);
    QVERIFY(room.workspace().jobs().change(job.id, JobEvent::Retry));
    runAll(room);
    QCOMPARE(newest(room).state, JobState::Done);
}

void TestJobsAndAttention::aJobAboutNothingFailsAndWaitsForAPerson()
{
    WorkbenchRoom room;
    jobs::Job job;
    job.id = newId<JobId>();
    job.kind = "check";
    job.payload = {{u"asset"_s, u"nobody"_s}};
    QVERIFY(room.workspace().store().write([&](store::UnitOfWork& unit) { return unit.jobs.add(job); }));
    runAll(room);
    QCOMPARE(newest(room).state, JobState::Failed);
    QCOMPARE(newest(room).error.code, ErrorCode::NotFound);
    const QString id = job.id.toString();
    const auto items = attentionItems(room.workspace());
    const auto found = std::ranges::find(*items, u"job:"_s + id, &AttentionItem::id);
    QVERIFY(found != items->end());
    QCOMPARE(found->steps, (QStringList {u"retry_job:"_s + id, u"cancel_job:"_s + id}));
    QVERIFY(changeJob(room.workspace(), job.id, JobEvent::Cancel));
    QCOMPARE(attention(room), QStringList());
}

void TestJobsAndAttention::onlyWhoMayControlsJobs()
{
    WorkbenchRoom room;
    (void)room.ingestClip();
    const JobId id = newest(room).id;
    room.addProfile(u"moderator"_s, {moderation::Role::Moderator});
    room.reopen(u"moderator"_s);
    QCOMPARE(changeJob(room.workspace(), id, JobEvent::Cancel).error().code, ErrorCode::Denied);
    QCOMPARE(newest(room).state, JobState::Queued);
}

void TestJobsAndAttention::operationsThatNeedAPersonAreListed()
{
    WorkbenchRoom room;
    (void)room.ingestClip();
    const OperationId id = room.outbox().front().id;
    QVERIFY(room.workspace().store().write([&](store::UnitOfWork& unit) {
        return unit.outbox.markConflict(id, {ErrorCode::Conflict, u"newer"_s, "version"}, {});
    }));
    QCOMPARE(attention(room), QStringList {u"operation:"_s + id.toString()});
    QVERIFY(dropOperation(room.workspace(), id));
    QCOMPARE(attention(room), QStringList());
}

void TestJobsAndAttention::aBackupThatCannotBeRestoredIsListed()
{
    WorkbenchRoom room;
    const QString folder = room.workspace().paths().backups();
    const auto made = store::backup(room.workspace().store(), folder);
    QVERIFY(made);
    const QString manifest = store::nextToDrill(folder, SystemClock::read());
    QVERIFY(!manifest.isEmpty());
    const auto good = store::drillBackup(manifest, SystemClock::read());
    QVERIFY(good && good->isGood());
    QCOMPARE(attention(room), QStringList());
    QFile copy(folder + u'/' + made->file);
    QVERIFY(copy.resize(copy.size() / 2));
    const auto bad = store::drillBackup(manifest, SystemClock::read());
    QVERIFY(bad && !bad->isGood());
    QCOMPARE(attention(room), QStringList {u"backup"_s});
}

QTEST_GUILESS_MAIN(TestJobsAndAttention)
#include "tst_jobs_and_attention.moc"

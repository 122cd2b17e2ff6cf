#include "core/store/workspace_store.h"
#include "core/workbench/backup_overview.h"
#include "core/workbench/decide.h"
#include "core/workbench/renditions.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/upkeep.h"
#include "workbench_room.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

/// A verb as the command line runs it: it opens the workspace for as long as it needs it.
VerbReply run(const QString& folder, const QString& verb, const QStringList& operands,
    const QHash<QString, QString>& options = {}, const QString& profile = {})
{
    return runCommand({folder, profile}, {verb, operands, options, {}}, {}, {});
}

QJsonObject partNamed(const VerbReply& reply, const QString& name)
{
    const QJsonArray parts = reply.json[u"parts"].toArray();
    for (const QJsonValue& part : parts) {
        if (part[u"name"] == name)
            return part.toObject();
    }
    return {};
}

} // namespace

/// What verbs say where a person cannot look for herself.
class TestVerbReplies : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker"); }
    void theSystemsRefusalIsNoRefusalByRole();
    void whatIsNotThereIsNamed_data();
    void whatIsNotThereIsNamed();
    void transcodeFollowsTheSettingAndLetsGoOfTheWorkspace();
    void doctorTellsOfBackupsAndTheirDrill();
    void doctorTellsOfADamagedDatabase();
};

void TestVerbReplies::theSystemsRefusalIsNoRefusalByRole()
{
    const Error system {ErrorCode::Denied, u"open: Permission denied (a.mp4)"_s, "no_permission"};
    QCOMPARE(failedReply(u"probe"_s, system).exitCode, ExitCode::BadInput);
    const Error role {ErrorCode::Denied, u"no role of this person allows \"decide\""_s, "role"};
    QCOMPARE(failedReply(u"decide"_s, role).exitCode, ExitCode::Denied);
}

void TestVerbReplies::whatIsNotThereIsNamed_data()
{
    QTest::addColumn<QString>("verb");
    for (const char* verb : {"probe", "check", "ingest", "transcode"})
        QTest::newRow(verb) << QString::fromLatin1(verb);
}

void TestVerbReplies::whatIsNotThereIsNamed()
{
    QFETCH(QString, verb);
    const WorkbenchRoom room;
    const QString out = room.path(u"out"_s);
    for (const QString& name : {u"nosuch.mp4"_s, u"a\nb.mp4"_s}) {
        const VerbReply reply
            = run(room.path(u"other"_s), verb, {room.path(name)}, {{u"out"_s, out}, {u"ladder"_s, u"demo"_s}});
        QCOMPARE(reply.exitCode, ExitCode::BadInput);
        QCOMPARE(reply.json[u"error"][u"reason"].toString(), u"no_file"_s);
        QCOMPARE(reply.json[u"error"][u"detail"].toString().count(name), 1);
    }
    QVERIFY(!QFile::exists(out));
}

void TestVerbReplies::transcodeFollowsTheSettingAndLetsGoOfTheWorkspace()
{
    WorkbenchRoom room;
    const QString clip = clipPath("talking_head_mono.mp4");
    QVERIFY(saveSetting(room.workspace(), kLadderSetting, u"demo"_s));
    room.close();
    const auto renditionsIn = [](const VerbReply& reply) { return reply.json[u"renditions"].toArray(); };
    const VerbReply named = run(
        room.path(u"nowhere"_s), u"transcode"_s, {clip}, {{u"out"_s, room.path(u"a"_s)}, {u"ladder"_s, u"demo"_s}});
    const VerbReply set = run(room.folder(), u"transcode"_s, {clip}, {{u"out"_s, room.path(u"b"_s)}});
    const VerbReply without = run(room.path(u"nowhere"_s), u"transcode"_s, {clip}, {{u"out"_s, room.path(u"c"_s)}});
    QCOMPARE(named.exitCode, ExitCode::Done);
    QCOMPARE(set.exitCode, ExitCode::Done);
    QCOMPARE(without.exitCode, ExitCode::Done);
    QCOMPARE(renditionsIn(set), renditionsIn(named));
    QVERIFY(renditionsIn(without) != renditionsIn(named)); // web-two
    QVERIFY(!QFile::exists(room.path(u"nowhere"_s)));
    room.reopen(); // nobody holds it any more
}

void TestVerbReplies::doctorTellsOfBackupsAndTheirDrill()
{
    WorkbenchRoom room;
    room.setCatalogProgram(u"/nowhere"_s);
    const IngestedAsset asset = room.ingestClip();
    const auto doctorNow = [&room] {
        room.close();
        VerbReply reply = run(room.folder(), u"doctor"_s, {});
        room.reopen();
        return reply;
    };
    QCOMPARE(partNamed(doctorNow(), u"backups"_s)[u"state"].toString(), u"ok"_s);
    QVERIFY(!partNamed(doctorNow(), u"time zones"_s)[u"version"].toString().isEmpty());
    QVERIFY(decide(room.workspace(), {.asset = asset.id}));
    QCOMPARE(partNamed(doctorNow(), u"backups"_s)[u"state"].toString(), u"warn"_s); // now there is something to lose

    const QString elsewhere = room.path(u"elsewhere"_s);
    QVERIFY(saveSetting(room.workspace(), kBackupFolderSetting, elsewhere));
    const auto manifest = store::backup(room.workspace().store(), elsewhere);
    QVERIFY(manifest);
    VerbReply reply = doctorNow();
    QCOMPARE(partNamed(reply, u"backups"_s)[u"state"].toString(), u"ok"_s);
    QVERIFY(partNamed(reply, u"backups"_s)[u"detail"].toString().contains(toRfc3339(manifest->at)));
    QVERIFY(partNamed(reply, u"backups"_s)[u"detail"].toString().contains(elsewhere));
    QVERIFY(partNamed(reply, u"restore drill"_s)[u"detail"].toString().startsWith(u"none yet"));

    const QString manifestName = QDir(elsewhere).entryList({u"*.json"_s}).value(0);
    const Instant later = manifest->at + std::chrono::hours(1);
    QVERIFY(store::drillBackup(elsewhere + u'/' + manifestName, later));
    reply = doctorNow();
    QCOMPARE(partNamed(reply, u"restore drill"_s)[u"state"].toString(), u"ok"_s);
    const QString detail = partNamed(reply, u"restore drill"_s)[u"detail"].toString();
    QVERIFY2(detail.contains(toRfc3339(later)) && detail.contains(manifestName), qPrintable(detail));

    QFile copy(elsewhere + u'/' + manifest->file);
    QVERIFY(copy.open(QIODevice::ReadWrite) && copy.resize(copy.size() / 2));
    copy.close();
    QVERIFY(store::drillBackup(elsewhere + u'/' + manifestName, later + std::chrono::hours(1)));
    reply = doctorNow();
    QCOMPARE(partNamed(reply, u"restore drill"_s)[u"state"].toString(), u"warn"_s);
    QVERIFY(partNamed(reply, u"restore drill"_s)[u"detail"].toString().contains(u"could not be restored"));
    // A folder of rubbish is no backup.
    QFile rubbish(elsewhere + u"/workspace-9.json"_s);
    QVERIFY(rubbish.open(QIODevice::WriteOnly) && rubbish.write("{\"file\": 7") > 0);
    rubbish.close();
    QCOMPARE(backupsIn(elsewhere).count, 2);
    QCOMPARE(backupsIn(elsewhere).newest, std::optional(manifest->at));
    QCOMPARE(backupsIn(room.path(u"nothing"_s)).count, 0);
}

void TestVerbReplies::doctorTellsOfADamagedDatabase()
{
    WorkbenchRoom room;
    room.close();
    QFile database(store::WorkspaceStore::databasePathIn(room.folder()));
    QVERIFY(database.open(QIODevice::ReadWrite) && database.write("garbage") == 7);
    database.close();
    const VerbReply reply = run(room.folder(), u"doctor"_s, {});
    QCOMPARE(reply.exitCode, ExitCode::MissingPart);
    QCOMPARE(reply.json[u"schema"].toString(), u"vidimus.doctor/1"_s);
    QCOMPARE(partNamed(reply, u"database"_s)[u"state"].toString(), u"missing"_s);
    QCOMPARE(partNamed(reply, u"sandbox"_s)[u"name"].toString(), u"sandbox"_s); // the rest is told, too
    QCOMPARE(run(room.folder(), u"queue"_s, {}).exitCode, ExitCode::BadInput);
}

QTEST_GUILESS_MAIN(TestVerbReplies)
#include "tst_verb_replies.moc"

#include "program_room.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

namespace {

QStringList asOther(QStringList words)
{
    return QStringList {u"--profile"_s, u"other"_s} + words;
}

} // namespace

/// The exit codes that need a workspace of some kind: 3 refused by role, 4 conflict, 5 queued offline, 7 a part is
/// missing. tst_cli_contract has the others.
class TestExitCodes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusedByRoleIsThree_data();
    void refusedByRoleIsThree();
    void anothersStandingDecisionIsFour();
    void anUnreachableCatalogIsFive();
    void aMissingPartIsSeven();
};

void TestExitCodes::refusedByRoleIsThree_data()
{
    QTest::addColumn<QStringList>("words");
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    QTest::newRow("ingest") << QStringList {u"ingest"_s, clip};
    QTest::newRow("decide") << QStringList {u"decide"_s, u"ASSET"_s, u"pass"_s};
    QTest::newRow("rights import") << QStringList {u"rights"_s, u"import"_s, u"rights.csv"_s};
    QTest::newRow("publish") << QStringList {u"publish"_s, u"TITLE"_s};
    QTest::newRow("withdraw") << QStringList {u"withdraw"_s, u"TITLE"_s};
    QTest::newRow("outbox retry") << QStringList {u"outbox"_s, u"retry"_s, u"OPERATION"_s};
    QTest::newRow("outbox drop") << QStringList {u"outbox"_s, u"drop"_s, u"OPERATION"_s};
    QTest::newRow("jobs cancel") << QStringList {u"jobs"_s, u"cancel"_s, u"JOB"_s};
}

void TestExitCodes::refusedByRoleIsThree()
{
    QFETCH(QStringList, words);
    ProgramRoom room;
    const QJsonObject asset
        = room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}).json()[u"assets"_s][0].toObject();
    words.replaceInStrings(u"ASSET"_s, asset[u"id"_s].toString());
    words.replaceInStrings(u"TITLE"_s, asset[u"title"_s].toString());
    words.replaceInStrings(u"OPERATION"_s, room.run({u"outbox"_s}).json()[u"operations"_s][0][u"id"_s].toString());
    words.replaceInStrings(u"JOB"_s, room.run({u"jobs"_s}).json()[u"jobs"_s][0][u"id"_s].toString());
    writeBytes(room.path(u"rights.csv"_s), "ALID,Territory,LicenseType,Start,End,WorkType,TitleInternalAlias\n");
    room.addProfile(u"other"_s, {moderation::Role::Auditor});
    const auto operationsNow = [&room] { return room.run({u"outbox"_s}).json()[u"operations"_s].toArray(); };
    const QJsonArray operations = operationsNow();
    const Ended ended = room.run(asOther(words));
    QVERIFY2(ended.exitCode == 3, ended.out.constData());
    QCOMPARE(ended.json()[u"error"_s][u"code"_s].toString(), u"denied"_s);
    QCOMPARE(operationsNow(), operations);
    const QByteArray log = room.run({u"audit"_s, u"export"_s}).out;
    QVERIFY(log.contains("denied"));
}

void TestExitCodes::anothersStandingDecisionIsFour()
{
    ProgramRoom room;
    const QString asset
        = room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}).json()[u"assets"_s][0][u"id"_s].toString();
    room.addProfile(u"other"_s, {moderation::Role::Moderator});
    QCOMPARE(room.run({u"decide"_s, asset, u"pass"_s}).exitCode, 0);
    const Ended second = room.run(asOther({u"decide"_s, asset, u"reject"_s, u"--reason"_s, u"nudity.explicit"_s}));
    QVERIFY2(second.exitCode == 4, second.out.constData());
    QCOMPARE(second.json()[u"decision"_s][u"state"_s].toString(), u"draft"_s);
}

void TestExitCodes::anUnreachableCatalogIsFive()
{
    ProgramRoom room;
    room.addProfile(u"other"_s,
        {moderation::Role::Moderator, moderation::Role::Publisher, moderation::Role::ContentManager},
        u"http://127.0.0.1:1"_s);
    QCOMPARE(room.run(asOther({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)})).exitCode, 0);
    const auto waiting = room.run(asOther({u"outbox"_s})).json()[u"operations"_s].toArray().size();
    QVERIFY(waiting > 0);
    const Ended sync = room.run(asOther({u"sync"_s}));
    QVERIFY2(sync.exitCode == 5, sync.out.constData());
    QCOMPARE(room.run(asOther({u"outbox"_s})).json()[u"operations"_s].toArray().size(), waiting);
}

void TestExitCodes::aMissingPartIsSeven()
{
    ProgramRoom room;
    room.setVariable(u"VIDIMUS_MEDIAWORKER"_s, u"/nowhere/vidimus-mediaworker"_s);
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    for (const QStringList& words : {QStringList {u"probe"_s, clip}, {u"check"_s, clip}, {u"ingest"_s, clip},
             {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, u"out"_s}, {u"doctor"_s}}) {
        const Ended ended = room.run(words);
        QVERIFY2(ended.exitCode == 7, (words.first().toUtf8() + ": " + ended.out).constData());
        QVERIFY(ended.json()[u"schema"_s].toString() == u"vidimus.%1/1"_s.arg(words.first()));
    }
}

QTEST_GUILESS_MAIN(TestExitCodes)
#include "tst_exit_codes.moc"

#include "program_room.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

const QByteArray kHead = "ALID,Territory,LicenseType,Start,End,WorkType,TitleInternalAlias\n";
const QByteArray kGoodRow = "md:alid:1,DE,SVOD,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z,Movie,Blue Hour\n";
const QByteArray kBadRow = "md:alid:2,QQ,SVOD,2026-13-01,2027-01-01T00:00:00Z,Movie,Red Hour\n";

} // namespace

/// The contract of cli.md: what goes to which stream, the JSON and the exit codes.
class TestCliContract : public QObject {
    Q_OBJECT

private:
    /// Runs a verb with --json and checks what holds for every one of them.
    static Ended runJson(ProgramRoom& room, const QStringList& words, const QString& verb)
    {
        const Ended ended = room.run(words);
        if (ended.timedOut)
            qWarning() << words << "did not end";
        const QByteArray first = "{\"schema\":\"vidimus." + QString(verb).replace(u' ', u'.').toUtf8() + "/1\"";
        if (!ended.out.startsWith(first) || ended.out.count('\n') != 1 || !ended.out.endsWith('\n'))
            qWarning() << words << "printed" << ended.out.left(200) << ended.err.left(500);
        return ended.json().isEmpty() || !ended.out.startsWith(first) ? Ended {} : ended;
    }
    static QString errorReason(const Ended& ended) { return ended.json()[u"error"].toObject()[u"reason"].toString(); }

private Q_SLOTS:
    void everyVerbPrintsOneObjectAndItsExitCode_data();
    void everyVerbPrintsOneObjectAndItsExitCode();
    void refusesWrongWordsWithTwo_data();
    void refusesWrongWordsWithTwo();
    void refusesHostileFiles_data();
    void refusesHostileFiles();
    void takesNamesThatLookLikeOptionsOrHoldControls();
    void peopleReadTables();
    void printsHelpManualAndCompletions_data();
    void printsHelpManualAndCompletions();
    void ingestSaysWhichFilesWereTaken();
    void checkVerdictIsTheExitCode();
    void aFirstVerdictIsProvisional();
    void rightsCasesPassAndAWrongOneFails();
    void importsRightsAndExplainsThem();
    void backupIsRestoredAndHasTheSameLog();
    void restoreRefusesADamagedCopyAndAnOpenWorkspace();
    void exportedLogIsVerifiedElsewhereAndTamperingIsSeen();
    void workspaceIsItsOwnersOnly();
    void publishingTwiceAndWithdrawingTwice();
};

void TestCliContract::everyVerbPrintsOneObjectAndItsExitCode_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    const auto row = [](const char* name, const QString& verb, const QStringList& words, int exitCode) {
        QTest::newRow(name) << verb << words << exitCode;
    };
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    row("doctor", u"doctor"_s, {u"doctor"_s}, 0);
    row("probe", u"probe"_s, {u"probe"_s, clip}, 0);
    row("probe: not there", u"probe"_s, {u"probe"_s, u"not-there.mp4"_s}, 6);
    row("probe: a folder", u"probe"_s, {u"probe"_s, u"."_s}, 6);
    row("check: no such profile", u"check"_s, {u"check"_s, clip, u"--checks"_s, u"nosuch"_s}, 6);
    row("check: no such check", u"check"_s, {u"check"_s, clip, u"--only"_s, u"nosuch"_s}, 6);
    row("fix: nothing can be done", u"fix"_s, {u"fix"_s, clip, u"--only"_s, u"loudness"_s}, 1);
    row("fix: no correction for it", u"fix"_s, {u"fix"_s, clip, u"--only"_s, u"blur"_s}, 6);
    row("models", u"models"_s, {u"models"_s, u"list"_s}, 0);
    row("models: no such name", u"models"_s, {u"models"_s, u"remove"_s, u"nosuch"_s}, 6);
    row("ingest", u"ingest"_s, {u"ingest"_s, clip}, 0);
    row("ingest: not there", u"ingest"_s, {u"ingest"_s, u"not-there.mp4"_s}, 6);
    row("queue", u"queue"_s, {u"queue"_s, u"list"_s}, 0);
    row("decide: no such asset", u"decide"_s, {u"decide"_s, u"nosuch"_s, u"pass"_s}, 6);
    row("decide: no such verdict", u"decide"_s, {u"decide"_s, u"nosuch"_s, u"maybe"_s}, 6);
    row("decide: no such time", u"decide"_s, {u"decide"_s, u"nosuch"_s, u"pass"_s, u"--from"_s, u"soon"_s}, 6);
    row("transcode: by the default ladder", u"transcode"_s, {u"transcode"_s, clip, u"--out"_s, u"out"_s}, 0);
    row("transcode: no such ladder", u"transcode"_s,
        {u"transcode"_s, clip, u"--ladder"_s, u"nosuch"_s, u"--out"_s, u"out"_s}, 6);
    row("transcode: cannot write", u"transcode"_s,
        {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, u"/proc/vidimus"_s}, 6);
    row("transcode: no such encoder", u"transcode"_s,
        {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, u"out"_s, u"--encoder"_s, u"nosuch"_s}, 6);
    row("rights explain: unknown title", u"rights explain"_s,
        {u"rights"_s, u"explain"_s, u"nosuch"_s, u"--country"_s, u"DE"_s, u"--site"_s, u"main"_s, u"--offer"_s,
            u"svod_base"_s},
        1);
    row("rights explain: no instant", u"rights explain"_s,
        {u"rights"_s, u"explain"_s, u"nosuch"_s, u"--country"_s, u"DE"_s, u"--site"_s, u"main"_s, u"--offer"_s,
            u"svod_base"_s, u"--at"_s, u"yesterday"_s},
        6);
    row("rights verify: no JSON", u"rights verify"_s, {u"rights"_s, u"verify"_s, clip}, 6);
    row("rights conflicts", u"rights conflicts"_s, {u"rights"_s, u"conflicts"_s}, 0);
    row("rights effect: no such plan", u"rights effect"_s, {u"rights"_s, u"effect"_s, u"--plan"_s, u"not-there.json"_s},
        6);
    row("availability announcement", u"availability announcement"_s, {u"availability"_s, u"announcement"_s}, 0);
    row("availability holds", u"availability holds"_s, {u"availability"_s, u"holds"_s}, 0);
    row("availability pin: no such version", u"availability pin"_s, {u"availability"_s, u"pin"_s, u"4711"_s}, 6);
    row("availability confirm: nothing waits", u"availability confirm"_s,
        {u"availability"_s, u"confirm"_s, u"nosuch"_s}, 6);
    row("rights import: not there", u"rights import"_s, {u"rights"_s, u"import"_s, u"not-there.csv"_s}, 6);
    row("publish: unknown title", u"publish"_s, {u"publish"_s, u"nosuch"_s}, 6);
    row("withdraw: unknown title", u"withdraw"_s, {u"withdraw"_s, u"nosuch"_s}, 6);
    row("publication: unknown title", u"publication"_s, {u"publication"_s, u"nosuch"_s}, 6);
    row("sync: nothing waits", u"sync"_s, {u"sync"_s}, 0);
    row("outbox", u"outbox"_s, {u"outbox"_s}, 0);
    row("outbox: unknown operation", u"outbox"_s, {u"outbox"_s, u"retry"_s, u"nosuch"_s}, 6);
    row("jobs", u"jobs"_s, {u"jobs"_s}, 0);
    row("jobs: unknown job", u"jobs"_s, {u"jobs"_s, u"cancel"_s, u"nosuch"_s}, 6);
    row("policy", u"policy"_s, {u"policy"_s, u"list"_s}, 0);
    row("policy: no policy", u"policy"_s, {u"policy"_s, u"check"_s, clip}, 6);
    row("checks", u"checks"_s, {u"checks"_s, u"list"_s}, 0);
    row("checks judge", u"checks judge"_s, {u"checks"_s, u"judge"_s, u"--checks"_s, u"streaming"_s}, 0);
    row("checks judge: no such profile", u"checks judge"_s, {u"checks"_s, u"judge"_s, u"--checks"_s, u"nosuch"_s}, 6);
    row("restore: no backup", u"restore"_s, {u"restore"_s, u"."_s}, 6);
    row("audit verify", u"audit verify"_s, {u"audit"_s, u"verify"_s}, 0);
    row("audit verify: no such file", u"audit verify"_s, {u"audit"_s, u"verify"_s, u"not-there.json"_s}, 6);
    row("audit export", u"audit export"_s, {u"audit"_s, u"export"_s}, 0);
    row("unknown profile", u"queue"_s, {u"--profile"_s, u"nobody"_s, u"queue"_s}, 6);
}

void TestCliContract::everyVerbPrintsOneObjectAndItsExitCode()
{
    QFETCH(const QString, verb);
    QFETCH(const QStringList, words);
    QFETCH(const int, exitCode);
    ProgramRoom room;
    const Ended ended = runJson(room, words, verb);
    QCOMPARE(ended.exitCode, exitCode);
    QCOMPARE(ended.json().contains(u"error"_s), exitCode == 6);
    if (exitCode == 6) {
        QVERIFY(!errorReason(ended).isEmpty());
        QVERIFY(!ended.json()[u"error"].toObject()[u"detail"].toString().isEmpty());
    }
}

void TestCliContract::refusesWrongWordsWithTwo_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList {};
    QTest::newRow("unknown verb") << QStringList {u"paint"_s};
    QTest::newRow("unknown option") << QStringList {u"probe"_s, u"--fast"_s, u"x"_s};
    QTest::newRow("unknown short option") << QStringList {u"-x"_s};
    QTest::newRow("no operand") << QStringList {u"probe"_s};
    QTest::newRow("too many operands") << QStringList {u"probe"_s, u"a"_s, u"b"_s};
    QTest::newRow("option without its value") << QStringList {u"check"_s, u"a"_s, u"--checks"_s};
    QTest::newRow("flag with a value") << QStringList {u"demo"_s, u"--headless=1"_s};
    QTest::newRow("required option absent") << QStringList {u"transcode"_s, u"a"_s};
    QTest::newRow("exit without headless") << QStringList {u"demo"_s, u"--exit"_s};
    QTest::newRow("wrong word of outbox") << QStringList {u"outbox"_s, u"burn"_s};
    QTest::newRow("wrong word of jobs") << QStringList {u"jobs"_s, u"burn"_s};
    QTest::newRow("wrong word of policy") << QStringList {u"policy"_s, u"burn"_s};
    QTest::newRow("wrong word of checks") << QStringList {u"checks"_s, u"burn"_s};
    QTest::newRow("wrong word of queue") << QStringList {u"queue"_s, u"burn"_s};
    QTest::newRow("an escape sequence as verb") << QStringList {u"\u001b[31mred"_s};
}

void TestCliContract::refusesWrongWordsWithTwo()
{
    QFETCH(const QStringList, words);
    ProgramRoom room;
    const Ended ended = room.run(words, false);
    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.out, QByteArray());
    QVERIFY(ended.err.size() > 10);
    QVERIFY(!ended.err.contains('\x1b'));
    const Ended json = room.run(words, true);
    QCOMPARE(json.exitCode, 2);
    QVERIFY(json.out.startsWith("{\"schema\":\"vidimus."));
    QCOMPARE(json.json()[u"error"][u"reason"].toString(), u"usage"_s);
}

void TestCliContract::refusesHostileFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QByteArray noise(70'000, Qt::Uninitialized);
    for (qsizetype i = 0; i < noise.size(); ++i)
        noise[i] = static_cast<char>((i * 2654435761ULL) >> 13U);
    QTest::newRow("noise") << noise;
    QTest::newRow("HLS playlist") << QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/hostname\n");
    QTest::newRow("concat script") << QByteArray("ffconcat version 1.0\nfile /etc/hostname\n");
    QTest::newRow("SDP") << QByteArray("v=0\nc=IN IP4 127.0.0.1\nm=video 5000 RTP/AVP 96\n");
    QTest::newRow("DASH") << QByteArray(
        "<?xml version=\"1.0\"?><MPD><Period><BaseURL>file:///etc/hostname</BaseURL></Period></MPD>");
    QTest::newRow("script") << QByteArray("#!/bin/sh\ntouch /tmp/owned\n");
    QTest::newRow("an MP4's first box") << QByteArray("\0\0\0\x20"
                                                      "ftypisom\0\0\2\0isomiso2avc1mp41",
        32);
    QTest::newRow("an MP4 without its index") << QByteArray("\0\0\0\x20"
                                                            "ftypisom\0\0\2\0isomiso2avc1mp41\0\1\0\0mdat",
                                                     40)
            + noise;
}

void TestCliContract::refusesHostileFiles()
{
    QFETCH(const QByteArray, bytes);
    ProgramRoom room;
    writeBytes(room.path(u"clip.mp4"_s), bytes);
    for (const QString& verb : {u"probe"_s, u"check"_s, u"ingest"_s}) {
        const Ended ended = runJson(room, {verb, u"clip.mp4"_s}, verb);
        QCOMPARE(ended.exitCode, 6);
        QVERIFY(!errorReason(ended).isEmpty());
    }
    const Ended transcode = runJson(
        room, {u"transcode"_s, u"clip.mp4"_s, u"--ladder"_s, u"demo"_s, u"--out"_s, u"out"_s}, u"transcode"_s);
    QCOMPARE(transcode.exitCode, 6);
    QCOMPARE(QDir(room.path(u"out"_s)).entryList(QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(QDir(room.workspace() + u"/media"_s).entryList(QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(readBytes(room.path(u"clip.mp4"_s)), bytes);
    const Ended text = room.run({u"probe"_s, u"clip.mp4"_s}, false);
    QCOMPARE(text.exitCode, 6);
    QCOMPARE(text.out, QByteArray());
    QVERIFY(text.err.contains("probe"));
}

void TestCliContract::takesNamesThatLookLikeOptionsOrHoldControls()
{
    const QStringList names {u"-rf.mp4"_s, u"--help.mp4"_s, u"two\nlines.mp4"_s, u"red\u001b[31m.mp4"_s,
        u"fdp\u202e4pm.mp4"_s, u"subfile:x.mp4"_s, u"%d.mp4"_s, u"'\";$(id).mp4"_s,
        QString(200, u'ä').left(120) + u".mp4"_s};
    const QByteArray clip = readBytes(clipPath(u"talking_head_mono.mp4"_s));
    ProgramRoom room;
    for (const QString& name : names) {
        writeBytes(room.path(name), clip);
        const Ended probe = runJson(room, {u"probe"_s, u"--"_s, name}, u"probe"_s);
        QVERIFY2(probe.exitCode == 0, qPrintable(name + QString::fromUtf8(probe.err)));
        const Ended missing = room.run({u"probe"_s, u"--"_s, u"no "_s + name}, false);
        QCOMPARE(missing.exitCode, 6);
        for (const char* forbidden : {"\x1b", "\xe2\x80\xae", "two\nlines"})
            QVERIFY2(!missing.err.contains(forbidden), missing.err.constData());
    }
    const Ended ingest = runJson(room, QStringList {u"ingest"_s, u"--"_s} + names, u"ingest"_s);
    QCOMPARE(ingest.exitCode, 0);
    QCOMPARE(ingest.json()[u"assets"].toArray().size(), names.size());
    const Ended list = room.run({u"queue"_s}, false);
    QCOMPARE(list.exitCode, 0);
    QVERIFY(!list.out.contains('\x1b'));
    const Ended tooLong = runJson(room, {u"probe"_s, QString(300, u'x') + u".mp4"_s}, u"probe"_s);
    QCOMPARE(tooLong.exitCode, 6);
}

void TestCliContract::peopleReadTables()
{
    ProgramRoom room;
    const QString name = u"red\u001b[31m two\u202e.mp4"_s;
    writeBytes(room.path(name), readBytes(clipPath(u"talking_head_mono.mp4"_s)));
    QCOMPARE(room.run({u"ingest"_s, u"--"_s, name}).exitCode, 0);
    const Ended queue = room.run({u"queue"_s}, false);
    QCOMPARE(queue.exitCode, 0);
    QVERIFY2(!queue.err.contains("vidimus.store"), queue.err.constData());
    const QList<QByteArray> lines = queue.out.split('\n');
    const auto head = std::ranges::find_if(lines, [](const QByteArray& line) { return line.startsWith("  NAME "); });
    QVERIFY2(head != lines.end(), queue.out.constData());
    // A value stands below its name, however wide the others are.
    const qsizetype column = head->indexOf("DURATION");
    QVERIFY2(column > 0, queue.out.constData());
    const QString first = QString::fromUtf8(*std::next(head));
    QVERIFY2(first.startsWith(u"  red‹U+001B›"_s), queue.out.constData());
    QVERIFY2(first.mid(column).startsWith(u"1.0"_s) && first[column - 1] == u' ', queue.out.constData());
    QVERIFY(!queue.out.contains('\x1b') && !queue.out.contains("\xe2\x80\xae"));

    const Ended probe = room.run({u"probe"_s, u"--"_s, name}, false);
    QVERIFY2(probe.out.contains("h264") && probe.out.contains("frames/s"), probe.out.constData());
    QVERIFY(!probe.out.contains("average_rate"));
    const Ended none = room.run({u"jobs"_s, u"list"_s}, false);
    QVERIFY2(none.out.contains("jobs"), none.out.constData());
}

void TestCliContract::printsHelpManualAndCompletions_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("contains");
    QTest::newRow("help") << QStringList {u"--help"_s} << QByteArray("rights explain");
    QTest::newRow("help of a verb") << QStringList {u"transcode"_s, u"--help"_s} << QByteArray("--ladder");
    QTest::newRow("version") << QStringList {u"--version"_s} << QByteArray("vidimus ");
    QTest::newRow("manual") << QStringList {u"--man"_s} << QByteArray(".TH");
    QTest::newRow("bash") << QStringList {u"--completion=bash"_s} << QByteArray("complete");
    QTest::newRow("zsh") << QStringList {u"--completion=zsh"_s} << QByteArray("#compdef");
    QTest::newRow("fish") << QStringList {u"--completion=fish"_s} << QByteArray("complete -c vidimus");
}

void TestCliContract::printsHelpManualAndCompletions()
{
    QFETCH(const QStringList, words);
    QFETCH(const QByteArray, contains);
    ProgramRoom room;
    const Ended ended = room.run(words, false);
    QCOMPARE(ended.exitCode, 0);
    QVERIFY2(ended.out.contains(contains), ended.out.constData());
    QVERIFY(!QFile::exists(room.workspace()));
}

void TestCliContract::ingestSaysWhichFilesWereTaken()
{
    ProgramRoom room;
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    const Ended some = room.run({u"ingest"_s, clip, u"nosuch.mp4"_s, clip}, false);
    QCOMPARE(some.exitCode, 6);
    QVERIFY(some.err.contains("nosuch.mp4") && some.err.contains("in the workspace: talking_head_mono.mp4"));
    QVERIFY(!some.err.contains("Nothing was changed"));
    QVERIFY(room.run({u"ingest"_s, u"nosuch.mp4"_s, clip}, false).err.contains("Nothing was changed"));
}

void TestCliContract::checkVerdictIsTheExitCode()
{
    ProgramRoom room;
    for (const QString& name : {u"talking_head_mono.mp4"_s, u"noaudio_1080p24.mp4"_s}) {
        const Ended ended = runJson(room, {u"check"_s, clipPath(name)}, u"check"_s);
        const QString verdict = ended.json()[u"verdict"].toString();
        QVERIFY2(!verdict.isEmpty(), ended.err.constData());
        QCOMPARE(ended.exitCode, verdict == u"pass" || verdict == u"warn" ? 0 : 1);
        QVERIFY(ended.json()[u"frames"].toInt() > 0);
        QVERIFY(!ended.json()[u"checks"].toArray().isEmpty());
    }
    const Ended one
        = runJson(room, {u"check"_s, clipPath(u"talking_head_mono.mp4"_s), u"--only"_s, u"black,freeze"_s}, u"check"_s);
    QCOMPARE(one.json()[u"checks"].toArray().size(), 2);
}

void TestCliContract::aFirstVerdictIsProvisional()
{
    ProgramRoom room;
    const QString clip = clipPath(u"talking_head_mono.mp4"_s);
    const Ended first = runJson(room, {u"check"_s, clip, u"--first"_s}, u"check"_s);
    const QJsonObject json = first.json();
    QVERIFY2(json[u"provisional"].toBool(), first.err.constData());
    QVERIFY(json[u"verdict"].toString() != u"pass"_s);
    QVERIFY(!json[u"looked_at"].toArray().isEmpty());
    QCOMPARE(first.exitCode, json[u"verdict"].toString() == u"fail" ? 1 : 0);
    const Ended words = room.run({u"check"_s, clip, u"--first"_s}, false);
    QVERIFY2(words.out.startsWith("Provisional: ") && words.out.contains("places of 00:01."), words.out.constData());
    // The talking head ends before two seconds: a range is asked of a longer clip.
    const QString longer = clipPath(u"bbb_720p25_5.1.mp4"_s);
    const Ended range = runJson(room, {u"check"_s, longer, u"--from"_s, u"1"_s, u"--to"_s, u"2.5"_s}, u"check"_s);
    const QJsonObject look = range.json()[u"looked_at"].toArray().first().toObject();
    QCOMPARE(look[u"kind"].toString(), u"range"_s);
    QCOMPARE(look[u"start"].toDouble(), 1.0);
    QVERIFY2(look[u"frames"].toInt() > 20, range.out.constData());
    QCOMPARE(runJson(room, {u"check"_s, clip, u"--from"_s, u"3"_s, u"--to"_s, u"2"_s}, u"check"_s).exitCode, 6);
}

void TestCliContract::rightsCasesPassAndAWrongOneFails()
{
    ProgramRoom room;
    const QString cases = QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/rights/cases.json"_s;
    const Ended all = runJson(room, {u"rights"_s, u"verify"_s, cases}, u"rights verify"_s);
    QCOMPARE(all.exitCode, 0);
    QVERIFY(all.json()[u"passed"].toInt() >= 150);
    QCOMPARE(all.json()[u"failed"].toInt(), 0);
    QByteArray turned = readBytes(cases);
    const qsizetype at = QString::fromUtf8(turned).indexOf(QRegularExpression(u"\"available\"\\s*:\\s*true"_s));
    QVERIFY(at > 0);
    turned.replace(turned.indexOf("true", turned.indexOf("\"available\"")), 4, "false");
    writeBytes(room.path(u"turned.json"_s), turned);
    const Ended failed = runJson(room, {u"rights"_s, u"verify"_s, u"turned.json"_s}, u"rights verify"_s);
    QCOMPARE(failed.exitCode, 1);
    QVERIFY(failed.json()[u"failed"].toInt() >= 1);
    QVERIFY(!failed.json()[u"failures"].toArray().isEmpty());
}

void TestCliContract::importsRightsAndExplainsThem()
{
    ProgramRoom room;
    const auto explain = [&room](const QString& country) {
        return runJson(room,
            {u"rights"_s, u"explain"_s, u"md:alid:1"_s, u"--country"_s, country, u"--site"_s, u"main"_s, u"--offer"_s,
                u"svod"_s, u"--at"_s, u"2026-06-01T00:00:00Z"_s},
            u"rights explain"_s);
    };
    writeBytes(room.path(u"good.csv"_s), kHead + kGoodRow);
    const Ended dry = runJson(room, {u"rights"_s, u"import"_s, u"good.csv"_s, u"--dry-run"_s}, u"rights import"_s);
    QCOMPARE(dry.exitCode, 0);
    QCOMPARE(dry.json()[u"accepted"].toInt(), 1);
    QCOMPARE(explain(u"DE"_s).json()[u"reason"].toString(), u"UNKNOWN_TITLE"_s);

    const Ended good = runJson(room, {u"rights"_s, u"import"_s, u"good.csv"_s}, u"rights import"_s);
    QCOMPARE(good.exitCode, 0);
    QCOMPARE(explain(u"DE"_s).exitCode, 0);
    QVERIFY(explain(u"DE"_s).json()[u"available"].toBool());
    QCOMPARE(explain(u"JP"_s).exitCode, 1);
    QCOMPARE(explain(u"JP"_s).json()[u"reason"].toString(), u"TERRITORY"_s);
    const Ended said = room.run({u"rights"_s, u"explain"_s, u"md:alid:1"_s, u"--country"_s, u"JP"_s, u"--site"_s,
                                    u"main"_s, u"--offer"_s, u"svod"_s, u"--at"_s, u"2026-06-01T00:00:00Z"_s},
        false);
    const QByteArray sentences = said.out + said.err;
    QVERIFY2(sentences.startsWith("Not available: no grant holds in this country.\n"), sentences.constData());
    QVERIFY2(sentences.contains("- add JP to the window\n"), sentences.constData());
    // A window is told with the countries that it leaves out, before it is imported and after.
    writeBytes(room.path(u"world.csv"_s),
        "ALID,Territory,TerritoryExclusion,LicenseType,Start,End,AvailID\nmd:alid:2,ZZ,RU,SVOD,2026-01-01,Open,w9\n");
    const Ended planned = room.run({u"rights"_s, u"import"_s, u"world.csv"_s}, false);
    QVERIFY2((planned.out + planned.err).contains("in WORLD but RU on"), (planned.out + planned.err).constData());
    const Ended history = room.run({u"rights"_s, u"history"_s, u"w9"_s}, false);
    QVERIFY2((history.out + history.err).contains("WORLD but RU"), (history.out + history.err).constData());
    QCOMPARE(runJson(room, {u"rights"_s, u"conflicts"_s}, u"rights conflicts"_s).exitCode, 0);

    QByteArray other = kGoodRow;
    other.replace("md:alid:1", "md:alid:3");
    writeBytes(room.path(u"mixed.csv"_s), kHead + other + kBadRow);
    const auto isThere = [&room] {
        const Ended asked = runJson(room,
            {u"rights"_s, u"explain"_s, u"md:alid:3"_s, u"--country"_s, u"DE"_s, u"--site"_s, u"main"_s, u"--offer"_s,
                u"svod"_s, u"--at"_s, u"2026-06-01T00:00:00Z"_s},
            u"rights explain"_s);
        return asked.json()[u"reason"].toString() != u"UNKNOWN_TITLE";
    };
    const Ended mixed = runJson(room, {u"rights"_s, u"import"_s, u"mixed.csv"_s}, u"rights import"_s);
    QCOMPARE(mixed.exitCode, 6);
    QCOMPARE(mixed.json()[u"rejected"].toInt(), 1);
    QCOMPARE(mixed.json()[u"applied"].toBool(true), false);
    QCOMPARE(mixed.json()[u"errors"].toArray().first()[u"row"].toInt(), 3);
    QVERIFY(mixed.json()[u"message"].toString().contains(u"--skip-bad-rows"_s));
    QVERIFY(!isThere());
    const Ended wanted
        = runJson(room, {u"rights"_s, u"import"_s, u"mixed.csv"_s, u"--skip-bad-rows"_s}, u"rights import"_s);
    QCOMPARE(wanted.exitCode, 1);
    QCOMPARE(wanted.json()[u"applied"].toBool(), true);
    QVERIFY(isThere());
    writeBytes(room.path(u"bad.csv"_s), kHead + kBadRow);
    QCOMPARE(runJson(room, {u"rights"_s, u"import"_s, u"bad.csv"_s}, u"rights import"_s).exitCode, 6);
    const Ended noSheet
        = runJson(room, {u"rights"_s, u"import"_s, clipPath(u"talking_head_mono.mp4"_s)}, u"rights import"_s);
    QCOMPARE(noSheet.exitCode, 6);
    QVERIFY(explain(u"DE"_s).json()[u"available"].toBool());
}

void TestCliContract::backupIsRestoredAndHasTheSameLog()
{
    ProgramRoom room;
    const Ended ingest = runJson(room, {u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}, u"ingest"_s);
    const QString asset = ingest.json()[u"assets"][0][u"id"].toString();
    QCOMPARE(runJson(room, {u"decide"_s, asset, u"pass"_s}, u"decide"_s).exitCode, 0);
    const QByteArray before = room.run({u"audit"_s, u"export"_s}).out;
    const Ended backup = runJson(room, {u"backup"_s, u"copy"_s}, u"backup"_s);
    QCOMPARE(backup.exitCode, 0);
    QVERIFY(backup.json()[u"entries"].toInt() >= 3);

    QVERIFY(QDir(room.workspace()).removeRecursively());
    const Ended restore = runJson(room, {u"restore"_s, u"copy"_s}, u"restore"_s);
    QCOMPARE(restore.exitCode, 0);
    QCOMPARE(restore.json()[u"entries"], backup.json()[u"entries"]);
    const Ended verified = runJson(room, {u"audit"_s, u"verify"_s}, u"audit verify"_s);
    QCOMPARE(verified.exitCode, 0);
    QCOMPARE(verified.json()[u"result"].toString(), u"verified"_s);
    QCOMPARE(QJsonDocument::fromJson(room.run({u"audit"_s, u"export"_s}).out)[u"entries"],
        QJsonDocument::fromJson(before)[u"entries"]);
    const Ended again = runJson(room, {u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}, u"ingest"_s);
    QCOMPARE(again.json()[u"assets"][0][u"duplicate_of"].toString(), asset);
    QCOMPARE(runJson(room, {u"decide"_s, asset, u"reject"_s, u"--reason"_s, u"nudity"_s}, u"decide"_s).exitCode, 0);
    QCOMPARE(runJson(room, {u"audit"_s, u"verify"_s}, u"audit verify"_s).exitCode, 0);
}

void TestCliContract::restoreRefusesADamagedCopyAndAnOpenWorkspace()
{
    ProgramRoom room;
    QCOMPARE(room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}).exitCode, 0);
    QCOMPARE(room.run({u"backup"_s, u"copy"_s}).exitCode, 0);
    const QMap<QString, QByteArray> before = hashesBelow(room.workspace() + u"/media"_s);

    // Something holds the workspace: the demo, which serves.
    room.setVariable(u"VIDIMUS_DEMO_MEDIA"_s, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s);
    const auto holder = room.start({u"demo"_s, u"--headless"_s});
    QByteArray told;
    QTRY_VERIFY_WITH_TIMEOUT((told += holder->readAllStandardError()).contains("ingest:"), 60'000);
    const Ended open = runJson(room, {u"restore"_s, u"copy"_s}, u"restore"_s);
    QCOMPARE(open.exitCode, 4);
    QCOMPARE(errorReason(open), u"locked"_s);
    holder->kill();
    holder->waitForFinished();

    QFile copy(room.path(u"copy/"_s + QDir(room.path(u"copy"_s)).entryList({u"*.db"_s}).value(0)));
    QVERIFY(copy.open(QIODevice::ReadWrite));
    copy.seek(copy.size() / 2);
    const char turned = static_cast<char>(copy.peek(1).at(0) ^ 1);
    copy.write(&turned, 1);
    copy.close();
    const Ended damaged = runJson(room, {u"restore"_s, u"copy"_s}, u"restore"_s);
    QCOMPARE(damaged.exitCode, 6);
    QCOMPARE(errorReason(damaged), u"backup_damaged"_s);
    for (auto it = before.begin(); it != before.end(); ++it)
        QCOMPARE(hashesBelow(room.workspace() + u"/media"_s).value(it.key()), it.value());
    QCOMPARE(room.run({u"audit"_s, u"verify"_s}).exitCode, 0);
}

void TestCliContract::exportedLogIsVerifiedElsewhereAndTamperingIsSeen()
{
    ProgramRoom room;
    const Ended ingest = room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)});
    const QString asset = ingest.json()[u"assets"][0][u"id"].toString();
    QCOMPARE(room.run({u"decide"_s, asset, u"pass"_s, u"--note"_s, u"clean"_s}).exitCode, 0);
    const QByteArray log = runJson(room, {u"audit"_s, u"export"_s}, u"audit export"_s).out;
    writeBytes(room.path(u"log.json"_s), log);
    QCOMPARE(runJson(room, {u"audit"_s, u"verify"_s, u"log.json"_s}, u"audit verify"_s).exitCode, 0);

    QJsonObject object = QJsonDocument::fromJson(log).object();
    const QJsonArray entries = object[u"entries"].toArray();
    const auto verifyWith = [&](const QJsonArray& changed) {
        object.insert(u"entries"_s, changed);
        writeBytes(room.path(u"changed.json"_s), QJsonDocument(object).toJson());
        return runJson(room, {u"audit"_s, u"verify"_s, u"changed.json"_s}, u"audit verify"_s);
    };
    QJsonArray turned = entries;
    turned.replace(turned.size() - 1, turned.last().toString().replace(u"clean"_s, u"dirty"_s));
    QVERIFY(turned != entries);
    QCOMPARE(verifyWith(turned).exitCode, 1);
    QCOMPARE(verifyWith(turned).json()[u"result"].toString() == u"verified", false);
    QJsonArray cut = entries;
    cut.removeLast();
    QCOMPARE(verifyWith(cut).exitCode, 1);
    QJsonArray swapped = entries;
    swapped.replace(0, entries[1]);
    swapped.replace(1, entries[0]);
    QCOMPARE(verifyWith(swapped).exitCode, 1);
    QCOMPARE(verifyWith(entries).exitCode, 0);
}

void TestCliContract::workspaceIsItsOwnersOnly()
{
    ProgramRoom room;
    QCOMPARE(room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)}).exitCode, 0);
    QCOMPARE(room.run({u"sync"_s}).exitCode, 0);
    QCOMPARE(room.run({u"backup"_s, u"copy"_s}).exitCode, 0);
    for (const QString& folder : {room.workspace(), room.path(u"copy"_s)}) {
        QDirIterator files(folder, QDir::Files | QDir::System | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const auto others
                = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
            QVERIFY2((files.fileInfo().permissions() & others) == 0, qPrintable(file));
        }
    }
}

void TestCliContract::publishingTwiceAndWithdrawingTwice()
{
    ProgramRoom room;
    room.setVariable(u"VIDIMUS_DEMO_MEDIA"_s, QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/tests/media"_s);
    const Ended ingest = room.run({u"ingest"_s, clipPath(u"talking_head_mono.mp4"_s)});
    const QString title = ingest.json()[u"assets"][0][u"title"].toString();
    const Ended blocked = runJson(room, {u"publish"_s, title}, u"publish"_s);
    QCOMPARE(blocked.exitCode, 1);
    QVERIFY(!blocked.json()[u"gates"].toArray().isEmpty());
    QCOMPARE(blocked.json()[u"state"].toString(), u"none"_s);
    QCOMPARE(runJson(room, {u"withdraw"_s, title}, u"withdraw"_s).exitCode, 6);

    const Ended demo = runJson(room, {u"demo"_s, u"--headless"_s, u"--exit"_s}, u"demo"_s);
    QCOMPARE(demo.exitCode, 0);
    const QString live = demo.json()[u"title"].toString();
    const Ended again = runJson(room, {u"publish"_s, live}, u"publish"_s);
    QCOMPARE(again.exitCode, 0);
    QCOMPARE(again.json()[u"state"].toString(), u"live"_s);
    QCOMPARE(room.run({u"outbox"_s}).json()[u"operations"].toArray().size(), 0);
    const Ended withdrawn = runJson(room, {u"withdraw"_s, live, u"--reason"_s, u"over"_s}, u"withdraw"_s);
    QCOMPARE(withdrawn.exitCode, 0);
    QCOMPARE(withdrawn.json()[u"state"].toString(), u"withdrawn"_s);
    QCOMPARE(room.run({u"outbox"_s}).json()[u"operations"].toArray().size(), 0);
    QCOMPARE(runJson(room, {u"withdraw"_s, live}, u"withdraw"_s).exitCode, 6);
    const Ended anew = runJson(room, {u"publish"_s, live}, u"publish"_s);
    QCOMPARE(anew.exitCode, 0);
    QCOMPARE(anew.json()[u"state"].toString(), u"live"_s);
}

QTEST_GUILESS_MAIN(TestCliContract)
#include "tst_cli_contract.moc"

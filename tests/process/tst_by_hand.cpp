#include "core/catalog/catalog_client.h"
#include "core/catalog/curl_transport.h"
#include "program_room.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;

namespace {

constexpr const char* kClip = "talking_head_mono.mp4";

QJsonObject ingested(ProgramRoom& room, const QString& path)
{
    return room.run({u"ingest"_s, path}).json()[u"assets"_s][0].toObject();
}

/// The files of a transcode, without the journal, which tells how it came about.
QMap<QString, QByteArray> playableIn(const QString& folder)
{
    auto files = hashesBelow(folder);
    files.remove(u"journal.jsonl"_s);
    return files;
}

QString renditionsOf(const ProgramRoom& room, const QString& sha256, const QString& ladder)
{
    return room.workspace() + u"/renditions/%1/%2"_s.arg(sha256, ladder);
}

} // namespace

/// What README shows as done by hand: each step by its verb, from a file to an answer of the catalog.
class TestByHand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromAFileToLiveByVerbsAlone();
    void renditionsOfAStrangerAreNotStored();
    void aDamagedOriginalIsNotTranscoded();
    void renditionsNeedTheRole();
    void aLadderFileIsKeptUnderWhatItSays();
    void aCheckCountsForTheFileOfTheWorkspace();
    void aPartOfACheckDoesNotCount_data();
    void aPartOfACheckDoesNotCount();
};

void TestByHand::fromAFileToLiveByVerbsAlone()
{
    ProgramRoom room;
    const QString film = room.path(u"film.mp4"_s);
    QVERIFY(QFile::copy(clipPath(QString::fromLatin1(kClip)), film));
    const QJsonObject asset = ingested(room, film);
    const QString id = asset[u"id"_s].toString();
    const QString title = asset[u"title"_s].toString();

    const Ended blocked = room.run({u"publish"_s, title});
    QCOMPARE(blocked.exitCode, 1);

    const Ended checked = room.run({u"check"_s, film});
    QVERIFY2(checked.exitCode == 0, (checked.out + checked.err).constData());
    QCOMPARE(checked.json()[u"asset"_s].toString(), id);
    QCOMPARE(
        room.run({u"queue"_s}).json()[u"items"_s][0][u"checks"_s].toString(), checked.json()[u"verdict"_s].toString());

    QCOMPARE(room.run({u"decide"_s, id, u"pass"_s}).exitCode, 0);
    writeBytes(room.path(u"rights.csv"_s),
        "ALID,Territory,LicenseType,Start,End,WorkType,TitleInternalAlias\n" + title.toUtf8()
            + ",DE,SVOD,2026-01-01T00:00:00Z,2100-01-01T00:00:00Z,Short,Film\n");
    const Ended imported = room.run({u"rights"_s, u"import"_s, room.path(u"rights.csv"_s)});
    QVERIFY2(imported.exitCode == 0, (imported.out + imported.err).constData());

    const QString out = room.path(u"out"_s);
    const Ended made = room.run({u"transcode"_s, film, u"--ladder"_s, u"demo"_s, u"--out"_s, out});
    QVERIFY2(made.exitCode == 0, (made.out + made.err).constData());
    QCOMPARE(made.json()[u"asset"_s].toString(), id);
    QCOMPARE(made.json()[u"title"_s].toString(), title);
    QVERIFY(QFile::exists(out + u"/master.m3u8"_s));
    QCOMPARE(playableIn(out), playableIn(renditionsOf(room, asset[u"sha256"_s].toString(), u"demo"_s)));

    const Ended published = room.run({u"publish"_s, title});
    QVERIFY2(published.exitCode == 0, (published.out + published.err).constData());
    QCOMPARE(published.json()[u"state"_s].toString(), u"live"_s);

    const QString snapshot = room.path(u"snapshot"_s);
    QCOMPARE(room.run({u"availability"_s, u"compile"_s, u"--out"_s, snapshot}).exitCode, 0);
    const auto asked = [&](const QString& country) {
        return room
            .run({u"availability"_s, u"query"_s, snapshot, u"--title"_s, title, u"--country"_s, country, u"--site"_s,
                u"web"_s, u"--offer"_s, u"svod"_s})
            .exitCode;
    };
    QCOMPARE(asked(u"DE"_s), 0);
    QCOMPARE(asked(u"JP"_s), 1);

    // What publish says of how to serve it is true: the catalog answers a visitor without studio and command.
    QTRY_VERIFY_WITH_TIMEOUT(ProgramRoom::descendants(u"vidimus-catalogd"_s).isEmpty(), 60'000);
    const QString path = QUrl(published.json()[u"live_url"_s].toString()).path();
    QProcess catalogd;
    catalogd.start(programPath(u"vidimus-catalogd"_s),
        {u"--data"_s, room.workspace() + u"/catalog"_s, u"--listen"_s, u"127.0.0.1:0"_s});
    QVERIFY(catalogd.waitForReadyRead(60'000));
    const QByteArray base = QJsonDocument::fromJson(catalogd.readLine()).object()[u"listening"_s].toString().toLatin1();
    catalog::CurlTransport transport;
    catalog::CatalogClient visitor(transport, {base, {}});
    catalog::AvailabilityQuery query {
        .title = TitleId(title), .country = u"DE"_s, .site = u"web"_s, .offer = u"svod"_s, .at = std::nullopt};
    const auto allowed = visitor.availability(query);
    QVERIFY2(allowed, allowed ? "" : qPrintable(allowed.error().detail));
    QVERIFY(allowed->available);
    QCOMPARE(allowed->hlsUrl, base + path.toLatin1());
    const auto master = visitor.fetch(allowed->hlsUrl, 1 << 20);
    QVERIFY(master);
    QCOMPARE(master->body, readBytes(out + u"/master.m3u8"_s));
    query.country = u"JP"_s;
    const auto denied = visitor.availability(query);
    QVERIFY(denied);
    QVERIFY(!denied->available);
    query.country = u"DEU"_s;
    QCOMPARE(visitor.availability(query).error().code, ErrorCode::Invalid);

    // While it serves, the verbs of the workspace use it: a title can be taken down, and put up again.
    query.country = u"de"_s;
    const Ended withdrawn = room.run({u"withdraw"_s, title});
    QVERIFY2(withdrawn.exitCode == 0, (withdrawn.out + withdrawn.err).constData());
    const auto gone = visitor.availability(query);
    QVERIFY(gone);
    QVERIFY(!gone->available);
    const Ended again = room.run({u"publish"_s, title});
    QVERIFY2(again.exitCode == 0, (again.out + again.err).constData());
    const auto back = visitor.availability(query);
    QVERIFY(back);
    QVERIFY(back->available);
    catalogd.terminate();
    QVERIFY(catalogd.waitForFinished(60'000));
}

void TestByHand::renditionsOfAStrangerAreNotStored()
{
    ProgramRoom room;
    QVERIFY(!ingested(room, clipPath(QString::fromLatin1(kClip))).isEmpty());
    const QString other = clipPath(u"noaudio_1080p24.mp4"_s);
    const Ended made = room.run({u"transcode"_s, other, u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)});
    QVERIFY2(made.exitCode == 0, (made.out + made.err).constData());
    QVERIFY(made.json()[u"asset"_s].isNull());
    QVERIFY(QFile::exists(room.path(u"out/master.m3u8"_s)));
    QVERIFY(hashesBelow(room.workspace() + u"/renditions"_s).isEmpty());
    const QByteArray log = room.run({u"audit"_s, u"export"_s}).out;
    QVERIFY(!log.contains("\\\"transcode\\\""));
}

/// The file that was given is whole, the workspace's own is not: nothing must be published of a damaged original.
void TestByHand::aDamagedOriginalIsNotTranscoded()
{
    ProgramRoom room;
    const QString clip = clipPath(QString::fromLatin1(kClip));
    const QString kept = room.workspace() + u"/media/"_s + ingested(room, clip)[u"sha256"_s].toString();
    QByteArray bytes = readBytes(kept);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    QFile::setPermissions(kept, QFile::ReadOwner | QFile::WriteOwner);
    writeBytes(kept, bytes);
    const Ended made = room.run({u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)});
    QCOMPARE(made.exitCode, 6);
    QCOMPARE(made.json()[u"error"_s][u"reason"_s].toString(), u"original_damaged"_s);
    QVERIFY(!QFile::exists(room.path(u"out/master.m3u8"_s)));
}

void TestByHand::renditionsNeedTheRole()
{
    ProgramRoom room;
    const QString clip = clipPath(QString::fromLatin1(kClip));
    QVERIFY(!ingested(room, clip).isEmpty());
    room.addProfile(u"other"_s, {moderation::Role::Auditor});
    const QStringList as {u"--profile"_s, u"other"_s};
    const QStringList words {u"transcode"_s, clip, u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)};
    const Ended refused = room.run(as + words);
    QVERIFY2(refused.exitCode == 3, refused.out.constData());
    QVERIFY(!QFile::exists(room.path(u"out/master.m3u8"_s)));
    const Ended checked = room.run(as + QStringList {u"check"_s, clip});
    QVERIFY2(checked.exitCode == 0, (checked.out + checked.err).constData());
    QCOMPARE(checked.json()[u"stored"_s].toBool(true), false);
    QVERIFY(checked.json()[u"not_stored"_s].toString().contains(u"role"_s));
    QCOMPARE(room.run({u"queue"_s}).json()[u"items"_s][0][u"checks"_s].toString(), QString());
}

void TestByHand::aLadderFileIsKeptUnderWhatItSays()
{
    ProgramRoom room;
    const QString clip = clipPath(QString::fromLatin1(kClip));
    const QString sha256 = ingested(room, clip)[u"sha256"_s].toString();
    QByteArray ladder = readBytes(QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/resources/ladders/demo.json"_s);
    QVERIFY(!ladder.isEmpty());
    // A hostile name must not become a path.
    ladder.replace("\"demo\"", "\"../../../demo\"");
    writeBytes(room.path(u"mine.json"_s), ladder);
    const Ended made
        = room.run({u"transcode"_s, clip, u"--ladder"_s, room.path(u"mine.json"_s), u"--out"_s, room.path(u"out"_s)});
    QVERIFY2(made.exitCode == 0, (made.out + made.err).constData());
    const QStringList kept
        = QDir(room.workspace() + u"/renditions/"_s + sha256).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    QCOMPARE(kept.size(), 1);
    QVERIFY(kept.first().startsWith(u"file-"_s));
}

void TestByHand::aCheckCountsForTheFileOfTheWorkspace()
{
    ProgramRoom room;
    const QString clip = clipPath(QString::fromLatin1(kClip));
    const QJsonObject asset = ingested(room, clip);
    const QString inside = room.workspace() + u"/media/"_s + asset[u"sha256"_s].toString();
    for (const QString& path : {inside, clip}) {
        const Ended checked = room.run({u"check"_s, path, u"--checks"_s, u"web"_s});
        QVERIFY2(checked.exitCode == 0, (checked.out + checked.err).constData());
        QCOMPARE(checked.json()[u"stored"_s].toBool(), true);
        QVERIFY(!checked.json()[u"checks"_s].toArray().isEmpty());
    }
    const QByteArray log = room.run({u"audit"_s, u"export"_s}).out;
    QCOMPARE(log.count("\\\"action\\\":\\\"check\\\""), 2);
    const Ended text = room.run({u"check"_s, clip}, false);
    QVERIFY2(text.out.contains("Stored for asset " + asset[u"id"_s].toString().toUtf8()), text.out.constData());
}

void TestByHand::aPartOfACheckDoesNotCount_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("only") << QStringList {u"--only"_s, u"black"_s};
    QTest::newRow("first") << QStringList {u"--first"_s};
    QTest::newRow("a range") << QStringList {u"--from"_s, u"0"_s, u"--to"_s, u"0.5"_s};
    QTest::newRow("another profile") << QStringList {u"--checks"_s, u"broadcast-eu"_s};
}

void TestByHand::aPartOfACheckDoesNotCount()
{
    QFETCH(QStringList, options);
    ProgramRoom room;
    const QString clip = clipPath(QString::fromLatin1(kClip));
    QVERIFY(!ingested(room, clip).isEmpty());
    const Ended checked = room.run(QStringList {u"check"_s, clip} + options);
    QVERIFY2(!checked.json().contains(u"error"_s) && !checked.json().isEmpty(), checked.out.constData());
    QCOMPARE(checked.json()[u"stored"_s].toBool(), false);
    QCOMPARE(room.run({u"queue"_s}).json()[u"items"_s][0][u"checks"_s].toString(), QString());
}

QTEST_GUILESS_MAIN(TestByHand)
#include "tst_by_hand.moc"

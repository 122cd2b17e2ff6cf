#include "program_room.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus::test;

namespace {

const QByteArray kHead = "ALID,Territory,LicenseType,Start,End,WorkType,TitleInternalAlias\n";
const QByteArray kRow = "md:alid:1,DE,SVOD,2026-01-01T00:00:00Z,2100-01-01T00:00:00Z,Movie,Blue Hour\n";

QString clip()
{
    return clipPath(u"talking_head_mono.mp4"_s);
}

} // namespace

/// What people read: what is wrong and where, what it leaves, what to do, and answers in sentences.
class TestPlainWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void familiesListTheirVerbs();
    void mediaErrorsNameTheFileAndSayWhatToDo_data();
    void mediaErrorsNameTheFileAndSayWhatToDo();
    void decisionsAndImportsAreSentences();
    void gatesAreSentencesWithWhatOpensThem();
    void effectWithoutAPlanIsOfTheDraft();
    void idsOfCellsAreReadInAnyCase();
    void whatIsNoPlaceIsRefused_data();
    void whatIsNoPlaceIsRefused();
    void theExportedLogIsVerifiedHoweverItIsPrinted();
    void doctorTellsOfSoundAndGraphics();
};

void TestPlainWords::familiesListTheirVerbs()
{
    ProgramRoom room;
    for (const QString& word : {u"rights"_s, u"audit"_s, u"availability"_s, u"bank"_s}) {
        const Ended alone = room.run({word}, false);
        QCOMPARE(alone.exitCode, 2);
        QVERIFY2(alone.err.contains("needs one of: "), alone.err.constData());
        QVERIFY(!alone.err.contains("There is no verb"));
        const Ended wrong = room.run({word, u"burn"_s}, false);
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.err.contains('"' + word.toUtf8() + " burn\""), wrong.err.constData());
        const Ended help = room.run({word, u"--help"_s}, false);
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains(word.toUtf8() + ' '));
    }
    QVERIFY(room.run({u"audit"_s}, false).err.contains("verify, export"));
}

void TestPlainWords::mediaErrorsNameTheFileAndSayWhatToDo_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QByteArray>("bytes");
    for (const char* verb : {"probe", "check", "ingest", "transcode", "match", "fingerprint"}) {
        QTest::addRow("%s: noise", verb) << QString::fromLatin1(verb) << QByteArray(5000, 'x');
        QTest::addRow("%s: a playlist", verb) << QString::fromLatin1(verb) << QByteArray("#EXTM3U\n/etc/passwd\n");
        QTest::addRow("%s: empty", verb) << QString::fromLatin1(verb) << QByteArray();
    }
}

void TestPlainWords::mediaErrorsNameTheFileAndSayWhatToDo()
{
    QFETCH(QString, verb);
    QFETCH(QByteArray, bytes);
    ProgramRoom room;
    writeBytes(room.path(u"odd.mp4"_s), bytes);
    QStringList words {verb, room.path(u"odd.mp4"_s)};
    if (verb == u"transcode")
        words += QStringList {u"--ladder"_s, u"demo"_s, u"--out"_s, room.path(u"out"_s)};
    const Ended ended = room.run(words, false);
    QCOMPARE(ended.exitCode, 6);
    QCOMPARE(ended.err.count("odd.mp4"), 1);
    QVERIFY2(ended.err.contains("Nothing was changed") || ended.err.contains("is kept"), ended.err.constData());
    QVERIFY2(ended.err.contains("Give a video") || ended.err.contains("fetch it again"), ended.err.constData());
}

void TestPlainWords::decisionsAndImportsAreSentences()
{
    ProgramRoom room;
    const QJsonObject asset = room.run({u"ingest"_s, clip()}).json()[u"assets"_s][0].toObject();
    const Ended decided = room.run({u"decide"_s, asset[u"id"_s].toString(), u"pass"_s}, false);
    QCOMPARE(decided.exitCode, 0);
    QVERIFY2(decided.out.contains("until then it can be taken back"), decided.out.constData());
    QVERIFY2(!decided.out.contains("duplicate_of") && !decided.out.contains("repeats"), decided.out.constData());
    writeBytes(room.path(u"r.csv"_s), kHead + kRow + "md:alid:2,QQ,SVOD,soon,2027-01-01T00:00:00Z,Movie,Red\x1b[31m\n");
    const Ended held = room.run({u"rights"_s, u"import"_s, room.path(u"r.csv"_s)}, false);
    QCOMPARE(held.exitCode, 6);
    QVERIFY2(held.out.contains("1 of 2 rows is wrong, so nothing of the list was imported"), held.out.constData());
    QVERIFY(held.out.contains("--skip-bad-rows") && held.out.contains("row 3"));
    const QStringList wanted {u"rights"_s, u"import"_s, room.path(u"r.csv"_s), u"--skip-bad-rows"_s};
    const Ended imported = room.run(wanted, false);
    QCOMPARE(imported.exitCode, 1);
    QVERIFY2(imported.out.contains("2 rows: 1 accepted, 1 rejected"), imported.out.constData());
    QVERIFY(imported.out.contains("Windows added: 1\n"));
    QVERIFY(imported.out.contains("allow in DE on every site with svod"));
    QVERIFY(imported.out.contains("row 3"));
    QVERIFY(!imported.out.contains("changed ,") && !imported.out.contains('\x1b'));
    const Ended again = room.run(wanted, false);
    QVERIFY2(again.out.contains("Nothing is different from what stands"), again.out.constData());
}

void TestPlainWords::gatesAreSentencesWithWhatOpensThem()
{
    ProgramRoom room;
    const QString title = room.run({u"ingest"_s, clip()}).json()[u"assets"_s][0][u"title"_s].toString();
    const Ended gates = room.run({u"publication"_s, title}, false);
    QCOMPARE(gates.exitCode, 0);
    QVERIFY2(gates.out.contains("Nobody has decided on this version yet."), gates.out.constData());
    QVERIFY(gates.out.contains("vidimus decide ASSET pass"));
    QVERIFY(gates.out.contains("vidimus transcode FILE"));
    QVERIFY(!gates.out.contains("moderation_missing"));
}

void TestPlainWords::effectWithoutAPlanIsOfTheDraft()
{
    ProgramRoom room;
    writeBytes(room.path(u"r.csv"_s), kHead + kRow);
    const Ended none = room.run({u"rights"_s, u"effect"_s}, false);
    QCOMPARE(none.exitCode, 0);
    QVERIFY2(none.out.contains("Nothing is staged"), none.out.constData());
    QCOMPARE(room.run({u"rights"_s, u"import"_s, room.path(u"r.csv"_s)}).exitCode, 0);
    writeBytes(room.path(u"less.csv"_s),
        kHead + "md:alid:1,DE,SVOD,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z,Movie,Blue Hour\n");
    QCOMPARE(room.run({u"rights"_s, u"draft"_s, u"keep"_s, room.path(u"less.csv"_s)}).exitCode, 0);
    const Ended draft = room.run({u"rights"_s, u"effect"_s});
    QCOMPARE(draft.exitCode, 0);
    QVERIFY(draft.json()[u"staged"_s].toInt() > 0);
    QCOMPARE(draft.json()[u"titles_changed"_s].toInt(), 1);
    QCOMPARE(room.run({u"rights"_s, u"draft"_s, u"keep"_s, room.path(u"less.csv"_s)}).exitCode, 0);
    const Ended two = room.run({u"rights"_s, u"effect"_s});
    QCOMPARE(two.exitCode, 6);
    QCOMPARE(two.json()[u"error"_s][u"reason"_s].toString(), u"many_drafts"_s);
}

void TestPlainWords::idsOfCellsAreReadInAnyCase()
{
    ProgramRoom room;
    writeBytes(room.path(u"r.csv"_s), kHead + kRow);
    QCOMPARE(room.run({u"rights"_s, u"import"_s, room.path(u"r.csv"_s)}).exitCode, 0);
    const auto asked = [&room](const QString& country, const QString& site, const QString& offer) {
        return room
            .run({u"rights"_s, u"explain"_s, u"md:alid:1"_s, u"--country"_s, country, u"--site"_s, site, u"--offer"_s,
                offer})
            .exitCode;
    };
    QCOMPARE(asked(u"DE"_s, u"web"_s, u"svod"_s), 0);
    QCOMPARE(asked(u"de"_s, u"WEB"_s, u"SVOD"_s), 0);
    QCOMPARE(asked(u"FR"_s, u"web"_s, u"SVOD"_s), 1);
    QCOMPARE(asked(u"XX"_s, u"web"_s, u"svod"_s), 1);
    QCOMPARE(asked(u"DE"_s, u"web"_s, u"avod"_s), 1);
}

void TestPlainWords::whatIsNoPlaceIsRefused_data()
{
    QTest::addColumn<QStringList>("place");
    QTest::newRow("three letters") << QStringList {u"--country"_s, u"ZZZ"_s};
    QTest::newRow("not assigned") << QStringList {u"--country"_s, u"ZZ"_s};
    QTest::newRow("empty") << QStringList {u"--country"_s, QString()};
    QTest::newRow("a subdivision") << QStringList {u"--country"_s, u"CA-QC"_s};
    QTest::newRow("an escape sequence") << QStringList {u"--country"_s, u"\u001b["_s};
    QTest::newRow("of another country") << QStringList {u"--country"_s, u"DE"_s, u"--subdivision"_s, u"CA-QC"_s};
    QTest::newRow("no subdivision") << QStringList {u"--country"_s, u"DE"_s, u"--subdivision"_s, u"DE"_s};
}

void TestPlainWords::whatIsNoPlaceIsRefused()
{
    QFETCH(QStringList, place);
    ProgramRoom room;
    const QStringList cell = place + QStringList {u"--site"_s, u"web"_s, u"--offer"_s, u"svod"_s};
    for (const QStringList& words :
        {QStringList {u"rights"_s, u"explain"_s, u"t"_s}, {u"availability"_s, u"query"_s, u"none"_s}}) {
        const Ended ended = room.run(words + cell, false);
        QVERIFY2(ended.exitCode == 2, (ended.out + ended.err).constData());
        QVERIFY2(ended.err.contains("ISO 3166"), ended.err.constData());
        QVERIFY(!ended.err.contains('\x1b'));
    }
    if (place.size() > 2)
        return;
    const Ended exported = room.run({u"rights"_s, u"export"_s, u"--format"_s, u"csv"_s, u"--out"_s,
        room.path(u"o.csv"_s), u"--territory"_s, place[1] == u"CA-QC" ? u"CA-QCXX"_s : place[1]});
    QVERIFY2(exported.exitCode == 2, exported.out.constData());
    QVERIFY(readBytes(room.path(u"o.csv"_s)).isEmpty());
}

void TestPlainWords::theExportedLogIsVerifiedHoweverItIsPrinted()
{
    ProgramRoom room;
    QCOMPARE(room.run({u"ingest"_s, clip()}).exitCode, 0);
    for (const bool json : {true, false}) {
        const Ended log = room.run({u"audit"_s, u"export"_s}, json);
        QCOMPARE(log.exitCode, 0);
        writeBytes(room.path(u"log.json"_s), log.out);
        const Ended verified = room.run({u"audit"_s, u"verify"_s, room.path(u"log.json"_s)});
        QVERIFY2(verified.exitCode == 0, verified.out.constData());
    }
}

void TestPlainWords::doctorTellsOfSoundAndGraphics()
{
    ProgramRoom room;
    const Ended doctor = room.run({u"doctor"_s});
    QMap<QString, QJsonObject> parts;
    for (const QJsonValue& part : doctor.json()[u"parts"_s].toArray())
        parts.insert(part[u"name"_s].toString(), part.toObject());
    for (const QString& name : {u"audio"_s, u"gpu"_s}) {
        QVERIFY2(parts.contains(name), doctor.out.constData());
        QVERIFY(QStringList({u"ok"_s, u"warn"_s}).contains(parts[name][u"state"_s].toString()));
        QVERIFY(parts[name][u"detail"_s].toString().size() > 10);
    }
    QCOMPARE(parts[u"encoder libx264"_s][u"state"_s].toString(), u"ok"_s);
}

QTEST_GUILESS_MAIN(TestPlainWords)
#include "tst_plain_words.moc"

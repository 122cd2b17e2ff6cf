#include "core/base/durable_file.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/upkeep.h"
#include "workbench_room.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::workbench;

/// From saved rights to answers of compiled files, as a script does it.
class AvailabilityVerbsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void savedRightsAreAnsweredFromFiles();
    void compilingAgainWithoutAChangeKeepsTheState();
    void whatDarkensASiteNeedsASecondPerson();
    void deltasBetweenSnapshotsLeadThere();
    void refusalsSayWhat();
    void aSnapshotOfAnotherBasisIsSaid();

private:
    VerbReply run(test::WorkbenchRoom& room, const QString& verb, const QStringList& operands,
        const QHash<QString, QString>& options);
};

namespace {

rights::Rule rule(const QString& title, const QString& country)
{
    rights::Rule made;
    made.id = WindowId(u"r of "_s + title);
    made.scope = TitleId(title);
    made.territory.include = {country};
    made.sites.names = {u"web"_s};
    made.offers.names = {u"svod"_s};
    return made;
}

RightsPlan plan(const QStringList& titles, const QString& country)
{
    RightsPlan made;
    made.why = u"test"_s;
    for (const QString& id : titles) {
        rights::Title title;
        title.id = TitleId(id);
        title.name = id;
        made.titles.push_back(title);
        made.put.push_back(rule(id, country));
    }
    return made;
}

const QHash<QString, QString> kCell {{u"country"_s, u"FR"_s}, {u"site"_s, u"web"_s}, {u"offer"_s, u"svod"_s}};

} // namespace

VerbReply AvailabilityVerbsTest::run(
    test::WorkbenchRoom& room, const QString& verb, const QStringList& operands, const QHash<QString, QString>& options)
{
    return runVerb({{verb, operands, options}, &room.workspace(), room.workspace().workers(), {}, {}});
}

void AvailabilityVerbsTest::savedRightsAreAnsweredFromFiles()
{
    test::WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s, u"b"_s, u"c"_s}, u"FR"_s)));
    const QString one = room.path(u"one"_s), two = room.path(u"two"_s);
    const VerbReply first = run(room, u"availability compile"_s, {}, {{u"out"_s, one}});
    QCOMPARE(first.exitCode, ExitCode::Done);
    QCOMPARE(first.json.value("titles"_L1).toInteger(), 3);
    QHash<QString, QString> question = kCell;
    question[u"title"_s] = u"b"_s;
    const VerbReply yes = run(room, u"availability query"_s, {one}, question);
    QCOMPARE(yes.exitCode, ExitCode::Done);
    QCOMPARE(yes.json.value("terms_from"_L1).toString(), u"r of b"_s);
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"b"_s}, u"DE"_s)));
    const VerbReply second
        = run(room, u"availability compile"_s, {}, {{u"out"_s, two}, {u"after"_s, one}, {u"limit"_s, u"50"_s}});
    QCOMPARE(second.exitCode, ExitCode::Done);
    QCOMPARE(second.json.value("version"_L1).toInteger(), 2);
    QCOMPARE(second.json.value("changed"_L1).toInteger(), 1);
    const VerbReply no = run(room, u"availability query"_s, {one, two + u".delta"_s}, question);
    QCOMPARE(no.exitCode, ExitCode::AnswerIsNo);
    QCOMPARE(no.json.value("version"_L1).toInteger(), 2);
    const VerbReply listed = run(room, u"availability query"_s, {two}, kCell);
    QCOMPARE(listed.json.value("count"_L1).toInteger(), 2);
    QCOMPARE(listed.json.value("titles"_L1).toArray(), (QJsonArray {u"a"_s, u"c"_s}));
    const VerbReply back = run(room, u"availability query"_s, {two, two + u".reverse"_s}, question);
    QCOMPARE(back.exitCode, ExitCode::Done); // pinned to the version before
    const VerbReply wrong = run(room, u"availability apply"_s, {two, two + u".delta"_s}, {});
    QCOMPARE(wrong.exitCode, ExitCode::BadInput);
}

void AvailabilityVerbsTest::compilingAgainWithoutAChangeKeepsTheState()
{
    test::WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s, u"b"_s}, u"FR"_s)));
    const QString one = room.path(u"one"_s), two = room.path(u"two"_s);
    const VerbReply first = run(room, u"availability compile"_s, {}, {{u"out"_s, one}});
    QCOMPARE(first.exitCode, ExitCode::Done);
    const VerbReply again = run(room, u"availability compile"_s, {}, {{u"out"_s, two}, {u"after"_s, one}});
    QCOMPARE(again.exitCode, ExitCode::Done);
    QVERIFY(again.json.value("unchanged"_L1).toBool());
    QVERIFY(again.json.value("message"_L1).toString().startsWith("Nothing changed"_L1));
    for (const char* field : {"state", "version"})
        QCOMPARE(again.json.value(QLatin1StringView(field)), first.json.value(QLatin1StringView(field)));
    QVERIFY(!QFile::exists(two + u".delta"_s));
    QFile before(one), after(two);
    QVERIFY(before.open(QFile::ReadOnly) && after.open(QFile::ReadOnly));
    QCOMPARE(after.readAll(), before.readAll());
}

void AvailabilityVerbsTest::whatDarkensASiteNeedsASecondPerson()
{
    test::WorkbenchRoom room;
    const QString one = room.path(u"one"_s), two = room.path(u"two"_s);
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s, u"b"_s}, u"FR"_s)));
    QCOMPARE(run(room, u"availability compile"_s, {}, {{u"out"_s, one}}).exitCode, ExitCode::Done);
    RightsPlan removal;
    removal.remove = {WindowId(u"r of a"_s)};
    removal.why = u"test"_s;
    QVERIFY(applyRightsPlan(room.workspace(), removal));
    QHash<QString, QString> options {{u"out"_s, two}, {u"after"_s, one}};
    const VerbReply refused = run(room, u"availability compile"_s, {}, options);
    QCOMPARE(refused.exitCode, ExitCode::Conflict);
    QVERIFY(!QFile::exists(two));
    QVERIFY(!QFile::exists(two + u".delta"_s));
    options[u"second"_s] = room.workspace().me().name;
    QCOMPARE(run(room, u"availability compile"_s, {}, options).exitCode, ExitCode::Conflict);
    options[u"second"_s] = u"nobody"_s;
    QVERIFY(run(room, u"availability compile"_s, {}, options).exitCode != ExitCode::Done);
    QVERIFY(savePerson(
        room.workspace(), {PersonId(u"p2"_s), u"Mira"_s, moderation::RoleSet {moderation::Role::ContentManager}}));
    options[u"second"_s] = u"Mira"_s;
    const VerbReply agreed = run(room, u"availability compile"_s, {}, options);
    QCOMPARE(agreed.exitCode, ExitCode::Done);
    QCOMPARE(agreed.json.value("second"_L1).toString(), u"p2"_s);
    QCOMPARE(agreed.json.value("sites"_L1).toArray().first().toObject().value("lost_share"_L1).toDouble(), 0.5);
    QCOMPARE(room.log(1).front().action, u"announce_beyond_limit"_s);
}

void AvailabilityVerbsTest::deltasBetweenSnapshotsLeadThere()
{
    test::WorkbenchRoom room;
    const QString one = room.path(u"one"_s), two = room.path(u"two"_s), delta = room.path(u"delta"_s);
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s, u"b"_s}, u"FR"_s)));
    QCOMPARE(run(room, u"availability compile"_s, {}, {{u"out"_s, one}}).exitCode, ExitCode::Done);
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"b"_s, u"c"_s}, u"DE"_s)));
    QCOMPARE(run(room, u"availability compile"_s, {}, {{u"out"_s, two}}).exitCode, ExitCode::Done);
    const VerbReply made = run(room, u"availability delta"_s, {one, two}, {{u"out"_s, delta}});
    QCOMPARE(made.exitCode, ExitCode::Done);
    QCOMPARE(made.json.value("changed"_L1).toInteger(), 2);
    QHash<QString, QString> question = kCell;
    question[u"country"_s] = u"DE"_s;
    for (const QStringList& files : {QStringList {two}, QStringList {one, delta}}) {
        const VerbReply listed = run(room, u"availability query"_s, files, question);
        QCOMPARE(listed.json.value("titles"_L1).toArray(), (QJsonArray {u"b"_s, u"c"_s}));
    }
}

void AvailabilityVerbsTest::refusalsSayWhat()
{
    test::WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s}, u"FR"_s)));
    const QString one = room.path(u"one"_s), text = room.path(u"text"_s);
    QCOMPARE(run(room, u"availability compile"_s, {}, {{u"out"_s, one}}).exitCode, ExitCode::Done);
    QVERIFY(writeFileDurably(text, QByteArray("hello").repeated(100)));
    const auto said = [&](const QStringList& files) {
        const VerbReply reply = run(room, u"availability query"_s, files, kCell);
        return reply.json[u"error"_s].toObject()[u"detail"_s].toString();
    };
    QVERIFY(said({room.path(u"none"_s)}).contains(u"no such file"_s));
    QVERIFY(said({text}).contains(u"text: it is no snapshot"_s));
    QVERIFY(said({one, text}).contains(u"text: it is no snapshot and no delta"_s));
    const VerbReply delta = run(room, u"availability delta"_s, {text, one}, {{u"out"_s, room.path(u"d"_s)}});
    const QString why = delta.json[u"error"_s].toObject()[u"detail"_s].toString();
    QVERIFY2(why.contains(u"text: no snapshot"_s) && !why.contains(u"status"_s), qPrintable(why));
}

void AvailabilityVerbsTest::aSnapshotOfAnotherBasisIsSaid()
{
    test::WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), plan({u"a"_s}, u"FR"_s)));
    const QString one = room.path(u"one"_s);
    QCOMPARE(run(room, u"availability compile"_s, {}, {{u"out"_s, one}}).exitCode, ExitCode::Done);
    RightsPlan wider = plan({u"b"_s}, u"FR"_s);
    wider.put[0].sites.names = {u"another site"_s};
    QVERIFY(applyRightsPlan(room.workspace(), wider));
    const VerbReply reply
        = run(room, u"availability compile"_s, {}, {{u"out"_s, room.path(u"two"_s)}, {u"after"_s, one}});
    QCOMPARE(reply.exitCode, ExitCode::Done);
    QVERIFY(!reply.json.contains("delta_bytes"_L1));
    const QString message = reply.json.value("message"_L1).toString();
    QVERIFY2(message.startsWith(u"No delta leads here from "_s), qPrintable(message));
}

QTEST_GUILESS_MAIN(AvailabilityVerbsTest)
#include "tst_availability_verbs.moc"

#include "core/workbench/rights_desk.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rights_import.h"
#include "workbench_room.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

namespace {

rights::Rule grant(const QString& id, const TitleId& title)
{
    rights::Rule rule;
    rule.id = WindowId(id);
    rule.scope = title;
    rule.territory.include = {u"DE"_s};
    rule.sites = {.all = false, .names = {u"web"_s}};
    rule.offers = {.all = false, .names = {u"svod"_s}};
    return rule;
}

struct Stored {
    rights::RuleSet rules;
    std::size_t operations = 0;
    std::size_t entries = 0;
    friend bool operator==(const Stored&, const Stored&) = default;
};

Stored storedIn(WorkbenchRoom& room)
{
    const auto rules = loadRules(room.workspace());
    if (!rules)
        qFatal("no rules: %s", qUtf8Printable(rules.error().detail));
    return {*rules, room.outbox().size(), room.log(1000).size()};
}

void spoilName(RightsPlan& plan)
{
    plan.put.back().id = {};
}
void spoilScope(RightsPlan& plan)
{
    plan.put.back().scope = TitleId(u"nobody knows it"_s);
}
void spoilDeal(RightsPlan& plan)
{
    plan.put.back().deal = DealId(u"nobody knows it"_s);
}
void spoilTerritory(RightsPlan& plan)
{
    plan.put.back().territory.include = {u"ATLANTIS"_s};
}
void spoilTitle(RightsPlan& plan)
{
    plan.titles.push_back({.id = TitleId(u"loop"_s), .name = u"Loop"_s, .parent = TitleId(u"loop"_s)});
}

using Spoil = void (*)(RightsPlan&);

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// Edits and imports of rights: as a whole or not at all.
class TestRightsDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savesAPlanAsOneChange();
    void planThatDoesNotHoldChangesNothing_data();
    void planThatDoesNotHoldChangesNothing();
    void stalePlanChangesNothing();
    void needsTheRole();
    void importTakesWhatIsRightAndSaysWhatIsNot();
    void aListWithABadRowChangesNothingWithoutAWord();
    void aNewLicensorIsSaid();
};

void TestRightsDesk::savesAPlanAsOneChange()
{
    WorkbenchRoom room;
    const TitleId title = room.ingestClip().title;
    const Stored before = storedIn(room);
    QVERIFY(applyRightsPlan(room.workspace(), {.put = {grant(u"a"_s, title), grant(u"b"_s, title)}, .why = u"new"_s}));
    const Stored after = storedIn(room);
    QCOMPARE(after.rules.rules.size(), 2U);
    QCOMPARE(after.operations, before.operations + 1); // the windows of one title
    QCOMPARE(after.entries, before.entries + 1);
    QCOMPARE(room.log().front().action, u"edit_rights"_s);
}

void TestRightsDesk::planThatDoesNotHoldChangesNothing_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::newRow("without an id") << Spoil(spoilName);
    QTest::newRow("unknown title") << Spoil(spoilScope);
    QTest::newRow("unknown deal") << Spoil(spoilDeal);
    QTest::newRow("unknown territory") << Spoil(spoilTerritory);
    QTest::newRow("title in itself") << Spoil(spoilTitle);
}

void TestRightsDesk::planThatDoesNotHoldChangesNothing()
{
    QFETCH(Spoil, spoil);
    WorkbenchRoom room;
    const TitleId title = room.ingestClip().title;
    QVERIFY(applyRightsPlan(room.workspace(), {.put = {grant(u"stands"_s, title)}}));
    const Stored before = storedIn(room);
    RightsPlan plan {.put = {grant(u"good"_s, title), grant(u"bad"_s, title)}, .remove = {WindowId(u"stands"_s)}};
    spoil(plan);
    const auto applied = applyRightsPlan(room.workspace(), plan);
    QVERIFY(!applied);
    QVERIFY2(applied.error().code == ErrorCode::Invalid, qPrintable(applied.error().detail));
    QVERIFY(!applied.error().detail.isEmpty());
    QVERIFY(storedIn(room) == before);
    room.reopen();
    QVERIFY(storedIn(room) == before);
}

void TestRightsDesk::stalePlanChangesNothing()
{
    WorkbenchRoom room;
    const TitleId title = room.ingestClip().title;
    QVERIFY(applyRightsPlan(room.workspace(), {.put = {grant(u"a"_s, title)}}));
    const rights::Rule seen = storedIn(room).rules.rules.front();
    rights::Rule quicker = seen;
    quicker.priority = 7;
    QVERIFY(applyRightsPlan(room.workspace(), {.put = {quicker}}));
    const Stored before = storedIn(room);
    rights::Rule mine = seen;
    mine.exclusive = true;
    const auto applied = applyRightsPlan(room.workspace(), {.put = {mine}, .seen = {seen}});
    QCOMPARE(applied.error().reason, QByteArray("stale_plan"));
    QVERIFY(storedIn(room) == before);
}

void TestRightsDesk::needsTheRole()
{
    WorkbenchRoom room;
    const TitleId title = room.ingestClip().title;
    room.addProfile(u"moderator"_s, {moderation::Role::Moderator});
    room.reopen(u"moderator"_s);
    QCOMPARE(applyRightsPlan(room.workspace(), {.put = {grant(u"a"_s, title)}}).error().code, ErrorCode::Denied);
    QCOMPARE(room.log().front().action, u"denied"_s);
    QVERIFY(storedIn(room).rules.rules.empty());
}

void TestRightsDesk::importTakesWhatIsRightAndSaysWhatIsNot()
{
    WorkbenchRoom room;
    const QString path = room.path(u"avails.csv"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no header that anybody knows\nand no row\n");
    file.close();
    const Stored before = storedIn(room);
    const auto wrong = importRights(room.workspace(), {.file = path});
    QVERIFY(!wrong || wrong->accepted == 0);
    QVERIFY(storedIn(room) == before);
    QCOMPARE(importRights(room.workspace(), {.file = room.path(u"none.csv"_s)}).error().code, ErrorCode::NotFound);
    QVERIFY(storedIn(room) == before);
}

namespace {

QString writeList(WorkbenchRoom& room, const QByteArray& rows)
{
    QFile file(room.path(u"list.csv"_s));
    if (!file.open(QIODevice::WriteOnly)
        || file.write("ALID,Territory,LicenseType,Start,End,AvailID\n" + rows) < rows.size())
        qFatal("cannot write");
    return file.fileName();
}

} // namespace

void TestRightsDesk::aListWithABadRowChangesNothingWithoutAWord()
{
    WorkbenchRoom room;
    const QString file = writeList(
        room, "A1,DE,SVOD,2026-01-01,Open,w-1\nA1,QQ,SVOD,2026-01-01,Open,w-2\nA2,FR,SVOD,2026-01-01,Open,w-3\n");
    const Stored before = storedIn(room);
    const auto held = importRights(room.workspace(), {.file = file});
    QVERIFY(held);
    QCOMPARE(held->accepted, 2);
    QCOMPARE(held->rejected, 1);
    QVERIFY(isHeldBack(*held, {.file = file}));
    QVERIFY(storedIn(room) == before);
    // As an effect, or a draft, it would change nothing either.
    QCOMPARE(readPlanFile(room.workspace(), {.file = file}).error().reason, QByteArray("bad_rows"));
    const RightsImport wanted {.file = file, .skipBadRows = true};
    const auto taken = importRights(room.workspace(), wanted);
    QVERIFY(taken && !isHeldBack(*taken, wanted));
    QCOMPARE(taken->errors.size(), 1U);
    const Stored after = storedIn(room);
    QCOMPARE(after.rules.rules.size(), 2U);
    QCOMPARE(after.entries, before.entries + 1); // one change
}

void TestRightsDesk::aNewLicensorIsSaid()
{
    WorkbenchRoom room;
    const RightsImport import {.file = writeList(room, "A1,DE,SVOD,2026-01-01,Open,w-1\n"), .licensor = u"Nordlicht"_s};
    const auto isNoted = [](const Result<avails::ImportPlan>& plan) {
        return std::ranges::any_of(
            plan->notes, [](const avails::CellMessage& note) { return note.code == u"NEW_LICENSOR"; });
    };
    const auto first = importRights(room.workspace(), import);
    QVERIFY(first && first->rejected == 0 && isNoted(first));
    const auto again = importRights(room.workspace(), import); // the first one made it a licensor
    QVERIFY(again && !isNoted(again));
}

QTEST_GUILESS_MAIN(TestRightsDesk)
#include "tst_rights_desk.moc"

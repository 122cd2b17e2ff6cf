#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/workbench/rights_effect.h"
#include "core/workbench/rights_issues.h"
#include "core/workbench/run_verb.h"
#include "workbench_room.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

/// What a plan would change and what stands in the way, before anything is saved.
class RightsEffectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conflictsComeWithFixesThatTheEffectTakes();
    void aLicensorsListIsCompared();
    void materialCountsAsDelivered();
    void refusesPlansThatDoNotHold_data();
    void refusesPlansThatDoNotHold();

private:
    static VerbReply run(WorkbenchRoom& room, const QString& verb, const QHash<QString, QString>& options = {});
};

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

RightsPlan filmWith(const std::vector<rights::Rule>& rules)
{
    rights::Title film;
    film.id = TitleId(u"film"_s);
    return {.put = rules, .titles = {film}};
}

void write(const QString& path, const QByteArray& bytes)
{
    if (!writeFileDurably(path, bytes))
        qFatal("cannot write");
}

} // namespace

VerbReply RightsEffectTest::run(WorkbenchRoom& room, const QString& verb, const QHash<QString, QString>& options)
{
    return runVerb({{verb, {}, options}, &room.workspace(), room.workspace().workers(), {}, {}});
}

void RightsEffectTest::conflictsComeWithFixesThatTheEffectTakes()
{
    WorkbenchRoom room;
    const TitleId film(u"film"_s);
    QVERIFY(applyRightsPlan(room.workspace(), filmWith({grant(u"a"_s, film), grant(u"b"_s, film)})));
    const VerbReply conflicts = run(room, u"rights conflicts"_s);
    QCOMPARE(conflicts.exitCode, ExitCode::AnswerIsNo);
    const QJsonArray list = conflicts.json[u"conflicts"].toArray();
    QCOMPARE(list.first()[u"code"].toString(), u"DUPLICATE"_s);
    QVERIFY(!list.first()[u"advice"].toBool());
    QVERIFY(!list.first()[u"sentence"].toString().isEmpty());
    const QString path = room.path(u"fix.json"_s);
    QJsonObject fix = list.first()[u"fix"].toObject();
    QVERIFY(!fix.take(u"sentence"_s).toString().isEmpty());
    QCOMPARE(fix.take(u"code"_s).toString(), u"KEEP_ONE"_s);
    write(path, toJson(list.first().toObject())); // the whole conflict, as it was printed
    const VerbReply nothing = run(room, u"rights effect"_s, {{u"plan"_s, path}});
    QCOMPARE(nothing.exitCode, ExitCode::Done);
    QVERIFY(nothing.json[u"lost"].toArray().isEmpty() && nothing.json[u"gained"].toArray().isEmpty());
    fix[u"remove"_s] = QJsonArray {u"a"_s, u"b"_s};
    write(path, toJson(fix));
    const VerbReply dark = run(room, u"rights effect"_s, {{u"plan"_s, path}});
    QCOMPARE(dark.json[u"lost"].toArray().first()[u"countries"].toArray(), QJsonArray {u"DE"_s});
    QCOMPARE(dark.json[u"live_lost"].toInt(), 1);
    QCOMPARE(dark.json[u"titles_changed"].toInt(), 1);
    QCOMPARE(loadRules(room.workspace())->rules.size(), 2U); // nothing was saved
    const auto plan = readPlanFile(room.workspace(), {.file = path});
    QVERIFY(plan && applyRightsPlan(room.workspace(), *plan));
    QVERIFY(loadRules(room.workspace())->rules.empty());
}

void RightsEffectTest::aLicensorsListIsCompared()
{
    WorkbenchRoom room;
    const QString path = room.path(u"list.csv"_s);
    write(path,
        "DisplayName,Territory,WorkType,TitleInternalAlias,EntryType,LicenseType,FormatProfile,Start,End,ALID\r\n"
        "Studio,DE,Movie,A film,Full Extract,SVOD,HD,2026-01-01T00:00:00Z,2030-01-01T00:00:00Z,md:alid:1\r\n");
    const VerbReply gained = run(room, u"rights effect"_s, {{u"plan"_s, path}});
    QCOMPARE(gained.exitCode, ExitCode::Done);
    const QJsonArray ranges = gained.json[u"gained"].toArray();
    QCOMPARE(ranges.size(), 1);
    QCOMPARE(ranges.first()[u"from"].toString(), u"2026-01-01T00:00:00Z"_s);
    QVERIFY(loadRules(room.workspace())->rules.empty());
    const VerbReply announced = run(room, u"rights effect"_s, {{u"plan"_s, path}, {u"question"_s, u"announced"_s}});
    QVERIFY(announced.json[u"gained"].toArray().isEmpty()); // another question, with a window of its own
    QCOMPARE(run(room, u"rights effect"_s, {{u"plan"_s, path}, {u"question"_s, u"maybe"_s}}).exitCode, ExitCode::Usage);
}

void RightsEffectTest::materialCountsAsDelivered()
{
    WorkbenchRoom room;
    const TitleId delivered = room.ingestClip().title;
    const TitleId film(u"film"_s);
    QVERIFY(applyRightsPlan(room.workspace(), filmWith({grant(u"a"_s, film)})));
    const auto issues = rightsIssues(room.workspace());
    QVERIFY(issues);
    const auto has = [&issues](rights::ConflictCode code, const TitleId& title) {
        return std::ranges::any_of(issues->list,
            [&](const rights::Issue& issue) { return issue.conflict.code == code && issue.conflict.title == title; });
    };
    QVERIFY(has(rights::ConflictCode::RightsWithoutMaterial, film));
    QVERIFY(has(rights::ConflictCode::MaterialWithoutRights, delivered));
    QVERIFY(!has(rights::ConflictCode::RightsWithoutMaterial, delivered));
    QCOMPARE(run(room, u"rights conflicts"_s).exitCode, ExitCode::Done); // advice alone is no conflict
    rights::RuleSet planned = *loadRules(room.workspace());
    planned.rules.push_back(grant(u"b"_s, delivered));
    const auto after = rightsIssuesOf(room.workspace(), planned);
    QVERIFY(after);
    QVERIFY(std::ranges::none_of(after->list,
        [](const rights::Issue& issue) { return issue.conflict.code == rights::ConflictCode::MaterialWithoutRights; }));
}

void RightsEffectTest::refusesPlansThatDoNotHold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no JSON") << u"plan.json"_s << "{"_ba;
    QTest::newRow("unknown member") << u"plan.json"_s << R"({"puts": []})"_ba;
    QTest::newRow("unknown title") << u"plan.json"_s
                                   << R"({"put": [{"id": "a", "effect": "allow", "scope": "nobody"}]})"_ba;
    QTest::newRow("unknown territory")
        << u"plan.json"_s
        << R"({"put": [{"id": "a", "effect": "allow", "scope": "film", "territory": {"include": ["ATLANTIS"]}}]})"_ba;
    QTest::newRow("year 9999")
        << u"plan.json"_s
        << R"({"put": [{"id": "a", "effect": "allow", "scope": "film", "end": "9999-01-01T00:00:00Z"}]})"_ba;
    QTest::newRow("ends before it starts")
        << u"plan.json"_s
        << R"({"put": [{"id": "a", "effect": "allow", "scope": "film", "start": "2027-01-01T00:00:00Z", "end": "2026-01-01T00:00:00Z"}]})"_ba;
    QTest::newRow("nothing to remove") << u"plan.json"_s << R"({"remove": ["nobody"]})"_ba;
    QTest::newRow("a list without headings") << u"plan.csv"_s << "hello\n"_ba;
}

void RightsEffectTest::refusesPlansThatDoNotHold()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), filmWith({})));
    const QString path = room.path(name);
    write(path, bytes);
    const VerbReply reply = run(room, u"rights effect"_s, {{u"plan"_s, path}});
    QCOMPARE(reply.exitCode, ExitCode::BadInput);
    QVERIFY(reply.json[u"error"].toObject()[u"detail"].toString().size() > 10);
}

QTEST_GUILESS_MAIN(RightsEffectTest)
#include "tst_rights_effect.moc"

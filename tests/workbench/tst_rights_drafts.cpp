#include "core/base/json.h"
#include "core/rights/rule_set_json.h"
#include "core/workbench/rights_drafts.h"
#include "core/workbench/rights_history.h"
#include "core/workbench/rights_template.h"
#include "core/workbench/run_verb.h"
#include "workbench_room.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace vidimus;
using namespace vidimus::test;
using namespace vidimus::workbench;

/// Plans that wait for another person, what a window looked like before, and templates of licensors.
class TestRightsDrafts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDraftChangesNothingUntilAnotherApproves();
    void whoMadeItCannotApproveIt();
    void aDealThatDemandsTwoRefusesOne();
    void aStaleDraftIsRefusedAndStays();
    void emptyAndUnknownDraftsAreRefused();
    void aDraftOfNamesThatNobodyKnowsIsRefused();
    void whoMayNotEditMayNotDraft();
    void historyNamesWhoAndWhat();
    void historyOfATitleHasWindowsThatAreGone();
    void templatesComeBackPerLicensor();
    void verbsListShowAndApprove();
    void verbsTellTemplatesAndHistory();
};

namespace {

const TitleId kTitle(u"t"_s);

rights::Rule window(const QString& id, int days)
{
    rights::Rule rule;
    rule.id = WindowId(id);
    rule.scope = kTitle;
    rule.deal = DealId(u"K-1"_s);
    rule.territory.include = {u"DE"_s};
    rule.sites.names = {u"web"_s};
    rule.offers.names = {u"svod"_s};
    rule.window.start = *parseRfc3339(u"2026-12-01T00:00:00Z"_s);
    rule.window.end = *rule.window.start + std::chrono::days(days);
    return rule;
}

RightsPlan planOf(const rights::Rule& rule)
{
    RightsPlan plan;
    rights::Title title;
    title.id = kTitle;
    plan.titles = {title};
    rights::Deal deal;
    deal.id = DealId(u"K-1"_s);
    deal.licensor = u"North"_s;
    plan.deals = {deal};
    plan.put = {rule};
    plan.why = u"test"_s;
    return plan;
}

RightsPlan change(const rights::Rule& from, const rights::Rule& to)
{
    RightsPlan plan;
    plan.put = {to};
    plan.seen = {from};
    return plan;
}

std::vector<rights::Rule> saved(WorkbenchRoom& room)
{
    const auto rules = loadRules(room.workspace());
    return rules ? rules->rules : std::vector<rights::Rule>();
}

} // namespace

void TestRightsDrafts::aDraftChangesNothingUntilAnotherApproves()
{
    WorkbenchRoom room;
    room.addProfile(u"second"_s, {moderation::Role::ContentManager});
    const auto draft = keepRightsDraft(room.workspace(), planOf(window(u"w"_s, 30)));
    QVERIFY(draft);
    QVERIFY(saved(room).empty());
    QVERIFY(room.outbox().empty());
    const QString author = room.workspace().me().name;
    room.reopen(u"second"_s);
    const auto list = rightsDrafts(room.workspace());
    QVERIFY(list);
    QCOMPARE(list->size(), std::size_t(1));
    QCOMPARE(list->front().authorName, author);
    QCOMPARE(list->front().plan.put, (std::vector {window(u"w"_s, 30)}));
    QVERIFY(approveRightsDraft(room.workspace(), *draft));
    QCOMPARE(saved(room).size(), std::size_t(1));
    QVERIFY(rightsDrafts(room.workspace())->empty());
    QVERIFY(std::ranges::any_of(
        room.log(), [](const audit::LogEntry& entry) { return entry.action == u"approve_rights"; }));
    QCOMPARE(approveRightsDraft(room.workspace(), *draft).error().code, ErrorCode::NotFound); // once only
}

void TestRightsDrafts::whoMadeItCannotApproveIt()
{
    WorkbenchRoom room;
    const auto draft = keepRightsDraft(room.workspace(), planOf(window(u"w"_s, 30)));
    QVERIFY(draft);
    const auto approved = approveRightsDraft(room.workspace(), *draft);
    QCOMPARE(approved.error().code, ErrorCode::Denied);
    QCOMPARE(approved.error().reason, "same_person");
    QVERIFY(saved(room).empty());
    QVERIFY(dropRightsDraft(room.workspace(), *draft)); // but may think better of it
    QVERIFY(rightsDrafts(room.workspace())->empty());
}

void TestRightsDrafts::aDealThatDemandsTwoRefusesOne()
{
    WorkbenchRoom room;
    room.addProfile(u"second"_s, {moderation::Role::ContentManager});
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"w"_s, 30))));
    QVERIFY(demandSecondPerson(room.workspace(), DealId(u"K-1"_s), true));
    QCOMPARE(*dealsOfTwoPeople(room.workspace()), std::set {DealId(u"K-1"_s)});
    const RightsPlan later = change(window(u"w"_s, 30), window(u"w"_s, 60));
    const auto alone = applyRightsPlan(room.workspace(), later);
    QCOMPARE(alone.error().reason, "second_person_needed");
    QCOMPARE(alone.error().detail, u"K-1"_s);
    RightsPlan removal;
    removal.remove = {WindowId(u"w"_s)};
    QCOMPARE(applyRightsPlan(room.workspace(), removal).error().reason, "second_person_needed");
    rights::Rule escaped = window(u"w"_s, 60);
    escaped.deal = {}; // taking the window out of the deal does not help
    QCOMPARE(
        applyRightsPlan(room.workspace(), change(window(u"w"_s, 30), escaped)).error().reason, "second_person_needed");
    RightsPlan pretended = later;
    pretended.draftedBy = room.workspace().me().id;
    QCOMPARE(applyRightsPlan(room.workspace(), pretended).error().reason, "second_person_needed");
    const auto draft = keepRightsDraft(room.workspace(), later);
    QVERIFY(draft);
    room.reopen(u"second"_s);
    QVERIFY(approveRightsDraft(room.workspace(), *draft));
    QCOMPARE(saved(room).front(), window(u"w"_s, 60));
    QVERIFY(demandSecondPerson(room.workspace(), DealId(u"K-1"_s), false));
    QVERIFY(applyRightsPlan(room.workspace(), change(window(u"w"_s, 60), window(u"w"_s, 10))));
}

void TestRightsDrafts::aStaleDraftIsRefusedAndStays()
{
    WorkbenchRoom room;
    room.addProfile(u"second"_s, {moderation::Role::ContentManager});
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"w"_s, 30))));
    const auto draft = keepRightsDraft(room.workspace(), change(window(u"w"_s, 30), window(u"w"_s, 60)));
    QVERIFY(draft);
    QVERIFY(applyRightsPlan(room.workspace(), change(window(u"w"_s, 30), window(u"w"_s, 40))));
    room.reopen(u"second"_s);
    QCOMPARE(approveRightsDraft(room.workspace(), *draft).error().reason, "stale_plan");
    QCOMPARE(saved(room).front(), window(u"w"_s, 40));
    QCOMPARE(rightsDrafts(room.workspace())->size(), std::size_t(1));
}

void TestRightsDrafts::emptyAndUnknownDraftsAreRefused()
{
    WorkbenchRoom room;
    QCOMPARE(keepRightsDraft(room.workspace(), {}).error().reason, "empty_plan");
    RightsPlan huge;
    huge.remove.assign(kMaxDraftRules + 1, WindowId(u"w"_s));
    QCOMPARE(keepRightsDraft(room.workspace(), huge).error().code, ErrorCode::LimitExceeded);
    rights::Rule inverted = window(u"w"_s, 30);
    std::swap(inverted.window.start, inverted.window.end);
    const auto refused = keepRightsDraft(room.workspace(), planOf(inverted));
    QVERIFY(!refused);
    QCOMPARE(refused.error().reason, "end_before_start");
    QVERIFY(refused.error().detail.contains(u"window w"_s));
    QCOMPARE(approveRightsDraft(room.workspace(), u"nobody"_s).error().code, ErrorCode::NotFound);
    QCOMPARE(dropRightsDraft(room.workspace(), u"nobody"_s).error().code, ErrorCode::NotFound);
}

void TestRightsDrafts::aDraftOfNamesThatNobodyKnowsIsRefused()
{
    WorkbenchRoom room;
    rights::Rule title = window(u"w"_s, 30), country = title, deal = title, year = title;
    title.scope = TitleId(u"nobody"_s);
    country.territory.include = {u"QQ"_s};
    deal.deal = DealId(u"K-9"_s);
    year.window.end = *parseRfc3339(u"9999-12-31T00:00:00Z"_s);
    for (const auto& [rule, place] : {std::pair(title, u"(w).scope"_s), {country, u"(w).territory.include"_s},
             {deal, u"(w).deal"_s}, {year, u"(w).end"_s}}) {
        const auto kept = keepRightsDraft(room.workspace(), planOf(rule));
        QVERIFY2(!kept, qPrintable(place));
        QCOMPARE(kept.error().code, ErrorCode::Invalid);
        QVERIFY2(kept.error().detail.contains(place), qPrintable(kept.error().detail));
    }
    QVERIFY(rightsDrafts(room.workspace())->empty());
    QVERIFY(keepRightsDraft(room.workspace(), planOf(window(u"w"_s, 30)))); // a title and deal of the plan are known
}

void TestRightsDrafts::whoMayNotEditMayNotDraft()
{
    WorkbenchRoom room;
    room.addProfile(u"viewer"_s, {moderation::Role::Moderator});
    const auto draft = keepRightsDraft(room.workspace(), planOf(window(u"w"_s, 30)));
    QVERIFY(draft);
    room.reopen(u"viewer"_s);
    QCOMPARE(keepRightsDraft(room.workspace(), planOf(window(u"w"_s, 30))).error().code, ErrorCode::Denied);
    QCOMPARE(approveRightsDraft(room.workspace(), *draft).error().code, ErrorCode::Denied);
    QCOMPARE(demandSecondPerson(room.workspace(), DealId(u"K-1"_s), true).error().code, ErrorCode::Denied);
    QVERIFY(saved(room).empty());
}

void TestRightsDrafts::historyNamesWhoAndWhat()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"w"_s, 30))));
    QVERIFY(applyRightsPlan(room.workspace(), change(window(u"w"_s, 30), window(u"w"_s, 60))));
    RightsPlan removal;
    removal.remove = {WindowId(u"w"_s)};
    QVERIFY(applyRightsPlan(room.workspace(), removal));
    const auto history = windowHistory(room.workspace(), WindowId(u"w"_s));
    QVERIFY(history);
    QCOMPARE(history->size(), std::size_t(3));
    QVERIFY(!history->at(0).after);
    QCOMPARE(*history->at(0).before, window(u"w"_s, 60));
    QCOMPARE(*history->at(1).before, window(u"w"_s, 30));
    QCOMPARE(*history->at(1).after, window(u"w"_s, 60));
    QVERIFY(!history->at(2).before);
    QCOMPARE(history->at(2).why, u"test"_s);
    QCOMPARE(history->at(2).person, room.workspace().me().name);
    QVERIFY(windowHistory(room.workspace(), WindowId(u"other"_s))->empty());
    CancelSource cancel;
    cancel.cancel();
    QCOMPARE(windowHistory(room.workspace(), WindowId(u"w"_s), cancel.token()).error().code, ErrorCode::Canceled);
}

void TestRightsDrafts::historyOfATitleHasWindowsThatAreGone()
{
    WorkbenchRoom room;
    const rights::Rule gone = window(u"gone"_s, 30);
    QVERIFY(applyRightsPlan(room.workspace(), planOf(gone)));
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"stays"_s, 60))));
    RightsPlan removal;
    removal.remove = {gone.id};
    QVERIFY(applyRightsPlan(room.workspace(), removal));
    const auto history = titleHistory(room.workspace(), gone.scope);
    QVERIFY(history);
    QCOMPARE(history->size(), std::size_t(3));
    QCOMPARE(history->at(0).window, gone.id);
    QCOMPARE(*history->at(0).before, gone);
    QVERIFY(!history->at(0).after);
    QCOMPARE(history->at(1).window, WindowId(u"stays"_s));
    QVERIFY(titleHistory(room.workspace(), TitleId(u"another"_s))->empty());
    const VerbRequest request {.verb = u"rights history"_s, .operands = {gone.scope.toString()}, .options = {}};
    const VerbReply reply = runVerb({request, &room.workspace(), room.workspace().workers(), {}, {}});
    QCOMPARE(reply.json[u"changes"].toArray().size(), 3);
}

void TestRightsDrafts::templatesComeBackPerLicensor()
{
    WorkbenchRoom room;
    rights::Rule like = window(u"w"_s, 365);
    like.exclusive = true;
    like.terms = {{u"format"_s, u"UHD"_s}};
    QVERIFY(!rightsTemplate(room.workspace(), u"North"_s)->has_value());
    QVERIFY(keepRightsTemplate(room.workspace(), u"North"_s, templateOf(like)));
    const auto kept = rightsTemplate(room.workspace(), u"North"_s);
    QVERIFY(kept && *kept);
    const Instant start = *parseRfc3339(u"2027-03-01T00:00:00Z"_s);
    const rights::Rule made = windowFrom(**kept, TitleId(u"u"_s), DealId(u"K-2"_s), start);
    QCOMPARE(made.scope, TitleId(u"u"_s));
    QCOMPARE(made.deal, DealId(u"K-2"_s));
    QVERIFY(made.exclusive && made.id != like.id);
    QCOMPARE(made.terms, like.terms);
    QCOMPARE(*made.window.end, start + std::chrono::days(365));
    like.window.end.reset();
    QVERIFY(keepRightsTemplate(room.workspace(), u"North"_s, templateOf(like)));
    QVERIFY(!windowFrom(**rightsTemplate(room.workspace(), u"North"_s), kTitle, {}, start).window.end);
    QVERIFY(!rightsTemplate(room.workspace(), u"South"_s)->has_value());
    QCOMPARE(keepRightsTemplate(room.workspace(), u" "_s, templateOf(like)).error().code, ErrorCode::Invalid);
}

namespace {

VerbReply run(WorkbenchRoom& room, const QString& verb, const QStringList& operands)
{
    return runVerb({{verb, operands, {}}, &room.workspace(), room.workspace().workers(), {}, {}});
}

} // namespace

void TestRightsDrafts::verbsListShowAndApprove()
{
    WorkbenchRoom room;
    room.addProfile(u"second"_s, {moderation::Role::ContentManager});
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"w"_s, 30))));
    const QString file = room.path(u"plan.json"_s);
    QFile plan(file);
    QVERIFY(plan.open(QFile::WriteOnly));
    plan.write(toJson(QJsonObject {{u"put"_s, QJsonArray {rights::toJson(window(u"w"_s, 60))}}}));
    plan.close();
    const VerbReply kept = run(room, u"rights draft"_s, {u"keep"_s, file});
    QCOMPARE(kept.exitCode, ExitCode::Done);
    const QString id = kept.json.value("kept"_L1).toString();
    const QJsonArray drafts = run(room, u"rights draft"_s, {}).json.value("drafts"_L1).toArray();
    QCOMPARE(drafts.size(), 1);
    QCOMPARE(drafts[0].toObject().value("id"_L1).toString(), id);
    const QJsonObject shown = run(room, u"rights draft"_s, {u"show"_s, id}).json.value("draft"_L1).toObject();
    QCOMPARE(shown.value("put"_L1).toArray().size(), 1);
    QCOMPARE(shown.value("seen"_L1).toArray().size(), 1); // as it stood when it was drafted
    QCOMPARE(run(room, u"rights draft"_s, {u"approve"_s, id}).exitCode, ExitCode::Denied);
    QCOMPARE(run(room, u"rights draft"_s, {u"show"_s, u"nothing"_s}).exitCode, ExitCode::BadInput);
    QCOMPARE(run(room, u"rights draft"_s, {u"paint"_s, id}).exitCode, ExitCode::Usage);
    room.reopen(u"second"_s);
    QCOMPARE(run(room, u"rights draft"_s, {u"approve"_s, id}).exitCode, ExitCode::Done);
    QCOMPARE(saved(room), (std::vector {window(u"w"_s, 60)}));
    QVERIFY(run(room, u"rights draft"_s, {u"list"_s}).json.value("drafts"_L1).toArray().isEmpty());
}

void TestRightsDrafts::verbsTellTemplatesAndHistory()
{
    WorkbenchRoom room;
    QVERIFY(applyRightsPlan(room.workspace(), planOf(window(u"w"_s, 30))));
    QVERIFY(applyRightsPlan(room.workspace(), change(window(u"w"_s, 30), window(u"w"_s, 60))));
    QCOMPARE(run(room, u"rights template"_s, {u"show"_s, u"North"_s}).exitCode, ExitCode::BadInput);
    QCOMPARE(run(room, u"rights template"_s, {u"keep"_s, u"w"_s}).json.value("licensor"_L1).toString(), u"North"_s);
    QCOMPARE(run(room, u"rights template"_s, {u"show"_s, u"North"_s}).json.value("days"_L1).toInt(), 60);
    QCOMPARE(run(room, u"rights template"_s, {u"keep"_s, u"nothing"_s}).exitCode, ExitCode::BadInput);
    for (const QString& name : {kTitle.toString(), u"w"_s}) {
        const QJsonArray changes = run(room, u"rights history"_s, {name}).json.value("changes"_L1).toArray();
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].toObject().value("before"_L1).toObject(), rights::toJson(window(u"w"_s, 30)));
        QCOMPARE(changes[0].toObject().value("after"_L1).toObject(), rights::toJson(window(u"w"_s, 60)));
        QVERIFY(changes[1].toObject().value("before"_L1).isNull());
    }
    QCOMPARE(run(room, u"rights history"_s, {u"nothing"_s}).exitCode, ExitCode::BadInput);
}

QTEST_GUILESS_MAIN(TestRightsDrafts)
#include "tst_rights_drafts.moc"

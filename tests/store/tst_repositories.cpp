#include "core/moderation/decision_rules.h"
#include "core/store/stored_job_queue.h"
#include "core/store/stored_outbox.h"
#include "store_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace vidimus;
using namespace vidimus::store;
using namespace vidimus::store::testing;
using namespace Qt::StringLiterals;
using catalog::Operation;
using catalog::OperationKind;

class TestRepositories : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesTheWholeQueueInOrder();
    void filtersByNameLiterally();
    void oneDecisionStandsForAVersion();
    void outboxKeepsOrderOfEachTitleOnly();
    void withdrawalPassesWhatWaitsForAPerson();
    void undoTakesBackOnlyWhatHasNotLeft();
    void deliveryAndConflictReachTheDecision();
    void outboxRefusesWhatIsDoneOrMissing();
    void jobsComeByPriorityAndSurviveACrash();
    void jobsAreCountedByWhatTheyDo();
    void ruleEditedFromAnOldVersionIsAConflict();
    void smallRepositoriesRoundTrip();
    void statesTheCostOfADurableDecision();
    void pagesAHundredThousandRows();
};

namespace {

const Instant kNow {Milliseconds {1'790'000'000'000}};

Operation operation(const QString& id, const QString& title, OperationKind kind = OperationKind::UpsertTitle)
{
    Operation made;
    made.id = OperationId(id);
    made.title = TitleId(title);
    made.kind = kind;
    made.createdAt = kNow;
    made.notBefore = kNow;
    return made;
}

void add(WorkspaceStore& store, const Operation& made)
{
    must(store.write([&](UnitOfWork& unit) { return unit.outbox.add(made); }));
}

QStringList idsOf(const std::vector<Operation>& operations)
{
    QStringList ids;
    for (const Operation& found : operations)
        ids += found.id.toString();
    return ids;
}

} // namespace

void TestRepositories::pagesTheWholeQueueInOrder()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 250);
    must(decide(*store, someAsset(4), u"d"_s));
    const auto pageAll = [&](const QueueFilter& filter) {
        std::vector<AssetId> ids;
        std::optional<QueueKey> after;
        for (;;) {
            const auto page
                = must(store->read([&](const UnitOfWork& unit) { return unit.assets.page(filter, after, 17); }));
            if (page.empty())
                return ids;
            for (const Asset& asset : page)
                ids.push_back(asset.id);
            after = keyOf(page.back());
        }
    };
    for (const QueueFilter& filter : {QueueFilter {}, QueueFilter {.state = AssetState::Waiting, .nameContains = {}}}) {
        const auto ids = must(store->read([&](const UnitOfWork& unit) { return unit.assets.ids(filter); }));
        QCOMPARE(ids.size(), filter.state ? 249U : 250U);
        QVERIFY(pageAll(filter) == ids);
        const auto assets = must(store->read([&](const UnitOfWork& unit) { return unit.assets.findAll(ids); }));
        QVERIFY(std::ranges::is_sorted(assets, [](const Asset& a, const Asset& b) {
            return std::tuple(-a.priority, a.ingestedAt, a.id) < std::tuple(-b.priority, b.ingestedAt, b.id);
        }));
    }
    const auto counts = must(store->read([](const UnitOfWork& unit) { return unit.assets.countByState(); }));
    QCOMPARE(counts.at(AssetState::Waiting), 249);
    QCOMPARE(counts.at(AssetState::Rejected), 1);
}

void TestRepositories::filtersByNameLiterally()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    must(store->write([](UnitOfWork& unit) -> Result<void> {
        for (const QString& name : {u"100%.mp4"_s, u"1000.mp4"_s, u"a_b.mp4"_s, u"axb.mp4"_s, u"c\\d.mp4"_s}) {
            Asset asset = someAsset(static_cast<int>(name.size()));
            asset.id = newId<AssetId>();
            asset.originalName = name;
            must(unit.assets.add(asset));
        }
        return {};
    }));
    for (const auto& [text, count] :
        {std::pair(u"0%"_s, 1), {u"a_b"_s, 1}, {u"\\"_s, 1}, {u".mp4"_s, 5}, {u"'"_s, 0}}) {
        const auto page = must(store->read(
            [&](const UnitOfWork& unit) { return unit.assets.page({.state = {}, .nameContains = text}, {}, 9); }));
        QVERIFY2(static_cast<int>(page.size()) == count, qPrintable(text));
    }
}

void TestRepositories::oneDecisionStandsForAVersion()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 1);
    must(decide(*store, someAsset(0), u"one"_s));
    QCOMPARE(decide(*store, someAsset(0), u"two"_s).error().reason, QByteArray("constraint"));
    must(store->write([](UnitOfWork& unit) -> Result<void> {
        auto old = must(unit.decisions.standing(someAsset(0).id, someAsset(0).sha256));
        old->state = moderation::DecisionState::Superseded;
        must(unit.decisions.update(*old));
        return unit.decisions.add(someDecision(someAsset(0), u"two"_s));
    }));
    const auto history
        = must(store->read([](const UnitOfWork& unit) { return unit.decisions.history(someAsset(0).id); }));
    QCOMPARE(history.size(), 2U);
    QCOMPARE(history.front().id.toString(), u"two"_s);
    QCOMPARE(history.front(), someDecision(someAsset(0), u"two"_s));
}

void TestRepositories::outboxKeepsOrderOfEachTitleOnly()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    StoredOutbox outbox(*store);
    for (const auto& [id, title] :
        {std::pair(u"a1"_s, u"a"_s), {u"b1"_s, u"b"_s}, {u"a2"_s, u"a"_s}, {u"b2"_s, u"b"_s}})
        add(*store, operation(id, title));
    QCOMPARE(idsOf(must(outbox.claimReady(kNow, 10))), (QStringList {u"a1"_s, u"b1"_s}));
    must(outbox.park(OperationId(u"a1"_s), {ErrorCode::Invalid, u"refused"_s, "refused"}));
    must(outbox.markDone(OperationId(u"b1"_s), kNow));
    QCOMPARE(idsOf(must(outbox.claimReady(kNow, 10))), QStringList {u"b2"_s});
    const Error error {ErrorCode::Unavailable, u"off"_s, "offline"};
    must(outbox.markRetry(OperationId(u"b2"_s), kNow + std::chrono::seconds(5), error));
    QVERIFY(must(outbox.claimReady(kNow, 10)).empty());
    QCOMPARE(must(outbox.nextReadyAt()), std::optional(kNow + std::chrono::seconds(5)));
    const auto waiting = must(outbox.list(10));
    QCOMPARE(idsOf(waiting), (QStringList {u"a1"_s, u"a2"_s, u"b2"_s}));
    QCOMPARE(waiting[2].attempts, 1);
    QCOMPARE(waiting[2].lastError, error);
    QCOMPARE(must(outbox.counts()).needsPerson, 1);
    must(outbox.retry(OperationId(u"a1"_s), kNow));
    QCOMPARE(idsOf(must(outbox.claimReady(kNow + std::chrono::seconds(5), 10))), (QStringList {u"a1"_s, u"b2"_s}));
}

void TestRepositories::withdrawalPassesWhatWaitsForAPerson()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    StoredOutbox outbox(*store);
    add(*store, operation(u"1"_s, u"a"_s));
    add(*store, operation(u"2"_s, u"a"_s, OperationKind::Publish));
    add(*store, operation(u"3"_s, u"a"_s, OperationKind::Withdraw));
    add(*store, operation(u"4"_s, u"a"_s, OperationKind::Withdraw));
    QCOMPARE(idsOf(must(outbox.claimReady(kNow, 10))), QStringList {u"1"_s});
    must(outbox.markConflict(OperationId(u"1"_s), {ErrorCode::Conflict, u"newer"_s, "stale"}, {{u"etag"_s, 4}}));
    QCOMPARE(idsOf(must(outbox.claimReady(kNow, 10))), QStringList {u"3"_s});
    QCOMPARE(must(outbox.list(1)).front().serverState, (QJsonObject {{u"etag"_s, 4}}));
}

void TestRepositories::undoTakesBackOnlyWhatHasNotLeft()
{
    const QTemporaryDir dir;
    const auto clock = std::make_shared<ManualClock>();
    const auto store = openStore(dir.path(), clock);
    StoredOutbox outbox(*store);
    addAssets(*store, 2);
    must(decide(*store, someAsset(0), u"a"_s));
    must(decide(*store, someAsset(1), u"b"_s));
    QVERIFY(must(outbox.claimReady(clock->now(), 10)).empty()); // 10 s have not gone by
    const auto takeBack = [&](const QString& id) {
        return must(
            store->write([&](UnitOfWork& unit) { return unit.outbox.takeBack(outboxSubject(DecisionId(id))); }));
    };
    QVERIFY(takeBack(u"a"_s));
    QVERIFY(!takeBack(u"a"_s));
    QCOMPARE(
        idsOf(must(outbox.claimReady(clock->now() + moderation::kUndoWindow, 10))), QStringList {u"operation-b"_s});
    QVERIFY(!takeBack(u"b"_s)); // on its way: an answer may be lost
}

void TestRepositories::deliveryAndConflictReachTheDecision()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    StoredOutbox outbox(*store);
    addAssets(*store, 2);
    must(decide(*store, someAsset(0), u"a"_s));
    must(decide(*store, someAsset(1), u"b"_s));
    must(outbox.markDone(OperationId(u"operation-a"_s), kNow));
    must(outbox.markConflict(OperationId(u"operation-b"_s), {ErrorCode::Conflict, {}, "decided"}, {}));
    const auto stateOf = [&](const QString& id) {
        return must(store->read([&](const UnitOfWork& unit) { return unit.decisions.find(DecisionId(id)); })).state;
    };
    QCOMPARE(stateOf(u"a"_s), moderation::DecisionState::Sent);
    QCOMPARE(stateOf(u"b"_s), moderation::DecisionState::Draft);
    QCOMPARE(must(store->verifyAudit()).entries, 4U);
}

void TestRepositories::outboxRefusesWhatIsDoneOrMissing()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    StoredOutbox outbox(*store);
    add(*store, operation(u"1"_s, u"a"_s));
    QCOMPARE(store->write([](UnitOfWork& unit) { return unit.outbox.add(operation(u"1"_s, u"a"_s)); }).error().code,
        ErrorCode::Conflict);
    must(outbox.markDone(OperationId(u"1"_s), kNow));
    QCOMPARE(outbox.retry(OperationId(u"1"_s), kNow).error().code, ErrorCode::Conflict);
    QCOMPARE(outbox.drop(OperationId(u"1"_s)).error().code, ErrorCode::Conflict);
    QCOMPARE(outbox.drop(OperationId(u"none"_s)).error().code, ErrorCode::NotFound);
    QCOMPARE(outbox.markDone(OperationId(u"none"_s), kNow).error().code, ErrorCode::NotFound);
    QVERIFY(!must(outbox.nextReadyAt()));
}

void TestRepositories::jobsComeByPriorityAndSurviveACrash()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    StoredJobQueue queue(*store);
    for (const auto& [id, priority] : {std::pair(u"low"_s, 0), {u"high"_s, 5}, {u"high2"_s, 5}}) {
        jobs::Job job;
        job.id = JobId(id);
        job.kind = "check";
        job.priority = priority;
        job.payload = {{u"asset"_s, id}};
        must(queue.add(job));
    }
    QVERIFY(!must(queue.takeNext(jobs::JobClass::Heavy, kNow)));
    const auto first = must(queue.takeNext(jobs::JobClass::Light, kNow));
    QCOMPARE(first->id.toString(), u"high"_s);
    QCOMPARE(first->state, jobs::JobState::Running);
    QCOMPARE(first->payload, (QJsonObject {{u"asset"_s, u"high"_s}}));
    must(queue.saveProgress(first->id, 3, 9, {{u"segment"_s, 3}}));
    QCOMPARE(must(queue.takeNext(jobs::JobClass::Light, kNow))->id.toString(), u"high2"_s);
    QCOMPARE(must(queue.requeueInterrupted()), 2);
    const auto again = must(queue.takeNext(jobs::JobClass::Light, kNow));
    QCOMPARE(again->progressDone, 3.0);
    QCOMPARE(again->progressAtStart, 3.0);
    must(queue.saveProgress(again->id, 1, 9, {})); // it began anew
    QCOMPARE(must(queue.find(again->id)).progressAtStart, 1.0);
    QCOMPARE(again->attempts, 1); // that the program was killed says nothing about the file
    QCOMPARE(must(queue.change(first->id, jobs::JobEvent::Finish, kNow, {})).state, jobs::JobState::Done);
    QCOMPARE(queue.change(JobId(u"none"_s), jobs::JobEvent::Finish, kNow, {}).error().code, ErrorCode::NotFound);
    QCOMPARE(must(queue.list(2)).front().id.toString(), u"high2"_s);
}

void TestRepositories::jobsAreCountedByWhatTheyDo()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    const auto look = [&] {
        return must(store->read([](const UnitOfWork& unit) -> Result<QStringList> {
            QStringList seen {QString::number(must(unit.jobs.countQueued()))};
            for (const jobs::Job& job : must(unit.jobs.running()))
                seen.append(u"running "_s + job.id.toString());
            for (const jobs::Job& job : must(unit.jobs.endedSince(kNow)))
                seen.append(u"ended "_s + job.id.toString());
            return seen;
        }));
    };
    QCOMPARE(look(), QStringList {u"0"_s});
    StoredJobQueue queue(*store);
    for (const QString& id : {u"before"_s, u"well"_s, u"badly"_s, u"again"_s, u"waits"_s}) {
        jobs::Job job;
        job.id = JobId(id);
        job.kind = "check";
        must(queue.add(job));
    }
    QCOMPARE(look(), QStringList {u"5"_s});
    const Error bad {ErrorCode::Corrupt, u"bad"_s, "bad"};
    const Error passing {ErrorCode::Io, u"busy"_s, "busy"};
    const auto end = [&](jobs::JobEvent event, Instant at, const Error& error) {
        const auto job = must(queue.takeNext(jobs::JobClass::Light, at));
        must(queue.change(job->id, event, at, error));
    };
    end(jobs::JobEvent::Finish, kNow - Milliseconds(1), {});
    end(jobs::JobEvent::Finish, kNow + Milliseconds(2), {});
    end(jobs::JobEvent::Fail, kNow, bad);
    QCOMPARE(look(), (QStringList {u"2"_s, u"ended badly"_s, u"ended well"_s}));
    end(jobs::JobEvent::Fail, kNow + Milliseconds(3), passing); // will be tried again
    QCOMPARE(look(), (QStringList {u"2"_s, u"ended badly"_s, u"ended well"_s}));
    must(queue.takeNext(jobs::JobClass::Light, kNow));
    QCOMPARE(look(), (QStringList {u"1"_s, u"running again"_s, u"ended badly"_s, u"ended well"_s}));
}

void TestRepositories::ruleEditedFromAnOldVersionIsAConflict()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    RulePiece piece {.kind = u"deal"_s,
        .id = u"d"_s,
        .title = TitleId(u"t"_s),
        .body = {{u"a"_s, 1}},
        .version = 0,
        .changedAt = kNow};
    const auto put = [&](const RulePiece& changed) {
        return store->write([&](UnitOfWork& unit) { return unit.rules.put(changed); });
    };
    QCOMPARE(must(put(piece)), 1);
    QCOMPARE(put(piece).error().reason, QByteArray("stale"));
    piece.version = 1;
    QCOMPARE(must(put(piece)), 2);
    piece.version = 2;
    QCOMPARE(must(store->read([](const UnitOfWork& unit) { return unit.rules.findByTitle(TitleId(u"t"_s)); })).front(),
        piece);
    must(store->write([](UnitOfWork& unit) { return unit.rules.remove(u"deal"_s, u"d"_s); }));
    QVERIFY(must(store->read([](const UnitOfWork& unit) { return unit.rules.findAll(u"deal"_s); })).empty());
}

void TestRepositories::smallRepositoriesRoundTrip()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 1);
    const Person person {.id = PersonId(u"ana"_s), .name = u"Ana"_s, .roles = {moderation::Role::Moderator}};
    const StoredReport report {.asset = someAsset(0).id,
        .profile = u"web"_s,
        .verdict = u"warn"_s,
        .report = {{u"r"_s, 1}},
        .measurements = {{u"m"_s, 2}},
        .createdAt = kNow};
    const Publication publication {.id = PublicationId(u"p"_s),
        .title = TitleId(u"t"_s),
        .site = u"web"_s,
        .state = publishing::PublicationState::Live,
        .body = {{u"url"_s, u"x"_s}},
        .version = 2,
        .changedAt = kNow};
    const Rendition rendition {.asset = someAsset(0).id,
        .ladder = u"web"_s,
        .name = u"720"_s,
        .state = u"made"_s,
        .body = {{u"w"_s, 1280}},
        .changedAt = kNow};
    const QJsonObject body {{u"position"_s, 41.5}};
    must(store->write([&](UnitOfWork& unit) -> Result<void> {
        must(unit.settings.putPerson(person));
        must(unit.settings.put(u"k"_s, body, kNow));
        must(unit.settings.putProfile(u"local"_s, body));
        must(unit.settings.putReviewState(person.id, "00ff", body, kNow));
        must(unit.reports.put(report));
        must(unit.publications.put(publication));
        must(unit.publications.put(publication));
        must(unit.publications.putRendition(rendition));
        return {};
    }));
    must(store->read([&](const UnitOfWork& unit) -> Result<void> {
        const bool same = must(unit.settings.findPerson(person.id)) == person
            && must(unit.settings.find(u"k"_s)) == body && must(unit.settings.findProfile(u"local"_s)) == body
            && !must(unit.settings.find(u"none"_s)) && must(unit.settings.findReviewState(person.id, "00ff")) == body
            && must(unit.reports.find(report.asset, u"web"_s)) == report
            && must(unit.publications.find(TitleId(u"t"_s), u"web"_s)) == publication
            && must(unit.publications.renditions(rendition.asset)).front() == rendition;
        return same ? Result<void>() : Result<void>(Error {});
    }));
}

/// Promise R3 as a number; not asserted, because it is the machine's.
void TestRepositories::statesTheCostOfADurableDecision()
{
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, 200);
    std::vector<double> milliseconds;
    for (int i = 0; i < 200; ++i) {
        QElapsedTimer timer;
        timer.start();
        must(decide(*store, someAsset(i), QString::number(i)));
        milliseconds.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(milliseconds);
    qInfo("a durable decision: p50 %.2f ms, p95 %.2f ms, max %.2f ms", milliseconds[100], milliseconds[190],
        milliseconds.back());
    QCOMPARE(milliseconds.size(), 200U);
}

void TestRepositories::pagesAHundredThousandRows()
{
    const int rows = qEnvironmentVariableIsSet("VIDIMUS_LONG") ? 100'000 : 10'000;
    const QTemporaryDir dir;
    const auto store = openStore(dir.path());
    addAssets(*store, rows);
    const QueueFilter waiting {.state = AssetState::Waiting, .nameContains = {}};
    QElapsedTimer timer;
    timer.start();
    const auto ids = must(store->read([&](const UnitOfWork& unit) { return unit.assets.ids(waiting); }));
    const double idsTime = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QCOMPARE(static_cast<int>(ids.size()), rows);
    const auto deep
        = must(store->read([&](const UnitOfWork& unit) { return unit.assets.find(ids[ids.size() - 101]); }));
    timer.restart();
    const auto page
        = must(store->read([&](const UnitOfWork& unit) { return unit.assets.page(waiting, keyOf(deep), 100); }));
    const double pageTime = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    timer.restart();
    (void)must(store->read([](const UnitOfWork& unit) { return unit.assets.countByState(); }));
    qInfo("%d rows: all ids %.1f ms, the last page %.2f ms, counts %.2f ms", rows, idsTime, pageTime,
        static_cast<double>(timer.nsecsElapsed()) / 1e6);
    QCOMPARE(page.size(), 100U);
    QVERIFY(page.back().id == ids.back());
}

QTEST_GUILESS_MAIN(TestRepositories)
#include "tst_repositories.moc"

#include "scenarios.h"

#include "core/moderation/decision_rules.h"
#include "core/store/backup.h"
#include "core/store/salvage.h"
#include "core/store/stored_job_queue.h"
#include "core/store/stored_outbox.h"

#include <QDir>

namespace vidimus::store::testing {

using namespace Qt::StringLiterals;

namespace {

const Instant kLater {Milliseconds {1'799'000'000'000}};

template<class Work>
Result<void> inStore(const QString& folder, Work work)
{
    auto store = WorkspaceStore::open({.folder = folder, .reserveBytes = 1 << 16});
    if (!store)
        return std::move(store).error();
    return work(**store);
}

template<class Work>
Result<void> inUnit(const QString& folder, Work work)
{
    return inStore(folder, [&](WorkspaceStore& store) {
        return store.write([&](UnitOfWork& unit) -> Result<void> {
            if (auto done = work(unit); !done)
                return done;
            return unit.audit.append(u"ana"_s, u"act"_s, u"something"_s, QJsonValue(), QJsonObject());
        });
    });
}

Result<void> decideOne(const QString& folder)
{
    return inStore(folder, [](WorkspaceStore& store) { return decide(store, someAsset(9), u"nine"_s); });
}

Result<void> undoOne(const QString& folder)
{
    return inUnit(folder, [](UnitOfWork& unit) -> Result<void> {
        auto decision = unit.decisions.find(DecisionId(u"first"_s));
        if (!decision)
            return std::move(decision).error();
        decision->state = moderation::DecisionState::Undone;
        if (auto taken = unit.outbox.takeBack(outboxSubject(decision->id)); !taken)
            return std::move(taken).error();
        return unit.decisions.update(*decision);
    });
}

Result<void> ingestOne(const QString& folder)
{
    return inUnit(folder, [](UnitOfWork& unit) { return unit.assets.add(someAsset(77)); });
}

Result<void> reportOne(const QString& folder)
{
    return inUnit(folder, [](UnitOfWork& unit) {
        return unit.reports.put({.asset = someAsset(1).id,
            .profile = u"web"_s,
            .verdict = u"pass"_s,
            .report = {{u"a"_s, 1}},
            .measurements = {{u"series"_s, QString(40'000, u'x')}},
            .createdAt = unit.now()});
    });
}

Result<void> changeRule(const QString& folder)
{
    return inUnit(folder, [](UnitOfWork& unit) -> Result<void> {
        auto version = unit.rules.put({.kind = u"rule"_s,
            .id = u"r1"_s,
            .title = TitleId(u"title-1"_s),
            .body = {{u"effect"_s, u"allow"_s}},
            .version = 0,
            .changedAt = unit.now()});
        return version ? Result<void>() : Result<void>(std::move(version).error());
    });
}

Result<void> changeSetting(const QString& folder)
{
    return inUnit(
        folder, [](UnitOfWork& unit) { return unit.settings.put(u"theme"_s, {{u"name"_s, u"dark"_s}}, unit.now()); });
}

Result<void> publishOne(const QString& folder)
{
    return inUnit(folder, [](UnitOfWork& unit) {
        return unit.publications.put({.id = PublicationId(u"p1"_s),
            .title = TitleId(u"title-1"_s),
            .site = u"web"_s,
            .state = publishing::PublicationState::Announced,
            .body = {},
            .version = 0,
            .changedAt = unit.now()});
    });
}

Result<void> deliverOne(const QString& folder)
{
    return inStore(folder,
        [](WorkspaceStore& store) { return StoredOutbox(store).markDone(OperationId(u"operation-first"_s), kLater); });
}

Result<void> queueJob(const QString& folder)
{
    return inStore(folder, [](WorkspaceStore& store) {
        jobs::Job job;
        job.id = JobId(u"j1"_s);
        job.kind = "check";
        return StoredJobQueue(store).add(job);
    });
}

Result<void> backUp(const QString& folder)
{
    return inStore(folder, [&](WorkspaceStore& store) -> Result<void> {
        auto made = backup(store, folder + u"/backups"_s);
        return made ? Result<void>() : Result<void>(std::move(made).error());
    });
}

Result<void> restoreOne(const QString& folder)
{
    const QDir backups(folder + u"-backup"_s);
    auto done = restore(backups.filePath(backups.entryList({u"*.json"_s}).value(0)), folder, kLater);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> salvageOne(const QString& folder)
{
    auto done = salvage(folder, kLater);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

} // namespace

void prepareWorkspace(const QString& folder)
{
    const auto store = openStore(folder);
    addAssets(*store, 12);
    must(backup(*store, folder + u"-backup"_s));
    must(decide(*store, someAsset(0), u"first"_s));
}

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all {{"decide", decideOne}, {"undo", undoOne}, {"ingest", ingestOne},
        {"report", reportOne}, {"rule", changeRule}, {"setting", changeSetting}, {"publish", publishOne},
        {"deliver", deliverOne}, {"job", queueJob}, {"backup", backUp}, {"restore", restoreOne},
        {"salvage", salvageOne}};
    return all;
}

} // namespace vidimus::store::testing

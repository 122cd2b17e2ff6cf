#include "core/workbench/workload_workspace.h"

#include "core/base/json.h"
#include "core/rights/rule_set_json.h"
#include "core/sql/transaction.h"
#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kBatch = 10'000; // titles of one transaction

QJsonObject contextJson(const WorkloadRules& rules)
{
    QJsonObject context = rights::toJson(rules.context()).value(u"context"_s).toObject();
    context.remove(u"titles"_s);
    return context;
}

template<class Batch>
Result<void> inBatches(quint32 titles, const CancelToken& cancel, Batch batch)
{
    for (quint32 from = 0; from < titles; from += kBatch) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
        if (auto done = batch(from, std::min(from + kBatch, titles)); !done)
            return done;
    }
    return {};
}

Result<void> put(
    store::UnitOfWork& unit, const QString& kind, const QString& id, const TitleId& title, const QJsonObject& body)
{
    const auto done
        = unit.rules.put({.kind = kind, .id = id, .title = title, .body = body, .version = 0, .changedAt = unit.now()});
    return done ? Result<void>() : Result<void>(done.error());
}

Result<void> putTitles(store::UnitOfWork& unit, const WorkloadRules& rules, quint32 from, quint32 to)
{
    for (quint32 title = from; title < to; ++title) {
        const TitleId id = WorkloadRules::titleId(title);
        if (auto done = put(unit, u"title"_s, id.toString(), id, rights::toJson(WorkloadRules::title(title))); !done)
            return done;
        for (const rights::Rule& rule : rules.rulesOf(title)) {
            if (auto done = put(unit, u"rule"_s, rule.id.toString(), id, rights::toJson(rule)); !done)
                return done;
        }
    }
    return {};
}

QString textOf(const QJsonObject& json)
{
    return QString::fromUtf8(vidimus::toJson(json));
}

Result<void> insertTitles(sql::Connection& connection, const WorkloadRules& rules, quint32 from, quint32 to)
{
    auto addTitle = connection.prepare(
        u"INSERT INTO titles (id, version, name, rights, windows_version, updated_at) VALUES (?, 1, ?, ?, 1, ?)"_s);
    auto addRule = connection.prepare(u"INSERT INTO rules (id, title, position, rule) VALUES (?, ?, ?, ?)"_s);
    if (!addTitle || !addRule)
        return addTitle ? addRule.error() : addTitle.error();
    for (quint32 title = from; title < to; ++title) {
        const rights::Title facts = WorkloadRules::title(title);
        if (auto done
            = addTitle->bind(facts.id, facts.name, textOf(rights::toJson(facts)), Instant {Milliseconds {1}}).run();
            !done)
            return done;
        qint64 position = 0;
        for (const rights::Rule& rule : rules.rulesOf(title)) {
            if (auto done = addRule->bind(rule.id, facts.id, position++, textOf(rights::toJson(rule))).run(); !done)
                return done;
        }
    }
    return {};
}

} // namespace

Result<void> fillWorkspace(Workspace& workspace, const AvailabilityWorkload& workload, const CancelToken& cancel)
{
    const WorkloadRules rules(workload);
    const QString context = u"context"_s;
    if (auto done = workspace.store().write(
            [&](store::UnitOfWork& unit) { return put(unit, context, context, {}, contextJson(rules)); });
        !done)
        return done;
    return inBatches(workload.titles(), cancel, [&](quint32 from, quint32 to) {
        return workspace.store().write([&](store::UnitOfWork& unit) { return putTitles(unit, rules, from, to); });
    });
}

Result<void> fillCatalog(const QString& folder, const AvailabilityWorkload& workload, const CancelToken& cancel)
{
    const WorkloadRules rules(workload);
    auto connection = sql::Connection::openSqlite({.path = folder + u"/catalog.db"_s});
    if (!connection)
        return std::move(connection).error();
    for (const auto& [name, value] : {std::pair(u"rights_context"_s, textOf(contextJson(rules))),
             {u"rights_version"_s, QString::number(workload.titles())}}) {
        const auto kept = connection->execute(
            u"INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
            name, value);
        if (!kept)
            return kept.error();
    }
    // What the catalog compiled before is of other rows.
    if (const auto forgotten = connection->execute(u"DELETE FROM rights_changes"_s); !forgotten)
        return forgotten.error();
    return inBatches(workload.titles(), cancel, [&](quint32 from, quint32 to) -> Result<void> {
        auto transaction = sql::Transaction::begin(*connection);
        if (!transaction)
            return std::move(transaction).error();
        if (auto done = insertTitles(*connection, rules, from, to); !done)
            return done;
        return transaction->commit();
    });
}

} // namespace vidimus::workbench

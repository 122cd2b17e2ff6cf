#include "store_fixture.h"

#include "core/moderation/decision_rules.h"
#include "core/store/stored_outbox.h"

#include <QLoggingCategory>

namespace vidimus::store::testing {

using namespace Qt::StringLiterals;

std::unique_ptr<WorkspaceStore> openStore(
    const QString& folder, std::shared_ptr<const Clock> clock, qint64 reserveBytes)
{
    QLoggingCategory::setFilterRules(u"vidimus.store.info=false"_s);
    return must(WorkspaceStore::open({.folder = folder, .clock = std::move(clock), .reserveBytes = reserveBytes}));
}

Asset someAsset(int number)
{
    const QByteArray hash = QByteArray::number(number).rightJustified(64, '0');
    return {.id = AssetId(u"asset-%1"_s.arg(number, 6, 10, QLatin1Char('0'))),
        .title = TitleId(u"title-%1"_s.arg(number % 10)),
        .sha256 = hash,
        .bytes = 1000 + number,
        .originalName = u"clip %1.mp4"_s.arg(number),
        .facts = {},
        .state = AssetState::Waiting,
        .priority = number % 3,
        .ingestedAt = Instant(Milliseconds(1'780'000'000'000 + number * 10)),
        .duplicateOf = {}};
}

moderation::Decision someDecision(const Asset& asset, const QString& id)
{
    moderation::Decision decision;
    decision.id = DecisionId(id);
    decision.asset = asset.id;
    decision.assetSha256 = asset.sha256;
    decision.verdict = moderation::Verdict::Reject;
    decision.reason = u"violence.graphic"_s;
    decision.note = u"A note of the length that people write about such a video."_s;
    decision.policyVersion = u"1"_s;
    decision.author = PersonId(u"ana"_s);
    decision.at = Instant(Milliseconds(1'790'000'000'000));
    decision.state = moderation::DecisionState::Committed;
    return decision;
}

Result<void> decide(WorkspaceStore& store, const Asset& asset, const QString& id)
{
    return store.write([&](UnitOfWork& unit) -> Result<void> {
        const moderation::Decision decision = someDecision(asset, id);
        if (auto added = unit.decisions.add(decision); !added)
            return added;
        if (auto set = unit.assets.setState(asset.id, AssetState::Rejected); !set)
            return set;
        catalog::Operation operation;
        operation.id = OperationId(u"operation-"_s + id);
        operation.title = asset.title;
        operation.kind = catalog::OperationKind::AppendDecision;
        operation.payload = moderation::toJson(decision);
        operation.createdAt = unit.now();
        operation.notBefore = unit.now() + moderation::kUndoWindow;
        if (auto queued = unit.outbox.add(operation, outboxSubject(decision.id)); !queued)
            return queued;
        return unit.audit.append(
            u"ana"_s, u"decide"_s, u"asset:"_s + asset.id.toString(), QJsonValue(), moderation::toJson(decision));
    });
}

void addAssets(WorkspaceStore& store, int count)
{
    must(store.write([&](UnitOfWork& unit) -> Result<void> {
        for (int i = 0; i < count; ++i)
            must(unit.assets.add(someAsset(i)));
        return {};
    }));
}

QByteArray dump(const QString& databasePath)
{
    auto connection = must(sql::Connection::openSqlite({.path = databasePath, .access = sql::Access::ReadOnly}));
    const auto names = must(connection.all(
        u"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"_s,
        [](const sql::Statement& row) { return row.text(0); }));
    QByteArray text;
    for (const QString& name : names) {
        const auto columns = must(connection.all(
            u"SELECT name FROM pragma_table_info(?) ORDER BY cid"_s,
            [](const sql::Statement& row) { return row.text(0); }, name));
        const int count = static_cast<int>(columns.size());
        const auto rows = must(connection.all(u"SELECT * FROM %1 ORDER BY rowid"_s.arg(name), [&](const auto& row) {
            QByteArray line;
            for (int i = 0; i < count; ++i)
                line += row.bytes(i) + '|';
            return line;
        }));
        text += name.toUtf8() + '\n';
        for (const QByteArray& row : rows)
            text += row + '\n';
    }
    return text;
}

} // namespace vidimus::store::testing

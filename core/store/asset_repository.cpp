#include "core/store/asset_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using sql::Statement;

namespace {

const QString kColumns = u"id, title_id, sha256, bytes, original_name, facts, state, priority, ingested_at, "
                         "duplicate_of"_s;
const QString kOrder = u" ORDER BY priority DESC, ingested_at, id"_s;
const QString kScoreOrder = u" ORDER BY priority DESC, coalesce(model_score, -1) DESC, ingested_at, id"_s;

Result<Asset> readAsset(const Statement& row)
{
    const auto state = assetStateFromName(row.text(6));
    if (!state)
        return corruptRow(state.error());
    auto facts = jsonColumn(row, 5);
    if (!facts)
        return std::move(facts).error();
    return Asset {.id = row.id<AssetId>(0),
        .title = row.id<TitleId>(1),
        .sha256 = row.text(2).toLatin1(),
        .bytes = row.integer(3),
        .originalName = row.text(4),
        .facts = std::move(*facts),
        .state = *state,
        .priority = static_cast<int>(row.integer(7)),
        .ingestedAt = row.instant(8),
        .duplicateOf = row.id<AssetId>(9)};
}

std::optional<QString> factsText(const Asset& asset)
{
    return asset.facts.isEmpty() ? std::nullopt : std::optional(jsonText(asset.facts));
}

QString stateText(AssetState state)
{
    return QString::fromLatin1(assetStateName(state));
}

/// "%" and "_" of the searched text mean themselves.
QString likePattern(QString text)
{
    text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    return u'%' + text + u'%';
}

/// The WHERE of a filter; each place is always there, so that the same values can be bound.
QString conditionOf(const QueueFilter& filter)
{
    return QString(filter.state ? u" WHERE state = ?"_s : u" WHERE ? IS NULL"_s)
        + (filter.nameContains.isEmpty() ? u" AND ? IS NOT NULL"_s : u" AND original_name LIKE ? ESCAPE '\\'"_s);
}

std::optional<QString> stateValue(const QueueFilter& filter)
{
    return filter.state ? std::optional(stateText(*filter.state)) : std::nullopt;
}

Error noAsset(const AssetId& id)
{
    return {ErrorCode::NotFound, u"there is no asset %1"_s.arg(id.toString()), "asset_not_found"};
}

} // namespace

Result<void> AssetRepository::add(const Asset& asset)
{
    auto done = m_connection->execute(u"INSERT INTO assets (id, title_id, sha256, bytes, original_name, facts, state, "
                                      "priority, ingested_at, duplicate_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        asset.id, asset.title, QString::fromLatin1(asset.sha256), asset.bytes, asset.originalName, factsText(asset),
        stateText(asset.state), asset.priority, asset.ingestedAt, asset.duplicateOf);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<void> AssetRepository::update(const Asset& asset)
{
    const auto done = m_connection->execute(
        u"UPDATE assets SET title_id = ?, original_name = ?, facts = ?, state = ?, priority = ?, ingested_at = ?, "
        "duplicate_of = ? WHERE id = ?"_s,
        asset.title, asset.originalName, factsText(asset), stateText(asset.state), asset.priority, asset.ingestedAt,
        asset.duplicateOf, asset.id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noAsset(asset.id);
}

Result<void> AssetRepository::setState(const AssetId& id, AssetState state)
{
    const auto done = m_connection->execute(u"UPDATE assets SET state = ? WHERE id = ?"_s, stateText(state), id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noAsset(id);
}

Result<void> AssetRepository::setModelScore(const AssetId& id, std::optional<double> score)
{
    const auto done = m_connection->execute(u"UPDATE assets SET model_score = ? WHERE id = ?"_s, score, id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noAsset(id);
}

Result<std::optional<double>> AssetRepository::modelScore(const AssetId& id) const
{
    const auto found = m_connection->one(
        u"SELECT model_score FROM assets WHERE id = ?"_s,
        [](const Statement& row) { return row.isNull(0) ? std::nullopt : std::optional(row.real(0)); }, id);
    if (!found)
        return found.error();
    return *found ? Result<std::optional<double>>(**found) : noAsset(id);
}

Result<Asset> AssetRepository::find(const AssetId& id) const
{
    auto found = m_connection->one(u"SELECT %1 FROM assets WHERE id = ?"_s.arg(kColumns), readAsset, id);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return noAsset(id);
    return std::move(**found);
}

Result<std::vector<Asset>> AssetRepository::findByHash(const QByteArray& sha256) const
{
    return m_connection->all(u"SELECT %1 FROM assets WHERE sha256 = ? ORDER BY ingested_at, id"_s.arg(kColumns),
        readAsset, QString::fromLatin1(sha256));
}

Result<std::vector<Asset>> AssetRepository::findByTitle(const TitleId& title) const
{
    return m_connection->all(
        u"SELECT %1 FROM assets WHERE title_id = ? ORDER BY ingested_at, id"_s.arg(kColumns), readAsset, title);
}

Result<std::vector<TitleId>> AssetRepository::titlesWithMaterial() const
{
    return m_connection->all(
        u"SELECT DISTINCT title_id FROM assets WHERE title_id IS NOT NULL AND title_id <> '' AND state NOT IN (?, ?, ?)"_s,
        [](const Statement& row) { return row.id<TitleId>(0); },
        QString::fromLatin1(assetStateName(AssetState::Rejected)),
        QString::fromLatin1(assetStateName(AssetState::Duplicate)),
        QString::fromLatin1(assetStateName(AssetState::Unreadable)));
}

Result<std::vector<Asset>> AssetRepository::page(
    const QueueFilter& filter, const std::optional<QueueKey>& after, int limit) const
{
    const QString select = u"SELECT %1 FROM assets"_s.arg(kColumns) + conditionOf(filter);
    const QString pattern = likePattern(filter.nameContains);
    if (!after)
        return m_connection->all(select + kOrder + u" LIMIT ?"_s, readAsset, stateValue(filter), pattern, limit);
    // "priority <= ?" lets the index find the place; the rest leaves out what the last page had.
    return m_connection->all(select
            + u" AND priority <= ? AND (priority < ? OR ingested_at > ? OR (ingested_at = ? AND id > ?))"_s + kOrder
            + u" LIMIT ?"_s,
        readAsset, stateValue(filter), pattern, after->priority, after->priority, after->ingestedAt, after->ingestedAt,
        after->id, limit);
}

Result<std::vector<AssetId>> AssetRepository::ids(const QueueFilter& filter) const
{
    return m_connection->all(
        u"SELECT id FROM assets"_s + conditionOf(filter) + (filter.byModelScore ? kScoreOrder : kOrder),
        [](const Statement& row) { return row.id<AssetId>(0); }, stateValue(filter), likePattern(filter.nameContains));
}

Result<std::vector<Asset>> AssetRepository::findAll(std::span<const AssetId> ids) const
{
    std::vector<Asset> assets;
    auto statement = m_connection->prepare(u"SELECT %1 FROM assets WHERE id = ?"_s.arg(kColumns));
    if (!statement)
        return std::move(statement).error();
    for (const AssetId& id : ids) {
        const auto there = statement->bind(id).next();
        if (!there)
            return there.error();
        if (!*there)
            continue;
        auto asset = readAsset(*statement);
        if (!asset)
            return std::move(asset).error();
        assets.push_back(std::move(*asset));
    }
    return assets;
}

Result<std::map<AssetState, qint64>> AssetRepository::countByState() const
{
    const auto rows = m_connection->all(u"SELECT state, count(*) FROM assets GROUP BY state"_s,
        [](const Statement& row) { return std::pair(row.text(0), row.integer(1)); });
    if (!rows)
        return rows.error();
    std::map<AssetState, qint64> counts;
    for (const auto& [name, count] : *rows) {
        const auto state = assetStateFromName(name);
        if (!state)
            return corruptRow(state.error());
        counts[*state] = count;
    }
    return counts;
}

Result<std::optional<Instant>> AssetRepository::oldest(AssetState state) const
{
    auto found = m_connection->one(
        u"SELECT min(ingested_at) FROM assets WHERE state = ?"_s,
        [](const Statement& row) { return row.optionalInstant(0); }, stateText(state));
    if (!found)
        return std::move(found).error();
    return found->value_or(std::nullopt);
}

} // namespace vidimus::store

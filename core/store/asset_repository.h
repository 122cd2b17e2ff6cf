#pragma once

#include "core/sql/connection.h"
#include "core/store/asset.h"

#include <map>
#include <optional>
#include <span>

namespace vidimus::store {

/// Which assets, in the order of the review queue: priority (highest first), then age (oldest first), then id.
struct QueueFilter {
    std::optional<AssetState> state;
    QString nameContains; ///< part of the original name; empty: all
    /// Within a priority those first that a classifier scored highest; those without a score stand last. ids() only.
    bool byModelScore = false;
};
/// The place in that order after which a page begins.
struct QueueKey {
    int priority = 0;
    Instant ingestedAt {};
    AssetId id;
};
[[nodiscard]] inline QueueKey keyOf(const Asset& asset)
{
    return {asset.priority, asset.ingestedAt, asset.id};
}

/// Assets. Part of a transaction (see UnitOfWork); const functions only read.
class AssetRepository {
public:
    explicit AssetRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Errors: Conflict when the id exists.
    [[nodiscard]] Result<void> add(const Asset& asset);
    /// Replaces all but id, hash and size. Errors: NotFound.
    [[nodiscard]] Result<void> update(const Asset& asset);
    [[nodiscard]] Result<void> setState(const AssetId& id, AssetState state);
    /// The highest score of a classifier, 0…1; none: it did not look. Errors: NotFound.
    [[nodiscard]] Result<void> setModelScore(const AssetId& id, std::optional<double> score);
    [[nodiscard]] Result<std::optional<double>> modelScore(const AssetId& id) const; ///< Errors: NotFound

    [[nodiscard]] Result<Asset> find(const AssetId& id) const; ///< Errors: NotFound
    /// All with these bytes, oldest first.
    [[nodiscard]] Result<std::vector<Asset>> findByHash(const QByteArray& sha256) const;
    [[nodiscard]] Result<std::vector<Asset>> findByTitle(const TitleId& title) const;
    /// Those with a version that is neither rejected, nor a duplicate, nor unreadable.
    [[nodiscard]] Result<std::vector<TitleId>> titlesWithMaterial() const;
    /// A page of at most \a limit, beginning after \a after; cost does not grow with the depth.
    [[nodiscard]] Result<std::vector<Asset>> page(
        const QueueFilter& filter, const std::optional<QueueKey>& after, int limit) const;
    /// The ids of the whole queue: a list that keeps its order for a session reads these once and the rows as needed.
    [[nodiscard]] Result<std::vector<AssetId>> ids(const QueueFilter& filter) const;
    /// Those that exist of \a ids, in that order.
    [[nodiscard]] Result<std::vector<Asset>> findAll(std::span<const AssetId> ids) const;
    [[nodiscard]] Result<std::map<AssetState, qint64>> countByState() const;
    /// When the oldest in a state came; none when there is none.
    [[nodiscard]] Result<std::optional<Instant>> oldest(AssetState state) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

#pragma once

#include "core/moderation/decision.h"
#include "core/sql/connection.h"

#include <optional>

namespace vidimus::store {

/// Decisions, in the order in which they were made (never by clock). Part of a transaction; const functions only read.
class DecisionRepository {
public:
    explicit DecisionRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Errors: Conflict (reason "constraint") when another decision stands for the asset version: supersede it first.
    [[nodiscard]] Result<void> add(const moderation::Decision& decision);
    /// Replaces the row of the same id. Errors: NotFound, Conflict as above.
    [[nodiscard]] Result<void> update(const moderation::Decision& decision);

    [[nodiscard]] Result<moderation::Decision> find(const DecisionId& id) const; ///< Errors: NotFound
    /// What stands (committed or sent) for these bytes of the asset.
    [[nodiscard]] Result<std::optional<moderation::Decision>> standing(
        const AssetId& asset, const QByteArray& sha256) const;
    /// All of an asset, newest first.
    [[nodiscard]] Result<std::vector<moderation::Decision>> history(const AssetId& asset) const;
    /// What a person decided last, newest first.
    [[nodiscard]] Result<std::vector<moderation::Decision>> latestOf(const PersonId& author, int limit) const;
    [[nodiscard]] Result<qint64> count() const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

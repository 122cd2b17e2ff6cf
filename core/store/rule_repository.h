#pragma once

#include "core/sql/connection.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::store {

/// A piece of the rule set, as JSON of core/rights: kind "title", "deal", "rule", "group", "context".
struct RulePiece {
    QString kind;
    QString id; ///< unique within the kind
    TitleId title; ///< the title it is about, if one, to load a title's pieces alone
    QJsonObject body;
    int version = 0; ///< counts the changes; 0 before it is stored
    Instant changedAt {};
    friend bool operator==(const RulePiece&, const RulePiece&) = default;
};

/// Titles, deals, rules and groups. Part of a transaction; const functions only read.
class RuleRepository {
public:
    explicit RuleRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Adds or replaces a piece; returns its new version. \a piece.version is the version it was edited from (0: new).
    /// Errors: Conflict (reason "stale") when another one is stored.
    [[nodiscard]] Result<int> put(const RulePiece& piece);
    /// Errors: NotFound.
    [[nodiscard]] Result<void> remove(const QString& kind, const QString& id);

    [[nodiscard]] Result<std::optional<RulePiece>> find(const QString& kind, const QString& id) const;
    [[nodiscard]] Result<std::vector<RulePiece>> findByTitle(const TitleId& title) const;
    /// All of a kind, by id.
    [[nodiscard]] Result<std::vector<RulePiece>> findAll(const QString& kind) const;
    /// No fewer than there are pieces of all kinds, and known at once.
    [[nodiscard]] Result<qint64> mostPieces() const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

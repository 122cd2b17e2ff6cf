#pragma once

#include "core/matching/hash_bank.h"
#include "core/sql/connection.h"

#include <QJsonObject>
#include <span>

namespace vidimus::store {

/// What an asset was found to show: another asset, or known content.
struct StoredMatch {
    enum class Kind { Asset, Bank };
    AssetId asset;
    Kind kind = Kind::Asset;
    QString other; ///< the other asset's id, or the bank's
    QString label; ///< of the bank's entry; empty for an asset
    matching::BankSeverity severity = matching::BankSeverity::Notice; ///< the bank's; Notice for an asset
    int distance = 0;
    double share = 0; ///< of the asset
    QJsonObject body; ///< segments, mirrored, and what else people see of it
    Instant createdAt {};
    friend bool operator==(const StoredMatch&, const StoredMatch&) = default;
};
[[nodiscard]] const char* matchKindName(StoredMatch::Kind kind); ///< "asset", "bank"

/// Matches. Part of a transaction (see UnitOfWork); const functions only read.
class MatchRepository {
public:
    explicit MatchRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Replaces all matches of \a asset.
    [[nodiscard]] Result<void> replace(const AssetId& asset, std::span<const StoredMatch> matches);
    /// The gravest first, then the likest.
    [[nodiscard]] Result<std::vector<StoredMatch>> find(const AssetId& asset) const;
    /// Assets that were found to show \a other.
    [[nodiscard]] Result<std::vector<StoredMatch>> pointingTo(const AssetId& other) const;
    /// Bank hits that a person must look at, on assets that nobody has decided; newest first.
    [[nodiscard]] Result<std::vector<StoredMatch>> undecided(int limit) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

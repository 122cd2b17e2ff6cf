#pragma once

#include "core/matching/fingerprint.h"
#include "core/sql/connection.h"

#include <optional>
#include <vector>

namespace vidimus::store {

/// An asset's fingerprint and the number under which the hash index knows it.
struct StoredFingerprint {
    std::uint64_t number = 0;
    AssetId asset;
    matching::Fingerprint fingerprint;
};

/// Fingerprints. Part of a transaction (see UnitOfWork); const functions only read.
class FingerprintRepository {
public:
    explicit FingerprintRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Adds it or replaces the asset's; gives its new number, above all there ever were. \a now: the transaction's.
    [[nodiscard]] Result<std::uint64_t> put(
        const AssetId& asset, const matching::Fingerprint& fingerprint, Instant now);
    [[nodiscard]] Result<std::optional<StoredFingerprint>> find(const AssetId& asset) const;
    /// Errors: NotFound.
    [[nodiscard]] Result<StoredFingerprint> findByNumber(std::uint64_t number) const;
    [[nodiscard]] Result<std::vector<std::uint64_t>> numbers() const; ///< ascending
    [[nodiscard]] Result<bool> has(const AssetId& asset) const;
    /// Assets that wait for their first check, and so are not found by their pictures yet.
    [[nodiscard]] Result<qint64> awaited() const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

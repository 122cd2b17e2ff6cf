#pragma once

#include "core/sql/connection.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::store {

/// What the checks said about an asset under one profile, and what they measured.
struct StoredReport {
    AssetId asset;
    QString profile;
    QString verdict; ///< "pass", "warn", "fail", "not_evaluated"
    QJsonObject report;
    QJsonObject measurements; ///< judged again when the profile changes, without decoding
    Instant createdAt {};
    friend bool operator==(const StoredReport&, const StoredReport&) = default;
};

/// Reports. Part of a transaction; const functions only read.
class ReportRepository {
public:
    explicit ReportRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    /// Adds it or replaces that of the same asset and profile.
    [[nodiscard]] Result<void> put(const StoredReport& report);
    [[nodiscard]] Result<std::optional<StoredReport>> find(const AssetId& asset, const QString& profile) const;
    /// All profiles, newest first.
    [[nodiscard]] Result<std::vector<StoredReport>> findAll(const AssetId& asset) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

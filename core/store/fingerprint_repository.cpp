#include "core/store/fingerprint_repository.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"number, asset_id, body"_s;

/// Numbers made in the same millisecond.
constexpr qint64 kNumbersPerMillisecond = 1024;

Result<StoredFingerprint> readRow(const sql::Statement& row)
{
    auto fingerprint = matching::fingerprintFromBytes(row.bytes(2));
    if (!fingerprint)
        return Error {ErrorCode::Corrupt, fingerprint.error().detail, "stored_fingerprint"};
    return StoredFingerprint {static_cast<std::uint64_t>(row.integer(0)), row.id<AssetId>(1), *std::move(fingerprint)};
}

} // namespace

Result<std::uint64_t> FingerprintRepository::put(
    const AssetId& asset, const matching::Fingerprint& fingerprint, Instant now)
{
    const auto last = m_connection->integer(u"SELECT max(number) FROM fingerprints"_s);
    if (!last)
        return last.error();
    // By the clock, so that a restored workspace does not give a number again.
    const qint64 number = std::max(*last + 1, now.time_since_epoch().count() * kNumbersPerMillisecond);
    if (auto removed = m_connection->execute(u"DELETE FROM fingerprints WHERE asset_id = ?"_s, asset); !removed)
        return std::move(removed).error();
    const auto added
        = m_connection->execute(u"INSERT INTO fingerprints (number, asset_id, body, created_at) VALUES (?, ?, ?, ?)"_s,
            number, asset, matching::toBytes(fingerprint), now);
    if (!added)
        return added.error();
    return static_cast<std::uint64_t>(number);
}

Result<std::optional<StoredFingerprint>> FingerprintRepository::find(const AssetId& asset) const
{
    return m_connection->one(u"SELECT %1 FROM fingerprints WHERE asset_id = ?"_s.arg(kColumns), readRow, asset);
}

Result<StoredFingerprint> FingerprintRepository::findByNumber(std::uint64_t number) const
{
    auto found = m_connection->one(u"SELECT %1 FROM fingerprints WHERE number = ?"_s.arg(kColumns), readRow, number);
    if (!found)
        return std::move(found).error();
    if (!*found)
        return Error {ErrorCode::NotFound, u"no fingerprint %1"_s.arg(number), "not_found"};
    return **std::move(found);
}

Result<std::vector<std::uint64_t>> FingerprintRepository::numbers() const
{
    return m_connection->all(u"SELECT number FROM fingerprints ORDER BY number"_s,
        [](const sql::Statement& row) { return static_cast<std::uint64_t>(row.integer(0)); });
}

Result<bool> FingerprintRepository::has(const AssetId& asset) const
{
    const auto count = m_connection->integer(u"SELECT count(*) FROM fingerprints WHERE asset_id = ?"_s, asset);
    return count ? Result<bool>(*count > 0) : Result<bool>(count.error());
}

Result<qint64> FingerprintRepository::awaited() const
{
    return m_connection->integer(u"SELECT count(*) FROM assets WHERE state <> 'unreadable' "
                                 "AND NOT EXISTS (SELECT 1 FROM fingerprints WHERE asset_id = assets.id) "
                                 "AND NOT EXISTS (SELECT 1 FROM reports WHERE asset_id = assets.id)"_s);
}

} // namespace vidimus::store

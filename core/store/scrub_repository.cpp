#include "core/store/scrub_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using sql::Statement;

namespace {

/// SQLite takes the other columns from the row that has the least ingested_at.
const QString kOriginals = u"SELECT a.id, a.sha256, a.bytes, a.original_name, min(a.ingested_at) AS ingested, s.at, "
                           "s.error_code, s.error_reason, s.error_detail "
                           "FROM assets a LEFT JOIN scrubs s ON s.sha256 = a.sha256 "_s;

Result<StoredOriginal> readOriginal(const Statement& row)
{
    return StoredOriginal {
        .asset = row.id<AssetId>(0), .sha256 = row.text(1).toLatin1(), .bytes = row.integer(2), .name = row.text(3)};
}

Result<DamagedOriginal> readDamaged(const Statement& row)
{
    auto original = readOriginal(row);
    if (!original)
        return std::move(original).error();
    return DamagedOriginal {*std::move(original), row.instant(5), errorColumns(row, 6)};
}

Result<ScrubResult> readResult(const Statement& row)
{
    return ScrubResult {.sha256 = row.text(0).toLatin1(),
        .at = row.instant(1),
        .error = row.isNull(2) ? std::nullopt : std::optional(errorColumns(row, 2))};
}

Result<ScrubTotals> readTotals(const Statement& row)
{
    return ScrubTotals {.originals = static_cast<int>(row.integer(0)),
        .bytes = row.integer(1),
        .verified = static_cast<int>(row.integer(2)),
        .damaged = static_cast<int>(row.integer(3)),
        .last = row.optionalInstant(4)};
}

std::optional<QString> latin1(const std::optional<QByteArray>& text)
{
    return text ? std::optional(QString::fromLatin1(*text)) : std::nullopt;
}

} // namespace

Result<void> ScrubRepository::put(const ScrubResult& result)
{
    const auto& error = result.error;
    const auto done = m_connection->execute(
        u"INSERT INTO scrubs (sha256, at, error_code, error_reason, error_detail) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (sha256) DO UPDATE SET at = excluded.at, error_code = excluded.error_code, "
        "error_reason = excluded.error_reason, error_detail = excluded.error_detail"_s,
        QString::fromLatin1(result.sha256), result.at,
        latin1(error ? std::optional(QByteArray(errorCodeName(error->code))) : std::nullopt),
        latin1(error ? std::optional(error->reason) : std::nullopt),
        error ? std::optional(error->detail) : std::nullopt);
    return done ? Result<void>() : Result<void>(done.error());
}

Result<std::optional<ScrubResult>> ScrubRepository::find(const QByteArray& sha256) const
{
    return m_connection->one(
        u"SELECT sha256, at, error_code, error_reason, error_detail FROM scrubs WHERE sha256 = ?"_s, readResult,
        QString::fromLatin1(sha256));
}

Result<std::vector<StoredOriginal>> ScrubRepository::due(Instant before, Instant now, int limit) const
{
    return m_connection->all(kOriginals
            + u"WHERE s.at IS NULL OR s.at < ? OR s.at > ? GROUP BY a.sha256 ORDER BY s.error_code IS NULL, "
              "CASE WHEN s.at <= ? THEN max(s.at, min(a.ingested_at)) ELSE min(a.ingested_at) END, a.id LIMIT ?"_s,
        readOriginal, before, now, now, limit);
}

Result<ScrubTotals> ScrubRepository::totals(Instant since, Instant now) const
{
    const auto totals = m_connection->one(
        u"SELECT count(*), coalesce(sum(o.bytes), 0), coalesce(sum(s.error_code IS NULL AND s.at >= ? AND s.at <= ?), "
        u"0),"
        " count(s.error_code), max(s.at) FROM (SELECT sha256, max(bytes) AS bytes FROM assets GROUP BY sha256) o "
        "LEFT JOIN scrubs s ON s.sha256 = o.sha256"_s,
        readTotals, since, now);
    if (!totals)
        return totals.error();
    return totals->value_or(ScrubTotals());
}

Result<std::vector<DamagedOriginal>> ScrubRepository::damaged(int limit) const
{
    return m_connection->all(
        kOriginals + u"WHERE s.error_code IS NOT NULL GROUP BY a.sha256 ORDER BY s.at DESC, a.id LIMIT ?"_s,
        readDamaged, limit);
}

} // namespace vidimus::store

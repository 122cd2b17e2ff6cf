#include "core/store/match_repository.h"

#include "core/store/row_json.h"

#include <algorithm>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns
    = u"m.asset_id, m.kind, m.other, m.label, m.severity, m.distance, m.share, m.body, m.created_at"_s;

Result<StoredMatch> readMatch(const sql::Statement& row)
{
    const auto severity = matching::bankSeverityFromName(row.text(4));
    auto body = jsonColumn(row, 7);
    if (!body)
        return std::move(body).error();
    if (!severity)
        return Error {ErrorCode::Corrupt, u"match severity \"%1\""_s.arg(row.text(4)), "stored_match"};
    return StoredMatch {.asset = row.id<AssetId>(0),
        .kind = row.text(1) == u"bank" ? StoredMatch::Kind::Bank : StoredMatch::Kind::Asset,
        .other = row.text(2),
        .label = row.text(3),
        .severity = *severity,
        .distance = static_cast<int>(row.integer(5)),
        .share = row.real(6),
        .body = *std::move(body),
        .createdAt = row.instant(8)};
}

} // namespace

const char* matchKindName(StoredMatch::Kind kind)
{
    return kind == StoredMatch::Kind::Bank ? "bank" : "asset";
}

Result<void> MatchRepository::replace(const AssetId& asset, std::span<const StoredMatch> matches)
{
    if (auto removed = m_connection->execute(u"DELETE FROM content_matches WHERE asset_id = ?"_s, asset); !removed)
        return std::move(removed).error();
    for (const StoredMatch& match : matches) {
        const auto added = m_connection->execute(
            u"INSERT INTO content_matches (asset_id, kind, other, label, severity, distance, share, body, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            asset, QString::fromLatin1(matchKindName(match.kind)), match.other, match.label,
            QString::fromLatin1(matching::bankSeverityName(match.severity)), match.distance, match.share,
            jsonText(match.body), match.createdAt);
        if (!added)
            return added.error();
    }
    return {};
}

Result<std::vector<StoredMatch>> MatchRepository::find(const AssetId& asset) const
{
    auto found = m_connection->all(
        u"SELECT %1 FROM content_matches m WHERE m.asset_id = ? ORDER BY m.share DESC, m.distance, m.other, m.label"_s
            .arg(kColumns),
        readMatch, asset);
    if (found)
        std::ranges::stable_sort(*found, std::ranges::greater {}, &StoredMatch::severity);
    return found;
}

Result<std::vector<StoredMatch>> MatchRepository::pointingTo(const AssetId& other) const
{
    return m_connection->all(
        u"SELECT %1 FROM content_matches m WHERE m.kind = 'asset' AND m.other = ? ORDER BY m.asset_id"_s.arg(kColumns),
        readMatch, other);
}

Result<std::vector<StoredMatch>> MatchRepository::undecided(int limit) const
{
    return m_connection->all(
        u"SELECT %1 FROM content_matches m JOIN assets a ON a.id = m.asset_id WHERE m.kind = 'bank' AND m.severity IN "
        "('review', 'block') AND a.state IN ('ingested', 'waiting', 'escalated') ORDER BY m.created_at DESC, "
        "m.asset_id, "
        "m.other, m.label LIMIT ?"_s.arg(kColumns),
        readMatch, limit);
}

} // namespace vidimus::store

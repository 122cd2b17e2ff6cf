#include "core/store/publication_repository.h"

#include "core/store/row_json.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

const QString kColumns = u"id, title_id, site, state, body, version, changed_at"_s;

Result<Publication> readPublication(const sql::Statement& row)
{
    const auto state = publishing::publicationStateFromName(row.text(3).toLatin1());
    if (!state)
        return corruptRow(state.error());
    auto body = jsonColumn(row, 4);
    if (!body)
        return std::move(body).error();
    return Publication {.id = row.id<PublicationId>(0),
        .title = row.id<TitleId>(1),
        .site = row.text(2),
        .state = *state,
        .body = std::move(*body),
        .version = static_cast<int>(row.integer(5)),
        .changedAt = row.instant(6)};
}

Result<Rendition> readRendition(const sql::Statement& row)
{
    auto body = jsonColumn(row, 4);
    if (!body)
        return std::move(body).error();
    return Rendition {.asset = row.id<AssetId>(0),
        .ladder = row.text(1),
        .name = row.text(2),
        .state = row.text(3),
        .body = std::move(*body),
        .changedAt = row.instant(5)};
}

} // namespace

Result<void> PublicationRepository::put(const Publication& publication)
{
    auto done = m_connection->execute(
        u"INSERT INTO publications (id, title_id, site, state, body, version, changed_at) VALUES (?, ?, ?, ?, ?, 1, ?) "
        "ON CONFLICT (title_id, site) DO UPDATE SET id = excluded.id, state = excluded.state, body = excluded.body, "
        "version = version + 1, changed_at = excluded.changed_at"_s,
        publication.id, publication.title.toString(), publication.site,
        QString::fromLatin1(publishing::publicationStateName(publication.state)), jsonText(publication.body),
        publication.changedAt);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<std::optional<Publication>> PublicationRepository::find(const TitleId& title, const QString& site) const
{
    return m_connection->one(u"SELECT %1 FROM publications WHERE title_id = ? AND site = ?"_s.arg(kColumns),
        readPublication, title.toString(), site);
}

Result<std::vector<Publication>> PublicationRepository::findByTitle(const TitleId& title) const
{
    return m_connection->all(u"SELECT %1 FROM publications WHERE title_id = ? ORDER BY site"_s.arg(kColumns),
        readPublication, title.toString());
}

Result<std::vector<Publication>> PublicationRepository::list(int limit) const
{
    return m_connection->all(
        u"SELECT %1 FROM publications ORDER BY changed_at DESC, id LIMIT ?"_s.arg(kColumns), readPublication, limit);
}

Result<void> PublicationRepository::putRendition(const Rendition& rendition)
{
    auto done = m_connection->execute(
        u"INSERT INTO renditions (asset_id, ladder, name, state, body, changed_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (asset_id, ladder, name) DO UPDATE SET state = excluded.state, body = excluded.body, "
        "changed_at = excluded.changed_at"_s,
        rendition.asset, rendition.ladder, rendition.name, rendition.state, jsonText(rendition.body),
        rendition.changedAt);
    if (!done)
        return std::move(done).error();
    return {};
}

Result<std::vector<Rendition>> PublicationRepository::renditions(const AssetId& asset) const
{
    return m_connection->all(u"SELECT asset_id, ladder, name, state, body, changed_at FROM renditions "
                             "WHERE asset_id = ? ORDER BY ladder, name"_s,
        readRendition, asset);
}

} // namespace vidimus::store

#include "core/store/comment_repository.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;
using sql::Statement;

namespace {

const QString kSelect = u"SELECT id, asset_id, sha256, author, frame, text, at FROM comments "_s;

Result<Comment> readComment(const Statement& row)
{
    return Comment {.id = row.id<CommentId>(0),
        .asset = row.id<AssetId>(1),
        .sha256 = row.text(2).toLatin1(),
        .author = row.id<PersonId>(3),
        .frame = row.optionalInteger(4),
        .text = row.text(5),
        .at = row.instant(6)};
}

Error noComment(const CommentId& id)
{
    return {ErrorCode::NotFound, u"there is no comment %1"_s.arg(id.toString()), "comment_not_found"};
}

} // namespace

Result<void> CommentRepository::add(const Comment& comment)
{
    auto done = m_connection->execute(
        u"INSERT INTO comments (id, asset_id, sha256, author, frame, text, at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
        comment.id, comment.asset, QString::fromLatin1(comment.sha256), comment.author, comment.frame, comment.text,
        comment.at);
    return done ? Result<void>() : Result<void>(std::move(done).error());
}

Result<void> CommentRepository::remove(const CommentId& id)
{
    const auto done = m_connection->execute(u"DELETE FROM comments WHERE id = ?"_s, id);
    if (!done)
        return done.error();
    return *done == 1 ? Result<void>() : noComment(id);
}

Result<Comment> CommentRepository::find(const CommentId& id) const
{
    const auto found = m_connection->one(kSelect + u"WHERE id = ?"_s, readComment, id);
    if (!found)
        return found.error();
    return *found ? Result<Comment>(**found) : Result<Comment>(noComment(id));
}

Result<std::vector<Comment>> CommentRepository::of(const QByteArray& sha256) const
{
    return m_connection->all(kSelect + u"WHERE sha256 = ? ORDER BY at, id"_s, readComment, QString::fromLatin1(sha256));
}

} // namespace vidimus::store

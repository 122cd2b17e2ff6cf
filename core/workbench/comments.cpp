#include "core/workbench/comments.h"

#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// In the log: what about and how long, never the words themselves.
QJsonObject logEntry(const store::Comment& comment)
{
    QJsonObject entry {{u"id"_s, comment.id.toString()}, {u"sha256"_s, QString::fromLatin1(comment.sha256)},
        {u"length"_s, comment.text.size()}};
    if (comment.frame)
        entry.insert(u"frame"_s, *comment.frame);
    return entry;
}

Result<void> requireTalk(Workspace& workspace, const AssetId& asset)
{
    using moderation::Action;
    if (moderation::may(workspace.me().roles, Action::EditAssets))
        return {};
    return requirePermission(workspace, Action::Decide, u"asset:"_s + asset.toString());
}

} // namespace

Result<std::vector<ThreadComment>> commentsOn(Workspace& workspace, const AssetId& asset)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<ThreadComment>> {
        const auto found = unit.assets.find(asset);
        if (!found)
            return found.error();
        const auto comments = unit.comments.of(found->sha256);
        const auto people = unit.settings.people();
        if (!comments || !people)
            return comments ? people.error() : comments.error();
        std::vector<ThreadComment> thread;
        for (const store::Comment& comment : *comments) {
            const auto author = std::ranges::find(*people, comment.author, &store::Person::id);
            thread.push_back({.comment = comment,
                .authorName = author == people->end() ? QString() : author->name,
                .isMine = comment.author == workspace.me().id});
        }
        return thread;
    });
}

Result<store::Comment> addComment(
    Workspace& workspace, const AssetId& asset, std::optional<qint64> frame, const QString& text)
{
    const QString words = text.trimmed();
    if (words.isEmpty())
        return Error {ErrorCode::Invalid, u"the comment is empty"_s, "empty_comment"};
    if (words.size() > kMaxCommentLength)
        return Error {
            ErrorCode::Invalid, u"the comment has more than %1 characters"_s.arg(kMaxCommentLength), "long_comment"};
    if (frame && *frame < 0)
        return Error {ErrorCode::Invalid, u"frame %1"_s.arg(*frame), "bad_frame"};
    if (auto allowed = requireTalk(workspace, asset); !allowed)
        return std::move(allowed).error();
    const auto added = workspace.store().write([&](store::UnitOfWork& unit) -> Result<store::Comment> {
        const auto found = unit.assets.find(asset);
        if (!found)
            return found.error();
        const store::Comment comment {.id = newId<store::CommentId>(),
            .asset = asset,
            .sha256 = found->sha256,
            .author = workspace.me().id,
            .frame = frame,
            .text = words,
            .at = unit.now()};
        if (auto put = unit.comments.add(comment); !put)
            return std::move(put).error();
        auto noted = unit.audit.append(workspace.me().id.toString(), u"comment"_s, u"asset:"_s + asset.toString(),
            QJsonValue::Null, logEntry(comment));
        return noted ? Result<store::Comment>(comment) : Result<store::Comment>(std::move(noted).error());
    });
    if (added) {
        Q_EMIT workspace.events().saved();
        Q_EMIT workspace.events().assetChanged(asset);
    }
    return added;
}

Result<void> removeComment(Workspace& workspace, const store::CommentId& id)
{
    AssetId asset;
    const auto removed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto comment = unit.comments.find(id);
        if (!comment)
            return comment.error();
        if (comment->author != workspace.me().id)
            return Error {ErrorCode::Denied, u"another person wrote it"_s, "not_your_comment"};
        asset = comment->asset;
        if (auto gone = unit.comments.remove(id); !gone)
            return gone;
        return unit.audit.append(workspace.me().id.toString(), u"comment_removed"_s, u"asset:"_s + asset.toString(),
            logEntry(*comment), QJsonValue::Null);
    });
    if (removed) {
        Q_EMIT workspace.events().saved();
        Q_EMIT workspace.events().assetChanged(asset);
    }
    return removed;
}

} // namespace vidimus::workbench

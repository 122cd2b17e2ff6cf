#pragma once

#include "core/store/comment_repository.h"

#include <vector>

namespace vidimus::workbench {

class Workspace;

inline constexpr qsizetype kMaxCommentLength = 4000; ///< characters

/// A comment as it is shown.
struct ThreadComment {
    store::Comment comment;
    QString authorName; ///< empty: the person is no longer known here
    bool isMine = false;
};

/// What was said about the bytes of \a asset, oldest first. Errors: NotFound, Io.
[[nodiscard]] Result<std::vector<ThreadComment>> commentsOn(Workspace& workspace, const AssetId& asset);

/// Adds a comment at \a frame, or about the whole item, with an audit entry. Anybody who decides on or edits assets
/// may. Errors: Denied, NotFound, Invalid (empty, too long), Io, DiskFull.
[[nodiscard]] Result<store::Comment> addComment(
    Workspace& workspace, const AssetId& asset, std::optional<qint64> frame, const QString& text);

/// Takes one's own comment back; the audit log keeps that it was there. Errors: Denied, NotFound, Io.
[[nodiscard]] Result<void> removeComment(Workspace& workspace, const store::CommentId& id);

} // namespace vidimus::workbench

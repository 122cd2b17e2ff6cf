#include "ui/moderation/comments_model.h"

#include "ui/widgets/preferences.h"
#include "ui/widgets/time_label.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

void CommentsModel::setComments(std::vector<workbench::ThreadComment> comments, Rational framesPerSecond)
{
    beginResetModel();
    m_comments = std::move(comments);
    m_framesPerSecond = framesPerSecond;
    endResetModel();
}

const workbench::ThreadComment* CommentsModel::at(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_comments.size() ? &m_comments[row] : nullptr;
}

int CommentsModel::rowOf(const QString& commentId) const
{
    const auto found = std::ranges::find_if(m_comments,
        [&commentId](const workbench::ThreadComment& item) { return item.comment.id.toString() == commentId; });
    return found == m_comments.end() ? -1 : static_cast<int>(found - m_comments.begin());
}

int CommentsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_comments.size());
}

QVariant CommentsModel::data(const QModelIndex& index, int role) const
{
    const workbench::ThreadComment* item = at(index);
    if (!item)
        return {};
    const QString place
        = item->comment.frame ? widgets::frameTimecodeText(*item->comment.frame, m_framesPerSecond) : tr("Whole item");
    const QString author = item->isMine ? tr("you")
        : item->authorName.isEmpty()    ? tr("a person who left")
                                        : item->authorName;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return item->comment.text;
    case Qt::AccessibleTextRole:
        //: A comment: its place in the item, who wrote it, the words.
        return tr("%1, %2: %3").arg(place, author, item->comment.text);
    case PlaceRole:
        return place;
    case AuthorRole:
        return author;
    case TimeRole:
        return widgets::zonedTimeText(item->comment.at, widgets::preferences().zone, false);
    case MineRole:
        return item->isMine;
    default:
        return {};
    }
}

} // namespace vidimus::ui::moderation

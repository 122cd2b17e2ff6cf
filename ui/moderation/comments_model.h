#pragma once

#include "core/base/rational.h"
#include "core/workbench/comments.h"

#include <QAbstractListModel>

namespace vidimus::ui::moderation {

/// The thread of the open item, oldest first. Ui thread.
class CommentsModel : public QAbstractListModel {
    Q_OBJECT

public:
    /// Roles beside the text: the place ("00:00:41:16" or "Whole item"), who, when, whether it is one's own.
    enum Role { PlaceRole = Qt::UserRole + 1, AuthorRole, TimeRole, MineRole };

    using QAbstractListModel::QAbstractListModel;

    void setComments(std::vector<workbench::ThreadComment> comments, Rational framesPerSecond);
    [[nodiscard]] const std::vector<workbench::ThreadComment>& comments() const { return m_comments; }
    [[nodiscard]] const workbench::ThreadComment* at(const QModelIndex& index) const;
    [[nodiscard]] int rowOf(const QString& commentId) const; ///< −1: none

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<workbench::ThreadComment> m_comments;
    Rational m_framesPerSecond {25, 1};
};

} // namespace vidimus::ui::moderation

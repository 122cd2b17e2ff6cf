#pragma once

#include "ui/rights/engine.h"

#include <QAbstractListModel>
#include <QSet>

namespace vidimus::ui::rights {

/// The world, groups and countries, each in, left out, or not spoken of. Filtered by code and name. Ui thread.
class TerritoryModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Choice { Silent, In, Out };
    enum Role { CodeRole = Qt::UserRole + 1, ChoiceRole };

    using QAbstractListModel::QAbstractListModel;

    void setGroups(const std::vector<engine::TerritoryGroup>& groups);
    void setFilter(const QString& text);
    void setExpression(const engine::TerritoryExpression& territory);
    [[nodiscard]] const engine::TerritoryExpression& expression() const { return m_expression; }
    /// Silent → in → out → silent.
    void cycle(const QModelIndex& index);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void changed();

private:
    struct Entry {
        QString code;
        QString name;
        QString second; ///< "27 countries, version 3"
    };
    [[nodiscard]] Choice choiceOf(const QString& code) const;
    void refilter();

    std::vector<Entry> m_entries;
    std::vector<std::size_t> m_shown;
    QString m_filter;
    engine::TerritoryExpression m_expression;
};

} // namespace vidimus::ui::rights

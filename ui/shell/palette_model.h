#pragma once

#include "ui/shell/palette_filter.h"

#include <QAbstractListModel>
#include <QStringList>

namespace vidimus::ui::shell {

class CommandTable;

/// The palette's rows for a query: recent ones first, then the rest, best match first. Section heads are rows that
/// cannot be selected.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        DetailRole,
        IconNameRole,
        KeyRole, ///< text of its key
        PositionsRole, ///< QList<int>
        IsSectionRole,
        DisabledReasonRole,
    };
    static constexpr int kMaxRows = 200;

    explicit PaletteModel(const CommandTable& commands, QObject* parent = nullptr);

    void setQuery(const QString& query);
    /// Ids, most recent first.
    void setRecent(const QStringList& ids);
    [[nodiscard]] int matchCount() const { return m_matchCount; }
    [[nodiscard]] int commandCount() const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString section; ///< not empty: a head
        int command = -1;
        FuzzyMatch match;
    };
    void rebuild();

    const CommandTable& m_commands;
    QString m_query;
    QStringList m_recent;
    std::vector<Row> m_rows;
    int m_matchCount = 0;
};

} // namespace vidimus::ui::shell

#pragma once

#include "core/workbench/judge_library.h"

#include <QAbstractTableModel>
#include <QWidget>

class QTableView;

namespace vidimus::ui::widgets {
class Button;
class Paragraph;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::quality {

/// Files whose verdict would change: Name, Now, Then. Ui thread.
class ChangedVerdictsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Now, Then, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<workbench::ChangedVerdict> rows);
    [[nodiscard]] AssetId assetAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<workbench::ChangedVerdict> m_rows;
};

/// What the edited profile would do to the library: counts of each verdict now and then, and the files that change.
/// Nothing is decoded. Ui thread.
class BackTestPanel : public QWidget {
    Q_OBJECT

public:
    explicit BackTestPanel(QWidget* parent = nullptr);

    void showJudging(); ///< what is shown is no longer true, new numbers are being made
    void showJudgement(const workbench::LibraryJudgement& judgement);
    void showError(const QString& sentence);
    /// Applying is off, with the reason in words; empty: what was judged decides.
    void setApplyReason(const QString& reason);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] widgets::Button* applyButton() const { return m_apply; }

Q_SIGNALS:
    void applyWanted();
    void assetWanted(const vidimus::AssetId& asset);

private:
    class Counts;

    widgets::SectionHeader* m_header;
    void refreshApply();

    widgets::Paragraph* m_sentence;
    widgets::Button* m_apply;
    QString m_applyReason;
    int m_changes = 0;
    Counts* m_counts;
    QTableView* m_table;
    ChangedVerdictsModel* m_model;
};

/// "Pass", "Warn", "Fail", "Not evaluated", "Off".
[[nodiscard]] QString outcomeText(const QString& outcome);

} // namespace vidimus::ui::quality

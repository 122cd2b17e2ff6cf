#pragma once

#include "ui/shell/workspace_page.h"

class QTableView;
class QVBoxLayout;
class QStandardItemModel;

namespace vidimus::studio {

/// The frame of the pages at the bottom of the rail: a title and sections in one column that scrolls.
class ServicePage : public ui::shell::WorkspacePage {
    Q_OBJECT

public:
    static constexpr int kColumnWidth = 920;

    ServicePage(const QString& title, const QString& sentence, QWidget* parent);
    [[nodiscard]] QWidget* baseFocus() override { return this; }

protected:
    /// Begins a section; what is added next stands in it.
    void beginSection(const QString& title, const QString& sentence = {});
    void add(QWidget* widget);
    void addRow(std::initializer_list<QWidget*> widgets);
    /// A table as high as its rows, up to \a maxRows. \a columnWidths of 0 stretch.
    [[nodiscard]] QTableView* makeTable(
        QStandardItemModel* model, const QString& name, const std::vector<int>& columnWidths);
    /// The row that a person chose; -1 while none is. (The current row is not: focus alone makes one.)
    [[nodiscard]] static int selectedRow(const QTableView* table);
    static void fitHeight(QTableView* table, int maxRows);
    /// The line that says what came of a button; also spoken.
    void say(const QString& sentence, bool failed = false);
    [[nodiscard]] QWidget* column() const { return m_column; }

private:
    void place(QWidget* widget);

    QWidget* m_column;
    QVBoxLayout* m_layout;
    class ResultLine* m_result;
};

/// Label over a control.
[[nodiscard]] QWidget* labelled(const QString& label, QWidget* control, QWidget* parent);

} // namespace vidimus::studio

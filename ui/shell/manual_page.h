#pragma once

#include "ui/shell/manual.h"
#include "ui/shell/workspace_page.h"

#include <QTextFrameFormat>

class QListView;
class QStandardItemModel;
class QTextBrowser;

namespace vidimus::ui::widgets {
class FilterField;
}

namespace vidimus::ui::shell {

class CommandTable;

/// F1: the manual, with search. Chapters at the left, or the places that a search found; the text at the right. The
/// chapter of the keys is made from the command table, so that it is always true. Ui thread.
class ManualPage : public WorkspacePage {
    Q_OBJECT

public:
    /// The chapter of the keys follows \a chapters.
    ManualPage(std::vector<ManualChapter> chapters, const CommandTable& commands, QWidget* parent = nullptr);

    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    void setNarrow(bool narrow) override;
    /// \a id of a chapter; an unknown one shows the first.
    void openSubject(const QString& id) override;

    [[nodiscard]] QString currentChapter() const;
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] QTextBrowser* text() const { return m_text; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void search(const QString& query);
    void choose(const QModelIndex& index);
    void showChapter(int chapter, const QString& heading);
    void styleText();

    Manual m_manual;
    QWidget* m_side;
    widgets::FilterField* m_field;
    QListView* m_list;
    QStandardItemModel* m_model;
    QTextBrowser* m_text;
    QTextFrameFormat m_frame; ///< the margins, which a new text forgets
    int m_chapter = -1;
};

/// All keys by group, as Markdown tables.
[[nodiscard]] QString keysAsMarkdown(const CommandTable& commands);

} // namespace vidimus::ui::shell

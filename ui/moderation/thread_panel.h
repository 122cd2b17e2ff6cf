#pragma once

#include <QWidget>

class QListView;
class QPlainTextEdit;

namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class CommentsModel;

/// The talk about the open item: what was said, and the draft of what is being said. Ctrl+Enter sends, Esc leaves and
/// keeps the draft. Ui thread.
class ThreadPanel : public QWidget {
    Q_OBJECT

public:
    explicit ThreadPanel(CommentsModel& comments, QWidget* parent = nullptr);

    /// Opens the draft for \a frame, whose timecode is \a place, with the focus in it. A draft that was begun keeps its
    /// words and moves to the frame.
    void write(qint64 frame, const QString& place);
    /// A draft of the last session; an empty text closes it.
    void setDraft(qint64 frame, const QString& place, const QString& text);
    [[nodiscard]] QString draft() const;
    [[nodiscard]] qint64 draftFrame() const { return m_frame; }
    /// In words below the draft; the draft stays.
    void complain(const QString& sentence);
    void select(int row);
    void setNarrow(bool narrow);
    /// Commenting is off, with the reason in words.
    void setDisabledReason(const QString& reason);
    [[nodiscard]] QListView* list() const { return m_list; }
    [[nodiscard]] QPlainTextEdit* editor() const { return m_editor; }

Q_SIGNALS:
    void writeWanted();
    void sendWanted(qint64 frame, const QString& text);
    void commentChosen(int row);
    void removeWanted(int row);
    void draftChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void send();

    CommentsModel& m_comments;
    widgets::SectionHeader* m_header;
    widgets::Button* m_begin;
    QListView* m_list;
    widgets::TextLabel* m_empty;
    QWidget* m_draftPart;
    widgets::TextLabel* m_draftHead;
    QPlainTextEdit* m_editor;
    widgets::Button* m_send;
    widgets::TextLabel* m_problem;
    QPointer<QWidget> m_before; ///< had the focus
    qint64 m_frame = 0;
    bool m_narrow = false;
};

} // namespace vidimus::ui::moderation

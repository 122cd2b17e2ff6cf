#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;
class QListView;

namespace vidimus::ui::widgets {
class TextLabel;
class KeyCap;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::shell {

class CommandTable;
class PaletteModel;

/// Ctrl+K: a child of the window, 640 wide, never a window of its own. Recent first, the key beside each command, and
/// after a command was taken from the list it says which key would have done it.
class CommandPalette : public QWidget {
    Q_OBJECT

public:
    explicit CommandPalette(CommandTable& commands, QWidget* parent);

    void open();
    /// Ids, most recent first, at most 8; part of the session.
    void setRecent(const QStringList& ids);
    [[nodiscard]] QStringList recent() const { return m_recent; }
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QListView* list() const { return m_list; }
    /// Moves itself to its place: 100 below the title area, centred in what is left of \a area.
    void place(const QRect& area);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// Asks the window to hide it and give the focus back; \a commandId is empty when nothing was chosen.
    void closed(const QString& commandId);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void runCurrent();
    void move(int rows);

    CommandTable& m_commands;
    PaletteModel* m_model;
    QLineEdit* m_field;
    QListView* m_list;
    widgets::TextLabel* m_count;
    widgets::TextLabel* m_lesson;
    widgets::KeyCap* m_lessonKey;
    QStringList m_recent;
    QString m_taught; ///< id of the command last taken from the list although it has a key
};

} // namespace vidimus::ui::shell

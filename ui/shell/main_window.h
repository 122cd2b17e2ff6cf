#pragma once

#include "ui/shell/attention.h"
#include "ui/shell/command_table.h"
#include "ui/shell/focus_memory.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/title_area.h"
#include "ui/shell/workspace_page.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;

namespace vidimus::ui::widgets {
class Announcer;
}

namespace vidimus::ui::shell {

class AttentionDrawer;
class CommandPalette;
class KeyDispatcher;
class KeySheet;
class Rail;

/// The window's frame: title area, rail, pages, status strip, palette, key sheet and attention drawer. Knows no page.
/// Nothing in it opens a modal box. Ui thread.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    /// \a clock outlives the window.
    explicit MainWindow(const Clock& clock, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Adds pages in rail order; a page is created when first shown.
    void addPages(std::vector<PageDescriptor> pages);
    void showPage(const QString& id);
    [[nodiscard]] QString currentPageId() const { return m_currentId; }
    /// The page, created if need be; nullptr for an unknown id.
    [[nodiscard]] WorkspacePage* page(const QString& id);
    [[nodiscard]] QStringList pageIds() const;
    void setBadge(const QString& pageId, int count);

    [[nodiscard]] CommandTable& commands() { return *m_commands; }
    [[nodiscard]] KeyDispatcher& keys() { return *m_dispatcher; }
    [[nodiscard]] AttentionModel& attention() { return *m_attention; }
    void setConnection(const ConnectionState& state);
    void setStorage(const StorageState& state);
    void setReason(const QString& text);
    void setZone(const QTimeZone& zone);
    /// Spoken, and shown as the reason line.
    void announce(const QString& sentence);

    void openPalette();
    void openKeySheet();
    void setDrawerOpen(bool open);
    [[nodiscard]] bool isDrawerOpen() const;
    /// Opens \a overlay (a child) centred over the page with the focus in it; closeOverlay() gives the focus back.
    void openOverlay(QWidget* overlay, QWidget* focus);
    void closeOverlay();
    [[nodiscard]] QWidget* overlay() const { return m_overlay; }

    /// Geometry, page, view, each page's own state, palette history. Strict on input: what does not fit is left out.
    [[nodiscard]] QJsonObject saveSession() const;
    void restoreSession(const QJsonObject& session);
    [[nodiscard]] bool isNarrow() const { return m_narrow; }

Q_SIGNALS:
    void pageShown(const QString& id);
    void attentionStepChosen(const QString& entryId, const QString& stepId);
    void helpWanted();
    void filesDropped(const QStringList& files); ///< absolute paths of local files

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        PageDescriptor descriptor;
        WorkspacePage* page = nullptr;
    };
    [[nodiscard]] Entry* entryOf(const QString& id);
    void connectPage(Entry& entry);
    void answerOwnCommands();
    void refreshViews();
    void applyNarrow();
    void placeOverlays();
    void nextPane();
    [[nodiscard]] WorkspacePage* currentPage() const;
    [[nodiscard]] QWidget* baseFocus() const;

    CommandTable* m_commands;
    KeyDispatcher* m_dispatcher;
    AttentionModel* m_attention;
    FocusMemory m_focusMemory;
    TitleArea* m_title;
    Rail* m_rail;
    StatusStrip* m_status;
    QStackedWidget* m_stack;
    CommandPalette* m_palette;
    KeySheet* m_keySheet;
    AttentionDrawer* m_drawer;
    QWidget* m_shade;
    widgets::Announcer* m_announcer;
    QPointer<QWidget> m_overlay;
    std::vector<Entry> m_pages;
    QHash<QString, QJsonObject> m_waitingStates; ///< restored before the page exists
    QString m_currentId;
    ConnectionState m_connection;
    bool m_narrow = false;
};

} // namespace vidimus::ui::shell

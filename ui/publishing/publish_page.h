#pragma once

#include "core/catalog/operation.h"
#include "core/jobs/job.h"
#include "core/workbench/publish.h"
#include "ui/shell/workspace_page.h"

#include <QHash>
#include <QPointer>
#include <QTimer>

class QMenu;
class QSplitter;
class QStackedWidget;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::shell {
class CommandTable;
class MainWindow;
} // namespace vidimus::ui::shell
namespace vidimus::ui::widgets {
class NoticeStrip;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

class BoardView;
class FrameStrip;
class Thumbnails;
class TitlePanel;
class TitleWorkList;

/// E2: the board of all titles, and for the selected one its gates, what is true of it now, its frames and its jobs.
class PublishPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    PublishPage(workbench::Workspace& workspace, QWidget* parent);

    [[nodiscard]] QWidget* titleWidget() override;
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    [[nodiscard]] QRect drawerArea() const override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    /// \a id is a title's.
    void openSubject(const QString& id) override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Board;
    struct Work;
    void connectWorkspace();
    void connectPanel();
    void answerCommands(shell::MainWindow& window);
    void loadBoard();
    void loadBoardAfter(const TitleId& after, std::vector<workbench::TitleOnBoard> before);
    void loadWork();
    void showBoard();
    void showSelected();
    void loadFacts();
    void showError(const Error& error);
    [[nodiscard]] const workbench::TitleOnBoard* selected() const;
    void refuse(const Error& error);
    void publish();
    void withdraw();
    void takeFix(const QByteArray& fix, QWidget* button);
    void transcode(const QString& ladder);
    /// The menu's row of the ladder that the settings prefer, else its first.
    [[nodiscard]] QAction* preferredLadder() const;
    void changeJob(const JobId& job, jobs::JobEvent event);
    void updateCommands();

    workbench::Workspace& m_workspace;
    Thumbnails* m_thumbnails;
    QWidget* m_titleWidget;
    widgets::TextLabel* m_counts;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    widgets::NoticeStrip* m_notice;
    BoardView* m_board;
    FrameStrip* m_frames;
    TitleWorkList* m_workList;
    TitlePanel* m_panel;
    QMenu* m_ladders;
    QTimer m_boardTimer; ///< gathers signals that come close together
    QTimer m_workTimer;
    std::vector<workbench::TitleOnBoard> m_titles;
    std::vector<jobs::Job> m_jobs; ///< newest first
    std::vector<catalog::Operation> m_operations;
    TitleId m_wanted; ///< restored or asked for before the board was read
    AssetId m_factsOf;
    QPointer<shell::MainWindow> m_window;
    bool m_isLoadingBoard = false;
    bool m_boardIsStale = false;
    bool m_isLoadingWork = false;
    bool m_workIsStale = false;
};

} // namespace vidimus::ui::publishing

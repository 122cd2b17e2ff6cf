#pragma once

#include "ui/moderation/comments_model.h"
#include "ui/moderation/decided_list.h"
#include "ui/moderation/findings_model.h"
#include "ui/moderation/overview.h"
#include "ui/moderation/player.h"
#include "ui/moderation/queue_model.h"
#include "ui/moderation/review_state.h"
#include "ui/shell/workspace_page.h"

class QComboBox;
class QSplitter;

namespace vidimus::ui::shell {
class MainWindow;
}
namespace vidimus::ui::widgets {
class DecisionBar;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class DecisionDesk;
class EntryStrip;
class QueuePanel;
class ReasonsPanel;
class ReviewCentre;

/// M1 Review: queue, player, reasons, decision bar. Joins them; each does its own work. Everything that reads the store
/// or a file runs in the workspace's tasks. Ui thread.
class ReviewPage : public shell::WorkspacePage {
    Q_OBJECT

public:
    /// \a workspace outlives the page.
    explicit ReviewPage(workbench::Workspace& workspace, QWidget* parent = nullptr);
    ~ReviewPage() override;

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override { return QStringLiteral("review"); }
    [[nodiscard]] QWidget* titleWidget() override { return m_title; }
    [[nodiscard]] shell::Mode pageMode() const override { return shell::Mode::Review; }
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    [[nodiscard]] QRect drawerArea() const override;
    void setNarrow(bool narrow) override;
    [[nodiscard]] QJsonObject saveState() const override;
    void restoreState(const QJsonObject& state) override;
    /// An asset, whichever queue it is in.
    void openSubject(const QString& id) override;
    void takeFiles(const QStringList& files) override;

    // For tests and for the window's pictures.
    [[nodiscard]] QueueModel& queue() { return m_queue; }
    [[nodiscard]] Player& player() { return m_player; }
    [[nodiscard]] DecisionDesk& desk() { return *m_desk; }
    [[nodiscard]] DecidedModel& decided() { return m_decided; }
    [[nodiscard]] FindingsModel& findings() { return m_findings; }
    [[nodiscard]] ReviewCentre& centre() { return *m_centre; }
    [[nodiscard]] ReasonsPanel& reasons() { return *m_reasons; }
    [[nodiscard]] QueuePanel& queuePanel() { return *m_queuePanel; }
    [[nodiscard]] widgets::DecisionBar& decisionBar() { return *m_bar; }
    [[nodiscard]] AssetId currentAsset() const { return m_asset; }
    /// What is in the item is shown; false while it is being read.
    [[nodiscard]] bool isItemShown() const { return m_item.has_value(); }
    void openItem(const AssetId& asset, std::optional<qint64> frame = std::nullopt);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildTitle();
    void connectParts();
    void connectWorkspace();
    void answerCommands(QObject* context, shell::MainWindow& window);
    void say(const QString& sentence);
    // Queue
    void loadQueue(bool keepOrder);
    void queueRead();
    void refreshAge();
    [[nodiscard]] bool showsWaiting() const; ///< a decided item leaves this list
    void openNeighbour(int direction);
    void showNothing();
    void prefetchNext();
    [[nodiscard]] SourceOpener openerFor(const AssetId& asset);
    void addFiles();
    // Item
    void showItem(workbench::ReviewItem item, std::optional<qint64> frame);
    void playerOpened();
    void showFindings();
    void showFirstVerdict(); ///< while the checks run
    void showFailure(const Error& error, qint64 frame);
    void positionMoved(qint64 frame);
    void refreshBoxes(qint64 frame);
    void chooseFinding(int row);
    void chooseAt(qint64 frame); ///< the finding there
    void showDetail(int row); ///< why it fired; -1: none
    void allowFinding();
    void forgetAllowance(const QString& allowance);
    // Correction
    void fixFinding(); ///< proposes it, and when that is shown makes it
    void makeFix();
    void readFix(const JobId& job);
    void refreshFix();
    [[nodiscard]] bool showsFix() const; ///< the shown finding is of the check that is being corrected
    void jumpEvidence(int direction);
    void saveReview();
    void readFacts(); ///< the report or a decision of the open item changed
    void readDecisions(); ///< some of this session were sent
    [[nodiscard]] ReviewState reviewState() const;
    // Talk
    void connectTalk();
    void readComments();
    void writeComment();
    void sendComment(qint64 frame, const QString& text);
    void removeComment(int row);
    [[nodiscard]] std::vector<widgets::TimelineMark> commentMarks() const;
    [[nodiscard]] QString placeText(qint64 frame) const; ///< its timecode
    // Marks
    void setMarks(std::optional<qint64> in, std::optional<qint64> out);
    void toggleLoop();
    void goTo();
    // Decision
    void refreshBar();
    void stageDuplicate();
    void findDuplicate(const QString& text);
    void writeNote();
    void snooze();
    void commit();
    void committed(const workbench::DecisionOutcome& outcome, const Decided& decided);
    void undo();
    void sendNow();

    /// The correction that was asked for last.
    struct Fix {
        AssetId asset;
        QString checkId;
        QString text; ///< what the panel says of it
        bool proposed = false; ///< waits for a yes
        bool isUnderWay = false;
        JobId job {};
    };
    struct Prefetched {
        AssetId asset;
        std::shared_ptr<media::FrameSource> source;
    };

    workbench::Workspace& m_workspace;
    QueueModel m_queue;
    DecidedModel m_decided;
    FindingsModel m_findings;
    CommentsModel m_comments;
    Player m_player;
    OverviewReader m_overview;
    DecisionDesk* m_desk;
    QWidget* m_title;
    QComboBox* m_filterBox = nullptr;
    QComboBox* m_orderBox = nullptr;
    widgets::TextLabel* m_left = nullptr;
    widgets::TextLabel* m_oldest = nullptr;
    QSplitter* m_splitter;
    QueuePanel* m_queuePanel;
    ReviewCentre* m_centre;
    ReasonsPanel* m_reasons;
    EntryStrip* m_strip;
    widgets::DecisionBar* m_bar;
    QObject* m_shown = nullptr; ///< lives while the page is shown: the window's commands are answered then
    QTimer m_filterSoon;
    QTimer m_mergeSoon;
    QTimer m_saveSoon;
    QTimer m_factsSoon;
    QTimer m_second;
    AssetId m_asset;
    AssetId m_wantedAsset; ///< of the last session, opened when the queue is there
    std::optional<workbench::ReviewItem> m_item;
    ReviewState m_state; ///< marks; the rest is asked from player and desk
    Fix m_fix;
    std::optional<Prefetched> m_prefetched;
    AssetId m_prefetching;
    quint64 m_generation = 0;
    quint64 m_queueGeneration = 0;
    bool m_looping = false;
    bool m_narrow = false;
    bool m_committing = false;
    bool m_queueWasRead = false;
    bool m_failed = false;
    bool m_playsAfterTalk = false; ///< it was playing when the comment was begun
};

} // namespace vidimus::ui::moderation

#pragma once

#include "core/workbench/stored_matches.h"
#include "ui/moderation/player.h"
#include "ui/shell/workspace_page.h"

class QSlider;
class QTableView;
class QStandardItemModel;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::shell {
class MainWindow;
}
namespace vidimus::ui::widgets {
class Button;
class TextLabel;
class VideoSurface;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

/// M3: an item beside one that it nearly repeats, with locked playheads: side by side, wiped, or their difference.
/// Steps and plays both by the keys of the player. Ui thread.
class ComparePage : public shell::WorkspacePage {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    ComparePage(workbench::Workspace& workspace, QWidget* parent);
    ~ComparePage() override;

    [[nodiscard]] std::vector<widgets::SegmentedControl::Segment> views() const override;
    [[nodiscard]] QString currentView() const override { return m_view; }
    void showView(const QString& id) override;
    [[nodiscard]] QString commandsOf() const override { return QStringLiteral("moderation"); }
    [[nodiscard]] shell::Mode pageMode() const override { return shell::Mode::Review; }
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] std::vector<QWidget*> panes() override;
    /// "ASSET/OTHER"
    void openSubject(const QString& id) override;

    [[nodiscard]] Player& first() { return m_a.player; }
    [[nodiscard]] Player& second() { return m_b.player; }
    [[nodiscard]] QTableView* segments() const { return m_table; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Side {
        AssetId asset;
        Player player;
        QWidget* pane = nullptr;
        widgets::TextLabel* name = nullptr;
        widgets::TextLabel* place = nullptr;
        widgets::VideoSurface* surface = nullptr;
        QImage frame;
    };

    void build(Side& side);
    void answerCommands(QObject* context, shell::MainWindow& window);
    void showMatch(const workbench::KeptMatch& kept);
    void follow(); ///< brings the second to the first's moment
    void render();
    void jumpSegment(int direction);
    void say(const QString& sentence);

    workbench::Workspace& m_workspace;
    Side m_a;
    Side m_b;
    workbench::ContentMatch m_match;
    QString m_view;
    QSlider* m_wipe;
    widgets::TextLabel* m_sentence;
    QTableView* m_table;
    QStandardItemModel* m_segments;
    widgets::Button* m_back;
    QObject* m_shown = nullptr; ///< lives while the page is shown
};

} // namespace vidimus::ui::moderation

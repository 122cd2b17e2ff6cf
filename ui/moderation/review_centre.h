#pragma once

#include "ui/moderation/item_header.h"
#include "ui/moderation/overview.h"
#include "ui/widgets/level_meter.h"
#include "ui/widgets/timeline_data.h"

class QStackedWidget;
class QTableView;

namespace vidimus::ui::widgets {
class Timeline;
class TimelineTableModel;
class VideoSurface;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::moderation {

class Player;
class TransportRow;

/// The middle column: item header, picture with meters, transport, timeline with its table twin. Follows the player;
/// asks for nothing but seeks. Ui thread.
class ReviewCentre : public QWidget {
    Q_OBJECT

public:
    explicit ReviewCentre(Player& player, QWidget* parent = nullptr);

    [[nodiscard]] ItemHeader* header() const { return m_header; }
    [[nodiscard]] widgets::VideoSurface* surface() const { return m_surface; }
    [[nodiscard]] TransportRow* transport() const { return m_transport; }
    [[nodiscard]] widgets::Timeline* timeline() const { return m_timeline; }
    [[nodiscard]] QTableView* table() const { return m_table; }

    void showNothing(const QString& sentence);
    void showLoading();
    /// Lanes, marks and so on of the item; what the overview knows is added by itself.
    void setFacts(widgets::TimelineData facts);
    void setOverview(const OverviewData& data);
    void setUnreadable(std::optional<widgets::FrameSpan> span);
    void setMarks(std::vector<widgets::TimelineMark> marks);
    /// The width over height in which the picture is shown; 0: its own.
    void setAspect(double aspect, QSize fullSize);
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    void setNarrow(bool narrow);
    /// Gives the picture the whole window, or puts it back.
    void setFullScreen(bool on);
    [[nodiscard]] bool isFullScreen() const { return m_fullScreen; }

Q_SIGNALS:
    void seekWanted(qint64 frame);
    void findingChosen(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void followPlayer();
    void measureSurface();
    void publishData();

    Player& m_player;
    ItemHeader* m_header;
    QWidget* m_slot; ///< where the picture stands when it is not full screen
    widgets::VideoSurface* m_surface;
    widgets::LevelMeter* m_meter;
    TransportRow* m_transport;
    QStackedWidget* m_timelineStack;
    widgets::Timeline* m_timeline;
    QTableView* m_table;
    widgets::TimelineTableModel* m_tableModel;
    widgets::TimelineData m_data;
    OverviewData m_overview;
    double m_aspect = 0;
    QSize m_fullSize;
    bool m_fullScreen = false;
};

} // namespace vidimus::ui::moderation

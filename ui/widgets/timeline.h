#pragma once

#include "ui/widgets/painted_part.h"
#include "ui/widgets/timeline_data.h"
#include "ui/widgets/timeline_layout.h"

#include <QPixmap>
#include <QWidget>

namespace vidimus::ui::widgets {

/// The own painted timeline under the picture: ruler, film, sound, shots, findings by kind, talk, watched, playhead and
/// in–out range. Mouse: click and drag seek, click on a bar chooses it, wheel with Ctrl zooms, wheel scrolls.
/// Keys act through the key dispatcher; the widget itself handles ←/→ (frame), Home, End, Page keys, so that it also
/// works alone. Accessible: value is the playhead, children are the bars and marks. Table twin: TimelineTableModel.
class Timeline : public QWidget {
    Q_OBJECT

public:
    explicit Timeline(QWidget* parent = nullptr);

    void setData(TimelineData data);
    [[nodiscard]] const TimelineData& data() const { return m_data; }
    /// Only the watched lane changes, many times a second.
    void setWatched(std::vector<WatchedSpan> watched);
    void setPosition(qint64 frame);
    [[nodiscard]] qint64 position() const { return m_position; }
    void setRange(std::optional<FrameSpan> inOut);
    [[nodiscard]] std::optional<FrameSpan> range() const { return m_range; }
    void setChosen(const QString& barId);
    /// Smaller lanes and no talk lane (windows down to 1280×800).
    void setNarrow(bool narrow);
    /// Shown part; zooming keeps \a aroundFrame in place.
    void zoom(double factor, qint64 aroundFrame);
    void showAll();
    [[nodiscard]] FrameSpan shownSpan() const { return m_shown; }
    [[nodiscard]] const TimelineLayout& timelineLayout() const { return m_layout; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    struct Piece : PaintedPart { ///< an accessible child
        qint64 frame = 0;
        QString id;
    };
    [[nodiscard]] std::vector<Piece> pieces() const;

Q_SIGNALS:
    /// The person wants this frame; \a dragging while the button is held.
    void seekWanted(qint64 frame, bool dragging);
    void findingChosen(const QString& barId);
    void markChosen(const QString& markId);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void relayout();
    void seek(qint64 frame, bool dragging);
    [[nodiscard]] qint64 lastFrame() const;

    TimelineData m_data;
    TimelineLayout m_layout;
    FrameSpan m_shown;
    std::optional<FrameSpan> m_range;
    QString m_chosen;
    QPixmap m_background; ///< everything but watched, range and playhead
    qint64 m_position = 0;
    bool m_narrow = false;
    bool m_dragging = false;
};

} // namespace vidimus::ui::widgets

#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

class QPainter;

namespace vidimus::ui::widgets {

/// A box over the picture.
struct EvidenceBox {
    QRectF region; ///< share of the picture, 0..1
    QColor color;
    QString label; ///< stands outside the box
};

/// Shows decoded frames: already converted and at their pixel size; aspect is kept, the surround is nearly black in
/// every theme. When no newer frame can be read the last good one stays, without colour. Ui thread.
class VideoSurface : public QWidget {
    Q_OBJECT

public:
    explicit VideoSurface(QWidget* parent = nullptr);

    /// \a displayAspect width over height; 0 takes the image's own.
    void setFrame(const QImage& frame, double displayAspect = 0);
    void clearFrame();
    [[nodiscard]] bool hasFrame() const { return !m_frame.isNull(); }
    void setBoxes(std::vector<EvidenceBox> boxes);
    /// Greys the picture and shows \a note ("Last good frame 1 734, at 00:01:12:06") at its corner.
    void setStale(bool stale, const QString& note = {});
    /// Marks the picture as not the wanted one yet: \a note stands at its corner, the picture is shown as it is;
    /// without a picture it stands in the middle. Empty: it is the wanted one.
    void setNear(const QString& note);
    [[nodiscard]] bool isNear() const { return !m_nearNote.isEmpty(); }
    /// A widget (an ErrorCard) centred in the picture; takes ownership, nullptr removes it.
    void setCard(QWidget* card);
    /// 0 (none) … 5, for the moderator's protection; the picture is scaled down that much before it is shown.
    void setBlurLevel(int level);
    /// Black until uncovered (panic cover).
    void setCovered(bool covered);
    /// Room kept at the trailing edge for level meters, logical pixels.
    void setTrailingReserve(int width);
    /// 1 px of the frame is 1 device pixel, centred at \a point of the widget; fit otherwise.
    void setOneToOne(bool on, QPoint point = {});
    /// Where the picture is, logical pixels.
    [[nodiscard]] QRect pictureRect() const;
    /// Shown share in percent: 83 for "Fit 83 %".
    [[nodiscard]] int zoomPercent() const;
    [[nodiscard]] QSize sizeHint() const override { return {640, 360}; }

Q_SIGNALS:
    void zoomChanged(int percent);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void place();
    void paintNote(QPainter& painter, QRect picture, const QString& note) const;
    [[nodiscard]] const QImage& shown();

    QImage m_frame;
    QImage m_shown; ///< frame with grey and blur applied; null until asked for
    double m_aspect = 0;
    std::vector<EvidenceBox> m_boxes;
    QString m_note;
    QString m_nearNote;
    QWidget* m_card = nullptr;
    int m_blurLevel = 0;
    int m_trailingReserve = 0;
    bool m_stale = false;
    bool m_covered = false;
    bool m_oneToOne = false;
    QPoint m_oneToOnePoint;
};

} // namespace vidimus::ui::widgets

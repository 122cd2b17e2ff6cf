#pragma once

#include <QWidget>
#include <vector>

namespace vidimus::ui::widgets {

/// The view switch: one of a few words, 24 high. Arrows move, one Tab stop.
class SegmentedControl : public QWidget {
    Q_OBJECT

public:
    struct Segment {
        QString id;
        QString text;
        int count = 0; ///< shown in second text when above zero
    };

    explicit SegmentedControl(QWidget* parent = nullptr);

    void setSegments(std::vector<Segment> segments);
    [[nodiscard]] int segmentCount() const { return static_cast<int>(m_segments.size()); }
    void setCurrent(const QString& id);
    [[nodiscard]] QString current() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect rectOf(int index) const;
    [[nodiscard]] int widthOf(const Segment& segment) const;
    void choose(int index);

    std::vector<Segment> m_segments;
    QString m_current;
};

} // namespace vidimus::ui::widgets

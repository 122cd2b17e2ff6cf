#pragma once

#include <QWidget>

namespace vidimus::ui::publishing {

/// A panel's ground in the surface colour, with a 1 px line at the edges asked for. \a Start and \a Top in reading
/// order.
class Sheet : public QWidget {
    Q_OBJECT

public:
    enum Edge { NoEdge = 0, Start = 1, Top = 2 };
    explicit Sheet(int edges, QWidget* parent = nullptr)
        : QWidget(parent)
        , m_edges(edges)
    {
    }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_edges;
};

/// A picture kept in its shape within its own rectangle, on the surround's black.
class PictureBox : public QWidget {
    Q_OBJECT

public:
    PictureBox(QSize size, QWidget* parent);
    void setPicture(const QPixmap& picture);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPixmap m_picture;
};

} // namespace vidimus::ui::publishing

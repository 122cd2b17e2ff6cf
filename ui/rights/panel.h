#pragma once

#include <QWidget>

class QVBoxLayout;

namespace vidimus::ui::rights {

/// A part of the page on the surface colour, with lines at the edges that are its own.
class Panel : public QWidget {
    Q_OBJECT

public:
    explicit Panel(Qt::Edges lines, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Edges m_lines;
    QVBoxLayout* m_column;
};

} // namespace vidimus::ui::rights

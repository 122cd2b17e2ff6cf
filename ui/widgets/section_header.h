#pragma once

#include <QWidget>

class QHBoxLayout;

namespace vidimus::ui::widgets {

class TextLabel;

/// The 32 px head of a panel: semi-bold title, a count in second text, and what the panel adds at its end.
/// Paints its lower line; the line above belongs to it only when setLineAbove().
class SectionHeader : public QWidget {
    Q_OBJECT

public:
    explicit SectionHeader(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// "37", "3 and a draft"; empty for none.
    void setCount(const QString& count);
    void setLineAbove(bool line);
    void setLineBelow(bool line);
    /// Puts a widget at the end, in call order.
    void addTrailing(QWidget* widget);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_title;
    TextLabel* m_count;
    QHBoxLayout* m_layout;
    bool m_lineAbove = false;
    bool m_lineBelow = true;
};

} // namespace vidimus::ui::widgets

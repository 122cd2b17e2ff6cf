#pragma once

#include "ui/widgets/tokens.h"

#include <QWidget>
#include <optional>

class QHBoxLayout;

namespace vidimus::ui::widgets {

class Button;
class TextLabel;

/// A 40 px strip above content: 3 px of colour at the edge, icon, a strong and a second sentence, a share, one button.
class NoticeStrip : public QWidget {
    Q_OBJECT

public:
    NoticeStrip(const QString& iconName, Ink ink, QWidget* parent = nullptr);
    void setText(const QString& strong, const QString& more);
    /// 0..1; shows a bar and the percentage.
    void setShare(std::optional<double> share);
    Button* setAction(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_iconName;
    Ink m_ink;
    TextLabel* m_strong;
    TextLabel* m_more;
    TextLabel* m_percent;
    Button* m_action = nullptr;
    std::optional<double> m_share;
    QHBoxLayout* m_layout;
};

} // namespace vidimus::ui::widgets

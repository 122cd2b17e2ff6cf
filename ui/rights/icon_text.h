#pragma once

#include "ui/widgets/tokens.h"

#include <QWidget>

namespace vidimus::ui::rights {

/// A line of body text with an icon before it, both in one ink; the colour never stands alone.
class IconText : public QWidget {
    Q_OBJECT

public:
    explicit IconText(QWidget* parent = nullptr);

    void set(const QString& text, const QString& iconName, widgets::Ink ink);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QString m_iconName;
    widgets::Ink m_ink = widgets::Ink::Text;
};

} // namespace vidimus::ui::rights

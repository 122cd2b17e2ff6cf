#pragma once

#include "ui/widgets/tokens.h"

#include <QWidget>

namespace vidimus::ui::rights {

/// Body text with an icon before it, both in one ink; the colour never stands alone. One line, elided, unless it wraps.
class IconText : public QWidget {
    Q_OBJECT

public:
    explicit IconText(QWidget* parent = nullptr);

    void set(const QString& text, const QString& iconName, widgets::Ink ink);
    void setWraps(bool wraps);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool hasHeightForWidth() const override { return m_wraps; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QString m_iconName;
    widgets::Ink m_ink = widgets::Ink::Text;
    bool m_wraps = false;
};

} // namespace vidimus::ui::rights

#pragma once

#include "ui/shell/mode.h"

#include <QAbstractButton>

namespace vidimus::ui::shell {

/// REVIEW filled, LIST outlined, TYPE amber.
class ModeChip : public QWidget {
    Q_OBJECT

public:
    explicit ModeChip(QWidget* parent = nullptr);
    void setMode(Mode mode);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mode m_mode = Mode::Review;
};

/// Words in small type and a key cap: "Keys ?", "1 needs attention F8".
class StatusButton : public QAbstractButton {
    Q_OBJECT

public:
    StatusButton(const QString& key, QWidget* parent = nullptr);
    void setLook(const QString& text, const QString& iconName, bool urgent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
    QString m_iconName;
    bool m_urgent = false;
};

} // namespace vidimus::ui::shell

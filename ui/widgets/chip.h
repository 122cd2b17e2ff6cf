#pragma once

#include "ui/widgets/tokens.h"

#include <QWidget>

namespace vidimus::ui::widgets {

/// A short state in words: icon and text in a small box, outlined or filled. Never the colour alone.
class Chip : public QWidget {
    Q_OBJECT

public:
    enum class Look { Outline, Filled, Bare, Tall };

    explicit Chip(
        const QString& text = {}, Ink ink = Ink::Second, Look look = Look::Outline, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setIconName(const QString& name);
    void setInk(Ink ink);
    void setLook(Look look);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QString m_iconName;
    Ink m_ink;
    Look m_look;
};

/// A key as it stands on the keyboard.
class KeyCap : public QWidget {
    Q_OBJECT

public:
    explicit KeyCap(const QString& text = {}, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setActive(bool active);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    bool m_active = false;
};

/// A count, 16 high; amber when it asks for attention. Hidden at zero.
class Badge : public QWidget {
    Q_OBJECT

public:
    explicit Badge(QWidget* parent = nullptr);
    void setCount(int count);
    [[nodiscard]] int count() const { return m_count; }
    void setUrgent(bool urgent);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_count = 0;
    bool m_urgent = false;
};
/// Paints what Badge shows.
void drawBadge(QPainter& painter, const QRect& rect, int count, bool urgent);
[[nodiscard]] QSize badgeSize(int count);

/// A dot with a word beside it is made of this and a TextLabel.
class StatusDot : public QWidget {
    Q_OBJECT

public:
    explicit StatusDot(Ink ink = Ink::Passed, QWidget* parent = nullptr);
    void setInk(Ink ink);
    [[nodiscard]] QSize sizeHint() const override { return {8, 16}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Ink m_ink;
};

} // namespace vidimus::ui::widgets

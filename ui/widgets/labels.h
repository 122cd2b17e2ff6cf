#pragma once

#include "ui/widgets/fonts.h"
#include "ui/widgets/tokens.h"

#include <QWidget>

namespace vidimus::ui::widgets {

/// One line of text in an ink and a role. Too long text is elided (at the end for sentences, in the middle for names
/// and ids) and then stands whole in the tooltip. Follows the theme.
class TextLabel : public QWidget {
    Q_OBJECT

public:
    explicit TextLabel(
        const QString& text = {}, TextRole role = TextRole::Body, Ink ink = Ink::Text, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setInk(Ink ink);
    void setRole(TextRole role);
    void setElide(Qt::TextElideMode mode);
    void setAlignment(Qt::Alignment alignment);
    /// When set, the label never gets narrower than its text.
    void setKeepsWidth(bool keeps);
    [[nodiscard]] bool isElided() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString m_text;
    TextRole m_role;
    Ink m_ink;
    Qt::TextElideMode m_elide = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    bool m_keepsWidth = false;
};

/// Sentences that wrap.
class Paragraph : public QWidget {
    Q_OBJECT

public:
    explicit Paragraph(
        const QString& text = {}, TextRole role = TextRole::Body, Ink ink = Ink::Text, QWidget* parent = nullptr);

    void setText(const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    void setAlignment(Qt::Alignment alignment);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    TextRole m_role;
    Ink m_ink;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignTop;
};

} // namespace vidimus::ui::widgets

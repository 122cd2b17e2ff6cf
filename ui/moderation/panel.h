#pragma once

#include "ui/widgets/tokens.h"

#include <QVBoxLayout>
#include <QWidget>

namespace vidimus::ui::moderation {

/// A panel that paints a colour of the theme and, if asked, 1 px lines at its edges.
class Panel : public QWidget {
    Q_OBJECT

public:
    explicit Panel(QColor widgets::Tokens::* fill, Qt::Edges lines = {}, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor widgets::Tokens::* m_fill;
    Qt::Edges m_lines;
};

/// A column without margins and gaps.
QVBoxLayout* tightColumn(QWidget* widget);
/// An upright line between facts of a row.
[[nodiscard]] QWidget* makeDivider(QWidget* parent);

} // namespace vidimus::ui::moderation

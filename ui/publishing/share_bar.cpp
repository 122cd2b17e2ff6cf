#include "ui/publishing/share_bar.h"

#include "ui/publishing/words.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::publishing {

using namespace widgets;

ShareBar::ShareBar(QWidget* parent)
    : QWidget(parent)
{
    setFixedHeight(4);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShare(double share)
{
    m_share = std::clamp(share, 0.0, 1.0);
    setAccessibleName(tr("Done %1").arg(percentText(m_share)));
    update();
}

void ShareBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    drawPanel(painter, rect(), tokens.line, QColor(), 2);
    QRect done = rect();
    done.setWidth(static_cast<int>(width() * m_share));
    if (done.width() > 0)
        drawPanel(painter, QStyle::visualRect(layoutDirection(), rect(), done), tokens.second, QColor(), 2);
}

} // namespace vidimus::ui::publishing

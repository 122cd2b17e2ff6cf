#include "ui/widgets/section_header.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>

namespace vidimus::ui::widgets {

SectionHeader::SectionHeader(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel(title, TextRole::BodyStrong, Ink::Text, this))
    , m_count(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_layout(new QHBoxLayout(this))
{
    setFixedHeight(kHeaderHeight);
    m_title->setKeepsWidth(true); // what stands beside it gives way first
    m_layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    m_layout->setSpacing(kGap);
    m_layout->addWidget(m_title);
    m_layout->addWidget(m_count);
    m_layout->addStretch(1);
}

void SectionHeader::setTitle(const QString& title)
{
    m_title->setText(title);
}

void SectionHeader::setCount(const QString& count)
{
    m_count->setText(count);
}

void SectionHeader::setLineAbove(bool line)
{
    m_lineAbove = line;
    update();
}

void SectionHeader::setLineBelow(bool line)
{
    m_lineBelow = line;
    update();
}

void SectionHeader::addTrailing(QWidget* widget)
{
    m_layout->addWidget(widget);
}

void SectionHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor line = currentTokens().line;
    if (m_lineAbove)
        painter.fillRect(QRect(0, 0, width(), 1), line);
    if (m_lineBelow)
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
}

} // namespace vidimus::ui::widgets

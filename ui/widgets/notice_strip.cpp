#include "ui/widgets/notice_strip.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

/// 4 px bar, 120 wide.
class ShareBar : public QWidget {
public:
    ShareBar(Ink ink, QWidget* parent)
        : QWidget(parent)
        , m_ink(ink)
    {
        setFixedSize(120, 4);
    }
    double share = 0;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawPanel(painter, rect(), currentTokens().line, QColor(), 2);
        QRectF done = rect();
        done.setWidth(done.width() * std::clamp(share, 0.0, 1.0));
        drawPanel(painter, done, inkColor(m_ink), QColor(), 2);
    }

private:
    Ink m_ink;
};

} // namespace

NoticeStrip::NoticeStrip(const QString& iconName, Ink ink, QWidget* parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_ink(ink)
    , m_strong(new TextLabel({}, TextRole::BodyStrong, Ink::Text, this))
    , m_more(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_percent(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_layout(new QHBoxLayout(this))
{
    setFixedHeight(40);
    m_layout->setContentsMargins(38, 0, kPanelPadding, 0);
    m_layout->setSpacing(kGap);
    m_layout->addWidget(m_strong);
    m_layout->addWidget(m_more);
    m_layout->addStretch(1);
    auto* bar = new ShareBar(ink, this);
    bar->setObjectName(u"share"_s);
    bar->hide();
    m_layout->addWidget(bar);
    m_layout->addWidget(m_percent);
    m_percent->hide();
}

void NoticeStrip::setText(const QString& strong, const QString& more)
{
    m_strong->setText(strong);
    m_more->setText(more);
    setAccessibleName(strong + u' ' + more);
}

void NoticeStrip::setShare(std::optional<double> share)
{
    m_share = share;
    auto* bar = static_cast<ShareBar*>(findChild<QWidget*>(u"share"_s));
    bar->setVisible(share.has_value());
    m_percent->setVisible(share.has_value());
    if (share) {
        bar->share = *share;
        bar->update();
        m_percent->setText(tr("%1 %").arg(qRound(*share * 100)));
    }
}

Button* NoticeStrip::setAction(const QString& text)
{
    delete m_action;
    m_action = new Button(text, Button::Kind::Plain, this);
    m_layout->addWidget(m_action);
    return m_action;
}

void NoticeStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.raised);
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    painter.fillRect(place({0, 0, 3, height()}), inkColor(m_ink));
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
    drawIcon(painter, m_iconName, place({12, 12, 16, 16}), inkColor(m_ink));
}

} // namespace vidimus::ui::widgets

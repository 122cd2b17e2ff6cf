#include "ui/shell/title_area.h"

#include "ui/shell/palette_field.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kHeight = 40;
constexpr int kFieldWide = 260;
constexpr int kFieldNarrow = 150;
constexpr int kMarkWide = 76;
constexpr int kMarkNarrow = 44;

/// The product's mark, above the rail: V in text colour, I in accent.
class Mark : public QWidget {
public:
    explicit Mark(QWidget* parent)
        : QWidget(parent)
    {
        setAccessibleName(u"Vidimus"_s);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens& tokens = currentTokens();
        const QPointF center = QRectF(rect()).center();
        painter.setPen(QPen(tokens.text, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF vee[] {center + QPointF(-8, -5), center + QPointF(-3, 6), center + QPointF(2, -5)};
        painter.drawPolyline(vee, 3);
        painter.setPen(QPen(tokens.accent, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(center + QPointF(7, -5), center + QPointF(7, 6));
    }
};

} // namespace

PaletteField::PaletteField(QWidget* parent)
    : QAbstractButton(parent)
{
    setAccessibleName(tr("Find or run a command"));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setNarrow(false);
}

void PaletteField::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setFixedSize(narrow ? kFieldNarrow : kFieldWide, kControlHeight);
    update();
}

void PaletteField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    const QColor fill = tokens.dark ? tokens.surface : tokens.raised;
    drawPanel(painter, rect(), underMouse() ? tokens.hoverOver(fill) : fill, tokens.line);
    const auto place = [this](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    drawIcon(painter, u"search"_s, place({9, 6, 16, 16}), tokens.second);
    const QString key = keyText(QKeySequence(Qt::CTRL | Qt::Key_K));
    const QSize cap = keyCapSize(key);
    drawKeyCap(painter, place(QRect(QPoint(width() - cap.width() - 5, 4), cap)), key);
    drawText(painter, place({31, 0, width() - cap.width() - 44, height()}),
        m_narrow ? tr("Find") : tr("Find or run a command"), TextRole::Body, tokens.second);
}

TitleArea::TitleArea(QWidget* parent)
    : QWidget(parent)
    , m_slot(new QHBoxLayout)
    , m_views(new SegmentedControl(this))
    , m_connection(new Chip({}, Ink::Warning, Chip::Look::Filled, this))
    , m_palette(new PaletteField(this))
    , m_mark(new Mark(this))
{
    setFixedHeight(kHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, kPanelPadding, 1);
    layout->setSpacing(kGap);
    m_mark->setFixedSize(kMarkWide, kHeight - 1);
    layout->addWidget(m_mark);
    layout->addLayout(m_slot);
    layout->addSpacing(4);
    layout->addWidget(m_views);
    layout->addStretch(1);
    layout->addWidget(m_connection);
    layout->addWidget(m_palette);
    m_views->setAccessibleName(tr("View"));
    m_views->hide();
    m_connection->hide();
    connect(m_views, &SegmentedControl::chosen, this, &TitleArea::viewChosen);
    connect(m_palette, &PaletteField::clicked, this, &TitleArea::paletteWanted);
}

void TitleArea::setPageWidget(QWidget* widget)
{
    if (m_pageWidget == widget)
        return;
    if (m_pageWidget) {
        m_slot->removeWidget(m_pageWidget);
        m_pageWidget->hide();
    }
    m_pageWidget = widget;
    if (widget) {
        m_slot->addWidget(widget);
        widget->show();
    }
    showViewsIfTheyFit();
}

void TitleArea::setViews(const std::vector<SegmentedControl::Segment>& views, const QString& current)
{
    m_views->setSegments(views);
    m_views->setCurrent(current);
    showViewsIfTheyFit();
}

void TitleArea::showViewsIfTheyFit()
{
    int taken = m_mark->width() + m_views->sizeHint().width() + m_palette->width() + kPanelPadding + 4 + 4 * kGap;
    if (m_pageWidget)
        taken += m_pageWidget->minimumSizeHint().width();
    if (!m_connection->text().isEmpty())
        taken += m_connection->sizeHint().width() + kGap;
    m_views->setVisible(m_views->segmentCount() > 1 && taken <= width());
}

void TitleArea::setConnection(const ConnectionState& state)
{
    m_connection->setVisible(!state.text.isEmpty());
    m_connection->setText(state.text);
    switch (state.kind) {
    case ConnectionState::Kind::Online:
        m_connection->setIconName(u"online"_s);
        m_connection->setInk(Ink::Second);
        m_connection->setLook(Chip::Look::Outline);
        break;
    case ConnectionState::Kind::Offline:
        m_connection->setIconName(u"offline"_s);
        m_connection->setInk(Ink::Warning);
        m_connection->setLook(Chip::Look::Filled);
        break;
    case ConnectionState::Kind::Staging:
        m_connection->setIconName(u"globe"_s);
        m_connection->setInk(Ink::Warning);
        m_connection->setLook(Chip::Look::Filled);
        break;
    case ConnectionState::Kind::Production:
        m_connection->setIconName(u"globe"_s);
        m_connection->setInk(Ink::Rejected);
        m_connection->setLook(Chip::Look::Filled);
        break;
    }
    showViewsIfTheyFit();
}

void TitleArea::setNarrow(bool narrow)
{
    m_palette->setNarrow(narrow);
    m_mark->setFixedWidth(narrow ? kMarkNarrow : kMarkWide);
    showViewsIfTheyFit();
}

void TitleArea::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showViewsIfTheyFit();
}

void TitleArea::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.line);
}

} // namespace vidimus::ui::shell

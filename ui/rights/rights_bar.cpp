#include "ui/rights/rights_bar.h"

#include "ui/rights/chart_painter.h"
#include "ui/rights/icon_text.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr std::array kLegend {BarLook::Exclusive, BarLook::Licensed, BarLook::Future, BarLook::Denied, BarLook::Staged};

/// Swatch and word for each kind of bar.
class Legend : public QWidget {
public:
    explicit Legend(QWidget* parent)
        : QWidget(parent)
    {
        int width = 0;
        for (const BarLook look : kLegend)
            width += 14 + 6 + roleMetrics(TextRole::Label).horizontalAdvance(barLookText(look)) + 14;
        setFixedSize(width, kControlHeight);
        QStringList words;
        for (const BarLook look : kLegend)
            words << barLookText(look);
        setAccessibleName(words.join(u", "_s));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        int x = 0;
        for (const BarLook look : kLegend) {
            drawBar(painter, QRectF(x, height() / 2.0 - 5, 14, 10), look);
            const QString text = barLookText(look);
            const int width = roleMetrics(TextRole::Label).horizontalAdvance(text);
            drawText(painter, QRect(x + 20, 0, width + 2, height()), text, TextRole::Label, currentTokens().second);
            x += 20 + width + 14;
        }
    }
};

QWidget* separator(QWidget* parent)
{
    auto* line = new Panel(Qt::LeftEdge, parent);
    line->setFixedSize(1, 16);
    return line;
}

} // namespace

RightsBar::RightsBar(QWidget* parent)
    : Panel(Qt::BottomEdge, parent)
    , m_now(new Chip({}, Ink::Passed, Chip::Look::Tall, this))
    , m_pin(new Chip({}, Ink::Warning, Chip::Look::Outline, this))
    , m_after(new IconText(this))
    , m_next(new Button(tr("Next"), Button::Kind::Quiet, this))
    , m_soon(new IconText(this))
    , m_counts(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_legend(new Legend(this))
    , m_grouping(new QComboBox(this))
    , m_zoom(new QComboBox(this))
    , m_import(new Button(tr("Import…"), Button::Kind::Plain, this))
{
    setFixedHeight(40);
    m_next->setKeyHint(shell::actionKeyText("rights.nextConflict"_L1));
    m_counts->setKeepsWidth(true);
    for (const QString& text : {tr("Day"), tr("Week"), tr("Month"), tr("Quarter"), tr("Year")})
        m_zoom->addItem(text);
    m_zoom->setAccessibleName(tr("Scale"));
    for (const QString& text : {tr("By title"), tr("By territory"), tr("By site")})
        m_grouping->addItem(text);
    m_grouping->setAccessibleName(tr("Windows are listed"));
    m_grouping->setToolTip(tr("What the windows are listed by"));
    m_zoom->setCurrentIndex(static_cast<int>(Zoom::Month));
    m_import->setKeyHint(shell::actionKeyText("rights.import"_L1));
    auto* out = new IconButton(u"minus"_s, tr("Zoom out"), this);
    auto* in = new IconButton(u"plus"_s, tr("Zoom in"), this);
    auto* today = new Button(tr("Today"), Button::Kind::Plain, this);
    today->setKeyHint(shell::actionKeyText("rights.today"_L1));
    m_scale = {out, m_zoom, in, today};

    auto* layout = new QHBoxLayout;
    layout->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    layout->setSpacing(kGap);
    for (QWidget* widget :
        std::initializer_list<QWidget*> {m_now, m_pin, m_after, m_next, separator(this), m_soon, m_counts})
        layout->addWidget(widget);
    layout->addStretch(1);
    layout->addWidget(m_legend);
    layout->addWidget(separator(this));
    for (QWidget* widget : std::initializer_list<QWidget*> {m_grouping, out, m_zoom, in, today, m_import})
        layout->addWidget(widget);
    column()->addLayout(layout);

    const auto zoomBy = [this](int step) {
        const int zoom = std::clamp(m_zoom->currentIndex() + step, 0, m_zoom->count() - 1);
        Q_EMIT zoomWanted(static_cast<Zoom>(zoom));
    };
    connect(out, &QAbstractButton::clicked, this, [zoomBy] { zoomBy(1); });
    connect(in, &QAbstractButton::clicked, this, [zoomBy] { zoomBy(-1); });
    connect(m_zoom, &QComboBox::activated, this, [this](int index) { Q_EMIT zoomWanted(static_cast<Zoom>(index)); });
    connect(m_grouping, &QComboBox::activated, this,
        [this](int index) { Q_EMIT groupingWanted(static_cast<Grouping>(index)); });
    connect(today, &QAbstractButton::clicked, this, &RightsBar::todayWanted);
    connect(m_next, &QAbstractButton::clicked, this, &RightsBar::nextConflictWanted);
    connect(m_import, &QAbstractButton::clicked, this, &RightsBar::importWanted);
    m_pin->setIconName(u"pin"_s);
    setPin(std::nullopt);
    setConflicts(0, 0, false);
    setExpiries({});
}

void RightsBar::setConflicts(int now, int after, bool planned)
{
    m_now->setText(tr("%n conflict(s)", nullptr, now));
    m_now->setIconName(now == 0 ? u"check"_s : u"cross"_s);
    m_now->setInk(now == 0 ? Ink::Passed : Ink::Rejected);
    m_after->set(tr("%1 after the plan").arg(after), after == 0 ? u"check"_s : u"cross"_s,
        after == 0 ? Ink::Passed : Ink::Rejected);
    m_after->setVisible(planned);
    m_next->setVisible(now + after > 0);
}

void RightsBar::setPin(std::optional<qint64> version)
{
    //: Visitors get an older version of the rights than the newest.
    m_pin->setText(version ? tr("Pinned to version %1").arg(*version) : QString());
    m_pin->setVisible(version.has_value());
}

QString RightsBar::pinText() const
{
    return m_pin->text();
}

void RightsBar::setExpiries(const Expiries& expiries)
{
    m_soon->set(tr("%n window(s) end within 30 days", nullptr, expiries.within30), u"clock"_s,
        expiries.within30 > 0 ? Ink::Warning : Ink::Second);
    m_counts->setText(tr("T−90 %1   T−60 %2   T−30 %3   T−7 %4")
            .arg(expiries.within90)
            .arg(expiries.within60)
            .arg(expiries.within30)
            .arg(expiries.within7));
}

void RightsBar::setZoom(Zoom zoom)
{
    m_zoom->setCurrentIndex(static_cast<int>(zoom));
}

void RightsBar::setGrouping(Grouping grouping)
{
    m_grouping->setCurrentIndex(static_cast<int>(grouping));
}

void RightsBar::setChartTools(bool scale, bool grouping)
{
    m_chart = scale;
    m_legend->setVisible(scale && !m_narrow);
    for (QWidget* widget : m_scale)
        widget->setVisible(scale);
    m_grouping->setVisible(grouping);
}

void RightsBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_legend->setVisible(m_chart && !narrow);
    m_import->setKeyHint(narrow ? QString() : keyText(QKeySequence(Qt::CTRL | Qt::Key_I)));
}

QString RightsBar::conflictText() const
{
    return m_now->text();
}

QString RightsBar::expiryText() const
{
    return m_counts->text();
}

} // namespace vidimus::ui::rights

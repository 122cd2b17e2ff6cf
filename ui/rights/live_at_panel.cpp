#include "ui/rights/live_at_panel.h"

#include "ui/rights/effect_rows.h"
#include "ui/rights/icon_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/rights/time_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kHeight = 76;
constexpr int kSlideSteps = 10'000;
constexpr int kMostCodes = 24;
constexpr std::chrono::days kAround {180};

IconText* head(const QString& text, const QString& iconName, Ink ink, QWidget* parent)
{
    auto* line = new IconText(parent);
    line->set(text, iconName, ink);
    line->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return line;
}

QWidget* separator(QWidget* parent)
{
    auto* line = new Panel(Qt::LeftEdge, parent);
    line->setFixedSize(1, 16);
    return line;
}

QString codesOf(const std::vector<CountryChange>& changes)
{
    QStringList codes;
    for (const CountryChange& change : changes)
        codes << change.country;
    return shortList(codes, 8);
}

} // namespace

LiveAtPanel::LiveAtPanel(QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_field(new QLineEdit(this))
    , m_local(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_back(new IconButton(u"chevron-left"_s, tr("Change before"), this))
    , m_forward(new IconButton(u"chevron-right"_s, tr("Next change"), this))
    , m_live(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_darkHead(head(tr("Goes dark next"), u"moon"_s, Ink::Second, this))
    , m_dark(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_startsHead(head(tr("Starts next"), u"plus"_s, Ink::Second, this))
    , m_starts(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_zone(preferences().zone)
{
    setFixedHeight(kHeight);
    setAccessibleName(tr("What is live at"));
    connect(&preferencesSignal(), &PreferencesSignal::changed, this, [this] { setZone(preferences().zone); });
    m_field->setFixedWidth(176);
    m_field->setAccessibleName(tr("Instant, UTC"));
    m_slider->setRange(0, kSlideSteps);
    m_slider->setAccessibleName(tr("Instant"));
    m_slider->setMinimumWidth(120);
    m_local->setKeepsWidth(true);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    top->setSpacing(kGap + 4);
    top->addWidget(new TextLabel(tr("What is live at"), TextRole::BodyStrong, Ink::Text, this));
    top->addWidget(m_field);
    top->addWidget(m_local);
    top->addWidget(m_slider, 1);
    top->addWidget(m_back);
    top->addWidget(m_forward);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    bottom->setSpacing(kGap);
    bottom->addWidget(head(tr("Live"), u"check"_s, Ink::Passed, this));
    bottom->addWidget(m_live);
    bottom->addSpacing(kGap);
    bottom->addWidget(separator(this));
    bottom->addSpacing(kGap);
    bottom->addWidget(m_darkHead);
    bottom->addWidget(m_dark);
    bottom->addSpacing(kGap);
    bottom->addWidget(separator(this));
    bottom->addSpacing(kGap);
    bottom->addWidget(m_startsHead);
    bottom->addWidget(m_starts);
    bottom->addStretch(1);
    column()->addSpacing(6);
    column()->addLayout(top, 1);
    column()->addLayout(bottom, 1);
    column()->addSpacing(6);

    connect(m_back, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(m_forward, &QAbstractButton::clicked, this, [this] { step(1); });
    connect(m_field, &QLineEdit::returnPressed, this, &LiveAtPanel::takeField);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (m_field->isModified())
            takeField();
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        const auto whole = (m_last - m_first).count() / 1000;
        const Instant at = m_first + Milliseconds(whole * value / kSlideSteps * 1000);
        Q_EMIT atWanted(std::chrono::floor<std::chrono::hours>(at));
    });
}

void LiveAtPanel::takeField()
{
    const auto instant = parseInstantText(m_field->text());
    m_field->setModified(false);
    if (instant) {
        m_field->setToolTip({});
        Q_EMIT atWanted(*instant);
        return;
    }
    const QString wrong = tr("This is no instant. Write it like %1.").arg(toRfc3339(m_at));
    m_field->setText(toRfc3339(m_at));
    m_field->setToolTip(wrong);
    m_local->setText(wrong);
}

void LiveAtPanel::setAt(Instant at)
{
    m_at = at;
    m_field->setText(toRfc3339(at));
    m_field->setModified(false);
    showZone();
    const QSignalBlocker blocker(m_slider);
    const auto whole = std::max<qint64>(1, (m_last - m_first).count());
    m_slider->setValue(static_cast<int>((at - m_first).count() / (whole / double(kSlideSteps))));
}

void LiveAtPanel::showZone()
{
    m_local->setText(localText(m_at, m_zone));
}

void LiveAtPanel::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    showZone();
}

void LiveAtPanel::setChanges(const std::vector<Instant>& changes, Instant now)
{
    m_changes = changes;
    m_first = now - kAround;
    m_last = now + kAround;
    setAt(m_at);
    m_back->setEnabled(!changes.empty());
    m_forward->setEnabled(!changes.empty());
}

void LiveAtPanel::step(int direction)
{
    if (direction > 0) {
        const auto next = std::ranges::upper_bound(m_changes, m_at);
        if (next != m_changes.end())
            Q_EMIT atWanted(*next);
        return;
    }
    const auto next = std::ranges::lower_bound(m_changes, m_at);
    if (next != m_changes.begin())
        Q_EMIT atWanted(*std::prev(next));
}

QString LiveAtPanel::liveText() const
{
    return m_live->text();
}

void LiveAtPanel::setLive(const LiveAt& live, Instant now)
{
    m_live->setText(live.live.isEmpty() ? tr("nowhere") : shortList(live.live, kMostCodes));
    m_live->setToolTip(live.live.join(u", "_s));
    const auto from = [now](Instant at) {
        const QString span = spanText(at - now);
        return at >= now ? tr("%1, in %2").arg(instantText(at), span) : instantText(at);
    };
    const bool dark = !live.dark.empty();
    m_darkHead->set(
        dark ? tr("Goes dark this instant") : tr("Goes dark next"), u"moon"_s, dark ? Ink::Rejected : Ink::Second);
    m_dark->setText(dark    ? codesOf(live.dark)
            : live.nextDark ? tr("%1 on %2").arg(codesOf(live.darkNext), from(*live.nextDark))
                            : tr("nothing"));
    const bool starts = !live.starts.empty();
    m_startsHead->set(
        starts ? tr("Starts this instant") : tr("Starts next"), u"plus"_s, starts ? Ink::Info : Ink::Second);
    m_starts->setText(starts ? codesOf(live.starts)
            : live.nextStart ? tr("%1 on %2").arg(codesOf(live.startsNext), from(*live.nextStart))
                             : tr("nothing"));
}

} // namespace vidimus::ui::rights

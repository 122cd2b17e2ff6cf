#include "ui/shell/status_strip.h"

#include "ui/shell/status_strip_parts.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {
constexpr int kHeight = 28;
constexpr int kAgeRefreshMs = 1000;
} // namespace

StatusStrip::StatusStrip(const Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_mode(new ModeChip(this))
    , m_dot(new StatusDot(Ink::Passed, this))
    , m_saved(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_sent(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_outbox(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_reason(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_attention(new StatusButton(u"F8"_s, this))
    , m_keys(new StatusButton(u"?"_s, this))
    , m_timer(new QTimer(this))
{
    setFixedHeight(kHeight);
    setAccessibleName(tr("Status"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kPanelPadding, 1, kPanelPadding, 0);
    layout->setSpacing(kPanelPadding);
    layout->addWidget(m_mode);
    auto* saved = new QHBoxLayout;
    saved->setSpacing(5);
    saved->addWidget(m_dot);
    saved->addWidget(m_saved);
    layout->addLayout(saved);
    for (TextLabel* label : {m_saved, m_sent, m_outbox})
        label->setKeepsWidth(true);
    layout->addWidget(m_sent);
    layout->addWidget(m_outbox);
    m_reason->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_reason, 1);
    layout->addWidget(m_attention);
    layout->addWidget(m_keys);
    m_keys->setLook(tr("Keys"), {}, false);
    setAttentionCount(0);
    connect(m_attention, &StatusButton::clicked, this, &StatusStrip::attentionWanted);
    connect(m_keys, &StatusButton::clicked, this, &StatusStrip::keysWanted);
    connect(m_timer, &QTimer::timeout, this, &StatusStrip::refreshAges);
    m_timer->start(kAgeRefreshMs);
    refreshAges();
}

void StatusStrip::setMode(Mode mode)
{
    m_mode->setMode(mode);
}

void StatusStrip::setStorage(const StorageState& state)
{
    m_state = state;
    refreshAges();
}

void StatusStrip::refreshAges()
{
    const Instant now = m_clock.now();
    const Ink ink = m_state.offline ? Ink::Warning : Ink::Second;
    m_dot->setInk(m_state.saveFailed ? Ink::Rejected : Ink::Passed);
    if (m_state.saveFailed)
        m_saved->setText(tr("Not saved"));
    else
        m_saved->setText(m_state.savedAt ? tr("Saved %1").arg(ageText(now - *m_state.savedAt)) : tr("Nothing to save"));
    m_sent->setText(m_state.sentAt ? tr("Sent %1").arg(ageText(now - *m_state.sentAt)) : tr("Nothing sent yet"));
    m_outbox->setText(m_state.outboxCount == 0 ? QString()
            : m_state.offline                  ? tr("%n in outbox, all stored", nullptr, m_state.outboxCount)
                                               : tr("%n in outbox", nullptr, m_state.outboxCount));
    m_sent->setInk(ink);
    m_outbox->setInk(ink);
}

void StatusStrip::setReason(const QString& text)
{
    m_reason->setText(text);
}

void StatusStrip::setAttentionCount(int count)
{
    if (count > 0)
        m_attention->setLook(
            count == 1 ? tr("1 needs attention") : tr("%n need attention", nullptr, count), u"warning"_s, true);
    else
        m_attention->setLook(tr("All well"), {}, false);
}

void StatusStrip::setNarrow(bool narrow)
{
    m_reason->setVisible(!narrow);
    m_outbox->setVisible(!narrow);
    static_cast<QHBoxLayout*>(layout())->setStretchFactor(m_reason, 1);
    auto* box = static_cast<QHBoxLayout*>(layout());
    const int stretchIndex = box->indexOf(m_reason);
    const bool hasStretch = box->itemAt(stretchIndex + 1)->spacerItem() != nullptr;
    if (narrow && !hasStretch)
        box->insertStretch(stretchIndex + 1, 1);
    else if (!narrow && hasStretch)
        delete box->takeAt(stretchIndex + 1);
}

void StatusStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    painter.fillRect(rect(), tokens.surface);
    painter.fillRect(QRect(0, 0, width(), 1), tokens.line);
}

} // namespace vidimus::ui::shell

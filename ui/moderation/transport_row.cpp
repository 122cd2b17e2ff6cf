#include "ui/moderation/transport_row.h"

#include "core/media/timecode.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/time_label.h"

#include <QLocale>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

TransportRow::TransportRow(QWidget* parent)
    : Panel(&Tokens::surface, Qt::TopEdge | Qt::BottomEdge, parent)
    , m_timecode(new TextLabel({}, TextRole::Timecode, Ink::Text, this))
    , m_length(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_frame(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_back(new KeyCap(shell::actionKeyText("transport.shuttleBack"_L1), this))
    , m_stop(new KeyCap(shell::actionKeyText("transport.stop"_L1), this))
    , m_forward(new KeyCap(shell::actionKeyText("transport.shuttleForward"_L1), this))
    , m_rateLabel(new TextLabel({}, TextRole::BodyMedium, Ink::Text, this))
    , m_zoom(new TextLabel({}, TextRole::Body, Ink::Second, this))
{
    setFixedHeight(40);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 0);
    row->setSpacing(kGap);
    row->addWidget(addButton(u"step-back"_s, tr("One frame back"), u"transport.frameBack"_s));
    row->addWidget(m_play = addButton(u"play"_s, tr("Play or pause"), u"transport.play"_s));
    row->addWidget(addButton(u"step-forward"_s, tr("One frame forward"), u"transport.frameForward"_s));
    for (TextLabel* label : {m_timecode, m_length, m_frame})
        label->setKeepsWidth(true);
    m_timecode->setAccessibleName(tr("Timecode"));
    row->addWidget(m_timecode);
    row->addWidget(m_length);
    row->addWidget(makeDivider(this));
    row->addWidget(m_frame);
    row->addWidget(makeDivider(this));
    for (KeyCap* cap : {m_back, m_stop, m_forward})
        row->addWidget(cap);
    m_rateLabel->setFixedWidth(48);
    row->addWidget(m_rateLabel);
    row->addStretch(1);
    row->addWidget(m_loop = addButton(u"loop"_s, tr("Loop between in and out"), u"transport.loop"_s));
    row->addWidget(m_mute = addButton(u"volume"_s, tr("Quiet"), u"transport.mute"_s));
    m_loop->setCheckable(true);
    m_mute->setCheckable(true);
    row->addWidget(m_zoom);
    row->addWidget(addButton(u"fullscreen"_s, tr("Full screen"), u"transport.fullScreen"_s));
    setLength(0, {25, 1});
    setRate(0);
}

IconButton* TransportRow::addButton(const QString& iconName, const QString& name, const QString& commandId)
{
    auto* button = new IconButton(iconName, name, this);
    // A click must not take the keys away from the player.
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QAbstractButton::clicked, this, [this, commandId] { Q_EMIT wanted(commandId); });
    return button;
}

void TransportRow::setLength(qint64 frameCount, Rational framesPerSecond)
{
    m_framesPerSecond = framesPerSecond;
    const media::TimecodeRate rate = media::timecodeRateFor(framesPerSecond);
    m_length->setText(u"/ "_s + media::timecodeText(std::max<qint64>(0, frameCount), rate));
    setFrame(0);
}

void TransportRow::setFrame(qint64 frame)
{
    m_timecode->setText(media::timecodeText(std::max<qint64>(0, frame), media::timecodeRateFor(m_framesPerSecond)));
    m_frame->setText(tr("Frame %1").arg(countText(frame)));
}

QString TransportRow::timecode() const
{
    return m_timecode->text();
}

void TransportRow::setRate(double rate)
{
    m_play->setIconName(rate == 0 ? u"play"_s : u"pause"_s);
    m_back->setActive(rate < 0);
    m_stop->setActive(false);
    m_forward->setActive(rate > 0);
    const QString size = QLocale().toString(std::abs(rate), 'g', 3);
    m_rateLabel->setText(rate == 0 ? tr("Paused") : (rate < 0 ? u"−"_s : QString()) + tr("%1×").arg(size));
    m_rateLabel->setInk(rate == 0 ? Ink::Second : Ink::Text);
}

void TransportRow::setMuted(bool muted)
{
    m_mute->setIconName(muted ? u"muted"_s : u"volume"_s);
    m_mute->setChecked(muted);
}

void TransportRow::setLooping(bool looping)
{
    m_loop->setChecked(looping);
}

void TransportRow::setZoom(int percent)
{
    m_zoomPercent = percent;
    m_zoom->setText(m_narrow ? tr("Fit") : tr("Fit %1 %").arg(percent));
}

void TransportRow::fit()
{
    const std::array<QWidget*, 6> inOrder {m_zoom, m_back, m_stop, m_forward, m_frame, m_length};
    int wanted = layout()->sizeHint().width();
    for (QWidget* part : inOrder) {
        if (part->isHidden())
            wanted += part->sizeHint().width() + kGap;
    }
    for (QWidget* part : inOrder) {
        const bool fits = wanted <= width();
        if (!fits)
            wanted -= part->sizeHint().width() + kGap;
        part->setVisible(fits);
    }
}

void TransportRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void TransportRow::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_loop->setVisible(!narrow);
    setZoom(m_zoomPercent);
    fit();
}

} // namespace vidimus::ui::moderation

#include "ui/widgets/level_meter.h"

#include "ui/widgets/painting.h"

#include <QLocale>

namespace vidimus::ui::widgets {

namespace {

constexpr double kFloorDbfs = -60;
constexpr int kScaleWidth = 28;
constexpr int kBar = 6;

double shareOf(double dbfs)
{
    const double clamped = std::clamp(dbfs, kFloorDbfs, 0.0);
    return 1 - clamped / kFloorDbfs;
}

} // namespace

LevelMeter::LevelMeter(QWidget* parent)
    : QWidget(parent)
{
    setFixedWidth(46);
    setAccessibleName(tr("Sound level"));
}

void LevelMeter::setChannels(std::vector<Channel> channels)
{
    m_channels = std::move(channels);
    QStringList words;
    for (const Channel& channel : m_channels)
        words << tr("%1 %2 dBFS").arg(channel.name, QLocale().toString(channel.levelDbfs, 'f', 0));
    setAccessibleDescription(words.join(u", "));
    update();
}

void LevelMeter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    // The surround is nearly black in every theme, so the meter wears the dark scheme.
    const Tokens& tokens = tokensFor(currentScheme() == Scheme::Light ? Scheme::Dark : currentScheme());
    const int top = 8;
    const int bottom = height() - 18;
    const auto yOf = [top, bottom](double dbfs) { return bottom - shareOf(dbfs) * (bottom - top); };
    for (const int mark : {0, -6, -12, -18, -24, -36, -48}) {
        const QString text = mark == 0 ? QStringLiteral("0") : u'−' + QLocale().toString(-mark);
        drawText(painter, {0, qRound(yOf(mark)) - 8, kScaleWidth - 4, 16}, text, TextRole::LabelPlain, tokens.second,
            Qt::AlignRight | Qt::AlignVCenter, Qt::ElideNone);
    }
    const int count = static_cast<int>(m_channels.size());
    // Before the first sound the tracks of a stereo pair stand empty.
    for (int i = 0; i < (count == 0 ? 2 : 0); ++i)
        painter.fillRect(QRectF(kScaleWidth + 2 + i * (kBar + 2), top, kBar, bottom - top), tokens.raised);
    const double pitch = count > 2 ? double(width() - kScaleWidth) / count : kBar + 2;
    for (int i = 0; i < count; ++i) {
        const Channel& channel = m_channels[static_cast<std::size_t>(i)];
        const double x = kScaleWidth + 2 + i * pitch;
        const double bar = std::max(2.0, pitch - 2);
        painter.fillRect(QRectF(x, top, bar, bottom - top), tokens.raised);
        const double level = yOf(channel.levelDbfs);
        painter.fillRect(QRectF(x, level, bar, bottom - level), tokens.second);
        const bool clipped = channel.peakDbfs > -1;
        if (channel.peakDbfs > kFloorDbfs)
            painter.fillRect(QRectF(x, yOf(channel.peakDbfs), bar, 2), clipped ? tokens.rejected : tokens.text);
        drawText(painter, QRectF(x - 3, bottom + 2, bar + 6, 14).toRect(), channel.name, TextRole::LabelPlain,
            tokens.second, Qt::AlignCenter, Qt::ElideNone);
    }
}

} // namespace vidimus::ui::widgets

#include "ui/widgets/timeline_painter.h"

#include "ui/widgets/time_label.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <cmath>

namespace vidimus::ui::widgets::timeline_painter {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Timeline", text);
}

void paintRuler(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const double perFrame = layout.content.width() / double(layout.shown.end - layout.shown.first);
    const qint64 step = rulerStep(data.framesPerSecond, perFrame, 96);
    const qint64 begin = (layout.shown.first + step - 1) / step * step;
    for (qint64 frame = begin; frame < layout.shown.end; frame += step) {
        const double x = layout.xOf(frame);
        painter.fillRect(QRectF(x, layout.ruler.bottom() - 7, 1, 8), tokens.third);
        const QRect label(qRound(x) + 4, layout.ruler.top(), 80, layout.ruler.height() - 2);
        if (label.left() + 52 < layout.content.right())
            drawText(painter, label, clockText(frame, data.framesPerSecond), TextRole::LabelPlain, tokens.second);
    }
}

void paintFilm(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const QRect lane = layout.film.adjusted(0, 2, 0, -2);
    painter.fillRect(lane, tokens.surround);
    if (data.film.empty() || data.frameCount <= 0)
        return;
    painter.save();
    painter.setClipRect(lane);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int tile = std::max(24, lane.height() * 16 / 9);
    for (int x = lane.left(); x < lane.right(); x += tile) {
        const qint64 frame = layout.frameAt(x + tile / 2.0);
        const auto count = static_cast<qint64>(data.film.size());
        const auto index = std::clamp<qint64>(frame * count / data.frameCount, 0, count - 1);
        const QImage& picture = data.film[static_cast<std::size_t>(index)];
        if (picture.isNull())
            continue;
        const QSize covering = picture.size().scaled(QSize(tile - 1, lane.height()), Qt::KeepAspectRatioByExpanding);
        const double scale = double(covering.width()) / picture.width();
        const QRectF source((covering.width() - tile + 1) / 2.0 / scale,
            (covering.height() - lane.height()) / 2.0 / scale, (tile - 1) / scale, lane.height() / scale);
        painter.drawImage(QRectF(x, lane.top(), tile - 1, lane.height()), picture, source);
    }
    painter.restore();
}

void paintSound(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const QRect lane = layout.sound;
    const double middle = lane.center().y();
    const double half = lane.height() / 2.0 - 5;
    const auto valueAt = [&layout, &data](const std::vector<float>& values, double x) -> double {
        if (values.empty() || data.frameCount <= 0)
            return 0;
        const auto at = double(layout.frameAt(x)) / double(data.frameCount) * double(values.size());
        const auto index = std::min(values.size() - 1, static_cast<std::size_t>(std::max(0.0, at)));
        return std::clamp(double(values[index]), 0.0, 1.0);
    };
    for (int x = lane.left(); x <= lane.right() && !data.waveform.empty(); x += 2) {
        const double height = std::max(0.5, valueAt(data.waveform, x) * half);
        painter.fillRect(QRectF(x, middle - height, 1, 2 * height), tokens.third);
    }
    if (data.loudness.empty())
        return;
    QPainterPath path;
    for (int x = lane.left(); x <= lane.right(); x += 3) {
        const QPointF point(x, lane.bottom() - 4 - valueAt(data.loudness, x) * (lane.height() - 10));
        if (x == lane.left())
            path.moveTo(point);
        else
            path.lineTo(point);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens.text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.restore();
}

void paintShots(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const QColor plain = blended(tokens.dark ? Qt::white : Qt::black, tokens.surface, tokens.strength(0.16));
    const QColor other = blended(tokens.dark ? Qt::white : Qt::black, tokens.surface, tokens.strength(0.26));
    for (std::size_t i = 0; i < data.shotStarts.size() && !layout.shots.isEmpty(); ++i) {
        const qint64 end = i + 1 < data.shotStarts.size() ? data.shotStarts[i + 1] : data.frameCount;
        if (end <= layout.shown.first || data.shotStarts[i] >= layout.shown.end)
            continue;
        QRectF rect = layout.barRect(layout.shots, {data.shotStarts[i], end});
        rect.setWidth(std::max(1.0, rect.width() - 1));
        painter.fillRect(rect, i % 2 == 0 ? plain : other);
    }
}

void paintGutter(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const auto name = [&painter, &tokens](const QRect& lane, const QString& text) {
        drawText(painter, {kPanelPadding, lane.top(), TimelineLayout::kGutter - kPanelPadding - 14, lane.height()},
            text, TextRole::LabelPlain, tokens.second);
    };
    name(layout.film, tr("Film"));
    name(layout.sound, tr("Sound"));
    drawText(painter, {0, layout.sound.top() + 10, TimelineLayout::kGutter - 8, 16}, data.loudnessText,
        TextRole::LabelPlain, tokens.second, Qt::AlignRight | Qt::AlignVCenter);
    if (!layout.shots.isEmpty())
        name(layout.shots, tr("Shots"));
    for (std::size_t i = 0; i < data.lanes.size() && i < layout.findings.size(); ++i) {
        const QRect lane = layout.findings[i];
        name(lane, data.lanes[i].name);
        const QColor color = tokens.lanes[static_cast<std::size_t>(std::abs(data.lanes[i].colorIndex)) % 7];
        drawPanel(painter, QRectF(TimelineLayout::kGutter - 11, lane.center().y() - 4, 3, 9), color, QColor(), 1);
    }
    if (!layout.talk.isEmpty())
        name(layout.talk, tr("Talk"));
    name(layout.watched, tr("Watched"));
    const int right = layout.content.right() + 13;
    const auto line = [&painter, &tokens, right](int y) { painter.fillRect(QRect(0, y, right, 1), tokens.line); };
    line(layout.ruler.bottom());
    line(layout.film.bottom());
    line(layout.sound.bottom());
    if (!layout.shots.isEmpty())
        line(layout.shots.bottom());
    const QColor faint = blended(tokens.line, tokens.surface, 0.6);
    for (const QRect& lane : layout.findings)
        painter.fillRect(QRect(0, lane.bottom(), right, 1), faint);
    if (!layout.talk.isEmpty())
        painter.fillRect(QRect(0, layout.talk.bottom(), right, 1), faint);
    painter.fillRect(QRect(TimelineLayout::kGutter - 1, 0, 1, layout.height), tokens.line);
}

void paintMarks(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    if (layout.talk.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const TimelineMark& mark : data.marks) {
        if (mark.frame < layout.shown.first || mark.frame >= layout.shown.end)
            continue;
        const QPointF at(layout.xOf(mark.frame), layout.talk.center().y());
        const QColor color = mark.isMine ? tokens.accent : tokens.text;
        if (mark.isComment) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawEllipse(at, 4, 4);
        } else {
            painter.setPen(QPen(color, 1.2));
            painter.setBrush(Qt::NoBrush);
            const QPointF diamond[] {
                at + QPointF(0, -4.5), at + QPointF(4.5, 0), at + QPointF(0, 4.5), at + QPointF(-4.5, 0)};
            painter.drawPolygon(diamond, 4);
        }
    }
    painter.restore();
}

} // namespace

void paintBackground(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens,
    const QString& chosen)
{
    painter.fillRect(QRect(0, 0, layout.content.right() + 32, layout.height), tokens.surface);
    paintRuler(painter, layout, data, tokens);
    paintFilm(painter, layout, data, tokens);
    paintSound(painter, layout, data, tokens);
    paintShots(painter, layout, data, tokens);
    for (std::size_t i = 0; i < data.lanes.size() && i < layout.findings.size(); ++i) {
        const QColor color = tokens.lanes[static_cast<std::size_t>(std::abs(data.lanes[i].colorIndex)) % 7];
        for (const TimelineBar& bar : data.lanes[i].bars) {
            if (bar.span.end <= layout.shown.first || bar.span.first >= layout.shown.end)
                continue;
            const QRectF rect = layout.barRect(layout.findings[i], bar.span);
            drawSeverity(painter, rect, color, bar.severity);
            if (!chosen.isEmpty() && bar.id == chosen)
                drawPanel(painter, rect.adjusted(-2, -2, 2, 2), QColor(), tokens.text, 3);
        }
    }
    paintMarks(painter, layout, data, tokens);
    paintGutter(painter, layout, data, tokens);
}

void paintWatched(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    const QRectF lane(layout.content.left(), layout.watched.center().y() - 3, layout.content.width(), 6);
    // What was not seen is an outline; at a glance it must not look like a bar.
    drawPanel(painter, lane, QColor(), blended(tokens.third, tokens.surface, 0.5), 0);
    const QColor color = blended(tokens.second, tokens.surface, 0.8);
    for (const WatchedSpan& watched : data.watched) {
        if (watched.span.end <= layout.shown.first || watched.span.first >= layout.shown.end)
            continue;
        QRectF rect = layout.barRect(layout.watched, watched.span);
        rect.setTop(lane.top());
        rect.setHeight(lane.height());
        painter.fillRect(rect, tokens.surface);
        if (watched.speed == WatchedSpeed::Normal)
            painter.fillRect(rect, color);
        else
            painter.fillRect(rect, hatchBrush(color, painter.device()->devicePixelRatioF()));
    }
}

void paintRange(QPainter& painter, const TimelineLayout& layout, FrameSpan range, const Tokens& tokens)
{
    const double from = layout.xOf(std::clamp(range.first, layout.shown.first, layout.shown.end));
    const double to = layout.xOf(std::clamp(range.end, layout.shown.first, layout.shown.end));
    QColor tint = tokens.accent;
    tint.setAlphaF(0.12F);
    painter.fillRect(QRectF(from, 0, to - from, layout.height), tint);
    painter.setPen(QPen(tokens.accent, 2));
    painter.setBrush(Qt::NoBrush);
    const double bottom = layout.ruler.bottom() - 1;
    const QPointF in[] {{from + 6, 3}, {from + 1, 3}, {from + 1, bottom}, {from + 6, bottom}};
    const QPointF out[] {{to - 6, 3}, {to - 1, 3}, {to - 1, bottom}, {to - 6, bottom}};
    painter.drawPolyline(in, 4);
    painter.drawPolyline(out, 4);
}

void paintUnreadable(QPainter& painter, const TimelineLayout& layout, const TimelineData& data, const Tokens& tokens)
{
    if (!data.unreadable)
        return;
    const double from = layout.xOf(std::clamp(data.unreadable->first, layout.shown.first, layout.shown.end));
    const double to = layout.xOf(std::clamp(data.unreadable->end, layout.shown.first, layout.shown.end));
    const QRectF band(from, layout.film.top(), to - from, layout.height - layout.film.top());
    QColor veil = tokens.surface;
    veil.setAlphaF(0.8F);
    painter.fillRect(band, veil);
    painter.fillRect(
        band, hatchBrush(blended(tokens.third, tokens.surface, 0.35), painter.device()->devicePixelRatioF()));
    const QString text = tr("Unreadable, %1 to %2")
                             .arg(frameTimecodeText(data.unreadable->first, data.framesPerSecond),
                                 frameTimecodeText(data.unreadable->end, data.framesPerSecond));
    const int width
        = std::min<int>(roleMetrics(TextRole::Body).horizontalAdvance(text) + 24, qRound(band.width()) - 16);
    if (width < 60)
        return;
    const QRect note(qRound(from) + 16, layout.sound.bottom() - kControlHeight - 8, width, kControlHeight);
    drawPanel(painter, note, tokens.raised, tokens.line, 4);
    drawText(painter, note.adjusted(12, 0, -8, 0), text, TextRole::Body, tokens.text);
}

void paintPlayhead(QPainter& painter, const TimelineLayout& layout, qint64 position, const Tokens& tokens)
{
    if (position < layout.shown.first || position > layout.shown.end)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double x = layout.xOf(position);
    painter.fillRect(QRectF(x - 1, 4, 2, layout.height - 4), tokens.accent);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.accent);
    const QPointF head[] {{x - 6, 1}, {x + 6, 1}, {x + 6, 8}, {x, 14}, {x - 6, 8}};
    painter.drawPolygon(head, 5);
    painter.restore();
}

} // namespace vidimus::ui::widgets::timeline_painter

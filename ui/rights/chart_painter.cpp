#include "ui/rights/chart_painter.h"

#include "ui/rights/rights_texts.h"
#include "ui/rights/zone_text.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kHeadLine = 24; // months above, Mondays below

QString tr(const char* text)
{
    return QCoreApplication::translate("RightsChart", text);
}

QColor barColor(double strength)
{
    const Tokens& tokens = currentTokens();
    return blended(tokens.text, tokens.surface, tokens.strength(strength));
}

QColor exclusiveColor()
{
    return barColor(currentTokens().dark ? 0.32 : 0.42);
}

/// Text at the bar's seen start, with a ground of its own where the bar is hatched.
void drawBarText(QPainter& painter, const QRectF& bar, const QString& text, BarLook look)
{
    const Tokens& tokens = currentTokens();
    const QRect rect = bar.toAlignedRect().adjusted(6, 0, -6, 0);
    const int width = roleMetrics(TextRole::Label).horizontalAdvance(text);
    if (text.isEmpty() || rect.width() < std::min(width, 40))
        return;
    QColor ink = look == BarLook::Staged ? tokens.onAccent : tokens.text;
    if (look == BarLook::Exclusive
        && contrastRatio(tokens.surface, exclusiveColor()) > contrastRatio(ink, exclusiveColor()))
        ink = tokens.surface;
    if (look == BarLook::Denied || look == BarLook::Future)
        ink = tokens.second;
    if (look == BarLook::Denied) {
        painter.fillRect(
            QRect(rect.left() - 4, rect.top(), std::min(width, rect.width()) + 8, rect.height()), tokens.surface);
    }
    drawText(painter, rect, text, TextRole::Label, ink);
}

} // namespace

BarLook lookOfBar(const GridRow& row, Instant now)
{
    if (row.rule.effect == engine::Effect::Deny)
        return BarLook::Denied;
    if (row.isStaged() && !row.removed)
        return BarLook::Staged;
    if (row.acts.end && *row.acts.end <= now)
        return BarLook::Expired;
    if (row.acts.start && now < *row.acts.start)
        return BarLook::Future;
    return row.rule.exclusive ? BarLook::Exclusive : BarLook::Licensed;
}

QString barLookText(BarLook look)
{
    switch (look) {
    case BarLook::Exclusive:
        return tr("Exclusive");
    case BarLook::Licensed:
        return tr("Licensed");
    case BarLook::Future:
        return tr("Future");
    case BarLook::Denied:
        return tr("Restricted");
    case BarLook::Staged:
        return tr("Staged");
    case BarLook::Expired:
        break;
    }
    return tr("Ended");
}

void drawBar(QPainter& painter, const QRectF& rect, BarLook look)
{
    const Tokens& tokens = currentTokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    switch (look) {
    case BarLook::Exclusive:
        painter.setBrush(exclusiveColor());
        painter.drawRect(rect);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), tokens.text);
        break;
    case BarLook::Licensed:
        painter.setBrush(barColor(0.24));
        painter.drawRoundedRect(rect, 2, 2);
        break;
    case BarLook::Expired:
        painter.setBrush(barColor(0.10));
        painter.drawRoundedRect(rect, 2, 2);
        break;
    case BarLook::Future:
        painter.setPen(QPen(tokens.second, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
        break;
    case BarLook::Denied:
        painter.setBrush(hatchBrush(barColor(tokens.dark ? 0.34 : 0.4), painter.device()->devicePixelRatioF()));
        painter.drawRect(rect);
        break;
    case BarLook::Staged:
        painter.setBrush(tokens.accent);
        painter.drawRoundedRect(rect, 2, 2);
        break;
    }
    painter.restore();
}

void drawOverlap(QPainter& painter, const QRectF& rect)
{
    drawSeverity(painter, rect, currentTokens().rejected, SeverityPattern::Hatched, 0);
}

QRectF barRect(const engine::Window& window, const TimeScale& scale, const QRect& row, int width)
{
    const double left = window.start ? std::clamp(scale.xOf(*window.start), -20.0, width + 20.0) : -20;
    const double right = window.end ? std::clamp(scale.xOf(*window.end), -20.0, width + 20.0) : width + 20.0;
    return {left, row.center().y() - kBarHeight / 2.0 + 0.5, std::max(0.0, right - left), double(kBarHeight)};
}

QString barText(const GridRow& row, Instant now)
{
    const engine::Rule& rule = row.rule;
    if (rule.effect == engine::Effect::Deny)
        return restrictionText(rule.kind);
    if (row.saved && row.saved->window.start != rule.window.start)
        return tr("Starts %1, was %2").arg(startText(rule.window.start), startText(row.saved->window.start));
    if (row.saved && row.saved->window.end != rule.window.end)
        return tr("Ends %1, was %2").arg(endText(rule.window.end), endText(row.saved->window.end));
    if (row.added)
        return tr("New window, %1").arg(windowText(rule.window));
    if (row.removed || !rule.exclusive)
        return {};
    if (row.acts.start && now < *row.acts.start)
        return tr("Exclusive from %1").arg(startText(row.acts.start));
    return row.acts.end ? tr("Exclusive, half-open, ends %1").arg(endText(row.acts.end)) : tr("Exclusive, no end");
}

QString barSentence(const GridRow& row)
{
    //: Title; territory; right; window; state.
    QString sentence = tr("%1; %2; %3; %4; %5")
                           .arg(row.title, territoryNames(row.rule.territory), rightText(row.rule),
                               windowText(row.acts), lookOf(row.state).text);
    const QTimeZone zone = preferences().zone;
    for (const auto& edge : {row.acts.start, row.acts.end}) {
        const auto change = edge ? clockChangeAt(*edge, zone) : std::nullopt;
        if (change)
            sentence += u"; "_s + clockChangeText(*change, zone);
    }
    return sentence;
}

QString groupSentence(const GridGroup& group)
{
    const auto conflicts = std::ranges::count_if(
        group.rows, [](const GridRow& row) { return row.state.kind == WindowStateKind::Conflict; });
    //: A closed group of the chart: its name, the number of its windows, how many of them are in conflict.
    return QCoreApplication::translate(
        "RightsChart", "%1: %n window(s), %2 in conflict", nullptr, static_cast<int>(group.rows.size()))
        .arg(group.name)
        .arg(conflicts);
}

void drawDensity(QPainter& painter, const std::vector<DensityRun>& runs, const QRect& line)
{
    const int top = line.center().y() - kBarHeight / 2 + 2;
    const int height = kBarHeight - 4;
    for (const DensityRun& run : runs) {
        const double strength = 0.08 + 0.11 * run.level;
        painter.fillRect(QRect(run.x, top, run.width, height), barColor(strength));
        if (run.conflict)
            painter.fillRect(QRect(run.x, top + height - 3, run.width, 3), currentTokens().rejected);
    }
}

void drawClockChanges(
    QPainter& painter, const engine::Window& window, const QRect& line, const TimeScale& scale, const QTimeZone& zone)
{
    for (const auto& edge : {window.start, window.end}) {
        const auto change = edge ? clockChangeAt(*edge, zone) : std::nullopt;
        if (!change || change->kind != ClockChange::Kind::Twice)
            continue;
        const double from = scale.xOf(change->earlier);
        const double to = scale.xOf(change->later);
        painter.fillRect(QRectF(from, line.top() + 3, 1, line.height() - 7), currentTokens().warning);
        painter.fillRect(QRectF(to, line.top() + 3, 1, line.height() - 7), currentTokens().warning);
        painter.fillRect(QRectF(from, line.center().y(), to - from, 1), currentTokens().warning);
    }
}

void drawRow(QPainter& painter, const GridRow& row, const QRect& rect, const TimeScale& scale, Instant now)
{
    const int width = rect.width();
    const BarLook look = lookOfBar(row, now);
    if (row.removed)
        painter.setOpacity(0.4);
    // What is staged is drawn over a ghost of what is saved.
    if (row.saved && look == BarLook::Staged && row.saved->window != row.rule.window) {
        painter.setOpacity(0.45);
        drawBar(painter, barRect(row.saved->window, scale, rect, width), BarLook::Future);
        painter.setOpacity(1);
    }
    QRectF bar = barRect(row.acts, scale, rect, width);
    if (bar.width() > 0) {
        bar.setWidth(std::max(bar.width(), 2.0));
        drawBar(painter, bar, look);
    }
    for (const engine::Window& overlap : row.overlaps) {
        const QRectF part = barRect(overlap, scale, rect, width);
        if (part.width() > 0)
            drawOverlap(painter, part);
    }
    if (bar.width() > 0)
        drawBarText(painter, bar.intersected(QRectF(0, bar.top(), width, bar.height())), barText(row, now), look);
    if (row.removed && bar.width() > 0)
        painter.fillRect(QRectF(bar.left(), bar.center().y(), bar.width(), 1), currentTokens().rejected);
    painter.setOpacity(1);
}

void drawHead(QPainter& painter, const TimeScale& scale, int width)
{
    const Tokens& tokens = currentTokens();
    painter.fillRect(QRect(0, 0, width, kChartHead), tokens.surface);
    const auto months = scale.months(width);
    for (std::size_t i = 0; i < months.size(); ++i) {
        const int next = i + 1 < months.size() ? static_cast<int>(months[i + 1].x) : width;
        const int x = static_cast<int>(months[i].x);
        if (x > 0)
            painter.fillRect(QRect(x, 0, 1, kChartHead), tokens.line);
        const QRect text(std::max(0, x) + 6, 2, next - std::max(0, x) - 8, kHeadLine);
        if (text.width() >= roleMetrics(TextRole::Label).horizontalAdvance(months[i].text))
            drawText(painter, text, months[i].text, TextRole::Label, tokens.text);
    }
    for (const TimeTick& week : scale.weeks(width)) {
        const int x = static_cast<int>(week.x);
        painter.fillRect(QRect(x, kChartHead - 5, 1, 5), tokens.line);
        drawText(painter, QRect(x - 14, kHeadLine, 28, kChartHead - kHeadLine - 5), week.text, TextRole::LabelPlain,
            tokens.second, Qt::AlignCenter, Qt::ElideNone);
    }
    painter.fillRect(QRect(0, kChartHead - 1, width, 1), tokens.line);
}

} // namespace vidimus::ui::rights

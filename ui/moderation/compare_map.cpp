#include "ui/moderation/compare_map.h"

#include <QPainter>
#include <algorithm>
#include <cstdlib>

namespace vidimus::ui::moderation {

namespace {

qint64 distanceTo(const matching::MatchSegment& segment, Milliseconds time)
{
    if (time < segment.aStart)
        return (segment.aStart - time).count();
    return time > segment.aEnd ? (time - segment.aEnd).count() : 0;
}

QImage fitted(const QImage& image, QSize size)
{
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    return plain.size() == size ? plain : plain.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

Milliseconds otherTime(const std::vector<matching::MatchSegment>& segments, Milliseconds time)
{
    if (segments.empty())
        return time;
    const auto& nearest = *std::ranges::min_element(
        segments, {}, [time](const matching::MatchSegment& segment) { return distanceTo(segment, time); });
    const auto length = (nearest.aEnd - nearest.aStart).count();
    const double speed = length > 0 ? double((nearest.bEnd - nearest.bStart).count()) / double(length) : 1;
    const auto into = double((time - nearest.aStart).count());
    return std::max(Milliseconds(0), nearest.bStart + Milliseconds(qRound64(into * speed)));
}

QImage wiped(const QImage& a, const QImage& b, double share)
{
    if (a.isNull() || b.isNull())
        return a.isNull() ? b : a;
    QImage result = fitted(a, a.size());
    const QImage other = fitted(b, a.size());
    const int edge = std::clamp(qRound(share * result.width()), 0, result.width());
    QPainter painter(&result);
    painter.drawImage(edge, 0, other, edge, 0);
    painter.fillRect(edge - 1, 0, 2, result.height(), Qt::white);
    return result;
}

QImage difference(const QImage& a, const QImage& b)
{
    constexpr int kStrength = 3;
    if (a.isNull() || b.isNull())
        return a.isNull() ? b : a;
    QImage result = fitted(a, a.size());
    const QImage other = fitted(b, a.size());
    for (int y = 0; y < result.height(); ++y) {
        auto* row = reinterpret_cast<QRgb*>(result.scanLine(y));
        const auto* otherRow = reinterpret_cast<const QRgb*>(other.constScanLine(y));
        for (int x = 0; x < result.width(); ++x) {
            const auto channel = [](int one, int two) { return std::min(255, kStrength * std::abs(one - two)); };
            row[x] = qRgb(channel(qRed(row[x]), qRed(otherRow[x])), channel(qGreen(row[x]), qGreen(otherRow[x])),
                channel(qBlue(row[x]), qBlue(otherRow[x])));
        }
    }
    return result;
}

} // namespace vidimus::ui::moderation

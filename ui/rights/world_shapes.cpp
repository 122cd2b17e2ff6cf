#include "ui/rights/world_shapes.h"

#include <QFile>
#include <cmath>
#include <numbers>
#include <optional>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr double kNorth = 84; // degrees
constexpr int kFarthest = 1950; // tenths of a degree; a little over the date line

std::optional<QPointF> pointOf(QByteArrayView text)
{
    const qsizetype comma = text.indexOf(',');
    bool hasX = false;
    bool hasY = false;
    const int x = comma > 0 ? text.first(comma).toInt(&hasX) : 0;
    const int y = comma > 0 ? text.sliced(comma + 1).toInt(&hasY) : 0;
    if (!hasX || !hasY || std::abs(x) > kFarthest || std::abs(y) > 900)
        return std::nullopt;
    return worldPoint(x / 10.0, y / 10.0);
}

} // namespace

QPointF worldPoint(double longitude, double latitude)
{
    constexpr double a1 = 1.340264;
    constexpr double a2 = -0.081106;
    constexpr double a3 = 0.000893;
    constexpr double a4 = 0.003796;
    constexpr double half = 2.7066; // of the projection's width, at the equator
    const auto place = [](double degreesEast, double degreesNorth) {
        const double theta = std::asin(std::numbers::sqrt3 / 2 * std::sin(degreesNorth * std::numbers::pi / 180));
        const double square = theta * theta;
        const double sixth = square * square * square;
        const double x = 2 * std::numbers::sqrt3 * degreesEast * std::numbers::pi / 180 * std::cos(theta)
            / (3 * (9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1));
        return QPointF(x, theta * (a4 * sixth * square + a3 * sixth + a2 * square + a1));
    };
    static const double top = place(0, kNorth).y();
    const QPointF at = place(longitude, latitude);
    constexpr double scale = kWorldWidth / (2 * half);
    return {(at.x() + half) * scale, (top - at.y()) * scale};
}

std::vector<CountryShape> readShapes(const QByteArray& text)
{
    std::vector<CountryShape> shapes;
    for (const QByteArray& line : text.split('\n')) {
        const QList<QByteArray> parts = line.split(';');
        const auto mark = parts.size() > 1 ? pointOf(parts[1]) : std::nullopt;
        if (!mark || parts[0].size() != 2)
            continue;
        CountryShape shape {QString::fromLatin1(parts[0]), {}, *mark};
        bool sound = true;
        for (qsizetype i = 2; i < parts.size(); ++i) {
            QPolygonF ring;
            for (const QByteArray& point : parts[i].split(' ')) {
                const auto at = pointOf(point);
                sound = sound && at;
                ring << at.value_or(QPointF());
            }
            shape.path.addPolygon(ring);
            shape.path.closeSubpath();
        }
        if (sound)
            shapes.push_back(std::move(shape));
    }
    return shapes;
}

const std::vector<CountryShape>& worldShapes()
{
    static const std::vector<CountryShape> shapes = [] {
        QFile file(u":/vidimus/maps/world.txt"_s);
        return file.open(QIODevice::ReadOnly) ? readShapes(file.readAll()) : std::vector<CountryShape> {};
    }();
    return shapes;
}

} // namespace vidimus::ui::rights

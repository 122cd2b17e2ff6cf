#pragma once

#include <QHash>
#include <QPainterPath>
#include <vector>

namespace vidimus::ui::rights {

/// A country on a map of the world, in a plane where the world is kWorldWidth wide and kWorldHeight high (Equal Earth,
/// Šavrič, Patterson and Jenny 2018). Small countries have a mark only.
struct CountryShape {
    QString code; ///< ISO 3166-1 alpha-2
    QPainterPath path; ///< may be empty
    QPointF mark;
};

inline constexpr double kWorldWidth = 1000;
inline constexpr double kWorldHeight = 435; ///< from 84° north to 57° south

/// All countries, from the resource made of Natural Earth's public data. Read once; ui thread.
[[nodiscard]] const std::vector<CountryShape>& worldShapes();
/// The place of a longitude and latitude, in degrees, on that plane.
[[nodiscard]] QPointF worldPoint(double longitude, double latitude);
/// Lines that do not read as a country are left out. For tests.
[[nodiscard]] std::vector<CountryShape> readShapes(const QByteArray& text);

} // namespace vidimus::ui::rights

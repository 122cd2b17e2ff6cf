#pragma once

#include <QJsonObject>
#include <QString>

#include <initializer_list>
#include <utility>

namespace vidimus::cli {

/// A value on one line; what is nested is joined. Safe to print.
[[nodiscard]] QString plain(const QJsonValue& value);
/// Cells, each at least as wide as its number of characters.
[[nodiscard]] QString row(std::initializer_list<std::pair<QString, int>> cells);
[[nodiscard]] QString sizeText(double bytes);
/// Any reply: its values a line each, then each list as a table whose columns are the members that hold something.
[[nodiscard]] QString replyText(const QJsonObject& json);

} // namespace vidimus::cli

#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::cli {

/// The gates of a title as sentences, its state, and where it is served.
[[nodiscard]] QString gatesText(const QJsonObject& json);

} // namespace vidimus::cli

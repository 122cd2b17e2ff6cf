#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::cli {

/// Replies about media as text for people.
[[nodiscard]] QString probeText(const QJsonObject& json);
[[nodiscard]] QString transcodeText(const QJsonObject& json);
[[nodiscard]] QString checkText(const QJsonObject& json);
[[nodiscard]] QString transcodeText(const QJsonObject& json);
[[nodiscard]] QString fixText(const QJsonObject& json);

} // namespace vidimus::cli

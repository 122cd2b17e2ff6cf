#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::cli {

/// Replies about rights as text for people.
[[nodiscard]] QString issuesText(const QJsonObject& reply); ///< of "rights conflicts"
[[nodiscard]] QString historyText(const QJsonObject& reply); ///< of "rights history"
[[nodiscard]] QString effectText(const QJsonObject& reply); ///< of "rights effect"

} // namespace vidimus::cli

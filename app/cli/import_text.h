#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::cli {

/// What an import did or would do: how many of what, each with what it is about, and what is wrong with which cell.
[[nodiscard]] QString importText(const QJsonObject& reply);
/// A decision, and until when it can be taken back.
[[nodiscard]] QString decisionText(const QJsonObject& reply);

} // namespace vidimus::cli

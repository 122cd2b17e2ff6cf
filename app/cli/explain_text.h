#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::cli {

/// The reply of "rights explain" as sentences for people: the answer, what each rule had to say, what it would take.
[[nodiscard]] QString explainText(const QJsonObject& reply);

} // namespace vidimus::cli

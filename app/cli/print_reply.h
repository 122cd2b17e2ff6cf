#pragma once

#include "core/workbench/verb.h"

namespace vidimus::cli {

/// A reply as text for people. The order and the words may change; scripts use --json.
[[nodiscard]] QString textOf(const QString& verb, const workbench::VerbReply& reply);
/// What, where and what to do, for a reply that carries an error.
[[nodiscard]] QString errorText(const QJsonObject& error);

} // namespace vidimus::cli

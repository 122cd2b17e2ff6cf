#pragma once

#include <QString>

namespace vidimus::cli {

/// What an error leaves untouched and what a person can do about it, by its reason, else by its kind.
[[nodiscard]] QString advice(const QString& code, const QString& reason);

} // namespace vidimus::cli

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace vidimus::lint {

/// The rows of cmake/arrows.cmake: module → modules it may include.
[[nodiscard]] QHash<QString, QStringList> readArrowTable(const QString& path);
/// "core/media/engine/pass.h" → "media_engine"; "ui/shell/x.h" → "ui_shell"; empty for what is no module.
[[nodiscard]] QString moduleOf(const QString& relativePath);

} // namespace vidimus::lint

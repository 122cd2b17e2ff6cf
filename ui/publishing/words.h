#pragma once

#include "core/base/instant.h"

#include <QCoreApplication>

namespace vidimus::ui::publishing {

/// Translations of this module's free functions stand in the context "Publishing".
class Publishing {
    Q_DECLARE_TR_FUNCTIONS(Publishing)
};

/// "12:00:00.2Z": UTC to a tenth of a second, for what happened one after the other.
[[nodiscard]] QString preciseTimeText(Instant instant);
/// "9c1e…77a0"
[[nodiscard]] QString shortHash(const QByteArray& sha256);
/// "1.4 MB", by locale.
[[nodiscard]] QString bytesText(qint64 bytes);
/// "71 %", by locale; \a share is 0..1.
[[nodiscard]] QString percentText(double share);

} // namespace vidimus::ui::publishing

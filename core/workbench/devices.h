#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>

namespace vidimus::workbench {

struct Part;

/// Where the system tells of its devices; tests point it elsewhere.
struct DeviceFolders {
    QString sound = QStringLiteral("/proc/asound"); ///< ALSA's tables
    QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR"); ///< sockets of sound servers of this session
};

/// What sound can be played with: cards and the session's sound server. Without Qt Multimedia, so also where no window
/// can be.
[[nodiscard]] Part audioPart(const DeviceFolders& folders = {});

/// What "vidimus-mediaworker --devices" found, in a process of its own with a time limit.
/// Errors: Missing (no worker), TimedOut, Corrupt.
[[nodiscard]] Result<QJsonObject> listDevices();
/// The GPUs in such an answer.
[[nodiscard]] Part gpuPart(const Result<QJsonObject>& devices);
/// One encoder in such an answer, by its id.
[[nodiscard]] Part encoderPart(const Result<QJsonObject>& devices, const QString& id);

} // namespace vidimus::workbench

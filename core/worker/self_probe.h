#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <array>

namespace vidimus::worker {

/// What a worker must not be able to do (promise R11). Each is tried in a worker of its own, because the answer to many
/// is the end of the process. The names are those of the SelfProbe message.
inline constexpr std::array kForbiddenThings {"open_file", "open_home", "open_passwd", "open_by_descriptor_path",
    "write_outside", "socket", "connect", "bind", "execute", "fork", "trace", "kill_other", "executable_memory",
    "new_namespace", "raise_limit", "memory_over_limit"};

struct SelfProbeOutcome {
    QByteArray name;
    bool denied = false;
    QString how; ///< "EACCES", "killed: forbidden system call", or what went wrong
};

/// What the worker answers when it survives the attempt.
[[nodiscard]] QJsonObject toJson(const SelfProbeOutcome& outcome);
/// Errors: Invalid.
[[nodiscard]] Result<SelfProbeOutcome> selfProbeOutcomeFromJson(const QJsonObject& object);

} // namespace vidimus::worker

#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>

namespace vidimus::worker {

/// Which walls stand around a worker that runs now, and why the others do not. Seccomp with rlimits is the base and is
/// always there: without it untrusted media is refused. A value; any thread.
struct SandboxStatus {
    bool seccomp = false;
    bool landlock = false;
    bool bubblewrap = false;
    int landlockAbi = 0; ///< 0 when the kernel does not answer
    QString landlockAbsence; ///< English; empty when it is in use
    QString bubblewrapAbsence; ///< English; empty when it is in use

    /// "seccomp+rlimits", with "+landlock" and "+bubblewrap" appended where they are in use.
    [[nodiscard]] QString rung() const;
    friend bool operator==(const SandboxStatus&, const SandboxStatus&) = default;
};

/// The worker's half (no bubblewrap members) as it travels in the Ready message.
[[nodiscard]] QJsonObject toJson(const SandboxStatus& status);
/// Errors: Invalid.
[[nodiscard]] Result<SandboxStatus> sandboxStatusFromJson(const QJsonObject& object);

} // namespace vidimus::worker

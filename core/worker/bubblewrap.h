#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace vidimus::worker {

/// The bubblewrap program, or empty where it is not installed.
[[nodiscard]] QString findBubblewrap();

/// The command that starts \a executable in a box of its own: new user, mount, process, network, host-name and IPC
/// spaces, no capabilities, an empty root in which only the program and the system's libraries can be seen, read-only.
/// Pure but for asking which folders exist.
[[nodiscard]] QList<QByteArray> bubblewrapCommand(const QString& bubblewrap, const QString& executable);

} // namespace vidimus::worker

#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QJsonObject>

namespace vidimus::workbench {

/// Framed JSON over a Unix stream socket, both ends. Blocking, with a look at the token every 100 ms.

inline constexpr quint32 kMaxMessageBytes = 16U << 20;

/// Errors: Unavailable, Io.
[[nodiscard]] Result<UniqueFd> connectUnix(const QString& path);
/// Mode 0600; removes a stale file of that name first. Errors: Io, Invalid (path too long for a socket).
[[nodiscard]] Result<UniqueFd> listenUnix(const QString& path);
/// True when the peer runs as our own user.
[[nodiscard]] bool peerIsOurUser(int fd);
/// Errors: Unavailable when the peer is gone.
[[nodiscard]] Result<void> sendMessage(int fd, const QJsonObject& message);
/// Errors: Unavailable (closed), Corrupt (not ours), LimitExceeded, Canceled.
[[nodiscard]] Result<QJsonObject> receiveMessage(int fd, const CancelToken& cancel);
/// True when the peer has closed its end and nothing is left to read.
[[nodiscard]] bool peerIsGone(int fd);

} // namespace vidimus::workbench

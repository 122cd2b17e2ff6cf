#pragma once

#include "core/base/result.h"
#include "core/base/unique_fd.h"

#include <QByteArray>
#include <QString>
#include <chrono>
#include <optional>
#include <vector>

namespace vidimus::app {

/// The Unix socket of an embedded catalog: gives each client of the same user one line of JSON and counts it as long
/// as its connection stands. From one thread.
class HandOver {
public:
    /// Takes the place of a stale socket; only the holder of the database may call it. The socket is for its owner
    /// alone (mode 0600). Errors: Io, Denied, Invalid (the name is too long).
    [[nodiscard]] static Result<HandOver> listen(const QString& socketPath);
    HandOver(HandOver&&) noexcept = default;
    ~HandOver();

    /// Serves clients until none has been there for \a linger (counted from the start as well; nothing: for ever), or
    /// until \a stopFd becomes readable.
    void run(const QByteArray& line, std::optional<std::chrono::milliseconds> linger, int stopFd);

private:
    HandOver(UniqueFd listener, QString path);
    /// False when nobody could be taken in, because descriptors have run out or the caller is gone.
    [[nodiscard]] bool admit(const QByteArray& line);
    void dropClosed(const std::vector<bool>& closed);

    UniqueFd m_listener;
    QString m_path;
    std::vector<UniqueFd> m_clients;
};

} // namespace vidimus::app

#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>
#include <chrono>
#include <cstdint>
#include <optional>

namespace vidimus::app {

/// What the program was asked to do. Flags win over the environment (VIDIMUS_CATALOG_DATA, VIDIMUS_CATALOG_LISTEN).
struct Options {
    enum class Task { Serve, Backup, Restore, Follow };
    Task task = Task::Serve;
    QString file; ///< of the copy, for Backup and Restore; for Follow a snapshot, or the address of a catalog
    QString tokenFile; ///< for Follow
    QByteArray publicKey; ///< for Follow: 32 bytes, or empty
    QString dataFolder;
    QString address = QStringLiteral("127.0.0.1");
    std::uint16_t port = 8470;
    QString embeddedSocket; ///< empty: an ordinary server
    std::optional<double> darkShare; ///< of a site one person may darken in an hour; none: 0.2, a workspace's own 1
    bool detach = false;
    std::chrono::milliseconds linger {2'000}; ///< embedded: how long it stays after its last client
    bool wantsHelp = false;
};

/// Errors: Invalid with what to change.
[[nodiscard]] Result<Options> readOptions(const QStringList& arguments);
[[nodiscard]] QString helpText();

} // namespace vidimus::app

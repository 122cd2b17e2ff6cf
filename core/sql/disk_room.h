#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::sql {

/// What should be free on a disk before a database on it is opened.
inline constexpr qint64 kRoomToOpen = qint64 {128} * 1024;

/// What a file system says of itself.
struct DiskRoom {
    qint64 freeBytes = 0; ///< for somebody who is not root
    qint64 totalBytes = 0;
    qint64 blockBytes = 0;
};

/// Errors: Io.
[[nodiscard]] Result<DiskRoom> roomIn(const QString& folder);

/// Whether the index of a log on this disk has holes. SQLite maps that file and makes sure of the last byte of each
/// page only (os_unix.c, unixShmMap): where blocks are smaller than pages the rest of a page is a hole, and writing
/// into it on a full disk raises SIGBUS, which ends the program.
[[nodiscard]] bool leavesHoles(const DiskRoom& room);
/// Refuses (DiskFull) to open \a databasePath where nobody has it open yet and such holes could not be filled.
[[nodiscard]] Result<void> checkRoomForLogIndex(const QString& databasePath, const DiskRoom& room);

} // namespace vidimus::sql

#pragma once

#include "core/base/result.h"

#include <QString>

namespace vidimus::store {

/// 64 MiB: room for more than 10,000 further decisions on a full disk (promise R7).
inline constexpr qint64 kReserveBytes = qint64 {64} * 1024 * 1024;

/// A file that holds disk space for decisions. One thread at a time.
class Reserve {
public:
    Reserve(QString path, qint64 bytes);

    /// Makes it if it is not there and twice its size is free. Errors: DiskFull (also when it does not fit), Io.
    [[nodiscard]] Result<void> ensure();
    [[nodiscard]] bool isHeld() const;
    /// Whether so many bytes of media fit without taking the room that decisions need: once the reserve has been given
    /// back, as many bytes stay free for them, on any disk that could hold it. Errors: DiskFull, Io.
    [[nodiscard]] Result<void> checkRoomBeside(qint64 bytes) const;
    /// Gives the space back where a database would not find the room to be opened (sql::kRoomToOpen).
    void makeRoomToOpen();
    /// Gives the space back; false when there was none.
    bool release();

private:
    QString m_path;
    qint64 m_bytes;
};

} // namespace vidimus::store

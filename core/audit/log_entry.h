#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <cstdint>

namespace vidimus::audit {

/// One line of the log: who did what to what, and the state before and after. Its leaf in the Merkle tree is the
/// canonical JSON (RFC 8785) of toJson().
struct LogEntry {
    std::uint64_t sequence = 0; ///< from 1, without gaps; order is by this, never by time
    Instant at {};
    QString actor; ///< a person's or worker's id
    QString action; ///< "decide", "publish", "denied", …
    QString subject; ///< "asset:…", "title:…"
    QJsonValue before; ///< null when it did not exist
    QJsonValue after; ///< null when it is gone

    friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

[[nodiscard]] QJsonObject toJson(const LogEntry& entry);
/// Strict. Errors: Invalid.
[[nodiscard]] Result<LogEntry> logEntryFromJson(const QJsonObject& object);
/// The bytes that are hashed and stored.
[[nodiscard]] QByteArray leafBytes(const LogEntry& entry);
/// The reverse; also refuses bytes that are not canonical. Errors: Invalid.
[[nodiscard]] Result<LogEntry> logEntryFromLeaf(QByteArrayView bytes);

} // namespace vidimus::audit

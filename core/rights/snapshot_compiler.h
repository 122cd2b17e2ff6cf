#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/rights/resolver.h"

#include <QByteArray>

namespace vidimus::rights {

/// What a snapshot holds, for reports.
struct SnapshotCounts {
    qint64 titles = 0;
    qint64 windows = 0; ///< after sharing equal lists
    qint64 territorySets = 0;
    qint64 siteSets = 0;
    qint64 offerSets = 0;
    qint64 instants = 0;
    qint64 bytes = 0;
};

struct Snapshot {
    QByteArray bytes; ///< layout: docs/snapshot-format.md; read by core/availability_reader
    QByteArray sha256; ///< 64 hexadecimal digits, of the bytes after the header's digest
    SnapshotCounts counts;
};

/// Flattens the path of each title into windows and interns what repeats. The snapshot agrees with Resolver::resolve on
/// available and termsFrom for every query without age limit and entitlement. \a version is the caller's own counter.
/// The same rules in any order give the same bytes. Pure; any thread. Errors: Canceled, LimitExceeded.
[[nodiscard]] Result<Snapshot> compile(const Resolver& resolver, quint64 version, const CancelToken& cancel = {});

} // namespace vidimus::rights

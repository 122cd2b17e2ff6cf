#pragma once

#include "core/base/cancel.h"
#include "core/base/signature.h"
#include "core/rights/availability_image.h"
#include "core/rights/resolver.h"

namespace vidimus::rights {

/// Rises whenever the same rules are compiled into other answers, so that what an older compiler left is made anew.
inline constexpr int kCompilerRevision = 1;

/// What a snapshot holds, for reports.
struct SnapshotCounts {
    qint64 titles = 0;
    qint64 windows = 0;
    qint64 territorySets = 0;
    qint64 siteSets = 0;
    qint64 offerSets = 0;
    qint64 instants = 0;
    qint64 bytes = 0;
};

struct Snapshot {
    QByteArray bytes; ///< layout: docs/snapshot-format.md; read by core/availability_reader
    QByteArray sha256; ///< 64 hexadecimal digits, of the bytes after the signature
    SnapshotCounts counts;
};

struct CompileOptions {
    QString partition; ///< a site: what concerns others is left out, and they are not answered
    const SigningKey* key = nullptr; ///< none: not signed
    CancelToken cancel;
};

/// The image of all rules, in order and frozen: where a chain of deltas begins. It answers the resolver's question and
/// no other. Errors: Canceled, LimitExceeded.
[[nodiscard]] Result<AvailabilityImage> imageOf(const Resolver& resolver, const CompileOptions& options = {});

/// Flattens the path of each title into windows and interns what repeats. The snapshot agrees with Resolver::resolve on
/// available and termsFrom for every query without age limit and entitlement. \a version is the caller's own counter.
/// The same rules in any order give the same bytes. Pure; any thread. Errors: Canceled, LimitExceeded.
[[nodiscard]] Result<Snapshot> compile(const Resolver& resolver, quint64 version, const CompileOptions& options = {});

/// Of a snapshot that was made of \a image.
[[nodiscard]] Snapshot describe(const AvailabilityImage& image, QByteArray bytes);

} // namespace vidimus::rights

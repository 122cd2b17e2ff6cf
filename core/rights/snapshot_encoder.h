#pragma once

#include "core/base/signature.h"
#include "core/rights/availability_image.h"

namespace vidimus::rights {

/// The bytes of a snapshot after docs/snapshot-format.md. Freezes the image and names its state when that was not done
/// yet. Without \a key it is not signed. It is read back before it is given. Errors: LimitExceeded, Internal.
[[nodiscard]] Result<QByteArray> encodeSnapshot(
    AvailabilityImage& image, quint64 version, const SigningKey* key = nullptr);

/// A step and the way back.
struct DeltaPair {
    QByteArray forward;
    QByteArray reverse;
    qint64 titles = 0; ///< changed
};

/// The deltas of a step that was just taken of a frozen image with a snapshot, between two versions. Names the new
/// state. Errors: Unsupported "needs_snapshot" when the tables have outgrown the layout.
[[nodiscard]] Result<DeltaPair> encodeStep(AvailabilityImage& image, const ImageStep& step, quint64 fromVersion,
    quint64 toVersion, const SigningKey* key = nullptr);

/// Puts digest and signature in their places of a snapshot or delta whose first 104 bytes are free. Pure.
void seal(QByteArray& bytes, QByteArrayView magic, const SigningKey* key);

} // namespace vidimus::rights

#pragma once

#include "core/rights/availability_image.h"

namespace vidimus::rights {

/// An image that goes on where a snapshot of ours stands.
struct DecodedSnapshot {
    AvailabilityImage image;
    quint64 version = 0;
};

/// Errors: Corrupt when the bytes are no snapshot, or one that our compiler would not have written.
[[nodiscard]] Result<DecodedSnapshot> decodeSnapshot(const QByteArray& bytes);

/// What a snapshot speaks of, which the reader has opened before.
[[nodiscard]] ImageBasis basisOfSnapshot(const QByteArray& bytes);

/// Sets in \a image what \a target holds; titles that it does not have are gone. Both speak of the same sites, offers
/// and countries. Errors: Unsupported "needs_snapshot" when they do not.
[[nodiscard]] Result<void> changeInto(AvailabilityImage& image, const AvailabilityImage& target);

} // namespace vidimus::rights

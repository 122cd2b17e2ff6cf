#pragma once

#include "core/rights/availability_image.h"

namespace vidimus::rights {

/// Takes a delta that leads on from where the image of a decoded snapshot stands, so that it goes on where a chain of
/// deltas ends. The delta's seal is the caller's to check. The version that it leads to. Errors: Corrupt, and the image
/// is of no use any more.
[[nodiscard]] Result<quint64> followDelta(AvailabilityImage& image, const QByteArray& delta);

} // namespace vidimus::rights

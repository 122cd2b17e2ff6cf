#pragma once

#include "core/base/cancel.h"
#include "core/rights/availability_image.h"
#include "core/rights/resolver.h"

#include <QSet>

namespace vidimus::rights {

/// What a snapshot of these rules speaks of. With \a partition, that site alone.
[[nodiscard]] ImageBasis basisOf(const Resolver& resolver, const QString& partition = {});

/// Flattens the path of every title of \a resolver into windows, drops what cannot match, and sets the outcome in
/// \a image. The resolver may hold a part of the rules only: whole paths of the titles it names. Titles of the image
/// that it does not name stay as they are. Errors: Canceled; Unsupported "needs_snapshot" when a rule speaks of what
/// the image does not tell apart (dropStep() then).
[[nodiscard]] Result<void> flattenInto(
    AvailabilityImage& image, const Resolver& resolver, const CancelToken& cancel = {});

/// The same for the titles in \a chosen alone, of which those that the resolver does not have are gone; its others are
/// there for what comes from above.
[[nodiscard]] Result<void> flattenSome(AvailabilityImage& image, const Resolver& resolver, const QSet<QString>& chosen);
/// The same for a resolver that holds all rules: titles that it does not name are gone.
[[nodiscard]] Result<void> flattenAll(
    AvailabilityImage& image, const Resolver& resolver, const CancelToken& cancel = {});

} // namespace vidimus::rights

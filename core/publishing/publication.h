#pragma once

#include "core/base/result.h"

namespace vidimus::publishing {

/// Where a publication stands, on the studio and on the server. Announced is "accepted by the server"; Live is "seen
/// by our own fetch". Accepted is not live.
enum class PublicationState { Planned, Building, Announced, Live, Failed, Withdrawn };

/// What can happen to it.
enum class PublicationEvent { Build, Announce, SeeLive, Fail, Withdraw, Plan };

/// The state after \a event. Repeating an event that already took effect changes nothing and is no error, because
/// sending again must be safe. Errors: Conflict for a step that is not allowed from \a state. Pure; any thread.
[[nodiscard]] Result<PublicationState> advance(PublicationState state, PublicationEvent event);

[[nodiscard]] const char* publicationStateName(PublicationState state);
/// Errors: Invalid for an unknown name.
[[nodiscard]] Result<PublicationState> publicationStateFromName(QByteArrayView name);

} // namespace vidimus::publishing

#pragma once

#include "session.h"

namespace vidimus::mediaworker {

/// Container and streams: media::MediaFacts.
[[nodiscard]] worker::Message runProbe(Session& session, worker::Received request);
/// Tries one of worker::kForbiddenThings; seldom survives.
[[nodiscard]] worker::Message runSelfProbe(Session& session, worker::Received request);

} // namespace vidimus::mediaworker

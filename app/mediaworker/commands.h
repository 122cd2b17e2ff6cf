#pragma once

#include "session.h"

namespace vidimus::mediaworker {

/// Tries one of worker::kForbiddenThings; seldom survives.
[[nodiscard]] worker::Message runSelfProbe(const Session& session, worker::Received request);

} // namespace vidimus::mediaworker

#pragma once

#include "core/media/facts.h"

namespace vidimus::media::engine {

class Input;
struct PacketScan;

/// What a person should know about a file that can be opened. Reads nothing.
[[nodiscard]] std::vector<MediaProblem> findProblems(
    const Input& input, const MediaFacts& facts, const PacketScan& scan);

} // namespace vidimus::media::engine

#pragma once

#include "core/media/facts.h"

struct AVStream;
struct AVFrame;

namespace vidimus::media::engine {

/// What libav's stream header says, as our values. Counts and times that a scan measures are left empty.
[[nodiscard]] VideoStream videoFactsOf(const AVStream* stream);
[[nodiscard]] AudioStream audioFactsOf(const AVStream* stream);
[[nodiscard]] SubtitleStream subtitleFactsOf(const AVStream* stream);
[[nodiscard]] OtherStream otherFactsOf(const AVStream* stream);
/// The colour tags of one picture, with what it leaves open taken from \a fallback.
[[nodiscard]] ColorTags colorTagsOf(const AVFrame* frame, const ColorTags& fallback);

} // namespace vidimus::media::engine

#include "core/matching/engine/run_fingerprint.h"

#include "core/media/engine/pass.h"

#include <array>

namespace vidimus::matching::engine {

using namespace Qt::StringLiterals;

Result<Fingerprint> fingerprintOf(media::engine::Input& input, const FingerprintOptions& options,
    const CancelToken& cancel, const ProgressSink& progress)
{
    if (input.bestVideo() < 0)
        return Error {ErrorCode::Invalid, u"there is no picture in this file"_s, "no_picture"};
    FingerprintSink sink(options);
    const std::array<media::engine::FrameSink*, 1> sinks {&sink};
    const auto summary = media::engine::runPass(input, sinks, {}, cancel, progress);
    if (!summary)
        return summary.error();
    return sink.takeFingerprint();
}

} // namespace vidimus::matching::engine

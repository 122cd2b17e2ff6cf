#pragma once

#include "session.h"

#include "core/checks/check_cost.h"
#include "core/checks/measurements.h"
#include "core/media/engine/checkpoints.h"
#include "core/worker/pass_request.h"

#include <functional>

namespace vidimus::mediaworker {

/// Reads the request of a pass and lets go of its bytes: a state to go on from is tens of megabytes, and each copy
/// would stay for the whole pass. Errors: Invalid.
[[nodiscard]] Result<worker::PassRequest> takePassRequest(worker::Received& request);
/// Does the work of a pass with its measurements put away in the file that the request offers, if it offers one. A file
/// that does not give back what it took makes the answer a Failure (Io, "scratch_lost").
[[nodiscard]] worker::Message withScratch(
    Session& session, const worker::PassRequest& request, const std::function<worker::Message()>& work);
/// Container and streams: media::MediaFacts.
[[nodiscard]] worker::Message runProbe(Session& session, worker::Received request);
/// One pass of the checks of a profile: checks::Measurements; the parent judges.
/// What is answered to a check, see worker::CheckedFile.
[[nodiscard]] worker::Message checkAnswer(
    const checks::Measurements& measurements, const std::vector<checks::CheckCost>& costs, qint64 resumedAt = 0);
/// The same for a programme of any length: each check's measurement goes ahead in a message of its own.
[[nodiscard]] worker::Message checkAnswerInParts(
    Session& session, checks::Measurements measurements, const std::vector<checks::CheckCost>& costs, qint64 resumedAt);
/// Sends the states of one sink as the request wishes, as long as a message can hold them.
[[nodiscard]] media::engine::Checkpoints checkpointsOf(
    Session& session, const worker::PassRequest& request, worker::CheckpointPart part);
[[nodiscard]] worker::Message runCheck(Session& session, worker::Received request);
/// A few looks at a file, or one at a range: checks::Looks.
[[nodiscard]] worker::Message runLookFirst(Session& session, worker::Received request);
/// The hashes of the picture: matching::Fingerprint.
[[nodiscard]] worker::Message runFingerprint(Session& session, worker::Received request);
/// Checks and fingerprint from one decode.
[[nodiscard]] worker::Message runCheckAndFingerprint(Session& session, worker::Received request);
/// Renditions: transcode::TranscodeResult; each file goes to a descriptor that the parent hands over.
[[nodiscard]] worker::Message runTranscode(Session& session, worker::Received request);
/// A corrected copy: transcode::FixedFile; it goes to one descriptor that the parent hands over.
[[nodiscard]] worker::Message runFix(Session& session, worker::Received request);
/// What a model sees in sampled pictures: checks::Measurements with that one check.
[[nodiscard]] worker::Message runModel(Session& session, worker::Received request);
/// As runCheck(), of some frames alone.
[[nodiscard]] worker::Message runCheckRange(Session& session, worker::Received request);
/// Answers requests for frames and sound until it is told to stop.
[[nodiscard]] worker::Message runFrames(Session& session, worker::Received request);
/// Proves every check on generated vectors: checks::SelfTestRow.
[[nodiscard]] worker::Message runSelfTest(Session& session, worker::Received request);
/// The sheets of a licensor's workbook or XML file: avails::toBytes().
[[nodiscard]] worker::Message runReadSheets(Session& session, worker::Received request);
/// Tries one of worker::kForbiddenThings; seldom survives.
[[nodiscard]] worker::Message runSelfProbe(Session& session, worker::Received request);

} // namespace vidimus::mediaworker

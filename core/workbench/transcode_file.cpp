#include "core/base/sha256.h"
#include "core/media/facts.h"
#include "core/transcode/encoder_info.h"
#include "core/transcode/ladder.h"
#include "core/transcode/plan.h"
#include "core/transcode/segment_store.h"
#include "core/transcode/transcode_request.h"
#include "core/workbench/open_input.h"
#include "core/workbench/renditions.h"
#include "core/worker/worker_pool.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// Which encoder "auto" or a name means. The software encoder is part of the worker; whether it opens is found out
/// there.
Result<transcode::EncoderChoice> resolveEncoder(const QString& wanted)
{
    std::vector<transcode::EncoderState> states;
    for (const transcode::EncoderInfo& encoder : transcode::knownEncoders())
        states.push_back({.encoder = encoder, .usable = true, .why = {}});
    return transcode::chooseEncoder(wanted, transcode::VideoCodec::H264, states);
}

} // namespace

Result<transcode::TranscodeResult> transcodeFile(worker::WorkerPool& workers, const QString& path,
    const QString& ladder, const QString& folder, const QString& encoder, const CancelToken& cancel,
    const ProgressSink& progress, const RenditionDetailSink& detail,
    const std::vector<transcode::TimeSpan>& posterSpans)
{
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto rungs = transcode::loadLadder(ladder);
    if (!rungs)
        return rungs.error();
    const auto sha256 = sha256HexOfFile(input->get(), cancel);
    if (!sha256)
        return sha256.error();
    const auto facts = workers.probe(input->get(), cancel);
    if (!facts)
        return facts.error();
    transcode::TranscodeRequest request {
        .ladder = *rungs, .source = transcode::sourceFactsOf(*facts), .encoder = encoder, .posterSpans = posterSpans};
    const auto plan = transcode::makePlan(request.source, *rungs);
    if (!plan)
        return plan.error();
    const auto choice = resolveEncoder(encoder);
    if (!choice)
        return choice.error();
    // A worker that crashes is replaced and goes on after the segments that stand; the second crash parks the file.
    for (;;) {
        auto store = transcode::SegmentStore::open(folder, *plan, *sha256, choice->encoder.id, cancel);
        if (!store)
            return store.error();
        request.finished = store->finished();
        RenditionProgress outputs(*plan, request.finished, *store, detail);
        auto result = workers.transcode(input->get(), request, outputs, cancel, progress);
        if (result || result.error().reason != "worker_crashed")
            return result;
    }
}

} // namespace vidimus::workbench

#include "core/base/sha256.h"
#include "core/media/facts.h"
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

Error notChosen(const QString& encoder)
{
    return Error {ErrorCode::NotFound, u"there is no encoder \"%1\""_s.arg(encoder), "unknown_encoder"};
}

} // namespace

Result<transcode::TranscodeResult> transcodeFile(worker::WorkerPool& workers, const QString& path,
    const QString& ladder, const QString& folder, const QString& encoder, const CancelToken& cancel,
    const ProgressSink& progress)
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
        .ladder = *rungs, .source = transcode::sourceFactsOf(*facts), .encoder = encoder};
    const auto plan = transcode::makePlan(request.source, *rungs);
    if (!plan)
        return plan.error();
    if (encoder != u"auto"
        && std::ranges::none_of(transcode::knownEncoders(), [&](const auto& known) { return known.id == encoder; }))
        return notChosen(encoder);
    auto store = transcode::SegmentStore::open(folder, *plan, *sha256, encoder, cancel);
    if (!store)
        return store.error();
    request.finished = store->finished();
    return workers.transcode(input->get(), request, *store, cancel, progress);
}

} // namespace vidimus::workbench

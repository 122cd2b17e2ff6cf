#include "core/transcode/engine/transcoder.h"

#include "core/media/engine/pass.h"
#include "core/transcode/engine/encoder_probe.h"
#include "core/transcode/engine/luma_quality.h"
#include "core/transcode/engine/manifest_writer.h"
#include "core/transcode/engine/transcode_sink_p.h"
#include "core/transcode/hls_manifest.h"

#include <algorithm>
#include <chrono>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

Result<const RegisteredEncoder*> registeredEncoder(const QString& id)
{
    const auto& encoders = encoderRegistry();
    const auto found
        = std::ranges::find_if(encoders, [&](const RegisteredEncoder& encoder) { return encoder.info.id == id; });
    if (found == encoders.end())
        return Error {ErrorCode::Internal, u"%1 has no code."_s.arg(id), "encoder_unknown"};
    return &*found;
}

RenditionResult resultOf(
    const Plan& plan, int rendition, const EncoderInfo& encoder, const QString& codec, const OutputWriter& writer)
{
    const PlannedRendition& planned = plan.renditions[static_cast<std::size_t>(rendition)];
    RenditionResult result {
        .name = planned.name, .width = planned.width, .height = planned.height, .codec = codec, .encoder = encoder.id};
    QList<PlaylistSegment> segments;
    double ssim = 0;
    double squaredError = 0;
    const QList<FinishedOutput> outputs = writer.all(OutputKind::VideoSegment, rendition);
    for (const FinishedOutput& output : outputs) {
        segments.append({.uri = {}, .durationTicks = output.durationTicks, .bytes = output.bytes});
        result.measuredFrames += output.measuredFrames;
        ssim += output.ssimSum;
        squaredError += output.squaredErrorSum;
    }
    const TrackRates rates = measureRates(plan.grid.timescale, segments);
    result.averageBitRate = rates.average;
    result.peakBitRate = rates.peak;
    if (result.measuredFrames > 0) {
        result.ssim = ssim / result.measuredFrames;
        result.psnr = psnrOf(squaredError / result.measuredFrames);
    }
    return result;
}

Result<EncoderChoice> chosenEncoder(const TranscodeRequest& request)
{
    const QList<EncoderState> states = probeEncoders();
    return chooseEncoder(request.encoder, VideoCodec::H264, states);
}

} // namespace

Result<TranscodeResult> runTranscode(int fd, const TranscodeRequest& request, OutputSink& sink,
    const TranscodeOptions& options, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto began = std::chrono::steady_clock::now();
    const auto plan = makePlan(request.source, request.ladder);
    if (!plan)
        return plan.error();
    if (plan->toneMap)
        return Error {ErrorCode::Unsupported,
            u"The picture is PQ or HLG; a conversion to standard dynamic range is needed first."_s, "hdr_source"};
    const auto choice = chosenEncoder(request);
    if (!choice)
        return choice.error();
    const auto encoder = registeredEncoder(choice->encoder.id);
    if (!encoder)
        return encoder.error();
    auto input = media::engine::Input::open(fd, {}, cancel);
    if (!input)
        return std::move(input).error();

    const int tracks = static_cast<int>(plan->renditions.size()) + (plan->sound ? 1 : 0);
    OutputWriter writer(sink, request.finished, plan->segmentCount * tracks, progress);
    TranscodeSink transcode(*plan, **encoder, options.qualityInterval, writer);
    transcode.preferPosterFrom(request.posterSpans);
    media::engine::FrameSink* const sinks[] {&transcode};
    if (auto passed = media::engine::runPass(**input, sinks, {.picture = !plan->renditions.empty()}, cancel); !passed)
        return std::move(passed).error();

    if (auto joined = checkSegmentsJoin(*plan, writer); !joined)
        return std::move(joined).error();
    TranscodeResult result;
    QStringList codecs;
    for (int i = 0; i < static_cast<int>(plan->renditions.size()); ++i) {
        codecs.append(transcode.track(static_cast<std::size_t>(i)).codecString());
        result.renditions.append(resultOf(*plan, i, choice->encoder, codecs.back(), writer));
    }
    if (auto written = writeManifests(*plan, codecs, writer); !written)
        return std::move(written).error();
    result.hls = outputPath(*plan, {OutputKind::MasterPlaylist, 0, 0});
    if (writer.has({OutputKind::Poster, 0, 0}))
        result.poster = outputPath(*plan, {OutputKind::Poster, 0, 0});
    result.frames = transcode.pictures();
    result.segmentsEncoded = writer.segmentsWritten();
    result.segmentsReused = writer.segmentsReused();
    result.duration = transcode.endSeconds();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    result.fallbacks = choice->fallbacks;
    return result;
}

} // namespace vidimus::transcode::engine

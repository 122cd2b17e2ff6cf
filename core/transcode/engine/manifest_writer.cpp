#include "core/transcode/engine/manifest_writer.h"

#include "core/transcode/hls_manifest.h"

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kAacLowComplexity = "mp4a.40.2"; // RFC 6381, 3.3; object type 2 of ISO/IEC 14496-3

QList<PlaylistSegment> playlistSegments(const Plan& plan, const QList<FinishedOutput>& outputs)
{
    QList<PlaylistSegment> segments;
    for (const FinishedOutput& output : outputs)
        segments.append({.uri = outputPath(plan, output.key).section(u'/', -1),
            .durationTicks = output.durationTicks,
            .bytes = output.bytes});
    return segments;
}

struct WrittenTrack {
    QString uri;
    TrackRates rates;
};

Result<WrittenTrack> writePlaylist(const Plan& plan, OutputKind segmentKind, OutputKind playlistKind, int rendition,
    int timescale, OutputWriter& writer)
{
    const OutputKey key {playlistKind, rendition, 0};
    const QList<PlaylistSegment> segments = playlistSegments(plan, writer.all(segmentKind, rendition));
    const QByteArray text = hlsMediaPlaylist(u"init.mp4"_s, timescale, segments);
    if (auto written = writer.write({.key = key}, text); !written)
        return std::move(written).error();
    return WrittenTrack {.uri = outputPath(plan, key), .rates = measureRates(timescale, segments)};
}

Result<void> checkTrackJoins(const QList<FinishedOutput>& segments)
{
    qint64 expected = 0;
    for (const FinishedOutput& segment : segments) {
        if (segment.startTicks != expected)
            return Error {ErrorCode::Corrupt,
                u"Segment %1 begins at %2, not at %3."_s.arg(segment.key.segment).arg(segment.startTicks).arg(expected),
                "segments_do_not_join"};
        expected += segment.durationTicks;
    }
    return {};
}

} // namespace

Result<void> checkSegmentsJoin(const Plan& plan, const OutputWriter& writer)
{
    const auto starts = [&writer](int rendition) {
        QList<qint64> list;
        for (const FinishedOutput& segment : writer.all(OutputKind::VideoSegment, rendition))
            list.append(segment.startTicks);
        return list;
    };
    const QList<qint64> first = starts(0);
    for (int i = 0; i < static_cast<int>(plan.renditions.size()); ++i) {
        if (auto joined = checkTrackJoins(writer.all(OutputKind::VideoSegment, i)); !joined)
            return joined;
        if (starts(i) != first)
            return Error {
                ErrorCode::Corrupt, u"Rung %1 has other boundaries than the first."_s.arg(i), "segments_do_not_join"};
    }
    return plan.sound ? checkTrackJoins(writer.all(OutputKind::AudioSegment, 0)) : Result<void>();
}

Result<void> writeManifests(const Plan& plan, const QStringList& codecStrings, OutputWriter& writer)
{
    std::optional<MasterSound> sound;
    if (plan.sound) {
        auto track = writePlaylist(
            plan, OutputKind::AudioSegment, OutputKind::AudioPlaylist, 0, plan.sound->sampleRate, writer);
        if (!track)
            return std::move(track).error();
        sound = MasterSound {.uri = track->uri,
            .codecs = QString::fromLatin1(kAacLowComplexity),
            .channels = plan.sound->channels,
            .rates = track->rates};
    }
    QList<MasterVariant> variants;
    for (int i = 0; i < static_cast<int>(plan.renditions.size()); ++i) {
        auto track
            = writePlaylist(plan, OutputKind::VideoSegment, OutputKind::VideoPlaylist, i, plan.grid.timescale, writer);
        if (!track)
            return std::move(track).error();
        const PlannedRendition& rendition = plan.renditions[static_cast<std::size_t>(i)];
        variants.append({.uri = track->uri,
            .codecs = codecStrings.at(i),
            .width = rendition.width,
            .height = rendition.height,
            .frameRate = plan.frameRate,
            .rates = track->rates});
    }
    return writer.write({.key = {OutputKind::MasterPlaylist, 0, 0}}, hlsMasterPlaylist(variants, sound));
}

} // namespace vidimus::transcode::engine

#include "core/transcode/engine/cmaf_segment.h"

#include "core/transcode/engine/box_writer.h"

#include <algorithm>
#include <vector>

namespace vidimus::transcode::engine {

namespace {

// ISO/IEC 14496-12, 8.8.3.1 (sample flags), 8.8.7 (tfhd) and 8.8.8 (trun).
constexpr std::uint32_t kKeySample = 0x02000000;
constexpr std::uint32_t kDependentSample = 0x01010000;
constexpr std::uint32_t kDefaultBaseIsMoof = 0x020000;
constexpr std::uint32_t kDataOffset = 0x000001;
constexpr std::uint32_t kSampleDuration = 0x000100;
constexpr std::uint32_t kSampleSize = 0x000200;
constexpr std::uint32_t kSampleFlags = 0x000400;
constexpr std::uint32_t kSampleOffset = 0x000800;

void writeSegmentType(BoxWriter& box)
{
    box.begin("styp");
    box.bytes("cmfs");
    box.u32(0);
    box.bytes("cmfs");
    box.bytes("msdh");
    box.bytes("iso6");
    box.end();
}

void writeFragmentHeaders(BoxWriter& box, std::uint32_t sequence, std::int64_t startTicks)
{
    box.beginFull("mfhd", 0, 0);
    box.u32(sequence);
    box.end();
    box.begin("traf");
    box.beginFull("tfhd", 0, kDefaultBaseIsMoof);
    box.u32(1);
    box.end();
    box.beginFull("tfdt", 1, 0);
    box.u64(static_cast<std::uint64_t>(startTicks));
    box.end();
}

// Returns the place of the data offset, which is known once the moof is complete.
qsizetype beginRun(BoxWriter& box, std::uint8_t version, std::uint32_t flags, std::size_t samples)
{
    box.beginFull("trun", version, flags);
    box.u32(static_cast<std::uint32_t>(samples));
    const qsizetype place = box.size();
    box.u32(0);
    return place;
}

QByteArray finish(BoxWriter& box, qsizetype moofStart, qsizetype offsetPlace, QByteArrayView data)
{
    box.patch32(offsetPlace, static_cast<std::uint32_t>(box.size() - moofStart + 8));
    box.begin("mdat");
    box.bytes(data);
    box.end();
    return box.take();
}

} // namespace

QByteArray videoSegment(
    std::uint32_t sequence, std::int64_t reorderTicks, std::span<const CmafSample> samples, QByteArrayView data)
{
    std::vector<CmafSample> shown(samples.begin(), samples.end());
    std::ranges::sort(shown, {}, &CmafSample::presentationTicks);
    const std::int64_t first = shown.empty() ? 0 : shown.front().presentationTicks;

    BoxWriter box;
    writeSegmentType(box);
    const qsizetype moofStart = box.size();
    box.begin("moof");
    writeFragmentHeaders(box, sequence, first);
    const qsizetype offsetPlace
        = beginRun(box, 1, kDataOffset | kSampleDuration | kSampleSize | kSampleFlags | kSampleOffset, samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::int64_t offset = samples[i].presentationTicks - shown[i].presentationTicks + reorderTicks;
        box.u32(static_cast<std::uint32_t>(shown[i].durationTicks));
        box.u32(samples[i].bytes);
        box.u32(samples[i].isKey ? kKeySample : kDependentSample);
        box.u32(static_cast<std::uint32_t>(offset));
    }
    box.end();
    box.end();
    box.end();
    return finish(box, moofStart, offsetPlace, data);
}

QByteArray soundSegment(
    std::uint32_t sequence, std::int64_t startTicks, std::span<const std::uint32_t> sampleBytes, QByteArrayView data)
{
    BoxWriter box;
    writeSegmentType(box);
    const qsizetype moofStart = box.size();
    box.begin("moof");
    writeFragmentHeaders(box, sequence, startTicks);
    const qsizetype offsetPlace = beginRun(box, 0, kDataOffset | kSampleSize, sampleBytes.size());
    for (const std::uint32_t bytes : sampleBytes)
        box.u32(bytes);
    box.end();
    box.end();
    box.end();
    return finish(box, moofStart, offsetPlace, data);
}

} // namespace vidimus::transcode::engine

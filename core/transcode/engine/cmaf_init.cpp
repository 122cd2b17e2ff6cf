#include "core/transcode/engine/cmaf_init.h"

#include "core/transcode/engine/box_writer.h"

namespace vidimus::transcode::engine {

namespace {

constexpr std::uint32_t kTrackId = 1;
constexpr std::uint32_t kFixedOne = 0x00010000;
constexpr std::uint16_t kUndetermined = 0x55C4; // "und", ISO 639-2/T packed into 15 bits

void writeFileType(BoxWriter& box)
{
    box.begin("ftyp");
    box.bytes("iso6");
    box.u32(0);
    box.bytes("iso6");
    box.bytes("cmfc");
    box.bytes("mp41");
    box.end();
}

void writeMatrix(BoxWriter& box)
{
    for (const std::uint32_t value : {kFixedOne, 0U, 0U, 0U, kFixedOne, 0U, 0U, 0U, 0x40000000U})
        box.u32(value);
}

void writeMovieHeader(BoxWriter& box, int timescale)
{
    box.beginFull("mvhd", 0, 0);
    box.u32(0); // creation and modification times stay 0: the same settings give the same bytes
    box.u32(0);
    box.u32(static_cast<std::uint32_t>(timescale));
    box.u32(0); // duration: in the fragments
    box.u32(kFixedOne); // rate
    box.u16(0x0100); // volume
    box.zeros(10);
    writeMatrix(box);
    box.zeros(24);
    box.u32(kTrackId + 1);
    box.end();
}

void writeTrackHeader(BoxWriter& box, int width, int height, std::uint16_t volume)
{
    box.beginFull("tkhd", 0, 7); // enabled, in movie, in preview
    box.u32(0);
    box.u32(0);
    box.u32(kTrackId);
    box.u32(0);
    box.u32(0);
    box.zeros(8);
    box.u16(0); // layer
    box.u16(0); // alternate group
    box.u16(volume);
    box.u16(0);
    writeMatrix(box);
    box.u32(static_cast<std::uint32_t>(width) << 16);
    box.u32(static_cast<std::uint32_t>(height) << 16);
    box.end();
}

// ISO/IEC 14496-12, 8.6.6: showing begins at \a mediaTime; a duration of 0 is "all fragments to come".
void writeEditList(BoxWriter& box, std::int64_t mediaTime)
{
    box.begin("edts");
    box.beginFull("elst", 1, 0);
    box.u32(1);
    box.u64(0);
    box.u64(static_cast<std::uint64_t>(mediaTime));
    box.u32(kFixedOne);
    box.end();
    box.end();
}

void writeMediaHeader(BoxWriter& box, int timescale, QByteArrayView handler, QByteArrayView name)
{
    box.beginFull("mdhd", 0, 0);
    box.u32(0);
    box.u32(0);
    box.u32(static_cast<std::uint32_t>(timescale));
    box.u32(0);
    box.u16(kUndetermined);
    box.u16(0);
    box.end();
    box.beginFull("hdlr", 0, 0);
    box.u32(0);
    box.bytes(handler);
    box.zeros(12);
    box.bytes(name);
    box.u8(0);
    box.end();
}

void writeDataInformation(BoxWriter& box)
{
    box.begin("dinf");
    box.beginFull("dref", 0, 0);
    box.u32(1);
    box.beginFull("url ", 0, 1); // in this file
    box.end();
    box.end();
    box.end();
}

void writeEmptySampleTables(BoxWriter& box)
{
    box.beginFull("stts", 0, 0);
    box.u32(0);
    box.end();
    box.beginFull("stsc", 0, 0);
    box.u32(0);
    box.end();
    box.beginFull("stsz", 0, 0);
    box.u32(0);
    box.u32(0);
    box.end();
    box.beginFull("stco", 0, 0);
    box.u32(0);
    box.end();
}

void writeExtends(BoxWriter& box, std::uint32_t defaultDuration, std::uint32_t defaultFlags)
{
    box.begin("mvex");
    box.beginFull("trex", 0, 0);
    box.u32(kTrackId);
    box.u32(1); // sample description
    box.u32(defaultDuration);
    box.u32(0);
    box.u32(defaultFlags);
    box.end();
    box.end();
}

void writeAvcEntry(BoxWriter& box, const VideoTrackFacts& facts)
{
    box.begin("avc1");
    box.zeros(6);
    box.u16(1); // data reference
    box.zeros(16);
    box.u16(static_cast<std::uint16_t>(facts.width));
    box.u16(static_cast<std::uint16_t>(facts.height));
    box.u32(0x00480000); // 72 dpi
    box.u32(0x00480000);
    box.u32(0);
    box.u16(1); // frames per sample
    box.zeros(32); // compressor name
    box.u16(0x0018);
    box.u16(0xFFFF);
    box.begin("avcC");
    box.bytes(facts.avcConfiguration);
    box.end();
    box.begin("colr");
    box.bytes("nclx");
    box.u16(static_cast<std::uint16_t>(facts.colour.primaries));
    box.u16(static_cast<std::uint16_t>(facts.colour.transfer));
    box.u16(static_cast<std::uint16_t>(facts.colour.matrix));
    box.u8(facts.colour.fullRange ? 0x80 : 0);
    box.end();
    box.begin("pasp");
    box.u32(1);
    box.u32(1);
    box.end();
    box.end();
}

// ISO/IEC 14496-1, 7.2.6.5: an ES descriptor around the AudioSpecificConfig; all lengths fit one byte.
void writeElementaryStreamDescriptor(BoxWriter& box, const SoundTrackFacts& facts)
{
    const auto configLength = static_cast<std::uint8_t>(facts.audioSpecificConfig.size());
    box.beginFull("esds", 0, 0);
    box.u8(0x03); // ES_DescrTag
    box.u8(static_cast<std::uint8_t>(23 + configLength));
    box.u16(0); // ES_ID
    box.u8(0);
    box.u8(0x04); // DecoderConfigDescrTag
    box.u8(static_cast<std::uint8_t>(15 + configLength));
    box.u8(0x40); // Audio ISO/IEC 14496-3
    box.u8(0x15); // audio stream
    box.zeros(3); // buffer size
    box.u32(static_cast<std::uint32_t>(facts.bitRate));
    box.u32(static_cast<std::uint32_t>(facts.bitRate));
    box.u8(0x05); // DecSpecificInfoTag
    box.u8(configLength);
    box.bytes(facts.audioSpecificConfig);
    box.u8(0x06); // SLConfigDescrTag
    box.u8(1);
    box.u8(2); // as in MP4 files
    box.end();
}

void writeAacEntry(BoxWriter& box, const SoundTrackFacts& facts)
{
    box.begin("mp4a");
    box.zeros(6);
    box.u16(1);
    box.zeros(8);
    box.u16(static_cast<std::uint16_t>(facts.channels));
    box.u16(16);
    box.u32(0);
    box.u32(static_cast<std::uint32_t>(facts.sampleRate) << 16);
    writeElementaryStreamDescriptor(box, facts);
    box.end();
}

} // namespace

QByteArray videoInitSegment(const VideoTrackFacts& facts)
{
    BoxWriter box;
    writeFileType(box);
    box.begin("moov");
    writeMovieHeader(box, facts.timescale);
    box.begin("trak");
    writeTrackHeader(box, facts.width, facts.height, 0);
    writeEditList(box, facts.reorderTicks);
    box.begin("mdia");
    writeMediaHeader(box, facts.timescale, "vide", "Video");
    box.begin("minf");
    box.beginFull("vmhd", 0, 1);
    box.zeros(8);
    box.end();
    writeDataInformation(box);
    box.begin("stbl");
    box.beginFull("stsd", 0, 0);
    box.u32(1);
    writeAvcEntry(box, facts);
    box.end();
    writeEmptySampleTables(box);
    box.end();
    box.end();
    box.end();
    box.end();
    writeExtends(box, 0, 0);
    box.end();
    return box.take();
}

QByteArray soundInitSegment(const SoundTrackFacts& facts)
{
    BoxWriter box;
    writeFileType(box);
    box.begin("moov");
    writeMovieHeader(box, facts.sampleRate);
    box.begin("trak");
    writeTrackHeader(box, 0, 0, 0x0100);
    box.begin("mdia");
    writeMediaHeader(box, facts.sampleRate, "soun", "Audio");
    box.begin("minf");
    box.beginFull("smhd", 0, 0);
    box.zeros(4);
    box.end();
    writeDataInformation(box);
    box.begin("stbl");
    box.beginFull("stsd", 0, 0);
    box.u32(1);
    writeAacEntry(box, facts);
    box.end();
    writeEmptySampleTables(box);
    box.end();
    box.end();
    box.end();
    box.end();
    constexpr std::uint32_t kIndependent = 0x02000000; // each AAC frame can be decoded by itself
    writeExtends(box, 1'024, kIndependent);
    box.end();
    return box.take();
}

} // namespace vidimus::transcode::engine

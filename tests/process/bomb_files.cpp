#include "bomb_files.h"

#include <array>
#include <initializer_list>

namespace vidimus::test {

namespace {

QByteArray number(quint64 value, int bytes)
{
    QByteArray text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        text.append(static_cast<char>(value >> shift));
    return text;
}

/// CRC-32 of PNG, annex D.
quint32 crc(const QByteArray& bytes)
{
    quint32 rest = 0xffffffffU;
    for (const char byte : bytes) {
        rest ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            rest = (rest >> 1) ^ ((rest & 1U) != 0 ? 0xedb88320U : 0U);
    }
    return ~rest;
}

QByteArray chunk(const QByteArray& typeAndData)
{
    return number(static_cast<quint64>(typeAndData.size() - 4), 4) + typeAndData + number(crc(typeAndData), 4);
}

/// An EBML element (RFC 8794) with a length of eight bytes.
QByteArray element(quint32 id, int idBytes, const QByteArray& content)
{
    return number(id, idBytes) + '\x01' + number(static_cast<quint64>(content.size()), 7) + content;
}

QByteArray box(const char* type, std::initializer_list<QByteArray> parts)
{
    QByteArray content;
    for (const QByteArray& part : parts)
        content += part;
    return number(static_cast<quint64>(content.size() + 8), 4) + type + content;
}

const QByteArray kPlainBox(4, '\0'); ///< version 0, no flags
/// The unity matrix of 14496-12, 6.2.2.
QByteArray matrix()
{
    return number(0x10000, 4) + QByteArray(12, '\0') + number(0x10000, 4) + QByteArray(12, '\0')
        + number(0x40000000, 4);
}

} // namespace

QByteArray blackPng(quint32 width, quint32 height)
{
    const QByteArray rows(static_cast<qsizetype>(1 + (width + 7) / 8) * static_cast<qsizetype>(height), '\0');
    const QByteArray packed = qCompress(rows, 9).mid(4); // qCompress puts the length before the zlib stream
    return QByteArray("\x89PNG\r\n\x1a\n", 8)
        + chunk("IHDR" + number(width, 4) + number(height, 4) + QByteArray("\x01\0\0\0\0", 5)) + chunk("IDAT" + packed)
        + chunk("IEND");
}

QByteArray matroskaWithStreams(int streams)
{
    QByteArray tracks;
    for (int i = 1; i <= streams; ++i) {
        const QByteArray video = element(0xB0, 1, number(64, 2)) + element(0xBA, 1, number(64, 2));
        tracks += element(0xAE, 1,
            element(0xD7, 1, number(static_cast<quint64>(i), 4))
                + element(0x73C5, 2, number(static_cast<quint64>(i), 4)) + element(0x83, 1, number(1, 1))
                + element(0x86, 1, "V_VP8") + element(0xE0, 1, video));
    }
    const QByteArray info = element(0x2AD7B1, 3, number(1'000'000, 4)) + element(0x4D80, 2, "x");
    const QByteArray block = QByteArray("\x81\0\0\x80", 4) + QByteArray(32, 'x');
    const QByteArray cluster = element(0x1F43B675, 4, element(0xE7, 1, number(0, 1)) + element(0xA3, 1, block));
    return element(0x1A45DFA3, 4, element(0x4282, 2, "matroska"))
        + element(0x18538067, 4, element(0x1549A966, 4, info) + element(0x1654AE6B, 4, tracks) + cluster);
}

QByteArray mp4WithFrames(quint32 frames, quint32 ticks)
{
    constexpr quint32 kTimescale = 1000;
    const quint64 wanted = quint64 {frames} * ticks;
    const auto duration = static_cast<quint32>(std::min<quint64>(wanted, 0xffffffffU));
    const QByteArray times(8, '\0');
    const QByteArray entry = number(0, 6) + number(1, 2) + QByteArray(16, '\0') + number(64, 2) + number(64, 2)
        + number(0x480000, 4) + number(0x480000, 4) + QByteArray(4, '\0') + number(1, 2) + QByteArray(32, '\0')
        + number(24, 2) + number(0xffff, 2);
    const QByteArray table = box("stbl",
        {box("stsd", {kPlainBox, number(1, 4), box("raw ", {entry})}),
            box("stts", {kPlainBox, number(1, 4), number(frames, 4), number(ticks, 4)}),
            box("stsc", {kPlainBox, number(1, 4), number(1, 4), number(frames, 4), number(1, 4)}),
            box("stsz", {kPlainBox, number(1, 4), number(frames, 4)}),
            box("stco", {kPlainBox, number(1, 4), number(28, 4)})});
    const QByteArray media = box("mdia",
        {box("mdhd", {kPlainBox, times, number(kTimescale, 4), number(duration, 4), number(0x55c4, 2), number(0, 2)}),
            box("hdlr", {kPlainBox, number(0, 4), "vide", QByteArray(12, '\0'), QByteArray(1, '\0')}),
            box("minf",
                {box("vmhd", {number(1, 4), QByteArray(8, '\0')}),
                    box("dinf", {box("dref", {kPlainBox, number(1, 4), box("url ", {number(1, 4)})})}), table})});
    const QByteArray track = box("trak",
        {box("tkhd",
             {number(3, 4), times, number(1, 4), number(0, 4), number(duration, 4), QByteArray(16, '\0'), matrix(),
                 number(64 << 16, 4), number(64 << 16, 4)}),
            media});
    const QByteArray movie = box("moov",
        {box("mvhd",
             {kPlainBox, times, number(kTimescale, 4), number(duration, 4), number(0x10000, 4), number(0x100, 2),
                 QByteArray(10, '\0'), matrix(), QByteArray(24, '\0'), number(2, 4)}),
            track});
    return box("ftyp", {"isom", number(0x200, 4), "isom"}) + box("mdat", {QByteArray(64, '\x7f')}) + movie;
}

} // namespace vidimus::test

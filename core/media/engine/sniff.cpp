#include "core/media/engine/sniff.h"

#include <algorithm>
#include <array>

namespace vidimus::media::engine {

using namespace Qt::StringLiterals;

namespace {

bool hasAt(QByteArrayView head, qsizetype offset, QByteArrayView mark)
{
    return head.size() >= offset + mark.size() && head.sliced(offset, mark.size()) == mark;
}

struct Mark {
    qsizetype offset;
    QByteArrayView bytes;
    const char* demuxer;
};

template<std::size_t N>
constexpr QByteArrayView raw(const char (&text)[N])
{
    return QByteArrayView(text, N - 1);
}

// Where each container's own standard puts its mark.
constexpr std::array kMarks {
    Mark {0, raw("\x1a\x45\xdf\xa3"), "matroska"}, // EBML, RFC 8794
    Mark {0, raw("\x00\x00\x01\xba"), "mpeg"}, // ISO/IEC 13818-1 pack header
    Mark {0, raw("\x00\x00\x01\xb3"), "mpegvideo"}, // ISO/IEC 13818-2 sequence header
    Mark {8, raw("AVI "), "avi"},
    Mark {8, raw("WAVE"), "wav"},
    Mark {8, raw("WEBP"), "webp_pipe"},
    Mark {0, raw("FLV\x01"), "flv"},
    Mark {0, raw("OggS"), "ogg"},
    Mark {0, raw("fLaC"), "flac"},
    Mark {0, raw("\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02"), "mxf"}, // SMPTE ST 377-1 partition pack
    Mark {0, raw("\x89PNG\r\n\x1a\n"), "png_pipe"},
    Mark {0, raw("\xff\xd8\xff"), "jpeg_pipe"},
    Mark {0, raw("GIF8"), "gif"},
};
// First boxes of ISO/IEC 14496-12 and QuickTime files.
constexpr std::array kFirstBoxes {raw("ftyp"), raw("moov"), raw("mdat"), raw("free"), raw("skip"), raw("wide"),
    raw("styp"), raw("moof"), raw("sidx"), raw("pnot")};
// Known and not handled: named, so that a person learns what the file is.
constexpr std::array kUnsupported {
    Mark {0, raw("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), "Windows Media (ASF)"},
    Mark {0, raw(".RMF"), "RealMedia"},
    Mark {0, raw("%PDF"), "PDF"},
    Mark {0, raw("PK\x03\x04"), "ZIP archive"},
    Mark {0, raw("\x1f\x8b"), "gzip archive"},
    Mark {0, raw("7z\xbc\xaf\x27\x1c"), "7-Zip archive"},
    Mark {0, raw("Rar!"), "RAR archive"},
    Mark {0, raw("II*\x00"), "TIFF image"},
    Mark {0, raw("MM\x00*"), "TIFF image"},
    Mark {0,
        raw("\x7f"
            "ELF"),
        "program"},
};

// Words that begin playlists, manifests and session descriptions.
constexpr std::array kPlaylistWords {raw("#EXT"), raw("ffconcat"), raw("v=0"), raw("[playlist]"), raw("<?xml"),
    raw("<MPD"), raw("<playlist"), raw("<smil"), raw("<asx"), raw("<SmoothStreaming"), raw("[Reference]"), raw("file "),
    raw("rtsptext"), raw("RTSPtext"), raw(";FFMETADATA"), raw("http://"), raw("https://"), raw("rtsp://")};

bool isTransportStream(QByteArrayView head)
{
    constexpr char kSync = 0x47; // ISO/IEC 13818-1, 2.4.3.2
    for (const auto& [first, size] : {std::pair<qsizetype, qsizetype> {0, 188}, {4, 192}, {0, 204}}) {
        int packets = 0;
        qsizetype at = first;
        while (at < head.size() && packets < 5 && head[at] == kSync) {
            at += size;
            ++packets;
        }
        if (packets >= 5 || (packets >= 1 && at >= head.size() && head.size() >= size))
            return true;
    }
    return false;
}

// An MPEG audio or ADTS frame header; null when it is none.
const char* elementaryAudio(QByteArrayView head)
{
    if (head.size() < 4 || static_cast<quint8>(head[0]) != 0xff)
        return nullptr;
    const auto second = static_cast<quint8>(head[1]);
    const auto third = static_cast<quint8>(head[2]);
    if ((second & 0xf6) == 0xf0) // ISO/IEC 13818-7, 6.2: sync word and layer 0
        return "aac";
    const bool valid = (second & 0xe0) == 0xe0 && (second & 0x18) != 0x08 && (second & 0x06) != 0
        && (third & 0xf0) != 0xf0 && (third & 0x0c) != 0x0c; // ISO/IEC 11172-3, 2.4.2.3
    return valid ? "mp3" : nullptr;
}

QByteArrayView withoutBom(QByteArrayView head)
{
    return hasAt(head, 0, raw("\xef\xbb\xbf")) ? head.sliced(3) : head;
}

bool isUtf16(QByteArrayView head)
{
    return (hasAt(head, 0, raw("\xff\xfe")) && head.size() > 3 && head[3] == 0)
        || (hasAt(head, 0, raw("\xfe\xff")) && head.size() > 2 && head[2] == 0);
}

bool looksLikeText(QByteArrayView head)
{
    if (isUtf16(head))
        return true;
    const QByteArrayView part = head.first(std::min<qsizetype>(head.size(), 512));
    const auto odd = std::count_if(part.begin(), part.end(), [](char character) {
        const auto byte = static_cast<quint8>(character);
        return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f;
    });
    return odd == 0;
}

Error refusal(ErrorCode code, const QString& detail, const char* reason)
{
    return {code, detail, reason};
}

Result<QByteArray> sniffText(QByteArrayView text)
{
    while (!text.isEmpty() && QByteArrayView(" \t\r\n").contains(text.front()))
        text = text.sliced(1);
    const bool playlist = std::any_of(kPlaylistWords.begin(), kPlaylistWords.end(), [text](QByteArrayView word) {
        return text.size() >= word.size() && text.first(word.size()).compare(word, Qt::CaseInsensitive) == 0;
    });
    if (playlist)
        return refusal(
            ErrorCode::Invalid, u"a playlist or manifest that names other files is not media"_s, "playlist_refused");
    return refusal(ErrorCode::Invalid, u"text is not media"_s, "not_media");
}

} // namespace

Result<QByteArray> sniff(QByteArrayView head)
{
    if (head.isEmpty())
        return refusal(ErrorCode::Invalid, u"the file is empty"_s, "empty_file");
    // An ID3v2 tag (id3.org, 2.4, section 3.1) stands before the sound itself.
    if (hasAt(head, 0, raw("ID3")) && head.size() >= 10) {
        qsizetype size = 10;
        for (int n = 0, shift = 21; n < 4; ++n, shift -= 7)
            size += static_cast<qsizetype>(head[6 + n] & 0x7f) << shift;
        const QByteArrayView after = size < head.size() ? head.sliced(size) : QByteArrayView();
        if (hasAt(after, 0, raw("fLaC")))
            return QByteArray("flac");
        const char* audio = elementaryAudio(after);
        return QByteArray(audio != nullptr ? audio : "mp3");
    }
    for (const Mark& mark : kMarks) {
        if (hasAt(head, mark.offset, mark.bytes)
            && (mark.offset == 0 || hasAt(head, 0, "RIFF") || hasAt(head, 0, "RF64")))
            return QByteArray(mark.demuxer);
    }
    const bool boxes = std::any_of(
        kFirstBoxes.begin(), kFirstBoxes.end(), [head](QByteArrayView box) { return hasAt(head, 4, box); });
    // "file" and "http" can stand in a first box size only for boxes of 1.7 GB; a text that imitates one is text.
    if (boxes && !looksLikeText(head))
        return QByteArray("mov");
    if (isTransportStream(head))
        return QByteArray("mpegts");
    for (const Mark& mark : kUnsupported) {
        if (hasAt(head, mark.offset, mark.bytes))
            return refusal(ErrorCode::Unsupported, u"%1 is not handled"_s.arg(QLatin1StringView(mark.demuxer)),
                "format_not_supported");
    }
    // A sync word is no text but could be a UTF-16 mark.
    if (const char* audio = elementaryAudio(head); audio != nullptr && !isUtf16(head))
        return QByteArray(audio);
    if (looksLikeText(withoutBom(head)))
        return sniffText(withoutBom(head));
    return refusal(ErrorCode::Invalid, u"not a media file that is known here"_s, "not_media");
}

} // namespace vidimus::media::engine

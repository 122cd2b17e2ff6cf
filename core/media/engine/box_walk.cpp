#include "core/media/engine/box_walk_p.h"

#include "core/media/engine/av_ptr_p.h"

#include <QtEndian>
#include <array>
#include <cstring>

namespace vidimus::media::engine {

namespace {

constexpr int kMaxBoxes = 4096; ///< headers read in all
constexpr int kMaxEdits = 1024; ///< of one track

class BoxWalk {
public:
    explicit BoxWalk(AVIOContext* io)
        : m_io(io)
    {
    }

    BoxFacts run(qint64 bytes)
    {
        walk(0, bytes, &BoxWalk::topLevel);
        return m_facts;
    }

private:
    using Visit = void (BoxWalk::*)(quint32 type, qint64 from, qint64 to);

    static constexpr quint32 name(const char (&text)[5])
    {
        return quint32(quint8(text[0])) << 24 | quint32(quint8(text[1])) << 16 | quint32(quint8(text[2])) << 8
            | quint8(text[3]);
    }

    bool read(qint64 position, void* data, int size)
    {
        return avio_seek(m_io, position, SEEK_SET) == position
            && avio_read(m_io, static_cast<unsigned char*>(data), size) == size;
    }

    void walk(qint64 position, qint64 end, Visit visit)
    {
        while (position + 8 <= end && ++m_boxes <= kMaxBoxes) {
            std::array<char, 16> header {};
            if (!read(position, header.data(), 8))
                return;
            qint64 size = qFromBigEndian<quint32>(header.data());
            const auto type = qFromBigEndian<quint32>(header.data() + 4);
            int headerBytes = 8;
            if (size == 1) {
                if (!read(position, header.data(), 16))
                    return;
                size = qFromBigEndian<qint64>(header.data() + 8);
                headerBytes = 16;
            } else if (size == 0) {
                size = end - position; // to the end of what holds it
            }
            if (size < headerBytes)
                return;
            const bool cut = size > end - position;
            m_facts.lastBoxCut |= cut;
            (this->*visit)(type, position + headerBytes, cut ? end : position + size);
            if (cut)
                return;
            position += size;
        }
    }

    void topLevel(quint32 type, qint64 from, qint64 to)
    {
        if (type == name("ftyp") || type == name("moov") || type == name("mdat"))
            m_facts.isBoxFile = true;
        if (type == name("mdat"))
            m_sawMedia = true;
        if (type == name("moof"))
            m_facts.fragmented = true;
        if (type == name("moov")) {
            m_facts.indexLast = m_sawMedia;
            walk(from, to, &BoxWalk::inMovie);
        }
    }

    void inMovie(quint32 type, qint64 from, qint64 to)
    {
        if (type == name("mvex"))
            m_facts.fragmented = true;
        if (type == name("trak"))
            walk(from, to, &BoxWalk::inTrack);
    }

    void inTrack(quint32 type, qint64 from, qint64 to)
    {
        if (type == name("edts"))
            walk(from, to, &BoxWalk::inEdits);
    }

    // ISO/IEC 14496-12, 8.6.6. The usual list is an empty edit at most, then one edit with the whole track.
    void inEdits(quint32 type, qint64 from, qint64 to)
    {
        std::array<char, 8> head {};
        if (type != name("elst") || to - from < 8 || !read(from, head.data(), 8))
            return;
        const bool wide = head[0] == 1;
        const int entryBytes = wide ? 20 : 12;
        const auto entries = qMin<qint64>(qFromBigEndian<quint32>(head.data() + 4), (to - from - 8) / entryBytes);
        int plays = 0;
        for (int n = 0; n < qMin<qint64>(entries, kMaxEdits); ++n) {
            std::array<char, 20> entry {};
            if (!read(from + 8 + qint64(n) * entryBytes, entry.data(), entryBytes))
                return;
            const qint64 mediaTime
                = wide ? qFromBigEndian<qint64>(entry.data() + 8) : qFromBigEndian<qint32>(entry.data() + 4);
            const auto rate = qFromBigEndian<qint16>(entry.data() + (wide ? 16 : 8));
            const bool isEmpty = mediaTime < 0;
            plays += isEmpty ? 0 : 1;
            const bool usual = rate == 1 && (isEmpty ? n == 0 : plays == 1);
            m_facts.edits += usual ? 0 : 1;
        }
    }

    AVIOContext* m_io;
    BoxFacts m_facts;
    int m_boxes = 0;
    bool m_sawMedia = false;
};

} // namespace

BoxFacts walkBoxes(AVIOContext* io, qint64 bytes)
{
    const qint64 before = avio_tell(io);
    const BoxFacts facts = BoxWalk(io).run(bytes);
    static_cast<void>(avio_seek(io, before, SEEK_SET));
    return facts;
}

} // namespace vidimus::media::engine

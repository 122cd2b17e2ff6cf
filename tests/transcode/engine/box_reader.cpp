#include "box_reader.h"

#include <QtEndian>

namespace vidimus::test {

quint32 u32At(const QByteArray& body, qsizetype offset)
{
    return offset + 4 <= body.size() ? qFromBigEndian<quint32>(body.constData() + offset) : 0;
}

quint64 u64At(const QByteArray& body, qsizetype offset)
{
    return quint64(u32At(body, offset)) << 32 | u32At(body, offset + 4);
}

QList<Box> readBoxes(const QByteArray& bytes)
{
    QList<Box> boxes;
    qsizetype at = 0;
    while (at + 8 <= bytes.size()) {
        const qsizetype size = u32At(bytes, at);
        if (size < 8 || at + size > bytes.size())
            return {};
        boxes.append({bytes.sliced(at + 4, 4), bytes.sliced(at + 8, size - 8)});
        at += size;
    }
    return at == bytes.size() ? boxes : QList<Box> {};
}

std::optional<QByteArray> findBox(const QByteArray& bytes, const QByteArray& path)
{
    QByteArray body = bytes;
    const QList<QByteArray> names = path.split('/');
    for (const QByteArray& name : names) {
        bool found = false;
        const QList<Box> boxes = readBoxes(body);
        for (const Box& box : boxes) {
            if (box.type != name)
                continue;
            qsizetype header = 0; // what stands before the children
            if (name == "stsd")
                header = 8;
            else if (name == "avc1")
                header = 78;
            else if (name == "mp4a")
                header = 28;
            body = box.body.sliced(name == names.last() ? 0 : header);
            found = true;
            break;
        }
        if (!found)
            return std::nullopt;
    }
    return body;
}

std::optional<Run> readRun(const QByteArray& body)
{
    const quint32 head = u32At(body, 0);
    Run run {.version = static_cast<int>(head >> 24), .dataOffset = u32At(body, 8), .samples = {}};
    qsizetype at = 12;
    const quint32 count = u32At(body, 4);
    for (quint32 i = 0; i < count; ++i) {
        RunSample sample;
        const auto take = [&](quint32 flag) {
            if ((head & flag) == 0)
                return quint32(0);
            at += 4;
            return u32At(body, at - 4);
        };
        sample.duration = take(0x100);
        sample.size = take(0x200);
        sample.flags = take(0x400);
        sample.offset = static_cast<qint32>(take(0x800));
        run.samples.append(sample);
    }
    if (at != body.size())
        return std::nullopt;
    return run;
}

} // namespace vidimus::test

#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

namespace vidimus::test {

/// One box of an ISO base media file as a test reads it back.
struct Box {
    QByteArray type;
    QByteArray body; ///< after size and type
};

/// The boxes that fill \a bytes; none when they do not fill it exactly.
[[nodiscard]] QList<Box> readBoxes(const QByteArray& bytes);
/// The body of the first box on \a path ("moov/trak/mdia/mdhd"), through plain containers and stsd.
[[nodiscard]] std::optional<QByteArray> findBox(const QByteArray& bytes, const QByteArray& path);

[[nodiscard]] quint32 u32At(const QByteArray& body, qsizetype offset);
[[nodiscard]] quint64 u64At(const QByteArray& body, qsizetype offset);

/// A trun box, field by field.
struct RunSample {
    quint32 duration = 0;
    quint32 size = 0;
    quint32 flags = 0;
    qint32 offset = 0;
};
struct Run {
    int version = 0;
    quint32 dataOffset = 0;
    QList<RunSample> samples;
};
[[nodiscard]] std::optional<Run> readRun(const QByteArray& body);

} // namespace vidimus::test

#include "core/transcode/engine/nal_units.h"

#include <QtEndian>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

namespace {

// ITU-T H.264, table 7-1.
constexpr int kSupplemental = 6;
constexpr int kSequenceParameterSet = 7;
constexpr int kPictureParameterSet = 8;
constexpr int kDelimiter = 9;
constexpr char kUnregisteredUserData = 5; // annex D, payload type

int unitType(QByteArrayView unit)
{
    return unit.isEmpty() ? 0 : unit.front() & 0x1F;
}

bool belongsIntoSegment(QByteArrayView unit)
{
    switch (unitType(unit)) {
    case 0:
    case kSequenceParameterSet:
    case kPictureParameterSet:
    case kDelimiter:
        return false;
    case kSupplemental:
        return unit.size() < 2 || unit[1] != kUnregisteredUserData;
    default:
        return true;
    }
}

// The place of the next "0 0 1" at or after \a from, or -1.
qsizetype startCodeAt(QByteArrayView stream, qsizetype from)
{
    return stream.indexOf(QByteArrayView("\0\0\1", 3), from);
}

} // namespace

QList<QByteArrayView> splitByteStream(QByteArrayView stream)
{
    QList<QByteArrayView> units;
    qsizetype code = startCodeAt(stream, 0);
    while (code >= 0) {
        const qsizetype begin = code + 3;
        code = startCodeAt(stream, begin);
        qsizetype end = code < 0 ? stream.size() : code;
        while (end > begin && stream[end - 1] == 0)
            --end;
        if (end > begin)
            units.append(stream.sliced(begin, end - begin));
    }
    return units;
}

Result<AvcParameterSets> parameterSetsOf(QByteArrayView globalHeader)
{
    AvcParameterSets sets;
    const QList<QByteArrayView> units = splitByteStream(globalHeader);
    for (const QByteArrayView unit : units) {
        if (unitType(unit) == kSequenceParameterSet)
            sets.sequence = unit.toByteArray();
        else if (unitType(unit) == kPictureParameterSet)
            sets.picture = unit.toByteArray();
    }
    if (sets.sequence.size() < 4 || sets.picture.isEmpty())
        return Error {ErrorCode::Internal, u"The encoder gave no parameter sets."_s, "encoder_header"};
    return sets;
}

QByteArray avcConfiguration(const AvcParameterSets& sets)
{
    const auto appendSet = [](QByteArray& record, const QByteArray& set) {
        record.append(static_cast<char>(set.size() >> 8));
        record.append(static_cast<char>(set.size()));
        record.append(set);
    };
    QByteArray record;
    record.append('\1');
    record.append(sets.sequence.sliced(1, 3)); // profile, constraints, level
    record.append('\xFF'); // lengths have four bytes
    record.append('\xE1'); // one sequence parameter set
    appendSet(record, sets.sequence);
    record.append('\1');
    appendSet(record, sets.picture);
    constexpr auto kHighProfile = static_cast<char>(100);
    if (sets.sequence[1] == kHighProfile)
        record.append("\xFD\xF8\xF8\x00", 4); // 4:2:0, 8 bit luma, 8 bit chroma, no extensions
    return record;
}

QByteArray toLengthPrefixed(QByteArrayView accessUnit)
{
    QByteArray out;
    out.reserve(accessUnit.size() + 16);
    const QList<QByteArrayView> units = splitByteStream(accessUnit);
    for (const QByteArrayView unit : units) {
        if (!belongsIntoSegment(unit))
            continue;
        char length[4];
        qToBigEndian(static_cast<quint32>(unit.size()), length);
        out.append(length, 4);
        out.append(unit);
    }
    return out;
}

} // namespace vidimus::transcode::engine

#pragma once

#include <QByteArray>
#include <vector>

namespace vidimus::rights {

struct IdBytes {
    quint32 kind = 0; ///< 0 text, 1 UUID, 2 number
    quint32 width = 0; ///< bytes of an id that is no text; 0 for numbers that follow each other
    quint32 buckets = 0; ///< 0: numbers that rise need no index
    quint64 firstNumber = 0;
    QByteArray rows, text, index, bucketStarts;
};

/// The titles' ids in the smallest of the three forms, with the index to find them by.
[[nodiscard]] IdBytes encodeIds(const std::vector<QByteArray>& ids);

} // namespace vidimus::rights

#include "core/rights/reader_status.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

QString sentenceOf(vav_status status)
{
    switch (status) {
    case VAV_OK:
        return u"it is sound"_s;
    case VAV_IO:
        return u"it cannot be opened or read"_s;
    case VAV_NOT_A_SNAPSHOT:
        return u"it is no snapshot and no delta of one"_s;
    case VAV_WRONG_VERSION:
        return u"it has a format that this reader does not know"_s;
    case VAV_BAD_CHECKSUM:
        return u"it is damaged: its checksum does not fit"_s;
    case VAV_CORRUPT:
        return u"its checksum fits, but what it says does not hold together"_s;
    case VAV_BAD_SIGNATURE:
        return u"it is not signed by the key that was given"_s;
    case VAV_WRONG_BASE:
        return u"it is a delta from another state than the one that stands; give the deltas in their order"_s;
    case VAV_NO_MEMORY:
        return u"there is not enough memory for it"_s;
    case VAV_BUSY:
        return u"too many older states are still held"_s;
    }
    return u"it was refused for a reason that has no name here"_s;
}

} // namespace vidimus::rights

#include "core/media/color.h"

#include <algorithm>
#include <array>

namespace vidimus::media {

using namespace Qt::StringLiterals;

namespace {

struct CodePoint {
    int value;
    QLatin1StringView name;
};

// ITU-T H.273 (07/2021), tables 2, 3 and 4.
constexpr std::array kPrimaries {
    CodePoint {1, "bt709"_L1},
    CodePoint {2, "unspecified"_L1},
    CodePoint {4, "bt470m"_L1},
    CodePoint {5, "bt470bg"_L1},
    CodePoint {6, "smpte170m"_L1},
    CodePoint {7, "smpte240m"_L1},
    CodePoint {8, "film"_L1},
    CodePoint {9, "bt2020"_L1},
    CodePoint {10, "smpte428"_L1},
    CodePoint {11, "smpte431"_L1},
    CodePoint {12, "smpte432"_L1},
    CodePoint {22, "ebu3213"_L1},
};
constexpr std::array kTransfers {
    CodePoint {1, "bt709"_L1},
    CodePoint {2, "unspecified"_L1},
    CodePoint {4, "bt470m"_L1},
    CodePoint {5, "bt470bg"_L1},
    CodePoint {6, "smpte170m"_L1},
    CodePoint {7, "smpte240m"_L1},
    CodePoint {8, "linear"_L1},
    CodePoint {9, "log100"_L1},
    CodePoint {10, "log316"_L1},
    CodePoint {11, "iec61966-2-4"_L1},
    CodePoint {12, "bt1361e"_L1},
    CodePoint {13, "iec61966-2-1"_L1},
    CodePoint {14, "bt2020-10"_L1},
    CodePoint {15, "bt2020-12"_L1},
    CodePoint {16, "smpte2084"_L1},
    CodePoint {17, "smpte428"_L1},
    CodePoint {18, "arib-std-b67"_L1},
};
constexpr std::array kMatrices {
    CodePoint {0, "gbr"_L1},
    CodePoint {1, "bt709"_L1},
    CodePoint {2, "unspecified"_L1},
    CodePoint {4, "fcc"_L1},
    CodePoint {5, "bt470bg"_L1},
    CodePoint {6, "smpte170m"_L1},
    CodePoint {7, "smpte240m"_L1},
    CodePoint {8, "ycgco"_L1},
    CodePoint {9, "bt2020nc"_L1},
    CodePoint {10, "bt2020c"_L1},
    CodePoint {11, "smpte2085"_L1},
    CodePoint {14, "ictcp"_L1},
};

template<std::size_t N>
QString nameOf(const std::array<CodePoint, N>& table, int value)
{
    const auto found
        = std::find_if(table.begin(), table.end(), [value](const auto& row) { return row.value == value; });
    return found == table.end() ? QString::number(value) : QString(found->name);
}

constexpr int kMatrixBt709 = 1;
constexpr int kMatrixBt601 = 6;
constexpr int kHdLines = 720;

} // namespace

HdrKind hdrKindOf(const ColorTags& tags)
{
    constexpr int kSt2084 = 16;
    constexpr int kAribB67 = 18;
    return tags.transfer == kSt2084 ? HdrKind::Pq : tags.transfer == kAribB67 ? HdrKind::Hlg : HdrKind::Sdr;
}

int effectiveMatrix(const ColorTags& tags, int height)
{
    if (tags.matrix != ColorTags::kUnspecified)
        return tags.matrix;
    return height >= kHdLines ? kMatrixBt709 : kMatrixBt601;
}

ColorRange effectiveRange(const ColorTags& tags)
{
    return tags.range == ColorRange::Full ? ColorRange::Full : ColorRange::Limited;
}

QString primariesName(int primaries)
{
    return nameOf(kPrimaries, primaries);
}

QString transferName(int transfer)
{
    return nameOf(kTransfers, transfer);
}

QString matrixName(int matrix)
{
    return nameOf(kMatrices, matrix);
}

} // namespace vidimus::media

#include "core/media/engine/picture_turn.h"

#include <cstring>

namespace vidimus::media::engine {

PictureBuffer turned(PictureBuffer picture, Orientation orientation)
{
    if (orientation == Orientation {})
        return picture;
    PictureBuffer result = picture;
    if (orientation.swapsSides())
        std::swap(result.width, result.height);
    constexpr int kPixelBytes = 4;
    result.strideBytes = result.width * kPixelBytes;
    result.bytes = QByteArray(qsizetype(result.strideBytes) * result.height, Qt::Uninitialized);
    const int width = picture.width;
    const int height = picture.height;
    const char* source = picture.bytes.constData();
    char* target = result.bytes.data();
    for (int y = 0; y < result.height; ++y) {
        for (int x = 0; x < result.width; ++x) {
            int fromX = x;
            int fromY = y;
            switch (orientation.clockwiseDegrees) {
            case 90:
                fromX = y;
                fromY = height - 1 - x;
                break;
            case 180:
                fromX = width - 1 - x;
                fromY = height - 1 - y;
                break;
            case 270:
                fromX = width - 1 - y;
                fromY = x;
                break;
            default:
                break;
            }
            if (orientation.mirrored)
                fromX = width - 1 - fromX;
            std::memcpy(target + qsizetype(y) * result.strideBytes + qsizetype(x) * kPixelBytes,
                source + qsizetype(fromY) * picture.strideBytes + qsizetype(fromX) * kPixelBytes, kPixelBytes);
        }
    }
    return result;
}

} // namespace vidimus::media::engine

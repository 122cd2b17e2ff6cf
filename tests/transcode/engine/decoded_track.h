#pragma once

#include <QByteArray>
#include <QList>

namespace vidimus::test {

/// One track read back with libav from an init segment and its segments.
struct DecodedTrack {
    bool ok = false;
    QList<double> pictureTimes; ///< seconds, presentation order
    QList<double> keyTimes;
    QList<int> numbers; ///< what paintNumbered() put into each picture, -1 where it cannot be read
    int width = 0;
    int height = 0;
    qint64 soundSamples = 0; ///< decoded, per channel
    int sampleRate = 0;
    int channels = 0;
    double soundEnergy = 0; ///< mean square of the first channel
};
[[nodiscard]] DecodedTrack decodeTrack(const QByteArray& file);

} // namespace vidimus::test

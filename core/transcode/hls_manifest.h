#pragma once

#include "core/base/rational.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <optional>

namespace vidimus::transcode {

/// One segment in a media playlist.
struct PlaylistSegment {
    QString uri;
    qint64 durationTicks = 0;
    qint64 bytes = 0;
};

/// The exact media playlist of one track (RFC 8216bis, version 7, VOD). Pure.
[[nodiscard]] QByteArray hlsMediaPlaylist(
    const QString& initUri, int timescale, const QList<PlaylistSegment>& segments);

/// Bits a second of a track: of its heaviest segment and over all. RFC 8216bis, 4.4.6.2: the peak is the largest over
/// any run of segments between 0.5 and 1.5 target durations; segments shorter than half a target count with a
/// neighbour.
struct TrackRates {
    qint64 peak = 0;
    qint64 average = 0;
};
[[nodiscard]] TrackRates measureRates(int timescale, const QList<PlaylistSegment>& segments);

/// One row of the master playlist.
struct MasterVariant {
    QString uri;
    QString codecs; ///< of the picture, RFC 6381
    int width = 0;
    int height = 0;
    Rational frameRate;
    TrackRates rates; ///< picture only; the sound's are added
};
struct MasterSound {
    QString uri;
    QString codecs; ///< "mp4a.40.2"
    int channels = 2;
    TrackRates rates;
};

/// Variants in the given order. Without variants the sound itself is the one variant. Pure.
[[nodiscard]] QByteArray hlsMasterPlaylist(
    const QList<MasterVariant>& variants, const std::optional<MasterSound>& sound);

/// "avc1.PPCCLL" from a sequence parameter set (the NAL unit with its header byte); empty when it is too short.
[[nodiscard]] QString avcCodecString(QByteArrayView sequenceParameterSet);

} // namespace vidimus::transcode

#include "core/transcode/hls_manifest.h"

#include "core/transcode/segment_grid.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

// RFC 8216bis, 4.4.3.1: the target duration is that of the longest segment, rounded to the nearest second.
qint64 targetDuration(int timescale, const QList<PlaylistSegment>& segments)
{
    qint64 longest = 1;
    for (const PlaylistSegment& segment : segments)
        longest = std::max(longest, segment.durationTicks);
    return std::max<qint64>(1, scaleRounded(longest, 1, timescale));
}

// Ticks as seconds with six digits, by whole numbers so that no rounding of a double enters.
QByteArray decimalSeconds(qint64 ticks, int timescale)
{
    const qint64 micro = scaleRounded(ticks, 1'000'000, timescale);
    return QByteArray::number(micro / 1'000'000) + '.' + QByteArray::number(micro % 1'000'000).rightJustified(6, '0');
}

QByteArray decimalRate(Rational rate)
{
    const qint64 milli = scaleRounded(rate.num, 1'000, rate.den);
    return QByteArray::number(milli / 1'000) + '.' + QByteArray::number(milli % 1'000).rightJustified(3, '0');
}

qint64 bitsPerSecond(qint64 bytes, qint64 ticks, int timescale)
{
    if (ticks <= 0)
        return 0;
    return static_cast<qint64>(
        std::ceil(static_cast<double>(bytes) * 8 * timescale / static_cast<double>(ticks) - 1e-9));
}

QByteArray head()
{
    return "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n";
}

QByteArray bandwidth(const TrackRates& rates)
{
    return "BANDWIDTH=" + QByteArray::number(rates.peak) + ",AVERAGE-BANDWIDTH=" + QByteArray::number(rates.average);
}

} // namespace

QByteArray hlsMediaPlaylist(const QString& initUri, int timescale, const QList<PlaylistSegment>& segments)
{
    QByteArray text = head();
    text += "#EXT-X-TARGETDURATION:" + QByteArray::number(targetDuration(timescale, segments)) + '\n';
    text += "#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:VOD\n";
    text += "#EXT-X-MAP:URI=\"" + initUri.toUtf8() + "\"\n";
    for (const PlaylistSegment& segment : segments) {
        text += "#EXTINF:" + decimalSeconds(segment.durationTicks, timescale) + ",\n";
        text += segment.uri.toUtf8() + '\n';
    }
    return text + "#EXT-X-ENDLIST\n";
}

TrackRates measureRates(int timescale, const QList<PlaylistSegment>& segments)
{
    const qint64 halfTarget = targetDuration(timescale, segments) * timescale / 2;
    const qint64 longestRun = halfTarget * 3;
    TrackRates rates;
    qint64 allBytes = 0;
    qint64 allTicks = 0;
    for (qsizetype first = 0; first < segments.size(); ++first) {
        allBytes += segments[first].bytes;
        allTicks += segments[first].durationTicks;
        qint64 bytes = 0;
        qint64 ticks = 0;
        for (qsizetype i = first; i < segments.size(); ++i) {
            bytes += segments[i].bytes;
            ticks += segments[i].durationTicks;
            if (ticks > longestRun && i > first)
                break;
            if (ticks >= halfTarget)
                rates.peak = std::max(rates.peak, bitsPerSecond(bytes, ticks, timescale));
        }
    }
    rates.average = bitsPerSecond(allBytes, allTicks, timescale);
    rates.peak = std::max(rates.peak, rates.average); // a track shorter than half a target has one rate
    return rates;
}

QByteArray hlsMasterPlaylist(const QList<MasterVariant>& variants, const std::optional<MasterSound>& sound)
{
    QByteArray text = head();
    if (variants.isEmpty()) {
        if (sound)
            text += "\n#EXT-X-STREAM-INF:" + bandwidth(sound->rates) + ",CODECS=\"" + sound->codecs.toLatin1() + "\"\n"
                + sound->uri.toUtf8() + '\n';
        return text;
    }
    if (sound)
        text += "\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Audio\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\""
            + QByteArray::number(sound->channels) + "\",URI=\"" + sound->uri.toUtf8() + "\"\n";
    for (const MasterVariant& variant : variants) {
        TrackRates rates = variant.rates;
        QString codecs = variant.codecs;
        if (sound) {
            rates.peak += sound->rates.peak;
            rates.average += sound->rates.average;
            codecs += u',' + sound->codecs;
        }
        text += "\n#EXT-X-STREAM-INF:" + bandwidth(rates) + ",CODECS=\"" + codecs.toLatin1() + "\",RESOLUTION="
            + QByteArray::number(variant.width) + 'x' + QByteArray::number(variant.height) + ",FRAME-RATE="
            + decimalRate(variant.frameRate) + (sound ? ",AUDIO=\"audio\"" : "") + '\n' + variant.uri.toUtf8() + '\n';
    }
    return text;
}

QString avcCodecString(QByteArrayView sequenceParameterSet)
{
    if (sequenceParameterSet.size() < 4)
        return {};
    return u"avc1."_s + QString::fromLatin1(sequenceParameterSet.sliced(1, 3).toByteArray().toHex());
}

} // namespace vidimus::transcode

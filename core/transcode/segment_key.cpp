#include "core/transcode/segment_key.h"

#include "core/base/json.h"
#include "core/base/sha256.h"

#include <QJsonArray>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

QString text(Rational value)
{
    return u"%1/%2"_s.arg(value.num).arg(value.den);
}

QJsonObject describe(const PlannedRendition& rendition)
{
    return {{u"name"_s, rendition.name}, {u"width"_s, rendition.width}, {u"height"_s, rendition.height},
        {u"codec"_s, videoCodecName(rendition.codec)}, {u"crf"_s, rendition.crf}, {u"max_rate"_s, rendition.maxRate},
        {u"buffer_size"_s, rendition.bufferSize}, {u"profile"_s, h264ProfileName(rendition.profile)},
        {u"level"_s, rendition.level}};
}

QJsonObject describe(const Plan& plan)
{
    QJsonArray renditions;
    for (const PlannedRendition& rendition : plan.renditions)
        renditions.append(describe(rendition));
    QJsonObject object {{u"ladder"_s, plan.ladder}, {u"preset"_s, plan.preset}, {u"renditions"_s, renditions},
        {u"timescale"_s, plan.grid.timescale}, {u"length"_s, text(plan.grid.length)},
        {u"tolerance"_s, text(plan.grid.tolerance)}, {u"segment_count"_s, plan.segmentCount},
        {u"rotation"_s, plan.rotation}, {u"mirrored"_s, plan.mirrored}, {u"constant_rate"_s, plan.constantRate},
        {u"deinterlace"_s, plan.deinterlace}, {u"tone_map"_s, plan.toneMap}, {u"frame_rate"_s, text(plan.frameRate)}};
    if (plan.sound)
        object.insert(u"sound"_s,
            QJsonObject {{u"sample_rate"_s, plan.sound->sampleRate}, {u"channels"_s, plan.sound->channels},
                {u"bit_rate"_s, plan.sound->bitRate}});
    return object;
}

// Rungs are scaled from the next larger one, so the sizes above belong to a rung's filter chain; its settings do not.
void keepOneRendition(QJsonObject& object, const Plan& plan, int rendition)
{
    const auto index = static_cast<std::size_t>(rendition);
    QJsonObject own = describe(plan.renditions.at(index));
    own.remove(u"name"_s);
    QJsonArray chain;
    for (std::size_t i = 0; i <= index; ++i)
        chain.append(u"%1x%2"_s.arg(plan.renditions[i].width).arg(plan.renditions[i].height));
    object.insert(u"renditions"_s, QJsonArray {own});
    object.insert(u"scaling"_s, chain);
    object.remove(u"sound"_s);
}

} // namespace

QByteArray segmentKey(const QByteArray& sourceSha256, const QString& encoderId, const Plan& plan, const OutputKey& key)
{
    // What is known to be harmless is taken out of the whole; a list of what matters would forget something one day.
    QJsonObject object = describe(plan);
    object.remove(u"ladder"_s);
    object.remove(u"segment_count"_s);
    object.insert(u"source"_s, QString::fromLatin1(sourceSha256));
    object.insert(u"renderer"_s, kRendererVersion);
    object.insert(u"encoder"_s, encoderId);
    object.insert(u"kind"_s, outputKindName(key.kind));
    object.insert(u"segment"_s, key.segment);
    switch (key.kind) {
    case OutputKind::VideoInit:
    case OutputKind::VideoSegment:
    case OutputKind::VideoPlaylist:
        keepOneRendition(object, plan, key.rendition);
        object.insert(u"held_for_sound"_s, plan.sound.has_value()); // the last frame stands until the sound ends
        break;
    case OutputKind::AudioInit:
    case OutputKind::AudioSegment:
    case OutputKind::AudioPlaylist:
        object.insert(u"renditions"_s, !plan.renditions.empty()); // the picture's first frame is the sound's zero
        object.remove(u"preset"_s);
        break;
    case OutputKind::Poster:
    case OutputKind::MasterPlaylist:
        break;
    }
    return sha256Hex(canonicalJson(object));
}

} // namespace vidimus::transcode

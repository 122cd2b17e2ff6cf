#include "core/transcode/plan.h"

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

QString segmentName(int segment)
{
    return u"seg_%1.m4s"_s.arg(segment + 1, 5, 10, QLatin1Char('0'));
}

QString videoFolder(const Plan& plan, int rendition)
{
    return u"video/"_s + plan.renditions.at(static_cast<std::size_t>(rendition)).name;
}

} // namespace

QString outputPath(const Plan& plan, const OutputKey& key)
{
    switch (key.kind) {
    case OutputKind::VideoInit:
        return videoFolder(plan, key.rendition) + u"/init.mp4"_s;
    case OutputKind::VideoSegment:
        return videoFolder(plan, key.rendition) + u'/' + segmentName(key.segment);
    case OutputKind::VideoPlaylist:
        return videoFolder(plan, key.rendition) + u"/index.m3u8"_s;
    case OutputKind::AudioInit:
        return u"audio/init.mp4"_s;
    case OutputKind::AudioSegment:
        return u"audio/"_s + segmentName(key.segment);
    case OutputKind::AudioPlaylist:
        return u"audio/index.m3u8"_s;
    case OutputKind::Poster:
        return u"poster.jpg"_s;
    case OutputKind::MasterPlaylist:
        return u"master.m3u8"_s;
    }
    return {};
}

bool isOutputOf(const Plan& plan, const OutputKey& key)
{
    const bool oneOfMany = key.kind == OutputKind::VideoSegment || key.kind == OutputKind::AudioSegment;
    if (oneOfMany ? key.segment < 0 || key.segment >= kMaxSegments : key.segment != 0)
        return false;
    switch (key.kind) {
    case OutputKind::VideoInit:
    case OutputKind::VideoSegment:
    case OutputKind::VideoPlaylist:
        return key.rendition >= 0 && static_cast<std::size_t>(key.rendition) < plan.renditions.size();
    case OutputKind::AudioInit:
    case OutputKind::AudioSegment:
    case OutputKind::AudioPlaylist:
        return key.rendition == 0 && plan.sound.has_value();
    case OutputKind::Poster:
        return key.rendition == 0 && !plan.renditions.empty();
    case OutputKind::MasterPlaylist:
        return key.rendition == 0;
    }
    return false;
}

QList<OutputKey> expectedOutputs(const Plan& plan)
{
    QList<OutputKey> keys;
    const auto addTrack = [&](OutputKind init, OutputKind segment, OutputKind playlist, int rendition) {
        keys.append({init, rendition, 0});
        for (int i = 0; i < plan.segmentCount; ++i)
            keys.append({segment, rendition, i});
        keys.append({playlist, rendition, 0});
    };
    for (int i = 0; i < static_cast<int>(plan.renditions.size()); ++i)
        addTrack(OutputKind::VideoInit, OutputKind::VideoSegment, OutputKind::VideoPlaylist, i);
    if (plan.sound)
        addTrack(OutputKind::AudioInit, OutputKind::AudioSegment, OutputKind::AudioPlaylist, 0);
    if (!plan.renditions.empty())
        keys.append({OutputKind::Poster, 0, 0});
    keys.append({OutputKind::MasterPlaylist, 0, 0});
    return keys;
}

QStringList outputFolders(const Plan& plan)
{
    QStringList folders;
    if (!plan.renditions.empty())
        folders.append(u"video"_s);
    for (int i = 0; i < static_cast<int>(plan.renditions.size()); ++i)
        folders.append(videoFolder(plan, i));
    if (plan.sound)
        folders.append(u"audio"_s);
    return folders;
}

} // namespace vidimus::transcode

#include "core/checks/engine/conformance_check.h"

#include "core/checks/engine/coding_levels.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> ConformanceCheck::create()
{
    return std::make_unique<ConformanceCheck>();
}

void ConformanceCheck::addPicture(const media::VideoStream& video, const media::ContainerFacts& container)
{
    const double samples = static_cast<double>(video.width) * video.height;
    if (const auto level = codingLevel(video.codec, container.pictureLevel)) {
        const double rate = video.averageRate.toDouble() * samples;
        m_values[u"level"_s] = container.pictureLevel;
        m_values[u"level_load"_s] = std::max(samples / level->maxPicture, rate / level->maxRate);
    }
    if (const auto holds = profileHolds(video.codec, container.pictureProfile, video.bitDepth, video.pixelFormat))
        m_values[u"profile_contradicted"_s] = *holds ? 0 : 1;
    constexpr double kMegabit = 1e6;
    m_values[u"peak_bit_rate_mbps"_s] = container.peakBitRate / kMegabit;
}

void ConformanceCheck::startProgramme(const media::engine::PassStart& start)
{
    m_known = start.container != nullptr;
    if (!m_known)
        return;
    const media::MediaFacts& facts = start.facts;
    const media::ContainerFacts& container = *start.container;
    if (const media::VideoStream* video = facts.programmeVideo())
        addPicture(*video, container);
    double unusual = 0;
    const auto count = [&](const QString& codec) {
        const auto usual = isUsualIn(facts.container, codec);
        unusual += usual && !*usual ? 1 : 0;
    };
    for (const auto& stream : facts.video)
        count(stream.codec);
    for (const auto& stream : facts.audio)
        count(stream.codec);
    for (const auto& stream : facts.subtitles)
        count(stream.codec);
    m_values[u"unusual_codecs"_s] = unusual;
    if (container.boxes.isBoxFile) {
        m_values[u"index_last"_s] = container.boxes.indexLast ? 1 : 0;
        m_values[u"fragmented"_s] = container.boxes.fragmented ? 1 : 0;
        m_values[u"edits"_s] = container.boxes.edits;
    }
    if (facts.bestVideo >= 0 && facts.bestAudio >= 0)
        m_values[u"interleave_s"_s] = container.interleaveSeconds;
    m_values[u"bit_rate_mbps"_s] = static_cast<double>(facts.bitRate) / 1e6;
}

CheckMeasurement ConformanceCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    measurement.cause = m_known ? QString() : u"not_measured"_s;
    measurement.scalars = m_values;
    return measurement;
}

} // namespace vidimus::checks::engine

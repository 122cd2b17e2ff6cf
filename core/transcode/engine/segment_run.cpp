#include "core/transcode/engine/nal_units.h"
#include "core/transcode/engine/segment_run_p.h"

#include <algorithm>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

SegmentRun::SegmentRun(std::unique_ptr<VideoEncoder> encoder, std::optional<SegmentChecker> checker)
    : m_encoder(std::move(encoder))
    , m_checker(std::move(checker))
{
}

Result<SegmentRun> SegmentRun::create(const RegisteredEncoder& encoder, const VideoEncoderSettings& settings,
    const QByteArray& expectedHeader, Quality quality)
{
    auto opened = encoder.create(settings);
    if (!opened)
        return std::move(opened).error();
    if ((*opened)->globalHeader() != expectedHeader)
        return Error {ErrorCode::Internal, u"The encoder's header changed between segments."_s, "encoder_header"};
    std::optional<SegmentChecker> checker;
    if (quality == Quality::Measure) {
        auto made = SegmentChecker::create(settings.rendition.codec, expectedHeader);
        if (!made)
            return std::move(made).error();
        checker.emplace(*std::move(made));
    }
    return SegmentRun(*std::move(opened), std::move(checker));
}

Result<void> SegmentRun::take(std::vector<EncodedPicture>& coded)
{
    for (const EncodedPicture& picture : coded) {
        const std::int64_t ticks = picture.ticks + m_showings.front().ticks;
        const auto showing = std::ranges::lower_bound(m_showings, ticks, {}, &Showing::ticks);
        if (showing == m_showings.end() || showing->ticks != ticks)
            return Error {ErrorCode::Internal, u"The encoder gave a picture at a time of its own."_s, "encoder_times"};
        if (m_checker) {
            if (auto checked = m_checker->check(picture); !checked)
                return checked;
        }
        const QByteArray sample = toLengthPrefixed(picture.byteStream);
        m_samples.push_back({.presentationTicks = ticks,
            .durationTicks = showing->durationTicks,
            .bytes = static_cast<std::uint32_t>(sample.size()),
            .isKey = picture.isKey});
        m_data += sample;
    }
    coded.clear();
    return {};
}

Result<void> SegmentRun::add(const TimedPicture& timed)
{
    m_showings.push_back(timed.showing);
    const std::int64_t ticks = timed.showing.ticks - m_showings.front().ticks;
    if (m_checker) {
        auto source = shareFrame(*timed.picture);
        if (!source)
            return std::move(source).error();
        m_checker->expect(ticks, *std::move(source));
    }
    std::vector<EncodedPicture> coded;
    if (auto encoded = m_encoder->encode(timed.picture.get(), ticks, coded); !encoded)
        return encoded;
    return take(coded);
}

Result<QByteArray> SegmentRun::finish(int segment, std::int64_t reorderTicks, SegmentFacts& facts)
{
    std::vector<EncodedPicture> coded;
    if (auto flushed = m_encoder->encode(nullptr, 0, coded); !flushed)
        return std::move(flushed).error();
    if (auto taken = take(coded); !taken)
        return std::move(taken).error();
    const auto keys = std::ranges::count_if(m_samples, &CmafSample::isKey);
    if (m_samples.size() != m_showings.size() || keys != 1 || !m_samples.front().isKey)
        return Error {ErrorCode::Internal,
            u"%1 pictures went in, %2 came out, %3 of them key."_s.arg(m_showings.size())
                .arg(m_samples.size())
                .arg(keys),
            "encoder_lost_pictures"};
    if (m_checker) {
        const auto sums = m_checker->finish();
        if (!sums)
            return sums.error();
        facts.quality = *sums;
    }
    facts.startTicks = m_showings.front().ticks;
    facts.durationTicks = m_showings.back().ticks + m_showings.back().durationTicks - facts.startTicks;
    facts.pictures = static_cast<int>(m_samples.size());
    return videoSegment(static_cast<std::uint32_t>(segment + 1), reorderTicks, m_samples, m_data);
}

} // namespace vidimus::transcode::engine

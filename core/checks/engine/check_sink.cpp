#include "core/checks/engine/check_sink.h"

#include "core/checks/engine/compiled_paths_p.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>
#include <opencv2/core.hpp>
#include <utility>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;
using media::engine::PassStart;
using media::engine::PictureSet;
using media::engine::PictureWish;

namespace {

/// A step of sound time beyond this is a gap, not rounding of time stamps.
constexpr double kGapSeconds = 0.02;

/// Ranges this close are one; the shortest packet of sound lasts more than two thousandths.
constexpr double kTouchSeconds = 0.001;

/// For picture and for sound. What is damaged beyond it makes the last range longer: too much is called damaged then,
/// never too little.
constexpr std::size_t kMostDamagedRanges = 20'000;
/// Decoded sound may exceed full scale; values beyond this are damage in floating-point streams.
constexpr float kLargestSample = 1e3F;

Luma lumaOf(const media::FrameView& view, std::vector<std::byte>& upright)
{
    const media::PlaneView& plane = view.planes[0];
    Luma luma;
    luma.data = plane.data;
    luma.stride = plane.strideBytes;
    luma.width = plane.width;
    luma.height = plane.height;
    luma.bits = media::bitDepthOf(view.format);
    luma.fullRange = view.color.range == media::ColorRange::Full;
    if (luma.stride < 0) {
        const auto rowBytes
            = static_cast<std::size_t>(luma.width) * static_cast<std::size_t>(media::bytesPerSampleOf(view.format));
        upright.resize(rowBytes * static_cast<std::size_t>(luma.height));
        for (int y = 0; y < luma.height; ++y)
            std::memcpy(
                upright.data() + rowBytes * static_cast<std::size_t>(y), plane.data + plane.strideBytes * y, rowBytes);
        luma.data = upright.data();
        luma.stride = static_cast<std::ptrdiff_t>(rowBytes);
    }
    return luma;
}

/// Also false for what is no number.
bool isSound(float sample)
{
    return std::abs(sample) <= kLargestSample;
}

VIDIMUS_BODY bool areSound(const float* samples, std::size_t count)
{
    int others = 0;
    for (std::size_t i = 0; i < count; ++i)
        others |= static_cast<int>(!(std::abs(samples[i]) <= kLargestSample));
    return others == 0;
}

double threadCpuSeconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// The first frame that is shown in each half second.
bool isSample(const FrameClock& clock, qint64 frame)
{
    constexpr double kRate = 2; // a second
    const auto slot = [&](qint64 one) { return std::floor(clock.start(one) * kRate); };
    return frame == 0 || slot(frame) != slot(frame - 1);
}

} // namespace

/// The thread's CPU time is a system call, the clock is none: the first is asked for all checks together, and each has
/// the share of it that it has of the clock.
template<class Call>
void CheckSink::each(Call call)
{
    using Clock = std::chrono::steady_clock;
    const double cpuBefore = threadCpuSeconds();
    const auto begin = Clock::now();
    auto before = begin;
    for (std::size_t i = 0; i < m_checks.size(); ++i) {
        call(*m_checks[i].check, m_checks[i].id);
        const auto now = Clock::now();
        m_elapsed[i] = now - std::exchange(before, now);
    }
    if (before == begin)
        return;
    const double cpuSeconds = threadCpuSeconds() - cpuBefore;
    const double share = cpuSeconds / std::chrono::duration<double>(before - begin).count();
    for (std::size_t i = 0; i < m_checks.size(); ++i)
        m_checks[i].cpuSeconds += share * std::chrono::duration<double>(m_elapsed[i]).count();
}

CheckSink::CheckSink(const Profile& profile)
    : m_checks(createChecks(profile))
    , m_elapsed(m_checks.size())
{
    cv::setNumThreads(1); // the decoder has the other cores; results must not depend on a pool
}

CheckSink::~CheckSink() = default;

std::vector<PictureWish> CheckSink::wishes(const media::MediaFacts&) const
{
    return {PictureWish {}};
}

media::engine::AudioWish CheckSink::audioWish() const
{
    return media::engine::AudioWish::Best;
}

Result<void> CheckSink::begin(const PassStart& start)
{
    ProgrammeFacts& facts = m_programme.facts;
    facts.declaredDuration = start.container != nullptr ? start.container->declaredSeconds : 0;
    if (const auto* video = start.facts.programmeVideo(); video != nullptr && !start.index.isEmpty()) {
        facts.hasPicture = true;
        facts.width = video->width;
        facts.height = video->height;
        FrameClock& clock = m_programme.clock;
        clock.timeBase = start.index.timeBase();
        clock.offset = start.index.timeOf(0).toDouble();
        const qint64 first = start.index.at(0).pts;
        for (qint64 frame = 0; frame < start.index.count(); ++frame)
            clock.starts.push_back(start.index.at(frame).pts - first);
        const double length = start.index.endTime().toDouble() - clock.offset;
        clock.end
            = std::max(clock.starts.back(), static_cast<qint64>(std::llround(length / clock.timeBase.toDouble())));
    }
    facts.hasSound = start.facts.programmeAudio() != nullptr;
    each([&](Check& check, const QString&) { check.startProgramme(start); });
    return m_resumed.empty() ? Result<void>() : takeState();
}

void CheckSink::addHolesUpTo(qint64 frame)
{
    for (; m_nextFrame < frame; ++m_nextFrame) {
        m_holes.push_back(m_nextFrame);
        m_products.forget();
        each([](Check& check, const QString&) { check.addHole(); });
    }
}

Result<void> CheckSink::picture(const PictureSet& pictures)
{
    const media::FrameView& view = pictures[0];
    if (view.number < 0 || view.number >= m_programme.clock.count())
        return {};
    if (m_seenBefore) {
        if (auto same = compareResumed(view); !same)
            return same;
    }
    if (view.number < m_nextFrame)
        return {};
    addHolesUpTo(view.number);
    const bool usable = !view.damaged && view.format != media::PixelFormat::Bgra && view.planes[0].data != nullptr;
    if (!usable) {
        addHolesUpTo(view.number + 1);
        return {};
    }
    try {
        const Luma luma = lumaOf(view, m_upright);
        m_products.forget();
        const Picture picture {view, luma, m_programme.clock.start(view.number),
            isSample(m_programme.clock, view.number), m_products, pictures.decoded};
        each([&](Check& check, const QString&) { check.addFrame(picture); });
    } catch (const std::exception& problem) { // OpenCV and memory
        return Error {ErrorCode::Internal, u"frame %1: %2"_s.arg(view.number).arg(QString::fromUtf8(problem.what())),
            "check_failed"};
    }
    ++m_nextFrame;
    if (view.key)
        m_lastKey = view.number;
    // How a decoder conceals damage may depend on where it began, up to the next key frame.
    const bool isSound = m_holes.empty() || m_holes.back() < m_lastKey;
    if (isSound && m_checkpointClock.isDue(m_checkpoints))
        m_checkpointClock.take(m_checkpoints, [&] { return stateAfter(view); });
    return {};
}

Result<void> CheckSink::audio(const media::AudioView& view)
{
    if (view.frames() == 0 || view.sampleRate <= 0)
        return {};
    const double time = view.time.toDouble();
    if (m_format.roles.empty()) {
        m_format = {view.sampleRate, {view.roles.begin(), view.roles.end()}};
        m_programme.facts.soundStart = time;
        each([&](Check& check, const QString&) { check.startSound(m_format); });
    }
    if (view.sampleRate != m_format.sampleRate || view.roles.size() != m_format.roles.size())
        return {}; // the pass gives one format per stream
    const double expected = m_programme.facts.soundStart + static_cast<double>(m_soundPosition) / m_format.sampleRate;
    if (time > expected + kGapSeconds)
        m_soundPosition = std::llround((time - m_programme.facts.soundStart) * m_format.sampleRate);
    addSound(view);
    m_soundPosition += static_cast<qint64>(view.frames());
    m_programme.facts.soundEnd
        = m_programme.facts.soundStart + static_cast<double>(m_soundPosition) / m_format.sampleRate;
    return {};
}

void CheckSink::addSound(const media::AudioView& view)
{
    SoundBlock block {view.samples, {}, 0, m_soundPosition, view.time.toDouble()};
    if (!Compiled<areSound>::best(view.samples.data(), view.samples.size())) {
        m_finite.assign(view.samples.begin(), view.samples.end());
        std::ranges::replace_if(m_finite, [&](float sample) { return !isSound(sample); }, 0.0F);
        block.samples = m_finite;
        const double start = m_programme.facts.soundStart + static_cast<double>(m_soundPosition) / m_format.sampleRate;
        const double length = static_cast<double>(view.frames()) / m_format.sampleRate;
        noteSoundDamage(start, start + length);
    }
    separateChannels(block);
    each([&](Check& check, const QString&) { check.addSound(block); });
}

void CheckSink::separateChannels(SoundBlock& block)
{
    const std::size_t channels = m_format.roles.size();
    block.frames = block.samples.size() / channels;
    m_channels.resize(channels);
    if (channels == 1) {
        m_channels[0] = block.samples.data();
    } else {
        m_planar.resize(channels * block.frames);
        for (std::size_t channel = 0; channel < channels; ++channel) {
            float* out = m_planar.data() + channel * block.frames;
            const float* in = block.samples.data() + channel;
            for (std::size_t i = 0; i < block.frames; ++i)
                out[i] = in[i * channels];
            m_channels[channel] = out;
        }
    }
    block.channels = m_channels;
}

Result<void> CheckSink::damaged(const media::engine::DamagedRange& range)
{
    // Holes in the picture are counted by the frames that did not come.
    if (!range.picture)
        noteSoundDamage(range.startSeconds, std::max(range.startSeconds, range.endSeconds));
    return {};
}

void CheckSink::noteSoundDamage(double start, double end)
{
    if (!m_programme.damage.empty()) {
        DamagedRange& last = m_programme.damage.back();
        const bool touches = start <= last.end + kTouchSeconds && end >= last.start - kTouchSeconds;
        if (touches || m_programme.damage.size() >= kMostDamagedRanges) {
            last.start = std::min(last.start, start);
            last.end = std::max(last.end, end);
            return;
        }
    }
    m_programme.damage.push_back({false, start, end, -1, -1, u"damaged"_s});
}

void CheckSink::noteHoles()
{
    std::size_t ranges = 1;
    for (std::size_t i = 0; i < m_holes.size();) {
        std::size_t end = i + 1;
        while (end < m_holes.size() && (m_holes[end] == m_holes[end - 1] + 1 || ranges == kMostDamagedRanges))
            ++end;
        const qint64 first = m_holes[i];
        const qint64 last = m_holes[end - 1];
        const FrameClock& clock = m_programme.clock;
        m_programme.damage.push_back({true, clock.start(first), clock.start(last + 1), first, last, u"damaged"_s});
        i = end;
        ++ranges;
    }
    std::ranges::stable_sort(m_programme.damage, {}, &DamagedRange::start);
}

Result<void> CheckSink::end()
{
    if (auto resumed = requireResumed(); !resumed)
        return resumed;
    addHolesUpTo(m_programme.clock.count());
    noteHoles();
    if (m_format.roles.empty() && m_programme.facts.hasSound) {
        // Sound is announced and nothing of it could be decoded.
        const double length = m_programme.clock.start(m_programme.clock.count());
        m_programme.damage.push_back(
            {false, 0, std::max(length, m_programme.facts.declaredDuration), -1, -1, u"damaged"_s});
    }
    std::map<QString, CheckMeasurement> measured;
    try {
        each([&](Check& check, const QString& id) { measured[id] = check.finish(m_programme); });
    } catch (const std::exception& problem) {
        return Error {ErrorCode::Internal, QString::fromUtf8(problem.what()), "check_failed"};
    }
    m_programme.checks = std::move(measured);
    for (const RunningCheck& running : m_checks)
        m_costs.push_back({running.id, running.cpuSeconds});
    m_checks.clear();
    return {};
}

Measurements CheckSink::takeMeasurements()
{
    return std::move(m_programme);
}

} // namespace vidimus::checks::engine

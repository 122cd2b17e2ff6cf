#include "core/checks/engine/self_test.h"

#include "core/checks/engine/check_sink.h"
#include "core/checks/engine/model_sink.h"
#include "core/checks/judge.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSampleRate = 48000;
constexpr qint64 kFrameTolerance = 2;
constexpr double kTimeTolerance = 0.1; // seconds

media::MediaFacts factsOf(const SelfTestVector& vector)
{
    media::MediaFacts facts;
    facts.durationSeconds
        = std::max(static_cast<double>(vector.frames) * vector.fpsDen / vector.fpsNum, vector.soundSeconds);
    if (vector.frames > 0) {
        media::VideoStream video;
        video.width = video.displayWidth = vector.width;
        video.height = video.displayHeight = vector.height;
        video.displayAspect = {vector.width, vector.height};
        video.averageRate = video.realRate = {vector.fpsNum, vector.fpsDen};
        video.frameCount = vector.frames;
        video.color = vector.color;
        video.bitDepth = vector.bits;
        video.hdr = vector.hdr;
        video.hdrValues = vector.hdrValues;
        facts.video.push_back(video);
        facts.bestVideo = 0;
    }
    if (vector.soundSeconds > 0) {
        media::AudioStream audio;
        audio.channels = 2;
        audio.layout = u"stereo"_s;
        audio.sampleRate = kSampleRate;
        facts.audio.push_back(audio);
        facts.bestAudio = 0;
    }
    return facts;
}

media::FrameIndex indexOf(const SelfTestVector& vector)
{
    std::vector<media::FrameIndexEntry> entries;
    for (int frame = 0; frame < vector.frames; ++frame)
        entries.push_back({frame, 1, true});
    return {{vector.fpsDen, vector.fpsNum}, {0, 1}, std::move(entries)};
}

Result<void> feedPicture(CheckSink& sink, const SelfTestVector& vector)
{
    const auto pixels = static_cast<std::size_t>(vector.width) * static_cast<std::size_t>(vector.height);
    const bool wide = vector.bits > 8;
    const std::size_t sampleBytes = wide ? 2 : 1;
    std::array<std::vector<std::uint8_t>, 3> planes;
    for (auto& plane : planes)
        plane.resize(pixels * sampleBytes);
    const auto put = [&](std::size_t plane, std::size_t at, int code) {
        if (wide)
            reinterpret_cast<std::uint16_t*>(planes[plane].data())[at] = static_cast<std::uint16_t>(code);
        else
            planes[plane][at] = static_cast<std::uint8_t>(code);
    };
    for (int frame = 0; frame < vector.frames; ++frame) {
        std::size_t at = 0;
        for (int y = 0; y < vector.height; ++y) {
            for (int x = 0; x < vector.width; ++x, ++at) {
                const SelfTestPixel pixel = vector.picture(frame, x, y);
                put(0, at, pixel.luma);
                put(1, at, pixel.cb);
                put(2, at, pixel.cr);
            }
        }
        media::FrameView view;
        view.format = wide ? media::PixelFormat::Yuv444p10 : media::PixelFormat::Yuv444p;
        view.width = vector.width;
        view.height = vector.height;
        const auto rowBytes = static_cast<std::ptrdiff_t>(sampleBytes) * vector.width;
        for (std::size_t plane = 0; plane < planes.size(); ++plane)
            view.planes[plane]
                = {reinterpret_cast<const std::byte*>(planes[plane].data()), rowBytes, vector.width, vector.height};
        view.number = frame;
        view.color = vector.color;
        view.interlaced = vector.interlaced;
        view.topFieldFirst = vector.topFieldFirst;
        if (auto taken = sink.picture({std::span(&view, 1), nullptr}); !taken)
            return taken;
    }
    return {};
}

Result<void> feedSound(CheckSink& sink, const SelfTestVector& vector)
{
    constexpr std::array kRoles {media::ChannelRole::FrontLeft, media::ChannelRole::FrontRight};
    constexpr qint64 kBlock = 1024;
    const auto total = static_cast<qint64>(std::llround(vector.soundSeconds * kSampleRate));
    std::vector<float> block;
    for (qint64 position = 0; position < total; position += kBlock) {
        block.clear();
        for (qint64 i = position; i < std::min(total, position + kBlock); ++i) {
            for (int channel = 0; channel < 2; ++channel)
                block.push_back(vector.sound(channel, i));
        }
        media::AudioView view;
        view.channels = 2;
        view.sampleRate = kSampleRate;
        view.roles = kRoles;
        view.samples = block;
        view.firstSample = position;
        view.time = {position, kSampleRate};
        if (auto taken = sink.audio(view); !taken)
            return taken;
    }
    return {};
}

/// What a model sees in the samples of a vector.
Result<Measurements> measureWithModel(const SelfTestVector& vector)
{
    const SelfTestModel model = vector.model();
    auto network = DnnModel::load(model.onnx, model.manifest);
    if (!network)
        return std::move(network).error();
    const media::MediaFacts facts = factsOf(vector);
    const media::FrameIndex index = indexOf(vector);
    ModelSink sink(*std::move(network), model.manifest);
    if (auto begun = sink.begin({facts, index, &vector.container}); !begun)
        return begun.error();
    const auto rowBytes = static_cast<std::size_t>(vector.width) * 4;
    std::vector<std::uint8_t> pixels(rowBytes * static_cast<std::size_t>(vector.height), 255);
    for (const qint64 frame : samplesOf(index, model.manifest.sampleSeconds)) {
        std::size_t at = 0;
        for (int y = 0; y < vector.height; ++y) {
            for (int x = 0; x < vector.width; ++x, at += 4)
                std::fill_n(pixels.begin() + static_cast<std::ptrdiff_t>(at), 3,
                    static_cast<std::uint8_t>(vector.picture(static_cast<int>(frame), x, y).luma));
        }
        media::FrameView view;
        view.format = media::PixelFormat::Bgra;
        view.width = vector.width;
        view.height = vector.height;
        view.planes[0] = {reinterpret_cast<const std::byte*>(pixels.data()), static_cast<std::ptrdiff_t>(rowBytes),
            vector.width, vector.height};
        view.number = frame;
        if (auto seen = sink.picture({std::span(&view, 1), nullptr}); !seen)
            return seen.error();
    }
    if (auto ended = sink.end(); !ended)
        return ended.error();
    Measurements measurements = sink.take();
    measurements.facts.hasPicture = true;
    measurements.facts.width = vector.width;
    measurements.facts.height = vector.height;
    return measurements;
}

Result<CheckResult> resultFor(const SelfTestCase& one)
{
    const QString check = QString::fromLatin1(one.check);
    auto profile = onlyChecks(defaultProfile(), {check});
    if (!profile)
        return profile.error();
    profile->checks[check].enabled = true; // some are off until asked for
    const auto report = judgeVector(one.make(), *profile);
    if (!report)
        return report.error();
    if (report->checks.empty())
        return Error {ErrorCode::NotFound, QString::fromLatin1(one.check), "not_found"};
    return report->checks.front();
}

bool isNear(qint64 expected, qint64 actual)
{
    return expected < 0 || std::abs(expected - actual) <= kFrameTolerance;
}

bool isNear(double expected, double actual)
{
    return expected < 0 || std::abs(expected - actual) <= kTimeTolerance + 1e-9;
}

/// A finding or an entry of the track stands where the case says.
template<class Found>
bool standsThere(const SelfTestCase& one, const Found& found)
{
    return isNear(one.firstFrame, found.firstFrame) && isNear(one.lastFrame, found.lastFrame)
        && isNear(one.start, found.start) && isNear(one.end, found.end);
}

bool isAsExpected(const SelfTestCase& one, const CheckResult& result)
{
    if (one.detail != nullptr)
        return result.findings.size() == 1 && result.findings[0].detail == QLatin1StringView(one.detail)
            && standsThere(one, result.findings[0]);
    if (result.outcome != CheckOutcome::Pass)
        return false;
    const QLatin1StringView track(one.track);
    if (one.track == nullptr || track.isEmpty())
        return one.track == nullptr || result.track.empty();
    return result.track.size() == 1 && result.track[0].kind == track && standsThere(one, result.track[0]);
}

QString describe(const CheckResult& result)
{
    QString text = outcomeName(result.outcome);
    if (!result.cause.isEmpty())
        text += u" ("_s + result.cause + u')';
    for (const Finding& finding : result.findings)
        text += u"; %1 %2–%3"_s.arg(finding.detail).arg(finding.firstFrame).arg(finding.lastFrame);
    for (const TrackItem& item : result.track)
        text += u"; %1 on the track %2–%3"_s.arg(item.kind).arg(item.firstFrame).arg(item.lastFrame);
    return text;
}

} // namespace

Result<Report> judgeVector(const SelfTestVector& vector, const Profile& profile)
{
    if (vector.model != nullptr) {
        const auto measured = measureWithModel(vector);
        return measured ? Result<Report>(judge(*measured, profile)) : Result<Report>(measured.error());
    }
    const media::MediaFacts facts = factsOf(vector);
    const media::FrameIndex index = indexOf(vector);
    CheckSink sink(profile);
    if (auto begun = sink.begin({facts, index, &vector.container}); !begun)
        return begun.error();
    if (auto fed = feedPicture(sink, vector); !fed)
        return fed.error();
    if (auto fed = vector.soundSeconds > 0 ? feedSound(sink, vector) : Result<void>(); !fed)
        return fed.error();
    if (auto ended = sink.end(); !ended)
        return ended.error();
    return judge(sink.takeMeasurements(), profile);
}

SelfTestRow runSelfTestCase(const SelfTestCase& one)
{
    SelfTestRow row {QString::fromLatin1(one.check), QString::fromUtf8(one.vector), false, {}};
    const auto result = resultFor(one);
    if (!result) {
        row.detail = result.error().detail;
        return row;
    }
    row.passed = isAsExpected(one, *result);
    if (!row.passed)
        row.detail = describe(*result);
    return row;
}

Result<std::vector<SelfTestRow>> runSelfTest(const CancelToken& cancel, const ProgressSink& progress)
{
    std::vector<SelfTestCase> cases;
    for (const auto family : {pictureSelfTests(), flashSelfTests(), soundSelfTests(), modelSelfTests()})
        cases.insert(cases.end(), family.begin(), family.end());
    std::vector<SelfTestRow> rows;
    for (const SelfTestCase& one : cases) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, {}, "canceled"};
        rows.push_back(runSelfTestCase(one));
        if (progress)
            progress({static_cast<double>(rows.size()), static_cast<double>(cases.size())});
    }
    return rows;
}

} // namespace vidimus::checks::engine

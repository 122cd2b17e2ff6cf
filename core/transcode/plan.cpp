#include "core/transcode/plan.h"

#include "core/transcode/h264_level.h"

#include <cmath>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxSide = 16'384;
constexpr int kMaxTimescale = 1'000'000;
constexpr int kMinTimescale = 10'000;
constexpr double kMatchRatio = 1.2; // a matched rung nearer than this to the next adds nothing

Error invalid(const char* reason, const QString& detail)
{
    return Error {ErrorCode::Invalid, detail, reason};
}

int floorEven(double value)
{
    return std::max(2, static_cast<int>(value + 1e-9) / 2 * 2);
}

int nearestEven(double value)
{
    return std::max(2, static_cast<int>(std::lround(value / 2)) * 2);
}

struct DisplaySize {
    double width;
    double height;
    [[nodiscard]] double shortSide() const { return std::min(width, height); }
};

Result<DisplaySize> displaySize(const SourcePicture& picture)
{
    if (picture.width < 2 || picture.height < 2 || picture.width > kMaxSide || picture.height > kMaxSide)
        return invalid("picture_size", u"The picture is %1x%2."_s.arg(picture.width).arg(picture.height));
    double shape = picture.pixelAspect.den > 0 ? picture.pixelAspect.toDouble() : 1;
    if (!(shape >= 0.1 && shape <= 10)) // nobody makes such pixels: a damaged header
        shape = 1;
    DisplaySize size {std::clamp(picture.width * shape, 2.0, double(kMaxSide)), double(picture.height)};
    if (picture.rotation == 90 || picture.rotation == 270)
        std::swap(size.width, size.height);
    return size;
}

Rational plausibleRate(Rational rate)
{
    const bool usable = rate.num > 0 && rate.den > 0 && rate.toDouble() >= 0.01 && rate.toDouble() <= 1'000;
    return usable ? rate.reduced() : Rational {25, 1};
}

Rational seconds(double value)
{
    return Rational {std::llround(value * 1'000), 1'000}.reduced();
}

SegmentGrid pictureGrid(const SourcePicture& picture, Rational rate, double segmentSeconds)
{
    SegmentGrid grid;
    if (!picture.variableRate && rate.num <= kMaxTimescale) {
        const auto factor = rate.num < kMinTimescale ? (kMinTimescale + rate.num - 1) / rate.num : 1;
        grid.timescale = static_cast<int>(rate.num * factor); // every frame's time is a whole number of ticks
    }
    if (picture.variableRate) {
        grid.length = seconds(segmentSeconds);
        return grid;
    }
    const auto frames = std::max<std::int64_t>(1, std::llround(segmentSeconds * rate.toDouble()));
    grid.length = Rational {frames * rate.den, rate.num}.reduced();
    grid.tolerance = Rational {rate.den, rate.num * 4}.reduced();
    return grid;
}

Result<PlannedRendition> planRendition(
    const LadderRendition& rung, const DisplaySize& size, int shortSide, Rational rate)
{
    const double scale = shortSide / size.shortSide();
    PlannedRendition planned {.name = rung.name,
        .width = size.width <= size.height ? shortSide : nearestEven(size.width * scale),
        .height = size.width <= size.height ? nearestEven(size.height * scale) : shortSide,
        .codec = rung.codec,
        .crf = rung.crf,
        .maxRate = rung.maxRate,
        .bufferSize = rung.bufferSize,
        .profile = rung.profile};
    if (shortSide < rung.shortSide) {
        // Bits needed grow with about the 0.75th power of the number of pixels at equal quality.
        const double share = std::pow(double(shortSide) * shortSide / (double(rung.shortSide) * rung.shortSide), 0.75);
        planned.maxRate = std::max(10'000, static_cast<int>(rung.maxRate * share));
        planned.bufferSize = std::max(10'000, static_cast<int>(rung.bufferSize * share));
    }
    const int needed
        = h264LevelFor(planned.width, planned.height, rate, planned.profile, planned.maxRate, planned.bufferSize);
    if (needed == 0)
        return invalid("picture_size",
            u"No H.264 level carries %1x%2 at %3 frames a second."_s.arg(planned.width)
                .arg(planned.height)
                .arg(rate.toDouble()));
    planned.level = std::max(needed, rung.level.value_or(0));
    return planned;
}

QString matchedName(const Ladder& ladder, const LadderRendition& rung, int shortSide)
{
    const QString name = u"%1p"_s.arg(shortSide);
    const bool taken = std::ranges::any_of(ladder.renditions, [&](const auto& other) { return other.name == name; });
    return taken ? rung.name : name;
}

Result<void> planPicture(Plan& plan, const SourcePicture& picture, const Ladder& ladder)
{
    const auto size = displaySize(picture);
    if (!size)
        return size.error();
    if (picture.rotation % 90 != 0 || picture.rotation < 0 || picture.rotation > 270)
        return invalid("rotation", u"The picture is turned by %1 degrees."_s.arg(picture.rotation));
    plan.rotation = picture.rotation;
    plan.mirrored = picture.mirrored;
    plan.constantRate = !picture.variableRate;
    plan.deinterlace = picture.interlaced;
    plan.toneMap = picture.highDynamicRange;
    plan.frameRate = plausibleRate(picture.frameRate);
    plan.grid = pictureGrid(picture, plan.frameRate, ladder.segmentSeconds);

    const int sourceShort = floorEven(size->shortSide());
    const auto firstFitting = std::ranges::find_if(
        ladder.renditions, [&](const LadderRendition& rung) { return rung.shortSide <= sourceShort; });
    if (firstFitting != ladder.renditions.begin()) {
        const LadderRendition& above = *std::prev(firstFitting);
        if (firstFitting == ladder.renditions.end() || sourceShort >= kMatchRatio * firstFitting->shortSide) {
            auto planned = planRendition(above, *size, sourceShort, plan.frameRate);
            if (!planned)
                return std::move(planned).error();
            planned->name = matchedName(ladder, above, sourceShort);
            plan.renditions.push_back(*std::move(planned));
        }
    }
    for (auto rung = firstFitting; rung != ladder.renditions.end(); ++rung) {
        auto planned = planRendition(*rung, *size, rung->shortSide, plan.frameRate);
        if (!planned)
            return std::move(planned).error();
        plan.renditions.push_back(*std::move(planned));
    }
    return {};
}

PlannedSound planSound(const SourceSound& sound, const LadderAudio& audio)
{
    const bool compactDiscFamily = sound.sampleRate % 11'025 == 0;
    return {.sampleRate = compactDiscFamily ? 44'100 : 48'000,
        .channels = std::clamp(sound.channels, 1, audio.channels),
        .bitRate = audio.bitRate};
}

} // namespace

Result<Plan> makePlan(const SourceFacts& source, const Ladder& ladder)
{
    Plan plan;
    plan.ladder = ladder.name;
    plan.preset = ladder.preset;
    if (source.picture) {
        if (auto planned = planPicture(plan, *source.picture, ladder); !planned)
            return std::move(planned).error();
    }
    if (source.sound && ladder.audio && source.sound->sampleRate > 0 && source.sound->channels > 0) {
        plan.sound = planSound(*source.sound, *ladder.audio);
        if (plan.renditions.empty())
            plan.grid = {.timescale = plan.sound->sampleRate, .length = seconds(ladder.segmentSeconds)};
    }
    if (plan.renditions.empty() && !plan.sound)
        return invalid("no_streams", u"There is neither picture nor sound to transcode."_s);
    const double duration = std::max(0.0, source.durationSeconds - plan.grid.tolerance.toDouble());
    const double count = std::ceil(duration / plan.grid.length.toDouble() - 1e-6);
    if (!(count <= kMaxSegments))
        return Error {ErrorCode::LimitExceeded,
            u"%1 s need more than %2 segments."_s.arg(source.durationSeconds).arg(kMaxSegments), "too_long"};
    plan.segmentCount = std::max(1, static_cast<int>(count));
    return plan;
}

} // namespace vidimus::transcode

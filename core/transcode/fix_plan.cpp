#include "core/transcode/fix_plan.h"

#include "core/base/json.h"

#include <QJsonArray>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostSpans = 20'000;
constexpr qint64 kMostFrames = 16'000'000;
constexpr double kMostGainDb = 60;
constexpr double kMostSeconds = 7 * 24 * 3600;
constexpr qint64 kMostPixels = 65'536;

QJsonArray toJson(const std::vector<FrameSpan>& spans)
{
    QJsonArray array;
    for (const FrameSpan& span : spans)
        array.append(QJsonArray {span.first, span.last});
    return array;
}

double within(JsonReader& reader, QLatin1StringView name, double lowest, double highest)
{
    const double value = reader.number(name);
    if (!(value >= lowest && value <= highest))
        reader.fail(name, u"must be between %1 and %2"_s.arg(lowest).arg(highest));
    return value;
}

/// Pairs that rise and do not touch.
std::vector<FrameSpan> spansMember(JsonReader& reader, QLatin1StringView name)
{
    const QJsonArray array = reader.array(name);
    std::vector<FrameSpan> spans;
    if (array.size() > kMostSpans) {
        reader.fail(name, u"too many"_s);
        return spans;
    }
    qint64 next = 0;
    for (const QJsonValue& value : array) {
        const QJsonArray pair = value.toArray();
        const FrameSpan span {pair.at(0).toInteger(-1), pair.at(1).toInteger(-1)};
        if (pair.size() != 2 || span.first < next || span.last < span.first || span.last > kMostFrames) {
            reader.fail(name, u"must be rising pairs of frames"_s);
            return {};
        }
        next = span.last + 1;
        spans.push_back(span);
    }
    if (spans.empty())
        reader.fail(name, u"must not be empty"_s);
    return spans;
}

/// The part under \a name, read by \a read and closed; nothing when it is absent.
template<class Read>
auto part(JsonReader& reader, QLatin1StringView name, Read read)
    -> std::optional<std::invoke_result_t<Read, JsonReader&>>
{
    if (!reader.has(name))
        return std::nullopt;
    JsonReader inner(reader.object(name), reader.pathOf(name));
    auto value = read(inner);
    if (const auto done = inner.finish(); !done)
        reader.fail(name, done.error().detail);
    return value;
}

SoundFix soundOf(JsonReader& reader)
{
    SoundFix fix;
    fix.gainDb = within(reader, "gain_db"_L1, -kMostGainDb, kMostGainDb);
    fix.limits = reader.boolean("limits"_L1, false);
    if (fix.limits)
        fix.ceilingDbtp = within(reader, "ceiling_dbtp"_L1, -kMostGainDb, 6);
    if (reader.has("loudness_lufs"_L1))
        fix.loudnessLufs = within(reader, "loudness_lufs"_L1, -70, 0);
    return fix;
}

FlashFix flashOf(JsonReader& reader)
{
    return {.spans = spansMember(reader, "spans"_L1),
        .standard = within(reader, "standard"_L1, 0, 100),
        .step = within(reader, "step"_L1, 0, 1)};
}

RedFix redOf(JsonReader& reader)
{
    return {spansMember(reader, "spans"_L1)};
}

LevelsFix levelsOf(JsonReader& reader)
{
    return {spansMember(reader, "spans"_L1)};
}

TrimFix trimOf(JsonReader& reader)
{
    TrimFix fix;
    fix.frames.first = static_cast<qint64>(within(reader, "first_frame"_L1, 0, kMostFrames));
    fix.frames.last
        = static_cast<qint64>(within(reader, "last_frame"_L1, static_cast<double>(fix.frames.first), kMostFrames));
    fix.start = within(reader, "start"_L1, 0, kMostSeconds);
    fix.end = within(reader, "end"_L1, fix.start, kMostSeconds);
    return fix;
}

checks::Region cropOf(JsonReader& reader)
{
    const auto even = [&reader](QLatin1StringView name, qint64 least) {
        const qint64 value = reader.integer(name);
        if (value < least || value > kMostPixels || value % 2 != 0)
            reader.fail(name, u"must be an even number of pixels"_s);
        return static_cast<int>(value);
    };
    return {even("x"_L1, 0), even("y"_L1, 0), even("w"_L1, 2), even("h"_L1, 2)};
}

} // namespace

QJsonObject toJson(const FixPlan& plan)
{
    QJsonObject object;
    if (plan.sound) {
        QJsonObject sound {{u"gain_db"_s, plan.sound->gainDb}, {u"limits"_s, plan.sound->limits}};
        if (plan.sound->limits)
            sound.insert(u"ceiling_dbtp"_s, plan.sound->ceilingDbtp);
        if (plan.sound->loudnessLufs)
            sound.insert(u"loudness_lufs"_s, *plan.sound->loudnessLufs);
        object.insert(u"sound"_s, sound);
    }
    if (plan.flash) {
        object.insert(u"flash"_s,
            QJsonObject {{u"spans"_s, toJson(plan.flash->spans)}, {u"standard"_s, plan.flash->standard},
                {u"step"_s, plan.flash->step}});
    }
    if (plan.red)
        object.insert(u"red"_s, QJsonObject {{u"spans"_s, toJson(plan.red->spans)}});
    if (plan.levels)
        object.insert(u"levels"_s, QJsonObject {{u"spans"_s, toJson(plan.levels->spans)}});
    if (plan.trim) {
        object.insert(u"trim"_s,
            QJsonObject {{u"first_frame"_s, plan.trim->frames.first}, {u"last_frame"_s, plan.trim->frames.last},
                {u"start"_s, plan.trim->start}, {u"end"_s, plan.trim->end}});
    }
    if (plan.crop)
        object.insert(u"crop"_s, checks::toJson(*plan.crop));
    return object;
}

Result<FixPlan> fixPlanFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    FixPlan plan {.sound = part(reader, "sound"_L1, soundOf),
        .flash = part(reader, "flash"_L1, flashOf),
        .red = part(reader, "red"_L1, redOf),
        .levels = part(reader, "levels"_L1, levelsOf),
        .trim = part(reader, "trim"_L1, trimOf),
        .crop = part(reader, "crop"_L1, cropOf)};
    if (const auto done = reader.finish(); !done)
        return done.error();
    return plan;
}

} // namespace vidimus::transcode

#include "core/base/json.h"
#include "core/checks/measurements.h"

#include <QJsonArray>
#include <limits>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.measurements/1"_L1;
constexpr qsizetype kMaxDamagedRanges = 100000;
constexpr qsizetype kMaxMarkValues = 16;

QJsonObject factsToJson(const ProgrammeFacts& facts)
{
    return {{u"picture"_s, facts.hasPicture}, {u"sound"_s, facts.hasSound}, {u"width"_s, facts.width},
        {u"height"_s, facts.height}, {u"sound_start"_s, facts.soundStart}, {u"sound_end"_s, facts.soundEnd},
        {u"declared_duration"_s, facts.declaredDuration}, {u"complete"_s, facts.complete}};
}

Result<ProgrammeFacts> factsFromJson(const QJsonObject& object)
{
    JsonReader reader(object, u"facts"_s);
    ProgrammeFacts facts;
    facts.hasPicture = reader.boolean("picture"_L1, false);
    facts.hasSound = reader.boolean("sound"_L1, false);
    constexpr qint64 kMaxSide = 1 << 20;
    const qint64 width = reader.integer("width"_L1);
    const qint64 height = reader.integer("height"_L1);
    if (width < 0 || width > kMaxSide || height < 0 || height > kMaxSide)
        reader.fail("width"_L1, u"and height must be a picture size"_s);
    facts.width = static_cast<int>(width);
    facts.height = static_cast<int>(height);
    facts.soundStart = reader.number("sound_start"_L1);
    facts.soundEnd = reader.number("sound_end"_L1);
    if (facts.soundEnd < facts.soundStart)
        reader.fail("sound_end"_L1, u"must not come before sound_start"_s);
    facts.declaredDuration = reader.number("declared_duration"_L1);
    facts.complete = reader.boolean("complete"_L1, false);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return facts;
}

QJsonObject clockToJson(const FrameClock& clock)
{
    IntegerPacker starts;
    for (const qint64 start : clock.starts.values())
        starts.add(start);
    return {{u"num"_s, static_cast<qint64>(clock.timeBase.num)}, {u"den"_s, static_cast<qint64>(clock.timeBase.den)},
        {u"offset"_s, clock.offset}, {u"count"_s, clock.count()}, {u"starts"_s, starts.take()}, {u"end"_s, clock.end}};
}

Result<FrameClock> clockFromJson(const QJsonObject& object, ValueBudget& budget)
{
    JsonReader reader(object, u"clock"_s);
    FrameClock clock;
    clock.timeBase = {reader.integer("num"_L1), reader.integer("den"_L1)};
    constexpr qint64 kMaxTerm = std::numeric_limits<qint32>::max();
    if (clock.timeBase.num < 1 || clock.timeBase.num > kMaxTerm || clock.timeBase.den < 1
        || clock.timeBase.den > kMaxTerm)
        reader.fail("den"_L1, u"num/den must be a positive time base"_s);
    clock.offset = reader.number("offset"_L1);
    const qint64 count = reader.integer("count"_L1);
    clock.end = reader.integer("end"_L1);
    const QString starts = reader.string("starts"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    bool falls = false;
    const auto unpacked = unpackEachInteger(starts, count, budget, [&](qint64 start) {
        falls = falls || (!clock.starts.empty() && start < clock.starts.back());
        clock.starts.push_back(start);
    });
    if (!unpacked)
        return unpacked.error();
    if (falls || (!clock.starts.empty() && clock.end < clock.starts.back()))
        return Error {ErrorCode::Invalid, u"clock.starts: times must not fall"_s, "bad_field"};
    return clock;
}

QJsonObject damageToJson(const DamagedRange& range)
{
    return {{u"stream"_s, range.picture ? u"picture"_s : u"sound"_s}, {u"start"_s, range.start}, {u"end"_s, range.end},
        {u"first_frame"_s, range.firstFrame}, {u"last_frame"_s, range.lastFrame}, {u"detail"_s, range.detail}};
}

Result<DamagedRange> damageFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    DamagedRange range;
    const QString stream = reader.string("stream"_L1);
    if (stream != "picture"_L1 && stream != "sound"_L1)
        reader.fail("stream"_L1, u"must be picture or sound"_s);
    range.picture = stream == "picture"_L1;
    range.start = reader.number("start"_L1);
    range.end = reader.number("end"_L1);
    if (range.end < range.start)
        reader.fail("end"_L1, u"must not come before start"_s);
    range.firstFrame = reader.integer("first_frame"_L1);
    range.lastFrame = reader.integer("last_frame"_L1);
    if (range.firstFrame < -1 || range.lastFrame < range.firstFrame)
        reader.fail("last_frame"_L1, u"must not come before first_frame"_s);
    range.detail = reader.string("detail"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return range;
}

QJsonObject markToJson(const Mark& mark)
{
    QJsonObject values;
    for (const auto& [name, value] : mark.values)
        values.insert(name, value);
    QJsonObject object {{u"kind"_s, mark.kind}, {u"first_frame"_s, mark.firstFrame}, {u"last_frame"_s, mark.lastFrame},
        {u"values"_s, values}};
    if (mark.region)
        object.insert(u"region"_s, toJson(*mark.region));
    return object;
}

Result<Mark> markFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    Mark mark;
    mark.kind = reader.string("kind"_L1);
    mark.firstFrame = reader.integer("first_frame"_L1);
    mark.lastFrame = reader.integer("last_frame"_L1);
    if (mark.firstFrame < 0 || mark.lastFrame < mark.firstFrame)
        reader.fail("last_frame"_L1, u"must not come before first_frame"_s);
    if (object.value("values"_L1).toObject().size() > kMaxMarkValues)
        reader.fail("values"_L1, u"has too many members"_s);
    mark.values = valuesMember(reader, "values"_L1);
    mark.region = regionMember(reader);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return mark;
}

Result<std::vector<Mark>> marksFromJson(const QJsonArray& array, const QString& path)
{
    if (array.size() > static_cast<qsizetype>(CheckMeasurement::kMaxMarks))
        return Error {ErrorCode::LimitExceeded, path + u": too many marks"_s, "bad_field"};
    std::vector<Mark> marks;
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto mark = markFromJson(array[i].toObject(), u"%1[%2]"_s.arg(path).arg(i));
        if (!mark)
            return std::move(mark).error();
        marks.push_back(*std::move(mark));
    }
    return marks;
}

QJsonObject checkToJson(const CheckMeasurement& check)
{
    QJsonObject scalars;
    for (const auto& [name, value] : check.scalars)
        scalars.insert(name, value);
    QJsonObject series;
    for (const auto& [name, value] : check.series)
        series.insert(name, toJson(value));
    QJsonObject object {{u"cause"_s, check.cause}, {u"scalars"_s, scalars}, {u"series"_s, series}};
    if (!check.marks.empty()) {
        QJsonArray marks;
        for (const Mark& mark : check.marks)
            marks.append(markToJson(mark));
        object.insert(u"marks"_s, marks);
    }
    return object;
}

Result<CheckMeasurement> checkFromJson(const QJsonObject& object, const QString& path, ValueBudget& budget)
{
    JsonReader reader(object, path);
    CheckMeasurement check;
    check.cause = reader.string("cause"_L1);
    const QJsonObject scalars = reader.object("scalars"_L1);
    const QJsonObject series = reader.object("series"_L1);
    const QJsonArray marks = reader.has("marks"_L1) ? reader.array("marks"_L1) : QJsonArray();
    JsonReader values(scalars, reader.pathOf("scalars"_L1));
    for (auto it = scalars.begin(); it != scalars.end(); ++it)
        check.scalars[it.key()] = values.number(QLatin1StringView(it.key().toLatin1()));
    for (const auto& valid : {reader.finish(), values.finish()}) {
        if (!valid)
            return valid.error();
    }
    auto read = marksFromJson(marks, path + u".marks"_s);
    if (!read)
        return std::move(read).error();
    check.marks = *std::move(read);
    for (auto it = series.begin(); it != series.end(); ++it) {
        auto one = seriesFromJson(it->toObject(), reader.pathOf("series"_L1) + u'.' + it.key(), budget);
        if (!one)
            return std::move(one).error();
        check.series[it.key()] = *std::move(one);
    }
    return check;
}

/// What a check says of frames fits the programme's clock.
Result<void> requireFit(const QString& id, const CheckMeasurement& check, const FrameClock& clock)
{
    for (const auto& [name, series] : check.series) {
        if (series.step == 0 && static_cast<qint64>(series.codes.size()) != clock.count())
            return Error {ErrorCode::Invalid, u"checks.%1.series.%2: must have one value per frame"_s.arg(id, name),
                "bad_series"};
    }
    for (const Mark& mark : check.marks) {
        if (mark.lastFrame >= clock.count())
            return Error {ErrorCode::Invalid, u"checks.%1.marks: there is no such frame"_s.arg(id), "bad_field"};
    }
    return {};
}

} // namespace

QJsonObject toJson(const Measurements& measurements)
{
    QJsonArray damage;
    for (const DamagedRange& range : measurements.damage)
        damage.append(damageToJson(range));
    QJsonObject checks;
    for (const auto& [id, check] : measurements.checks)
        checks.insert(id, checkToJson(check));
    return {{u"schema"_s, kSchema}, {u"clock"_s, clockToJson(measurements.clock)},
        {u"facts"_s, factsToJson(measurements.facts)}, {u"damage"_s, damage}, {u"checks"_s, checks}};
}

Result<Measurements> measurementsFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be %1"_s.arg(kSchema));
    const QJsonObject clockObject = reader.object("clock"_L1);
    const QJsonObject factsObject = reader.object("facts"_L1);
    const QJsonArray damage = reader.array("damage"_L1);
    const QJsonObject checks = reader.object("checks"_L1);
    if (damage.size() > kMaxDamagedRanges)
        reader.fail("damage"_L1, u"has too many ranges"_s);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    ValueBudget budget(kMostMeasuredValues);
    auto clock = clockFromJson(clockObject, budget);
    if (!clock)
        return std::move(clock).error();
    auto facts = factsFromJson(factsObject);
    if (!facts)
        return std::move(facts).error();
    Measurements measurements {*std::move(clock), *facts, {}, {}};
    for (qsizetype i = 0; i < damage.size(); ++i) {
        auto range = damageFromJson(damage[i].toObject(), u"damage[%1]"_s.arg(i));
        if (!range)
            return std::move(range).error();
        if (range->lastFrame >= measurements.clock.count() && range->lastFrame >= 0)
            return Error {ErrorCode::Invalid, u"damage[%1].last_frame: there is no such frame"_s.arg(i), "bad_field"};
        measurements.damage.push_back(*std::move(range));
    }
    for (auto it = checks.begin(); it != checks.end(); ++it) {
        auto check = checkFromJson(it->toObject(), u"checks."_s + it.key(), budget);
        if (!check)
            return std::move(check).error();
        if (auto fits = requireFit(it.key(), *check, measurements.clock); !fits)
            return std::move(fits).error();
        measurements.checks[it.key()] = *std::move(check);
    }
    return measurements;
}

QJsonObject MeasurementParts::part(const QString& id, const CheckMeasurement& check)
{
    return {{u"id"_s, id}, {u"check"_s, checkToJson(check)}};
}

Result<void> MeasurementParts::add(const QJsonObject& part)
{
    JsonReader reader(part);
    const QString id = reader.string("id"_L1);
    const QJsonObject object = reader.object("check"_L1);
    if (m_checks.contains(id))
        reader.fail("id"_L1, u"came before"_s);
    if (auto valid = reader.finish(); !valid)
        return valid;
    auto check = checkFromJson(object, u"checks."_s + id, m_budget);
    if (!check)
        return std::move(check).error();
    m_checks[id] = *std::move(check);
    return {};
}

Result<Measurements> MeasurementParts::join(const QJsonObject& rest)
{
    auto measurements = measurementsFromJson(rest);
    if (!measurements)
        return measurements;
    for (auto& [id, check] : m_checks) {
        if (auto fits = requireFit(id, check, measurements->clock); !fits)
            return std::move(fits).error();
        if (!measurements->checks.try_emplace(id, std::move(check)).second)
            return Error {ErrorCode::Invalid, u"checks.%1: came twice"_s.arg(id), "bad_field"};
    }
    m_checks.clear();
    return measurements;
}

} // namespace vidimus::checks

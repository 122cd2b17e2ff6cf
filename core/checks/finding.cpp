#include "core/checks/finding.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kOutcomes {CheckOutcome::Pass, CheckOutcome::Warn, CheckOutcome::Fail, CheckOutcome::NotEvaluated};

double rounded(double value)
{
    constexpr double kSteps = 1e6;
    const double result = std::round(value * kSteps) / kSteps;
    return result == 0 ? 0 : result; // no negative zero
}

/// Time range and frames, which findings and track items share.
template<class Item>
void readPlace(JsonReader& reader, Item& item)
{
    item.start = reader.number("start"_L1);
    item.end = reader.number("end"_L1);
    item.firstFrame = reader.integer("first_frame"_L1);
    item.lastFrame = reader.integer("last_frame"_L1);
    if (item.end < item.start)
        reader.fail("end"_L1, u"must not come before start"_s);
    if (item.firstFrame < -1 || item.lastFrame < item.firstFrame)
        reader.fail("last_frame"_L1, u"must not come before first_frame"_s);
}

Result<TrackItem> trackItemFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    TrackItem item;
    item.kind = reader.string("kind"_L1);
    readPlace(reader, item);
    item.values = valuesMember(reader, "values"_L1);
    item.region = regionMember(reader);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return item;
}

/// Reads each object of an array with \a read.
template<class Item, class Read>
Result<std::vector<Item>> readArray(const QJsonArray& array, const QString& path, Read&& read)
{
    std::vector<Item> items;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString place = u"%1[%2]"_s.arg(path).arg(i);
        if (!array[i].isObject())
            return Error {ErrorCode::Invalid, place + u" must be an object"_s, "bad_field"};
        auto item = read(array[i].toObject(), place);
        if (!item)
            return std::move(item).error();
        items.push_back(*std::move(item));
    }
    return items;
}

AllowedNote allowedNote(const QJsonObject& object, JsonReader& outer)
{
    JsonReader reader(object, outer.pathOf("allowed"_L1));
    AllowedNote note {reader.string("id"_L1), reader.string("author"_L1), reader.string("reason"_L1), {}};
    if (reader.has("carried_from"_L1)) {
        JsonReader from(reader.object("carried_from"_L1), reader.pathOf("carried_from"_L1));
        note.carried = CarriedFrom {
            from.string("asset"_L1), from.string("name"_L1), static_cast<int>(from.integer("distance"_L1))};
        if (note.carried->distance < 0 || note.carried->distance > 256)
            from.fail("distance"_L1, u"must be 0 to 256"_s);
        if (const auto valid = from.finish(); !valid)
            outer.fail("allowed"_L1, u"is malformed: %1"_s.arg(valid.error().detail));
    }
    if (const auto valid = reader.finish(); !valid)
        outer.fail("allowed"_L1, u"is malformed: %1"_s.arg(valid.error().detail));
    return note;
}

Result<Finding> findingFromJson(const QJsonObject& object, const QString& checkId, const QString& path)
{
    JsonReader reader(object, path);
    Finding finding;
    finding.checkId = checkId;
    readPlace(reader, finding);
    const auto severity = severityFromName(reader.string("severity"_L1));
    if (!severity)
        reader.fail("severity"_L1, u"must be warn or fail"_s);
    finding.severity = severity.value_or(Severity::Fail);
    finding.measured = valuesMember(reader, "measured"_L1);
    finding.detail = reader.string("detail"_L1);
    finding.region = regionMember(reader);
    if (const QJsonValue allowed = reader.value("allowed"_L1); allowed.isObject())
        finding.allowed = allowedNote(allowed.toObject(), reader);
    else if (!allowed.isUndefined() && !allowed.isNull())
        reader.fail("allowed"_L1, u"must be an object"_s);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return finding;
}

} // namespace

Values valuesMember(JsonReader& reader, QLatin1StringView name)
{
    Values values;
    const QJsonObject object = reader.object(name);
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isDouble())
            values[it.key()] = it->toDouble();
        else
            reader.fail(name, u"%1 must be a number"_s.arg(it.key()));
    }
    return values;
}

std::optional<Region> regionMember(JsonReader& reader)
{
    const QJsonValue region = reader.value("region"_L1);
    if (region.isUndefined() || region.isNull())
        return std::nullopt;
    if (!region.isObject()) {
        reader.fail("region"_L1, u"must be an object"_s);
        return std::nullopt;
    }
    JsonReader inner(region.toObject(), reader.pathOf("region"_L1));
    const auto pixels = [&inner](QLatin1StringView name) {
        constexpr qint64 kLargest = 1 << 20;
        const qint64 value = inner.integer(name);
        if (value < 0 || value > kLargest)
            inner.fail(name, u"must be a pixel position"_s);
        return static_cast<int>(std::clamp<qint64>(value, 0, kLargest));
    };
    Region rectangle;
    rectangle.x = pixels("x"_L1);
    rectangle.y = pixels("y"_L1);
    rectangle.width = pixels("w"_L1);
    rectangle.height = pixels("h"_L1);
    if (const auto valid = inner.finish(); !valid)
        reader.fail("region"_L1, u"is malformed: %1"_s.arg(valid.error().detail));
    return rectangle;
}

QJsonObject toJson(const Region& region)
{
    return {{u"x"_s, region.x}, {u"y"_s, region.y}, {u"w"_s, region.width}, {u"h"_s, region.height}};
}

QString severityName(Severity severity)
{
    return severity == Severity::Fail ? u"fail"_s : u"warn"_s;
}

std::optional<Severity> severityFromName(QStringView name)
{
    if (name == "fail"_L1)
        return Severity::Fail;
    if (name == "warn"_L1)
        return Severity::Warn;
    return std::nullopt;
}

QString outcomeName(CheckOutcome outcome)
{
    switch (outcome) {
    case CheckOutcome::Pass:
        return u"pass"_s;
    case CheckOutcome::Warn:
        return u"warn"_s;
    case CheckOutcome::Fail:
        return u"fail"_s;
    case CheckOutcome::NotEvaluated:
        return u"not_evaluated"_s;
    }
    Q_UNREACHABLE();
}

std::optional<CheckOutcome> outcomeFromName(QStringView name)
{
    for (const CheckOutcome outcome : kOutcomes) {
        if (name == outcomeName(outcome))
            return outcome;
    }
    return std::nullopt;
}

QJsonObject toJson(const Values& values)
{
    QJsonObject object;
    for (const auto& [name, value] : values)
        object.insert(name, rounded(value));
    return object;
}

QJsonObject toJson(const Finding& finding)
{
    QJsonObject object {{u"start"_s, rounded(finding.start)}, {u"end"_s, rounded(finding.end)},
        {u"first_frame"_s, finding.firstFrame}, {u"last_frame"_s, finding.lastFrame},
        {u"severity"_s, severityName(finding.severity)}, {u"measured"_s, toJson(finding.measured)},
        {u"detail"_s, finding.detail}};
    if (finding.region)
        object.insert(u"region"_s, toJson(*finding.region));
    if (finding.allowed) {
        QJsonObject allowed {{u"id"_s, finding.allowed->allowance}, {u"author"_s, finding.allowed->author},
            {u"reason"_s, finding.allowed->reason}};
        if (const auto& from = finding.allowed->carried)
            allowed.insert(u"carried_from"_s,
                QJsonObject {{u"asset"_s, from->asset}, {u"name"_s, from->name}, {u"distance"_s, from->distance}});
        object.insert(u"allowed"_s, allowed);
    }
    return object;
}

QJsonObject toJson(const TrackItem& item)
{
    QJsonObject object {{u"kind"_s, item.kind}, {u"start"_s, rounded(item.start)}, {u"end"_s, rounded(item.end)},
        {u"first_frame"_s, item.firstFrame}, {u"last_frame"_s, item.lastFrame}, {u"values"_s, toJson(item.values)}};
    if (item.region)
        object.insert(u"region"_s, toJson(*item.region));
    return object;
}

QJsonObject toJson(const CheckResult& result)
{
    QJsonArray findings;
    for (const Finding& finding : result.findings)
        findings.append(toJson(finding));
    QJsonObject object {{u"id"_s, result.id}, {u"result"_s, outcomeName(result.outcome)},
        {u"measured"_s, toJson(result.measured)}, {u"threshold"_s, toJson(result.threshold)},
        {u"findings"_s, findings}};
    if (!result.track.empty()) {
        QJsonArray track;
        for (const TrackItem& item : result.track)
            track.append(toJson(item));
        object.insert(u"track"_s, track);
    }
    if (!result.cause.isEmpty())
        object.insert(u"cause"_s, result.cause);
    return object;
}

Result<CheckResult> checkResultFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    CheckResult result;
    result.id = reader.string("id"_L1);
    const auto outcome = outcomeFromName(reader.string("result"_L1));
    if (!outcome)
        reader.fail("result"_L1, u"must be pass, warn, fail or not_evaluated"_s);
    result.outcome = outcome.value_or(CheckOutcome::NotEvaluated);
    result.measured = valuesMember(reader, "measured"_L1);
    result.threshold = valuesMember(reader, "threshold"_L1);
    result.cause = reader.string("cause"_L1, QString());
    const QJsonArray findings = reader.array("findings"_L1);
    const QJsonArray track = reader.has("track"_L1) ? reader.array("track"_L1) : QJsonArray();
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    auto found = readArray<Finding>(findings, path + u".findings"_s,
        [&](const QJsonObject& one, const QString& place) { return findingFromJson(one, result.id, place); });
    if (!found)
        return std::move(found).error();
    result.findings = *std::move(found);
    auto items = readArray<TrackItem>(track, path + u".track"_s, trackItemFromJson);
    if (!items)
        return std::move(items).error();
    result.track = *std::move(items);
    return result;
}

} // namespace vidimus::checks

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

Values valuesFromJson(JsonReader& reader, QLatin1StringView name)
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

Result<Finding> findingFromJson(const QJsonObject& object, const QString& checkId, const QString& path)
{
    JsonReader reader(object, path);
    Finding finding;
    finding.checkId = checkId;
    finding.start = reader.number("start"_L1);
    finding.end = reader.number("end"_L1);
    finding.firstFrame = reader.integer("first_frame"_L1);
    finding.lastFrame = reader.integer("last_frame"_L1);
    if (finding.end < finding.start)
        reader.fail("end"_L1, u"must not come before start"_s);
    if (finding.firstFrame < -1 || finding.lastFrame < finding.firstFrame)
        reader.fail("last_frame"_L1, u"must not come before first_frame"_s);
    const auto severity = severityFromName(reader.string("severity"_L1));
    if (!severity)
        reader.fail("severity"_L1, u"must be warn or fail"_s);
    finding.severity = severity.value_or(Severity::Fail);
    finding.measured = valuesFromJson(reader, "measured"_L1);
    finding.detail = reader.string("detail"_L1);
    const QJsonValue region = reader.value("region"_L1);
    if (region.isObject()) {
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
        finding.region = rectangle;
        if (auto valid = inner.finish(); !valid)
            return valid.error();
    } else if (!region.isUndefined() && !region.isNull()) {
        reader.fail("region"_L1, u"must be an object"_s);
    }
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return finding;
}

} // namespace

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
    if (finding.region) {
        object.insert(u"region"_s,
            QJsonObject {{u"x"_s, finding.region->x}, {u"y"_s, finding.region->y}, {u"w"_s, finding.region->width},
                {u"h"_s, finding.region->height}});
    }
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
    result.measured = valuesFromJson(reader, "measured"_L1);
    result.threshold = valuesFromJson(reader, "threshold"_L1);
    result.cause = reader.string("cause"_L1, QString());
    const QJsonArray findings = reader.array("findings"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    for (qsizetype i = 0; i < findings.size(); ++i) {
        const QString place = u"%1.findings[%2]"_s.arg(path).arg(i);
        if (!findings[i].isObject())
            return Error {ErrorCode::Invalid, place + u" must be an object"_s, "bad_field"};
        auto finding = findingFromJson(findings[i].toObject(), result.id, place);
        if (!finding)
            return std::move(finding).error();
        result.findings.push_back(*std::move(finding));
    }
    return result;
}

} // namespace vidimus::checks

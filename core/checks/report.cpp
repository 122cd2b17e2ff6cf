#include "core/checks/report.h"

#include "core/base/json.h"
#include "core/checks/check_descriptor.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.check/1"_L1;

/// Models put things in order; what they say counts neither for nor against a file.
CheckOutcome countedOutcome(const CheckResult& result)
{
    const CheckDescriptor* descriptor = findDescriptor(result.id);
    return descriptor != nullptr && descriptor->needsModel && result.outcome != CheckOutcome::NotEvaluated
        ? CheckOutcome::Pass
        : result.outcome;
}

bool doesNotApply(const CheckResult& result)
{
    const CheckDescriptor* descriptor = findDescriptor(result.id);
    if (descriptor != nullptr && descriptor->needsModel)
        return result.outcome == CheckOutcome::NotEvaluated;
    static const QStringList kCauses {
        u"no_audio"_s, u"no_video"_s, u"not_hdr"_s, u"no_stereo_pair"_s, u"still_picture"_s};
    return result.outcome == CheckOutcome::NotEvaluated && kCauses.contains(result.cause);
}

} // namespace

CheckOutcome verdict(const Report& report)
{
    const auto any = [&](CheckOutcome outcome) {
        return std::any_of(report.checks.begin(), report.checks.end(),
            [&](const CheckResult& result) { return countedOutcome(result) == outcome && !doesNotApply(result); });
    };
    for (const CheckOutcome outcome :
        {CheckOutcome::Fail, CheckOutcome::NotEvaluated, CheckOutcome::Warn, CheckOutcome::Pass}) {
        if (any(outcome))
            return outcome;
    }
    return CheckOutcome::NotEvaluated;
}

QJsonObject toJson(const Report& report, std::optional<double> seconds)
{
    QJsonArray checks;
    for (const CheckResult& result : report.checks)
        checks.append(toJson(result));
    QJsonObject object {{u"schema"_s, kSchema}, {u"profile"_s, report.profile}, {u"frames"_s, report.frames},
        {u"duration"_s, std::round(report.duration * 1e6) / 1e6}, {u"verdict"_s, outcomeName(verdict(report))},
        {u"checks"_s, checks}};
    if (seconds)
        object.insert(u"seconds"_s, *seconds);
    return object;
}

Result<Report> reportFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be %1"_s.arg(kSchema));
    Report report;
    report.profile = reader.string("profile"_L1);
    report.frames = reader.integer("frames"_L1);
    report.duration = reader.number("duration"_L1);
    if (report.frames < 0 || report.duration < 0)
        reader.fail("frames"_L1, u"and duration must not be negative"_s);
    (void)reader.number("seconds"_L1, 0);
    const QString stated = reader.string("verdict"_L1);
    const QJsonArray checks = reader.array("checks"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    for (qsizetype i = 0; i < checks.size(); ++i) {
        const QString place = u"checks[%1]"_s.arg(i);
        if (!checks[i].isObject())
            return Error {ErrorCode::Invalid, place + u" must be an object"_s, "bad_field"};
        auto result = checkResultFromJson(checks[i].toObject(), place);
        if (!result)
            return std::move(result).error();
        report.checks.push_back(*std::move(result));
    }
    if (stated != outcomeName(verdict(report)))
        return Error {ErrorCode::Invalid, u"verdict: does not follow from the checks"_s, "bad_field"};
    return report;
}

} // namespace vidimus::checks

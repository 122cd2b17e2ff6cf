#include "core/base/json.h"
#include "core/checks/first_verdict.h"

#include <QJsonArray>
#include <array>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLooks = 64;
constexpr qsizetype kMostProblem = 64; ///< characters
constexpr double kLongest = 1e9; ///< seconds

double rounded(double seconds)
{
    return std::round(seconds * 1e6) / 1e6;
}

QJsonArray toJson(const std::vector<Finding>& findings)
{
    QJsonArray array;
    for (const Finding& finding : findings) {
        QJsonObject object = toJson(finding);
        object.insert(u"check"_s, finding.checkId);
        array.append(object);
    }
    return array;
}

std::optional<LookKind> lookKindFrom(const QString& name)
{
    for (const LookKind kind : {LookKind::Head, LookKind::Tail, LookKind::Sample, LookKind::Range}) {
        if (lookKindName(kind) == name)
            return kind;
    }
    return std::nullopt;
}

double secondsMember(JsonReader& reader, QLatin1StringView name)
{
    const double seconds = reader.number(name);
    if (!std::isfinite(seconds) || seconds < 0 || seconds > kLongest)
        reader.fail(name, u"is no time"_s);
    return seconds;
}

Result<Look> lookFromJson(const QJsonObject& object, const QString& path)
{
    JsonReader reader(object, path);
    Look look;
    const auto kind = lookKindFrom(reader.string("kind"_L1));
    if (!kind)
        reader.fail("kind"_L1, u"is unknown"_s);
    look.kind = kind.value_or(LookKind::Sample);
    look.start = secondsMember(reader, "start"_L1);
    look.end = secondsMember(reader, "end"_L1);
    look.problem = reader.string("problem"_L1, {}).left(kMostProblem);
    const QJsonObject measured = look.problem.isEmpty() ? reader.object("measurements"_L1) : QJsonObject();
    if (auto valid = reader.finish(); !valid)
        return std::move(valid).error();
    if (look.problem.isEmpty()) {
        auto measurements = measurementsFromJson(measured);
        if (!measurements)
            return std::move(measurements).error();
        look.measurements = *std::move(measurements);
    }
    return look;
}

} // namespace

QJsonObject toJson(const FirstVerdict& first, std::optional<double> seconds)
{
    QJsonArray looked;
    for (const auto& each : first.lookedAt) {
        QJsonObject object {{u"kind"_s, lookKindName(each.kind)}, {u"start"_s, rounded(each.start)},
            {u"end"_s, rounded(each.end)}, {u"frames"_s, each.frames}};
        if (!each.problem.isEmpty())
            object.insert(u"problem"_s, each.problem);
        looked.append(object);
    }
    QJsonObject object {{u"schema"_s, u"vidimus.check_first/1"_s}, {u"provisional"_s, true},
        {u"profile"_s, first.profile}, {u"duration"_s, rounded(first.duration)},
        {u"verdict"_s, outcomeName(verdict(first))}, {u"looked_at"_s, looked}, {u"findings"_s, toJson(first.findings)},
        {u"suspects"_s, toJson(first.suspects)}};
    if (seconds)
        object.insert(u"seconds"_s, *seconds);
    return object;
}

QJsonObject looksToJson(const std::vector<Look>& looks, double duration)
{
    QJsonArray array;
    for (const Look& look : looks) {
        QJsonObject object {{u"kind"_s, lookKindName(look.kind)}, {u"start"_s, look.start}, {u"end"_s, look.end}};
        if (look.problem.isEmpty())
            object.insert(u"measurements"_s, toJson(look.measurements));
        else
            object.insert(u"problem"_s, look.problem);
        array.append(object);
    }
    return {{u"duration"_s, duration}, {u"looks"_s, array}};
}

Result<Looks> looksFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    Looks looks;
    looks.duration = secondsMember(reader, "duration"_L1);
    const QJsonArray array = reader.array("looks"_L1);
    if (auto valid = reader.finish(); !valid)
        return std::move(valid).error();
    if (array.size() > kMostLooks)
        return Error {ErrorCode::LimitExceeded, u"looks: too many"_s, "bad_field"};
    for (qsizetype i = 0; i < array.size(); ++i) {
        auto look = lookFromJson(array[i].toObject(), u"looks[%1]"_s.arg(i));
        if (!look)
            return std::move(look).error();
        looks.looks.push_back(*std::move(look));
    }
    return looks;
}

} // namespace vidimus::checks

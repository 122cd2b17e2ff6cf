#include "core/checks/allowance.h"

#include "core/base/json.h"
#include "core/checks/judge_rules_p.h"

#include <algorithm>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

/// Re-encoders shift sound and picture by a frame or two.
constexpr double kSlackSeconds = 0.1;

} // namespace

bool covers(const Allowance& allowance, const Finding& finding)
{
    return allowance.checkId == finding.checkId && (allowance.detail.isEmpty() || allowance.detail == finding.detail)
        && finding.start >= allowance.start - kSlackSeconds && finding.end <= allowance.end + kSlackSeconds;
}

std::vector<Allowance> standingAllowances(std::vector<Allowance> allowances, Instant now)
{
    std::erase_if(allowances, [now](const Allowance& each) { return each.expires && *each.expires <= now; });
    std::ranges::stable_sort(allowances, {}, &Allowance::at);
    return allowances;
}

const Allowance* findAllowance(std::span<const Allowance> allowances, const Finding& finding)
{
    const auto found = std::ranges::find_if(allowances, [&](const Allowance& each) { return covers(each, finding); });
    return found != allowances.end() ? &*found : nullptr;
}

Report withAllowances(Report report, const Measurements& measurements, std::span<const Allowance> allowances)
{
    for (CheckResult& result : report.checks) {
        if (result.findings.empty())
            continue;
        bool warns = false;
        bool fails = false;
        for (Finding& finding : result.findings) {
            finding.allowed.reset();
            if (const Allowance* allowance = findAllowance(allowances, finding))
                finding.allowed
                    = AllowedNote {allowance->id.toString(), allowance->author, allowance->reason, allowance->carried};
            else
                (finding.severity == Severity::Fail ? fails : warns) = true;
        }
        const CheckDescriptor* descriptor = findDescriptor(result.id);
        result.cause.clear();
        if (!fails && !warns && descriptor != nullptr)
            result.cause = causeAgainstPass(*descriptor, measurements);
        result.outcome = fails        ? CheckOutcome::Fail
            : warns                   ? CheckOutcome::Warn
            : !result.cause.isEmpty() ? CheckOutcome::NotEvaluated
                                      : CheckOutcome::Pass;
    }
    return report;
}

QJsonObject toJson(const Allowance& allowance)
{
    QJsonObject object {{u"id"_s, allowance.id.toString()}, {u"sha256"_s, QString::fromLatin1(allowance.sha256)},
        {u"check"_s, allowance.checkId}, {u"detail"_s, allowance.detail}, {u"start"_s, allowance.start},
        {u"end"_s, allowance.end}, {u"reason"_s, allowance.reason}, {u"author"_s, allowance.author},
        {u"at"_s, toRfc3339(allowance.at)}};
    if (allowance.expires)
        object.insert(u"expires"_s, toRfc3339(*allowance.expires));
    return object;
}

Result<Allowance> allowanceFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    Allowance allowance;
    allowance.id = AllowanceId(reader.string("id"_L1));
    allowance.sha256 = reader.string("sha256"_L1).toLatin1();
    allowance.checkId = reader.string("check"_L1);
    allowance.detail = reader.string("detail"_L1, QString());
    allowance.start = reader.number("start"_L1);
    allowance.end = reader.number("end"_L1);
    allowance.reason = reader.string("reason"_L1);
    allowance.author = reader.string("author"_L1);
    const QString at = reader.string("at"_L1);
    const QString expires = reader.string("expires"_L1, QString());
    const auto time = [&](QLatin1StringView name, const QString& text) {
        const auto instant = parseRfc3339(text);
        if (!instant)
            reader.fail(name, u"must be a time"_s);
        return instant ? *instant : Instant {};
    };
    allowance.at = time("at"_L1, at);
    if (!expires.isEmpty())
        allowance.expires = time("expires"_L1, expires);
    if (allowance.sha256.size() != 64)
        reader.fail("sha256"_L1, u"must have 64 digits"_s);
    if (!(allowance.start >= 0 && allowance.end >= allowance.start))
        reader.fail("end"_L1, u"must not come before start"_s);
    if (allowance.reason.trimmed().isEmpty())
        reader.fail("reason"_L1, u"must not be empty"_s);
    if (auto valid = reader.finish(); !valid)
        return valid.error();
    return allowance;
}

} // namespace vidimus::checks

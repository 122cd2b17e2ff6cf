#include "core/workbench/allowances.h"

#include "core/checks/check_descriptor.h"
#include "core/store/workspace_store.h"
#include "core/workbench/carried_allowances.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

QString subjectOf(const AssetId& asset)
{
    return u"asset:"_s + asset.toString();
}

/// What holds for this content at \a now: what was said of it, then what is carried over.
Result<std::vector<checks::Allowance>> knownAllowances(
    const store::UnitOfWork& unit, const QByteArray& sha256, Instant now)
{
    auto own = unit.allowances.ofContent(sha256);
    auto carried = carriedAllowances(unit, sha256);
    if (!own || !carried)
        return own ? std::move(carried).error() : std::move(own).error();
    auto known = checks::standingAllowances(*std::move(own), now);
    std::ranges::move(checks::standingAllowances(*std::move(carried), now), std::back_inserter(known));
    return known;
}

/// Marks the stored reports of one content afresh.
Result<void> refreshContent(store::UnitOfWork& unit, const QByteArray& sha256)
{
    const auto assets = unit.assets.findByHash(sha256);
    if (!assets)
        return assets.error();
    for (const store::Asset& asset : *assets) {
        auto reports = unit.reports.findAll(asset.id);
        if (!reports)
            return std::move(reports).error();
        for (store::StoredReport& stored : *reports) {
            const auto measurements = checks::measurementsFromJson(stored.measurements);
            auto report = checks::reportFromJson(stored.report);
            if (!measurements || !report)
                return Error {ErrorCode::Corrupt, u"a stored report cannot be read"_s, "stored_report"};
            const auto applied = applyAllowances(unit, sha256, *std::move(report), *measurements, unit.now());
            if (!applied)
                return applied.error();
            stored.report = checks::toJson(*applied);
            stored.verdict = checks::outcomeName(checks::verdict(*applied));
            if (auto put = unit.reports.put(stored); !put)
                return put;
        }
    }
    return {};
}

/// The same for everything that repeats this content.
Result<void> refreshReports(store::UnitOfWork& unit, const QByteArray& sha256)
{
    const auto contents = contentsFollowing(unit, sha256);
    if (!contents)
        return contents.error();
    for (const QByteArray& content : *contents) {
        if (auto refreshed = refreshContent(unit, content); !refreshed)
            return refreshed;
    }
    return {};
}

/// From the first to the last finding that is meant. Errors: NotFound.
Result<std::pair<double, double>> rangeOf(
    const store::UnitOfWork& unit, const AssetId& asset, const AllowRequest& request)
{
    const auto reports = unit.reports.findAll(asset);
    if (!reports)
        return reports.error();
    std::optional<std::pair<double, double>> range;
    const auto report = reports->empty() ? Result<checks::Report>(checks::Report {})
                                         : checks::reportFromJson(reports->front().report);
    if (!report)
        return Error {ErrorCode::Corrupt, report.error().detail, "stored_report"};
    for (const checks::CheckResult& result : report->checks) {
        for (const checks::Finding& finding : result.findings) {
            if (result.id != request.checkId || (!request.detail.isEmpty() && finding.detail != request.detail))
                continue;
            range = range ? std::pair(std::min(range->first, finding.start), std::max(range->second, finding.end))
                          : std::pair(finding.start, finding.end);
        }
    }
    if (!range)
        return Error {
            ErrorCode::NotFound, u"The newest report has no such finding of %1."_s.arg(request.checkId), "no_finding"};
    return *range;
}

Result<checks::Allowance> makeAllowance(const store::UnitOfWork& unit, const AllowRequest& request, const PersonId& by)
{
    const auto asset = unit.assets.find(request.asset);
    if (!asset)
        return asset.error();
    if (checks::findDescriptor(request.checkId) == nullptr)
        return Error {ErrorCode::NotFound, u"There is no check named %1."_s.arg(request.checkId), "unknown_check"};
    if (request.reason.trimmed().isEmpty())
        return Error {ErrorCode::Invalid, u"Say why it is allowed."_s, "no_reason"};
    if (request.expires && *request.expires <= unit.now())
        return Error {ErrorCode::Invalid, u"It would have expired already."_s, "bad_expiry"};
    checks::Allowance allowance {newId<checks::AllowanceId>(), asset->sha256, request.checkId, request.detail, 0, 0,
        request.reason.trimmed(), by.toString(), unit.now(), request.expires};
    if (request.from && request.to) {
        allowance.start = *request.from;
        allowance.end = *request.to;
    } else {
        const auto range = rangeOf(unit, asset->id, request);
        if (!range)
            return range.error();
        allowance.start = request.from.value_or(range->first);
        allowance.end = request.to.value_or(range->second);
    }
    if (!(allowance.start >= 0 && allowance.end >= allowance.start))
        return Error {ErrorCode::Invalid, u"The range ends before it starts."_s, "bad_range"};
    return allowance;
}

void tell(Workspace& workspace, const AssetId& asset)
{
    Q_EMIT workspace.events().saved();
    Q_EMIT workspace.events().assetChanged(asset);
    Q_EMIT workspace.events().assetsChanged();
}

} // namespace

Result<checks::Report> applyAllowances(const store::UnitOfWork& unit, const QByteArray& sha256, checks::Report report,
    const checks::Measurements& measurements, Instant now)
{
    const auto known = knownAllowances(unit, sha256, now);
    if (!known)
        return known.error();
    return checks::withAllowances(std::move(report), measurements, *known);
}

Result<checks::Report> standingReport(
    const store::UnitOfWork& unit, const QByteArray& sha256, const store::StoredReport& stored, Instant now)
{
    auto report = checks::reportFromJson(stored.report);
    const auto known = knownAllowances(unit, sha256, now);
    if (!report || !known)
        return report ? known.error() : Error {ErrorCode::Corrupt, report.error().detail, "stored_report"};
    const std::vector<checks::Allowance>& standing = *known;
    const auto stands = [&](const checks::Finding& finding) {
        return !finding.allowed || std::ranges::any_of(standing, [&](const checks::Allowance& each) {
            return each.id.toString() == finding.allowed->allowance;
        });
    };
    const bool current = std::ranges::all_of(report->checks,
        [&](const checks::CheckResult& result) { return std::ranges::all_of(result.findings, stands); });
    if (current)
        return report; // nearly always: measurements are large
    const auto measurements = checks::measurementsFromJson(stored.measurements);
    if (!measurements)
        return Error {ErrorCode::Corrupt, measurements.error().detail, "stored_measurements"};
    return checks::withAllowances(*std::move(report), *measurements, standing);
}

Result<void> carryAllowances(Workspace& workspace, const AssetId& id)
{
    const auto carried = workspace.store().read([&](const store::UnitOfWork& unit) -> Result<bool> {
        const auto asset = unit.assets.find(id);
        const auto allowances
            = asset ? carriedAllowances(unit, asset->sha256) : Result<std::vector<checks::Allowance>>(asset.error());
        return allowances ? Result<bool>(!allowances->empty()) : Result<bool>(allowances.error());
    });
    if (!carried || !*carried)
        return carried ? Result<void>() : carried.error();
    auto refreshed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto asset = unit.assets.find(id);
        return asset ? refreshContent(unit, asset->sha256) : Result<void>(asset.error());
    });
    if (refreshed)
        tell(workspace, id);
    return refreshed;
}

Result<checks::Allowance> allowFinding(Workspace& workspace, const AllowRequest& request)
{
    const QString subject = subjectOf(request.asset);
    if (auto may = requirePermission(workspace, moderation::Action::Decide, subject); !may)
        return std::move(may).error();
    auto allowed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<checks::Allowance> {
        auto allowance = makeAllowance(unit, request, workspace.me().id);
        if (!allowance)
            return allowance;
        auto done = unit.allowances.add(*allowance);
        if (done)
            done = refreshReports(unit, allowance->sha256);
        if (done) {
            done = unit.audit.append(
                allowance->author, u"allow_finding"_s, subject, QJsonValue::Null, checks::toJson(*allowance));
        }
        return done ? std::move(allowance) : Result<checks::Allowance>(std::move(done).error());
    });
    if (allowed)
        tell(workspace, request.asset);
    return allowed;
}

Result<void> forgetAllowance(Workspace& workspace, const checks::AllowanceId& id)
{
    const QString name = u"allowance:"_s + id.toString();
    if (auto may = requirePermission(workspace, moderation::Action::Decide, name); !may)
        return may;
    auto forgotten = workspace.store().write([&](store::UnitOfWork& unit) -> Result<AssetId> {
        const auto allowance = unit.allowances.find(id);
        if (!allowance)
            return allowance.error();
        if (!*allowance)
            return Error {ErrorCode::NotFound, u"There is no such allowance."_s, "no_allowance"};
        const auto assets = unit.assets.findByHash((*allowance)->sha256);
        if (!assets)
            return assets.error();
        const AssetId asset = assets->empty() ? AssetId() : assets->front().id;
        auto done = unit.allowances.remove(id);
        if (done)
            done = refreshReports(unit, (*allowance)->sha256);
        if (done) {
            done = unit.audit.append(workspace.me().id.toString(), u"forget_allowance"_s,
                asset.isEmpty() ? name : subjectOf(asset), checks::toJson(**allowance), QJsonValue::Null);
        }
        return done ? Result<AssetId>(asset) : Result<AssetId>(std::move(done).error());
    });
    if (!forgotten)
        return std::move(forgotten).error();
    tell(workspace, *forgotten);
    return {};
}

Result<std::vector<checks::Allowance>> listAllowances(Workspace& workspace, const AssetId& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<std::vector<checks::Allowance>> {
        if (id.isEmpty())
            return unit.allowances.all();
        const auto asset = unit.assets.find(id);
        return asset ? unit.allowances.ofContent(asset->sha256) : Result<std::vector<checks::Allowance>>(asset.error());
    });
}

} // namespace vidimus::workbench

#include "core/workbench/carried_allowances.h"

#include "core/checks/check_descriptor.h"
#include "core/matching/near_duplicates.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using store::StoredMatch;

namespace {

constexpr double kNearlyWhole = 0.9; ///< share of a re-encode that the original must account for
constexpr double kEdgeSeconds = 1.5; ///< a segment ends with the last picture that was compared, one a second
/// A segment's ends are pictures of either side that were looked at, and those lie up to a frame or so apart.
constexpr double kMarginSeconds = 0.25;

bool repeats(const StoredMatch& match)
{
    return match.kind == StoredMatch::Kind::Asset && match.share >= kNearlyWhole
        && match.distance <= matching::kPdqMatchDistance && !match.body.value(u"mirrored"_s).toBool()
        && !match.body.value(u"common_passage"_s).toBool();
}

bool isOfPicture(const checks::Allowance& allowance)
{
    const checks::CheckDescriptor* descriptor = checks::findDescriptor(allowance.checkId);
    return descriptor != nullptr && descriptor->kind == checks::CheckKind::Picture;
}

double secondsOf(Milliseconds time)
{
    return std::chrono::duration<double>(time).count();
}

/// Adds what is allowed in the other side of a match.
Result<void> addCarried(const store::UnitOfWork& unit, const StoredMatch& match, const QByteArray& sha256,
    std::vector<checks::Allowance>& carried)
{
    const auto other = unit.assets.find(AssetId(match.other));
    if (!other)
        return other.error().code == ErrorCode::NotFound ? Result<void>() : other.error();
    if (other->sha256 == sha256)
        return {};
    const auto allowances = unit.allowances.ofContent(other->sha256);
    if (!allowances)
        return allowances.error();
    const QJsonArray segments = match.body.value(u"segments"_s).toArray();
    for (const checks::Allowance& allowance : *allowances) {
        for (const QJsonValue& value : segments) {
            const auto segment = matching::segmentFromJson(value.toObject());
            auto moved = segment && isOfPicture(allowance) ? carryOver(allowance, *segment) : std::nullopt;
            if (!moved)
                continue;
            moved->carried = checks::CarriedFrom {other->id.toString(), other->originalName, match.distance};
            carried.push_back(*std::move(moved));
            break;
        }
    }
    return {};
}

} // namespace

std::optional<checks::Allowance> carryOver(const checks::Allowance& allowance, const matching::MatchSegment& segment)
{
    const double from = secondsOf(segment.bStart);
    const double to = secondsOf(segment.bEnd);
    if (to <= from || allowance.start < from - kEdgeSeconds || allowance.end > to + kEdgeSeconds)
        return std::nullopt;
    const double start = secondsOf(segment.aStart);
    const double speed = (secondsOf(segment.aEnd) - start) / (to - from);
    checks::Allowance moved = allowance;
    moved.start = std::max(0.0, start + (allowance.start - from) * speed - kMarginSeconds);
    moved.end = start + (allowance.end - from) * speed + kMarginSeconds;
    return moved;
}

Result<std::vector<checks::Allowance>> carriedAllowances(const store::UnitOfWork& unit, const QByteArray& sha256)
{
    const auto assets = unit.assets.findByHash(sha256);
    if (!assets)
        return assets.error();
    std::vector<checks::Allowance> carried;
    for (const store::Asset& asset : *assets) {
        const auto matches = unit.matches.find(asset.id);
        if (!matches)
            return matches.error();
        for (const StoredMatch& match : *matches) {
            if (!repeats(match))
                continue;
            if (auto added = addCarried(unit, match, sha256, carried); !added)
                return std::move(added).error();
        }
    }
    return carried;
}

Result<std::set<QByteArray>> contentsFollowing(const store::UnitOfWork& unit, const QByteArray& sha256)
{
    std::set<QByteArray> contents {sha256};
    const auto assets = unit.assets.findByHash(sha256);
    if (!assets)
        return assets.error();
    for (const store::Asset& asset : *assets) {
        const auto matches = unit.matches.pointingTo(asset.id);
        if (!matches)
            return matches.error();
        for (const StoredMatch& match : *matches) {
            if (!repeats(match))
                continue;
            const auto follower = unit.assets.find(match.asset);
            if (!follower)
                return follower.error();
            contents.insert(follower->sha256);
        }
    }
    return contents;
}

} // namespace vidimus::workbench

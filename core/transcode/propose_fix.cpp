#include "core/transcode/propose_fix_p.h"

#include "core/checks/check_descriptor.h"

#include <algorithm>
#include <array>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

enum class Stream { Picture, Sound };

/// One row a family of corrections.
struct Correction {
    std::array<QLatin1StringView, 2> checks; ///< whose findings it answers; the second may be empty
    QLatin1StringView reads; ///< another check whose measurement it needs
    Stream stream = Stream::Picture;
    void (*propose)(const FixContext&, const FixDraft&) = nullptr;
};

constexpr std::array kCorrections {
    Correction {{"loudness"_L1, "true_peak"_L1}, {}, Stream::Sound, proposeSound},
    Correction {{"flash"_L1, {}}, {}, Stream::Picture, proposeFlash},
    Correction {{"red_flash"_L1, {}}, {}, Stream::Picture, proposeRedFlash},
    Correction {{"levels"_L1, {}}, {}, Stream::Picture, proposeLevels},
    Correction {{"black"_L1, {}}, "silence"_L1, Stream::Picture, proposeTrim},
    Correction {{"letterbox"_L1, {}}, {}, Stream::Picture, proposeCrop},
};

QStringList checksOf(const Correction& correction)
{
    QStringList ids;
    for (const QLatin1StringView id : correction.checks) {
        if (!id.isEmpty())
            ids.append(id);
    }
    return ids;
}

/// Why nothing may be done to a stream, or nothing.
std::optional<FixRefusal> obstacle(const FixContext& context, Stream stream)
{
    const bool picture = stream == Stream::Picture;
    const auto damaged = [picture](const checks::DamagedRange& range) { return range.picture == picture; };
    if (std::ranges::any_of(context.measurements.damage, damaged))
        return FixRefusal {
            {}, u"damaged"_s, u"A part cannot be decoded; a new encode would hide the damage instead of mending it."_s};
    if (!picture) {
        if (context.facts.programmeAudio() == nullptr)
            return FixRefusal {{}, u"no_audio"_s, u"There is no sound."_s};
        return std::nullopt;
    }
    const media::VideoStream* video = context.facts.programmeVideo();
    if (video == nullptr)
        return FixRefusal {{}, u"no_video"_s, u"There is no picture."_s};
    if (video->hdr != media::HdrKind::Sdr)
        return FixRefusal {
            {}, u"hdr"_s, u"The picture is high dynamic range; its metadata would not survive a new encode here."_s};
    return std::nullopt;
}

/// Tells of each asked check that has nothing to be corrected, and leaves the others.
QStringList failing(const FixContext& context, const QStringList& ids, const FixDraft& draft)
{
    QStringList left;
    for (const QString& id : ids) {
        if (!context.wants(id))
            continue;
        const checks::CheckResult* result = context.result(id);
        if (result == nullptr || (result->outcome == checks::CheckOutcome::NotEvaluated && result->findings.empty()))
            draft.refuse(id, u"not_evaluated"_s,
                u"It was not evaluated%1."_s.arg(result == nullptr ? QString() : u": "_s + result->cause));
        else if (context.findings(id).empty())
            draft.refuse(id, u"not_failing"_s, u"There is nothing to correct."_s);
        else
            left.append(id);
    }
    return left;
}

} // namespace

const checks::CheckResult* FixContext::result(const QString& id) const
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    return found == report.checks.end() ? nullptr : &*found;
}

double FixContext::threshold(const QString& id, const QString& parameter) const
{
    const auto setting = profile.checks.find(id);
    if (setting != profile.checks.end()) {
        if (const auto value = setting->second.thresholds.find(parameter); value != setting->second.thresholds.end())
            return value->second;
    }
    return 0;
}

std::vector<checks::Finding> FixContext::findings(const QString& id, const QString& detail) const
{
    std::vector<checks::Finding> found;
    if (const checks::CheckResult* of = result(id)) {
        std::ranges::copy_if(of->findings, std::back_inserter(found), [&](const checks::Finding& finding) {
            return !finding.allowed && (detail.isEmpty() || finding.detail == detail);
        });
    }
    return found;
}

std::vector<FrameSpan> spansOf(const std::vector<checks::Finding>& findings, qint64 margin, qint64 frames)
{
    std::vector<FrameSpan> spans;
    for (const checks::Finding& finding : findings) {
        if (finding.firstFrame >= 0)
            spans.push_back(
                {std::max<qint64>(0, finding.firstFrame - margin), std::min(frames - 1, finding.lastFrame + margin)});
    }
    std::ranges::sort(spans, {}, &FrameSpan::first);
    std::vector<FrameSpan> joined;
    for (const FrameSpan& span : spans) {
        if (!joined.empty() && span.first <= joined.back().last + 1)
            joined.back().last = std::max(joined.back().last, span.last);
        else
            joined.push_back(span);
    }
    return joined;
}

QStringList correctableChecks()
{
    QStringList ids;
    for (const Correction& correction : kCorrections)
        ids += checksOf(correction);
    return ids;
}

Result<checks::Profile> profileForFix(checks::Profile profile, const QStringList& ids)
{
    for (const QString& id : ids) {
        if (checks::findDescriptor(id) != nullptr && !correctableChecks().contains(id))
            return Error {ErrorCode::Invalid,
                u"\"%1\" cannot be corrected; these can: %2"_s.arg(id, correctableChecks().join(u", "_s)),
                "not_correctable"};
    }
    QStringList needed = ids;
    for (const Correction& correction : kCorrections) {
        const QStringList answered = checksOf(correction);
        if (std::ranges::none_of(answered, [&](const QString& id) { return ids.contains(id); }))
            continue;
        needed += answered;
        if (!correction.reads.isEmpty())
            needed.append(correction.reads);
    }
    needed.removeDuplicates();
    auto only = checks::onlyChecks(std::move(profile), needed);
    if (only) {
        for (const QString& id : needed)
            only->checks[id].enabled = true;
    }
    return only;
}

FixProposal proposeFix(const media::MediaFacts& facts, const checks::Measurements& measurements,
    const checks::Report& report, const checks::Profile& profile, const QStringList& ids)
{
    FixProposal proposal;
    const FixDraft draft(proposal);
    FixContext context {facts, measurements, report, profile, ids};
    for (const Correction& correction : kCorrections) {
        const QStringList left = failing(context, checksOf(correction), draft);
        if (left.isEmpty())
            continue;
        if (const auto why = obstacle(context, correction.stream)) {
            for (const QString& id : left)
                draft.refuse(id, why->reason, why->detail);
            continue;
        }
        const FixContext narrowed {facts, measurements, report, profile, left};
        correction.propose(narrowed, draft);
    }
    return proposal;
}

QJsonObject toJson(const FixStep& step)
{
    return {{u"check"_s, step.check}, {u"action"_s, step.action}, {u"values"_s, checks::toJson(step.values)},
        {u"start"_s, step.start}, {u"end"_s, step.end}};
}

QJsonObject toJson(const FixRefusal& refusal)
{
    return {{u"check"_s, refusal.check}, {u"reason"_s, refusal.reason}, {u"detail"_s, refusal.detail}};
}

} // namespace vidimus::transcode

#pragma once

#include "core/transcode/propose_fix.h"

namespace vidimus::transcode {

/// What a row of the table of corrections works with.
struct FixContext {
    const media::MediaFacts& facts;
    const checks::Measurements& measurements;
    const checks::Report& report;
    const checks::Profile& profile;
    QStringList ids; ///< asked for

    [[nodiscard]] const checks::CheckResult* result(const QString& id) const;
    /// A parameter of a check under the profile.
    [[nodiscard]] double threshold(const QString& id, const QString& parameter) const;
    /// Findings of one kind that count, in order. An empty \a detail: of every kind.
    [[nodiscard]] std::vector<checks::Finding> findings(const QString& id, const QString& detail = {}) const;
    [[nodiscard]] bool wants(const QString& id) const { return ids.contains(id); }
};

/// Collects what a row decides about its check.
class FixDraft {
public:
    explicit FixDraft(FixProposal& proposal)
        : m_proposal(proposal)
    {
    }
    [[nodiscard]] FixPlan& plan() const { return m_proposal.plan; }
    void add(FixStep step) const { m_proposal.steps.push_back(std::move(step)); }
    void refuse(const QString& check, const QString& reason, const QString& detail) const
    {
        m_proposal.refusals.push_back({check, reason, detail});
    }

private:
    FixProposal& m_proposal;
};

/// The spans of findings, widened by \a margin frames, sorted and joined.
[[nodiscard]] std::vector<FrameSpan> spansOf(
    const std::vector<checks::Finding>& findings, qint64 margin, qint64 frames);

void proposeSound(const FixContext& context, const FixDraft& draft); ///< loudness and true peak
void proposeFlash(const FixContext& context, const FixDraft& draft);
void proposeRedFlash(const FixContext& context, const FixDraft& draft);
void proposeLevels(const FixContext& context, const FixDraft& draft);
void proposeTrim(const FixContext& context, const FixDraft& draft);
void proposeCrop(const FixContext& context, const FixDraft& draft);

} // namespace vidimus::transcode

#pragma once

#include "core/base/instant.h"
#include "core/rights/rule_set.h"
#include "core/workbench/licensor_profile.h"
#include "core/workbench/run_verb.h"

#include <optional>

namespace vidimus::workbench {

/// One verb's code. It gives the members of its JSON beside "schema" in VerbReply::json.
using VerbFunction = Result<VerbReply> (*)(const VerbContext&);

struct VerbRow {
    QLatin1StringView name;
    bool needsWorkspace = false;
    VerbFunction run = nullptr;
};

// media
[[nodiscard]] Result<VerbReply> runProbe(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runCheck(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runModels(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runFix(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runTranscode(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecks(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksJudge(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksAllow(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksAllowed(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksForget(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksSave(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runChecksRemove(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runIngest(const VerbContext& context);
// matching
[[nodiscard]] Result<VerbReply> runFingerprint(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runMatch(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runBankImport(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runBankExport(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runBankList(const VerbContext& context);
// moderation
[[nodiscard]] Result<VerbReply> runQueue(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runDecide(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runPolicy(const VerbContext& context);
// rights
[[nodiscard]] Result<VerbReply> runRightsImport(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsExport(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsLicensor(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsExplain(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsVerify(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsConflicts(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsEffect(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsDraft(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsTemplate(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runRightsHistory(const VerbContext& context);
// availability
[[nodiscard]] Result<VerbReply> runAvailabilityCompile(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityDelta(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityApply(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityQuery(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityAnnouncement(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityPin(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityUnpin(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityHolds(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAvailabilityConfirm(const VerbContext& context);
// publishing
[[nodiscard]] Result<VerbReply> runPublish(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runWithdraw(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runPublication(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runSync(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runOutbox(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runJobs(const VerbContext& context);
// upkeep
[[nodiscard]] Result<VerbReply> runDoctor(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runBackup(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAuditVerify(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runAuditExport(const VerbContext& context);
[[nodiscard]] Result<VerbReply> runBench(const VerbContext& context);

/// Whether a check request asks for the pass over all that an asset's report is made of.
[[nodiscard]] bool isWholePass(const VerbRequest& request);
/// An operand as an instant; now when it is empty. Errors: Invalid.
[[nodiscard]] Result<Instant> instantOption(const VerbRequest& request, const QString& option, Instant fallback);
/// Seconds ("12.5") or h:m:s[.fraction]. Errors: Invalid.
[[nodiscard]] Result<std::optional<Milliseconds>> mediaTimeOption(const VerbRequest& request, const QString& option);
/// --country and --subdivision, in whatever case they are written: ISO 3166-1, or XX where the country is not known,
/// and ISO 3166-2. Errors: Invalid ("usage") for what is no such code.
struct AskedPlace {
    QString country;
    QString subdivision; ///< empty: not asked
};
[[nodiscard]] Result<AskedPlace> placeOption(const VerbRequest& request);
/// An id as one of \a names writes it, whatever the case; as it is where there is none.
[[nodiscard]] QString knownAs(const QString& id, const QStringList& names);
/// --question; playable when it is not given. Errors: Invalid.
[[nodiscard]] Result<rights::Question> questionOption(const VerbRequest& request);
/// The licensor's kept profile with what --zone and --date-only-end say instead. Errors: Invalid, Io.
[[nodiscard]] Result<LicensorProfile> profileOption(const VerbContext& context);
/// Progress of a use case as notes of a verb, under one line of text.
[[nodiscard]] ProgressSink progressNotes(const VerbNotes& notes, const QString& line);

} // namespace vidimus::workbench

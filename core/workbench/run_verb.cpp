#include "core/workbench/run_verb.h"

#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <algorithm>
#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kRows {
    VerbRow {"probe"_L1, false, runProbe},
    VerbRow {"check"_L1, true, runCheck},
    VerbRow {"fingerprint"_L1, false, runFingerprint},
    VerbRow {"fix"_L1, false, runFix},
    VerbRow {"models"_L1, false, runModels},
    VerbRow {"transcode"_L1, true, runTranscode},
    VerbRow {"checks"_L1, false, runChecks},
    VerbRow {"policy"_L1, false, runPolicy},
    VerbRow {"bench"_L1, false, runBench},
    VerbRow {"rights verify"_L1, false, runRightsVerify},
    VerbRow {"ingest"_L1, true, runIngest},
    VerbRow {"checks judge"_L1, true, runChecksJudge},
    VerbRow {"checks allow"_L1, true, runChecksAllow},
    VerbRow {"checks allowed"_L1, true, runChecksAllowed},
    VerbRow {"checks forget"_L1, true, runChecksForget},
    VerbRow {"checks save"_L1, true, runChecksSave},
    VerbRow {"checks remove"_L1, true, runChecksRemove},
    VerbRow {"match"_L1, true, runMatch},
    VerbRow {"bank import"_L1, true, runBankImport},
    VerbRow {"bank export"_L1, true, runBankExport},
    VerbRow {"bank list"_L1, true, runBankList},
    VerbRow {"queue"_L1, true, runQueue},
    VerbRow {"decide"_L1, true, runDecide},
    VerbRow {"rights import"_L1, true, runRightsImport},
    VerbRow {"rights export"_L1, true, runRightsExport},
    VerbRow {"rights licensor"_L1, true, runRightsLicensor},
    VerbRow {"rights explain"_L1, true, runRightsExplain},
    VerbRow {"rights conflicts"_L1, true, runRightsConflicts},
    VerbRow {"rights effect"_L1, true, runRightsEffect},
    VerbRow {"rights draft"_L1, true, runRightsDraft},
    VerbRow {"rights template"_L1, true, runRightsTemplate},
    VerbRow {"rights history"_L1, true, runRightsHistory},
    VerbRow {"availability compile"_L1, true, runAvailabilityCompile},
    VerbRow {"availability delta"_L1, true, runAvailabilityDelta},
    VerbRow {"availability apply"_L1, false, runAvailabilityApply},
    VerbRow {"availability query"_L1, false, runAvailabilityQuery},
    VerbRow {"availability announcement"_L1, true, runAvailabilityAnnouncement},
    VerbRow {"availability pin"_L1, true, runAvailabilityPin},
    VerbRow {"availability unpin"_L1, true, runAvailabilityUnpin},
    VerbRow {"availability holds"_L1, true, runAvailabilityHolds},
    VerbRow {"availability confirm"_L1, true, runAvailabilityConfirm},
    VerbRow {"publish"_L1, true, runPublish},
    VerbRow {"withdraw"_L1, true, runWithdraw},
    VerbRow {"publication"_L1, true, runPublication},
    VerbRow {"sync"_L1, true, runSync},
    VerbRow {"outbox"_L1, true, runOutbox},
    VerbRow {"jobs"_L1, true, runJobs},
    VerbRow {"doctor"_L1, true, runDoctor},
    VerbRow {"backup"_L1, true, runBackup},
    VerbRow {"audit verify"_L1, true, runAuditVerify},
    VerbRow {"audit export"_L1, true, runAuditExport},
};

const VerbRow* findRow(const QString& verb)
{
    const auto found = std::ranges::find_if(kRows, [&verb](const VerbRow& row) { return verb == row.name; });
    return found == kRows.end() ? nullptr : &*found;
}

/// An error about the media file that a verb was given names it; whoever gave several has to know which.
Error aboutItsFile(const VerbRequest& request, Error error)
{
    static const QStringList ofMedia {u"probe"_s, u"check"_s, u"fix"_s, u"fingerprint"_s, u"match"_s, u"transcode"_s};
    static const QList<QByteArray> ofTheFile {"not_media", "playlist_refused", "program", "format_not_supported",
        "moov_missing", "unreadable", "damaged", "file_parked", "worker_crashed", "worker_timeout",
        "worker_limit_memory", "too_many_pixels", "too_many_streams", "too_long", "no_frames", "no_decoder",
        "pixel_format", "hdr_source", "implausible_facts", "corrupt", "unsupported", "limit_exceeded", "libav",
        "no_picture", "no_sound"};
    const QString name = QFileInfo(request.operands.value(0)).fileName();
    if (ofMedia.contains(request.verb) && ofTheFile.contains(error.reason) && !error.detail.contains(name))
        error.detail = u"%1: %2"_s.arg(name, error.detail);
    return error;
}

} // namespace

bool verbNeedsWorkspace(const QString& verb)
{
    const VerbRow* row = findRow(verb);
    return row && row->needsWorkspace;
}

VerbReply runVerb(const VerbContext& context)
{
    const VerbRow* row = findRow(context.request.verb);
    if (!row) {
        return failedReply(context.request.verb,
            {ErrorCode::Unsupported, u"\"%1\" is not done here"_s.arg(context.request.verb), "unknown_verb"});
    }
    const QString& profile = context.request.profile;
    Workspace* workspace = context.workspace;
    std::unique_ptr<Workspace> guest;
    if (workspace && !profile.isEmpty() && profile != workspace->profile().name) {
        auto other = workspace->as(profile);
        if (!other)
            return failedReply(context.request.verb, other.error());
        guest = *std::move(other);
        workspace = guest.get();
    }
    auto reply = row->run({context.request, workspace, context.workers, context.cancel, context.notes});
    if (!reply)
        return failedReply(context.request.verb, aboutItsFile(context.request, reply.error()));
    reply->json.insert(u"schema"_s, schemaOf(context.request.verb));
    return *std::move(reply);
}

} // namespace vidimus::workbench

#include "core/workbench/run_verb.h"

#include "core/base/durable_file.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/demo.h"
#include "core/workbench/local_socket.h"
#include "core/workbench/renditions.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>
#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kRows {
    VerbRow {"probe"_L1, false, runProbe},
    VerbRow {"check"_L1, false, runCheck},
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

/// A file of an exported log or of known content and a named ladder need no workspace, nor does doctor when there is
/// none yet.
bool worksAlone(const VerbRequest& request, const CommandOptions& options)
{
    if (request.verb == u"audit verify")
        return !request.operands.isEmpty();
    if (request.verb == u"match")
        return request.has(u"bank"_s);
    const bool isThere = QFileInfo::exists(store::WorkspaceStore::databasePathIn(options.workspaceFolder));
    if (request.verb == u"transcode")
        return request.has(u"ladder"_s) || !isThere;
    return request.verb == u"doctor" && !isThere;
}

VerbReply runAlone(const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    worker::WorkerPool workers(worker::WorkerOptions {.keepWarm = false});
    return runVerb({request, nullptr, workers, cancel, notes});
}

/// Asks the workspace for its ladder and lets it go: other commands need it while this one encodes.
VerbReply runPreferredLadder(
    std::unique_ptr<Workspace> workspace, VerbRequest request, const CancelToken& cancel, const VerbNotes& notes)
{
    const auto ladder = preferredLadder(*workspace);
    if (!ladder)
        return failedReply(request.verb, ladder.error());
    request.options.insert(u"ladder"_s, *ladder);
    workspace.reset();
    return runAlone(request, cancel, notes);
}

VerbReply runRestore(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    const auto result = restoreWorkspace(
        request.operands.first(), options.workspaceFolder, cancel, progressNotes(notes, u"Restoring the workspace"_s));
    if (!result)
        return failedReply(request.verb, result.error());
    return {ExitCode::Done,
        {{u"schema"_s, schemaOf(request.verb)}, {u"entries"_s, static_cast<qint64>(result->auditEntries)},
            {u"result"_s, u"verified"_s}, {u"bytes"_s, result->bytes}}};
}

/// A workspace that does not open is what doctor is asked about.
VerbReply doctorWithout(
    const Error& error, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    VerbReply reply = runAlone(request, cancel, notes);
    QJsonArray parts = reply.json[u"parts"].toArray();
    parts.append(QJsonObject {{u"name"_s, u"database"_s}, {u"state"_s, u"missing"_s}, {u"version"_s, QString()},
        {u"detail"_s, u"%1; the studio offers to restore a backup or to salvage it"_s.arg(error.detail)}});
    reply.json.insert(u"parts"_s, parts);
    reply.exitCode = ExitCode::MissingPart;
    return reply;
}

Result<void> useTokenFile(Workspace& workspace, const QString& path)
{
    if (path.isEmpty())
        return {};
    constexpr qint64 kMaxTokenBytes = 8192;
    const auto bytes = readFile(path, kMaxTokenBytes);
    return bytes ? workspace.catalog().useToken(bytes->trimmed()) : Result<void>(bytes.error());
}

VerbReply runOnWorkspace(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    const WorkspacePaths paths {options.workspaceFolder};
    // A studio answers at once or not at all; between its end and the lock's there may be a moment without either.
    for (int attempt = 0;; ++attempt) {
        auto reply = callLocal(paths.studioSocket(), request, notes, cancel);
        if (reply)
            return *reply;
        if (reply.error().code != ErrorCode::Unavailable)
            return failedReply(request.verb, reply.error());
        if (reply.error().reason == "peer_gone") {
            return failedReply(request.verb,
                {ErrorCode::Unavailable, u"the studio ended while it worked; look whether it was done"_s,
                    "studio_ended"});
        }
        auto workspace = Workspace::open({.folder = options.workspaceFolder,
            .profile = options.profile,
            .lockPatience = std::chrono::milliseconds(attempt == 0 ? 500 : 15'000)});
        if (!workspace && workspace.error().reason == "locked" && attempt < 2)
            continue;
        if (!workspace && request.verb == u"doctor" && workspace.error().code == ErrorCode::Corrupt)
            return doctorWithout(workspace.error(), request, cancel, notes);
        if (!workspace)
            return failedReply(request.verb, workspace.error());
        if (const auto used = useTokenFile(**workspace, options.tokenFile); !used)
            return failedReply(request.verb, used.error());
        if (request.verb == u"transcode")
            return runPreferredLadder(*std::move(workspace), request, cancel, notes);
        return runVerb({request, workspace->get(), (*workspace)->workers(), cancel, notes});
    }
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
        return failedReply(context.request.verb, reply.error());
    reply->json.insert(u"schema"_s, schemaOf(context.request.verb));
    return *std::move(reply);
}

VerbReply runCommand(
    const CommandOptions& options, const VerbRequest& given, const CancelToken& cancel, const VerbNotes& notes)
{
    VerbRequest request = given;
    request.profile = options.profile;
    if (request.verb == u"demo")
        return runDemo(options, request, cancel, notes);
    if (request.verb == u"restore")
        return runRestore(options, request, cancel, notes);
    if (verbNeedsWorkspace(request.verb) && !worksAlone(request, options))
        return runOnWorkspace(options, request, cancel, notes);
    return runAlone(request, cancel, notes);
}

} // namespace vidimus::workbench

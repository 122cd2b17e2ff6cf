#include "core/base/durable_file.h"
#include "core/store/workspace_store.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/check_profiles.h"
#include "core/workbench/demo.h"
#include "core/workbench/known_file.h"
#include "core/workbench/local_socket.h"
#include "core/workbench/renditions.h"
#include "core/workbench/run_verb.h"
#include "core/workbench/serve_verbs.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"
#include "core/worker/worker_pool.h"

#include <QFileInfo>
#include <QJsonArray>
#include <chrono>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A file of an exported log or of known content needs no workspace, nor does a look at parts of a file, nor do doctor,
/// transcode and check when there is none yet.
bool worksAlone(const VerbRequest& request, const CommandOptions& options)
{
    if (request.verb == u"audit verify")
        return !request.operands.isEmpty();
    if (request.verb == u"match")
        return request.has(u"bank"_s);
    const QFileInfo folder(options.workspaceFolder);
    const bool isThere = QFileInfo::exists(store::WorkspaceStore::databasePathIn(options.workspaceFolder))
        || (folder.exists() && !folder.isDir()); // which has to be said
    if (request.verb == u"check" && !isWholePass(request))
        return true;
    return (request.verb == u"doctor" || request.verb == u"transcode" || request.verb == u"check") && !isThere;
}

VerbReply runAlone(const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    worker::WorkerPool workers(worker::WorkerOptions {.keepWarm = false});
    return runVerb({request, nullptr, workers, cancel, notes});
}

/// Whether a file that a verb is about is nobody's here, so that the workspace is not needed for it and others may have
/// it; what the workspace alone knows of is put into \a request. A profile of its own is read where it is.
Result<bool> isStranger(Workspace& workspace, VerbRequest& request, const CancelToken& cancel)
{
    const auto known = assetOfFile(workspace, request.operands.first(), cancel);
    if (!known)
        return known.error();
    if (*known)
        return false;
    if (request.verb == u"check")
        return loadCheckProfile(request.options.value(u"checks"_s)).has_value();
    const auto ladder = preferredLadder(workspace);
    if (!ladder)
        return ladder.error();
    if (!request.has(u"ladder"_s))
        request.options.insert(u"ladder"_s, *ladder);
    return true;
}

/// Verbs that may hold the workspace for more than a moment: meanwhile they serve others.
bool takesLong(const VerbRequest& request)
{
    static const QStringList verbs {u"check"_s, u"transcode"_s, u"ingest"_s, u"publish"_s, u"withdraw"_s, u"sync"_s,
        u"backup"_s, u"match"_s, u"bank import"_s, u"checks judge"_s, u"availability compile"_s,
        u"availability delta"_s};
    if (request.verb == u"jobs")
        return request.operands.value(0) == u"run";
    if (request.verb == u"doctor")
        return !request.options.isEmpty();
    return verbs.contains(request.verb);
}

/// What serves others while the verb runs is let go of with the reply: first its answer is printed.
VerbReply runHolding(std::unique_ptr<Workspace> workspace, const CommandOptions& options, const VerbRequest& given,
    const CancelToken& cancel, const VerbNotes& notes)
{
    VerbRequest request = given;
    if (request.verb == u"transcode" || request.verb == u"check") {
        const auto stranger = isStranger(*workspace, request, cancel);
        if (!stranger)
            return failedReply(request.verb, stranger.error());
        if (*stranger) {
            workspace.reset();
            return runAlone(request, cancel, notes);
        }
    }
    // A token that was given with a command is for that command alone.
    if (!takesLong(request) || !options.tokenFile.isEmpty())
        return runVerb({request, workspace.get(), workspace->workers(), cancel, notes});
    const auto served = std::make_shared<ServedWorkspace>(std::move(workspace), !options.profile.isEmpty(), cancel);
    Workspace& open = served->workspace();
    VerbReply reply = runVerb({request, &open, open.workers(), cancel, notes});
    reply.rest = served;
    return reply;
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

/// A check answers about a file; a workspace that cannot be had only keeps it from being stored.
VerbReply checkUnstored(
    const Error& error, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    VerbReply reply = runAlone(request, cancel, notes);
    if (!reply.json.contains(u"error"_s))
        reply.json.insert(u"not_stored"_s, error.detail);
    return reply;
}

VerbReply withoutWorkspace(
    const Error& error, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    if (request.verb == u"doctor" && error.code == ErrorCode::Corrupt)
        return doctorWithout(error, request, cancel, notes);
    if (request.verb == u"check" && error.reason != "unknown_profile")
        return checkUnstored(error, request, cancel, notes);
    return failedReply(request.verb, error);
}

VerbReply runOnWorkspace(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes)
{
    constexpr auto kPatience = 10s; // what answers no other command holds it for a moment only
    constexpr auto kLook = 500ms;
    const WorkspacePaths paths {options.workspaceFolder};
    const auto until = std::chrono::steady_clock::now() + kPatience;
    // Between the end of one that listens and the end of its lock there may be a moment without either.
    for (;;) {
        auto reply = callLocal(paths.studioSocket(), request, notes, cancel);
        if (reply)
            return *reply;
        if (reply.error().reason == "peer_gone") {
            return failedReply(request.verb,
                {ErrorCode::Unavailable,
                    u"the program that has the workspace ended while it worked; look whether it was done"_s,
                    "studio_ended"});
        }
        if (reply.error().code != ErrorCode::Unavailable)
            return failedReply(request.verb, reply.error());
        auto workspace
            = Workspace::open({.folder = options.workspaceFolder, .profile = options.profile, .lockPatience = kLook});
        if (!workspace && workspace.error().reason == "locked") {
            const QString holder = holderOf(options.workspaceFolder);
            if (cancel.isCanceled() || std::chrono::steady_clock::now() >= until)
                return withoutWorkspace(heldByAnother(options.workspaceFolder), request, cancel, notes);
            if (notes)
                notes(-1, u"Waiting for %1, which has the workspace"_s.arg(holder));
            continue;
        }
        if (!workspace)
            return withoutWorkspace(workspace.error(), request, cancel, notes);
        if (const auto used = useTokenFile(**workspace, options.tokenFile); !used)
            return failedReply(request.verb, used.error());
        return runHolding(*std::move(workspace), options, request, cancel, notes);
    }
}

} // namespace

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

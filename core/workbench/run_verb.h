#pragma once

#include "core/workbench/verb.h"

namespace vidimus::worker {
class WorkerPool;
}

namespace vidimus::workbench {

class Workspace;

/// What a verb works with.
struct VerbContext {
    const VerbRequest& request;
    Workspace* workspace = nullptr; ///< null for verbs that need none
    worker::WorkerPool& workers;
    const CancelToken& cancel;
    const VerbNotes& notes;
};

/// Runs one verb by its name on an open workspace (or none). Called by the command line, by the studio's socket and by
/// tests; the studio's buttons call the same use cases beneath. Any thread; verbs of one workspace may run at once.
[[nodiscard]] VerbReply runVerb(const VerbContext& context);
/// Whether the verb works on a workspace.
[[nodiscard]] bool verbNeedsWorkspace(const QString& verb);

/// How a command reaches its workspace.
struct CommandOptions {
    QString workspaceFolder; ///< absolute
    QString profile; ///< empty: the workspace's own
    QString tokenFile; ///< bearer token of the profile's catalog; empty: none. A running studio has its own sign-in.
};
/// Runs a verb for the command line: without a workspace where it needs none, inside the studio when one runs on the
/// workspace, else with the workspace's lock held for as long as it takes.
[[nodiscard]] VerbReply runCommand(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes);

} // namespace vidimus::workbench

#pragma once

#include "core/workbench/run_verb.h"

namespace vidimus::workbench {

/// Runs the whole path on real clips in a workspace of its own: ingest, checks, decision, renditions, rights,
/// publication; prints where the title is live. With --headless it serves until cancelled; with --exit it fetches that
/// address, checks it and ends everything. The same folder again continues where it was.
[[nodiscard]] VerbReply runDemo(
    const CommandOptions& options, const VerbRequest& request, const CancelToken& cancel, const VerbNotes& notes);

/// Fills a workspace with the demo's clips, titles and rights, for the studio's first look. Does nothing where they are
/// there already. Errors: NotFound (the clips are not installed), and those of the use cases.
[[nodiscard]] Result<void> prepareDemoWorkspace(
    Workspace& workspace, const CancelToken& cancel, const VerbNotes& notes);

/// The folder of the demo's clips: $VIDIMUS_DEMO_MEDIA, else "share/vidimus/demo" beside the program, else the source
/// tree's.
[[nodiscard]] QString demoMediaFolder();

} // namespace vidimus::workbench

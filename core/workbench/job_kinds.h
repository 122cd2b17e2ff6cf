#pragma once

namespace vidimus::jobs {
class JobRunner;
}

namespace vidimus::workbench {

class Workspace;

/// Tells the runner what "check", "fix" and "transcode" jobs do. \a workspace must outlive the runner's work.
void registerJobKinds(Workspace& workspace, jobs::JobRunner& runner);

} // namespace vidimus::workbench

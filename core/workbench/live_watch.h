#pragma once

namespace vidimus::workbench {

class Workspace;

/// Looks, with our own fetch, at each publication that the catalog accepted and that was not seen live yet. Returns how
/// many could not be seen so far. Blocking; not the ui thread.
[[nodiscard]] int seeAcceptedLive(Workspace& workspace);

} // namespace vidimus::workbench

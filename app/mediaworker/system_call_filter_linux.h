#pragma once

namespace vidimus::mediaworker {

/// Installs the filter on every thread, for good. What is not on its lists kills the process with SIGSYS, which no
/// handler can catch; what libraries try by habit and survive without (opening a file, asking for a terminal) fails
/// with an errno. Returns false, with errno set, when the kernel or libseccomp refuses.
[[nodiscard]] bool installSystemCallFilter();

} // namespace vidimus::mediaworker

#pragma once

namespace vidimus::mediaworker {

/// Lets every library do now what it can no longer do behind the filter: read tables, count processors, bind symbols.
void prepareLibraries();

} // namespace vidimus::mediaworker

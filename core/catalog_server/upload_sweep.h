#pragma once

#include "core/base/instant.h"
#include "core/catalog_server/work_lane.h"

namespace vidimus::catalog_server {

class Backend;

/// Removes the uploads that nobody has sent a byte of since \a before, and files in the uploads' folder that no row
/// knows. How many there were. On the database's thread. Errors: Io.
[[nodiscard]] Result<int> sweepUploads(Backend& backend, Instant before);

/// Sweeps at the start and every hour from then on, on the database's thread. Ends with the object, which the lane
/// must outlive.
class UploadSweeper {
public:
    /// \a abandonedAfter is since an upload's last byte.
    UploadSweeper(Backend& backend, WorkLane& lane, Milliseconds abandonedAfter);

private:
    std::jthread m_thread;
};

} // namespace vidimus::catalog_server

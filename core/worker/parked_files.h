#pragma once

#include "core/worker/input_file.h"

#include <map>
#include <mutex>

namespace vidimus::worker {

/// Counts how often the worker crashed on a file, so that a file that does it twice is left alone. Any thread.
class ParkedFiles {
public:
    void addCrash(const FileIdentity& file);
    /// Forgets the crashes: a person wants to try again.
    void release(const FileIdentity& file);
    /// Errors: Corrupt "file_parked" after two crashes.
    [[nodiscard]] Result<void> check(const FileIdentity& file) const;

private:
    mutable std::mutex m_mutex;
    std::map<FileIdentity, int> m_crashes;
};

} // namespace vidimus::worker

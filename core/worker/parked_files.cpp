#include "core/worker/parked_files.h"

#include "core/media/frame_source.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;

void ParkedFiles::addCrash(const FileIdentity& file)
{
    const std::scoped_lock lock(m_mutex);
    ++m_crashes[file];
}

void ParkedFiles::release(const FileIdentity& file)
{
    const std::scoped_lock lock(m_mutex);
    m_crashes.erase(file);
}

Result<void> ParkedFiles::check(const FileIdentity& file) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_crashes.find(file);
    if (found == m_crashes.end() || found->second < media::kMostDecoderCrashes)
        return {};
    return Error {ErrorCode::Corrupt,
        u"the media worker crashed %1 times on this file, so it is not opened again"_s.arg(found->second),
        "file_parked"};
}

} // namespace vidimus::worker

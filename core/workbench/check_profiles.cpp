#include "core/workbench/check_profiles.h"

#include "core/base/durable_file.h"

namespace vidimus::workbench {

Result<checks::Profile> loadCheckProfile(const QString& nameOrPath)
{
    constexpr qint64 kMaxProfileBytes = 256 * 1024;
    if (!nameOrPath.contains(u'/'))
        return checks::shippedProfile(nameOrPath.isEmpty() ? kDefaultCheckProfile : nameOrPath);
    auto json = readFile(nameOrPath, kMaxProfileBytes);
    if (!json)
        return std::move(json).error();
    return checks::parseProfile(*json, checks::shippedProfileJson);
}

} // namespace vidimus::workbench

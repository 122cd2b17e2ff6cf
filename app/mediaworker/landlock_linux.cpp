#include "landlock_linux.h"

#include "core/base/unique_fd.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <sys/syscall.h>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

// Debian 12's <linux/landlock.h> knows ABI 2 only, so the interface stands here (Documentation/userspace-api/landlock).
struct RulesetAttributes {
    std::uint64_t handledFileAccess = 0;
    std::uint64_t handledNetworkAccess = 0; // since ABI 4
    std::uint64_t scoped = 0; // since ABI 6
};
constexpr unsigned kAskVersion = 1;
constexpr std::uint64_t kNetworkAccess = 0b11; // bind and connect TCP
constexpr std::uint64_t kScopes = 0b11; // abstract UNIX sockets and signals

constexpr std::uint64_t lowBits(int count)
{
    return (std::uint64_t {1} << count) - 1;
}

/// File access rights by ABI: 13 in the first, then refer, truncate, (network), device ioctl.
std::uint64_t fileAccessOf(int abi)
{
    constexpr std::array kRightsCount {0, 13, 14, 15, 15, 16};
    return lowBits(kRightsCount[static_cast<std::size_t>(std::min<int>(abi, kRightsCount.size() - 1))]);
}

} // namespace

void denyFileSystem(worker::SandboxStatus& status)
{
    const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, kAskVersion);
    if (abi < 1) {
        status.landlockAbsence = u"the kernel does not offer it: %1"_s.arg(QString::fromLocal8Bit(strerror(errno)));
        return;
    }
    status.landlockAbi = static_cast<int>(abi);
    RulesetAttributes attributes;
    attributes.handledFileAccess = fileAccessOf(status.landlockAbi);
    std::size_t size = sizeof(std::uint64_t);
    if (abi >= 4) {
        attributes.handledNetworkAccess = kNetworkAccess;
        size = 2 * sizeof(std::uint64_t);
    }
    if (abi >= 6) {
        attributes.scoped = kScopes;
        size = sizeof attributes;
    }
    const UniqueFd ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    // No rule is added: whatever is handled is denied.
    if (!ruleset.isValid() || syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
        status.landlockAbsence = u"it refused: %1"_s.arg(QString::fromLocal8Bit(strerror(errno)));
        return;
    }
    status.landlock = true;
}

} // namespace vidimus::mediaworker

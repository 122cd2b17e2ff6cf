#include "core/base/result.h"

#include <array>

namespace vidimus {

namespace {
constexpr std::array kNames {"invalid", "not_found", "conflict", "denied", "unavailable", "unsupported", "corrupt",
    "io", "disk_full", "canceled", "timed_out", "limit_exceeded", "missing", "internal"};
}

const char* errorCodeName(ErrorCode code)
{
    return kNames.at(static_cast<std::size_t>(code));
}

ErrorCode errorCodeFromName(QByteArrayView name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QByteArrayView(kNames[i]))
            return static_cast<ErrorCode>(i);
    }
    return ErrorCode::Internal;
}

} // namespace vidimus

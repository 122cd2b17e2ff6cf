#pragma once

#include <QJsonObject>
#include <QString>

namespace vidimus::studio {

/// Says on standard error what the studio has done and when, one JSON object a line, while VIDIMUS_TRACE is set:
/// {"event": "first_paint", "ms": 214.5, …}. Milliseconds count from the start of the process. Holds no titles or user
/// names. Any thread.
void trace(const char* event, QJsonObject more = {});

/// Milliseconds since the process began, by the kernel's account; includes loading and linking.
[[nodiscard]] double processAgeMilliseconds();

} // namespace vidimus::studio

#pragma once

#include <QByteArray>
#include <QString>

namespace vidimus::media::engine {

/// Makes libav log into a list of each thread's own instead of stderr. Once a process; later calls do nothing.
void collectAvLog();
/// The warnings and errors that libav logged on this thread since the last call: the first 16 lines, joined with "; ".
/// What libav's own decoder threads log is dropped.
[[nodiscard]] QByteArray takeAvLog();

/// libav's text for one of its error numbers.
[[nodiscard]] QString avErrorText(int error);

} // namespace vidimus::media::engine

#include "core/media/engine/av_log.h"

#include "core/media/engine/av_ptr_p.h"

#include <array>
#include <cstdarg>
#include <mutex>

namespace vidimus::media::engine {

namespace {

constexpr int kMaxLines = 16;

struct Lines {
    QByteArray text;
    int count = 0;
};
thread_local Lines threadLines;

void logLine(void* owner, int level, const char* format, va_list arguments)
{
    if (level > AV_LOG_WARNING || threadLines.count >= kMaxLines)
        return;
    std::array<char, 512> line {};
    int printPrefix = 1;
    av_log_format_line2(owner, level, format, arguments, line.data(), static_cast<int>(line.size()), &printPrefix);
    QByteArray text = QByteArray(line.data()).trimmed();
    // libav names the object by its address ("[mov,mp4 @ 0x55…]"), which would differ from run to run.
    if (const qsizetype at = text.indexOf(" @ 0x"); at > 0) {
        if (const qsizetype end = text.indexOf(']', at); end > 0)
            text.remove(at, end - at);
    }
    if (text.isEmpty())
        return;
    ++threadLines.count;
    if (!threadLines.text.isEmpty())
        threadLines.text += "; ";
    threadLines.text += text;
}

} // namespace

void collectAvLog()
{
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_callback(logLine); });
}

QByteArray takeAvLog()
{
    return std::exchange(threadLines, {}).text;
}

QString avErrorText(int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text {};
    av_strerror(error, text.data(), text.size());
    return QString::fromUtf8(text.data());
}

} // namespace vidimus::media::engine

#include "core/transcode/engine/av_owners_p.h"

#include <array>

namespace vidimus::transcode::engine {

using namespace Qt::StringLiterals;

Error avError(const char* call, int code, ErrorCode kind)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text {};
    av_strerror(code, text.data(), text.size());
    return Error {code == AVERROR(ENOMEM) ? ErrorCode::LimitExceeded : kind,
        u"%1: %2"_s.arg(QLatin1StringView(call), QLatin1StringView(text.data())), "libav"};
}

Result<AvFramePtr> newPicture(AVPixelFormat format, int width, int height)
{
    AvFramePtr frame(av_frame_alloc());
    if (!frame)
        return avError("av_frame_alloc", AVERROR(ENOMEM));
    frame->format = format;
    frame->width = width;
    frame->height = height;
    if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0)
        return avError("av_frame_get_buffer", code);
    return frame;
}

Result<AvFramePtr> shareFrame(const AVFrame& frame)
{
    AvFramePtr copy(av_frame_clone(&frame));
    if (!copy)
        return avError("av_frame_clone", AVERROR(ENOMEM));
    return copy;
}

} // namespace vidimus::transcode::engine

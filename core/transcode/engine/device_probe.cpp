#include "core/transcode/engine/device_probe.h"

#include <QFile>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/hwcontext.h>
#include <libavutil/log.h>
}

#include <array>

namespace vidimus::transcode::engine {

namespace {

DeviceTrial tryOne(AVHWDeviceType type, const QString& node)
{
    DeviceTrial trial {.kind = av_hwdevice_get_type_name(type), .node = node, .why = {}};
    AVBufferRef* device = nullptr;
    const QByteArray name = QFile::encodeName(node);
    const int code = av_hwdevice_ctx_create(&device, type, node.isEmpty() ? nullptr : name.constData(), nullptr, 0);
    trial.usable = code >= 0;
    if (!trial.usable) {
        std::array<char, AV_ERROR_MAX_STRING_SIZE> words {};
        av_strerror(code, words.data(), words.size());
        trial.why = QString::fromLocal8Bit(words.data());
    }
    av_buffer_unref(&device);
    return trial;
}

} // namespace

std::vector<DeviceTrial> tryDevices(const QStringList& renderNodes, bool nvidia)
{
    const int before = av_log_get_level();
    av_log_set_level(AV_LOG_QUIET);
    std::vector<DeviceTrial> trials;
    for (const QString& node : renderNodes)
        trials.push_back(tryOne(AV_HWDEVICE_TYPE_VAAPI, node));
    if (nvidia)
        trials.push_back(tryOne(AV_HWDEVICE_TYPE_CUDA, {}));
    av_log_set_level(before);
    return trials;
}

} // namespace vidimus::transcode::engine

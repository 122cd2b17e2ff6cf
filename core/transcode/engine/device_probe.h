#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

namespace vidimus::transcode::engine {

/// Whether libav opened a device.
struct DeviceTrial {
    QByteArray kind; ///< "vaapi" or "cuda"
    QString node; ///< "/dev/dri/renderD128"; empty where the kind names no node
    bool usable = false;
    QString why; ///< libav's words where it did not open
};

/// Opens each render node by VA-API, and CUDA where an NVIDIA driver is loaded. Drivers may print, hang or die: for a
/// process that may be lost, and that opens no media, because a sandbox shows no devices.
[[nodiscard]] std::vector<DeviceTrial> tryDevices(const QStringList& renderNodes, bool nvidia);

} // namespace vidimus::transcode::engine

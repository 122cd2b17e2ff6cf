#include "list_devices.h"

#include "core/base/json.h"
#include "core/transcode/engine/device_probe.h"
#include "core/transcode/engine/encoder_probe.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <cstdio>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

/// "i915" of "/sys/class/drm/renderD128/device/driver".
QString driverOf(const QString& node)
{
    if (node.isEmpty())
        return u"nvidia"_s;
    return QFile::symLinkTarget(u"/sys/class/drm/%1/device/driver"_s.arg(node.section(u'/', -1))).section(u'/', -1);
}

} // namespace

int listDevices()
{
    QJsonArray encoders;
    for (const transcode::EncoderState& state : transcode::engine::probeEncoders())
        encoders.append(QJsonObject {{u"id"_s, state.encoder.id}, {u"usable"_s, state.usable}, {u"why"_s, state.why}});
    const QDir folder(u"/dev/dri"_s);
    QStringList nodes;
    const QStringList names = folder.entryList({u"renderD*"_s}, QDir::System);
    for (const QString& name : names)
        nodes.append(folder.filePath(name));
    QJsonArray devices;
    const bool nvidia = QFile::exists(u"/proc/driver/nvidia/version"_s);
    for (const transcode::engine::DeviceTrial& trial : transcode::engine::tryDevices(nodes, nvidia)) {
        devices.append(QJsonObject {{u"kind"_s, QString::fromLatin1(trial.kind)}, {u"node"_s, trial.node},
            {u"driver"_s, driverOf(trial.node)}, {u"usable"_s, trial.usable}, {u"why"_s, trial.why}});
    }
    const QByteArray line = toJson(QJsonObject {{u"encoders"_s, encoders}, {u"devices"_s, devices}}) + '\n';
    return std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout)
            == static_cast<std::size_t>(line.size())
        ? 0
        : 1;
}

} // namespace vidimus::mediaworker

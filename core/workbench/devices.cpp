#include "core/workbench/devices.h"

#include "core/base/json.h"
#include "core/workbench/bench_tool.h"
#include "core/workbench/upkeep.h"
#include "core/worker/worker_options.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxTable = 1 << 16;

/// "HDA Intel PCH" of " 0 [PCH            ]: HDA-Intel - HDA Intel PCH".
QStringList soundCards(const QString& folder)
{
    static const QRegularExpression line(u"^\\s*\\d+ \\[[^\\]]*\\]:.* - (.+)$"_s, QRegularExpression::MultilineOption);
    QFile file(folder + u"/cards"_s);
    QStringList cards;
    if (!file.open(QIODevice::ReadOnly))
        return cards;
    auto found = line.globalMatch(QString::fromUtf8(file.read(kMaxTable)));
    while (found.hasNext())
        cards.append(found.next().captured(1).trimmed());
    return cards;
}

QStringList soundServers(const QString& runtime)
{
    QStringList servers;
    if (!runtime.isEmpty() && QFile::exists(runtime + u"/pipewire-0"_s))
        servers.append(u"PipeWire"_s);
    if (qEnvironmentVariableIsSet("PULSE_SERVER")
        || (!runtime.isEmpty() && QFile::exists(runtime + u"/pulse/native"_s)))
        servers.append(u"PulseAudio"_s);
    return servers;
}

QString shown(const QJsonValue& text)
{
    constexpr qsizetype kMost = 200;
    return text.toString().left(kMost);
}

} // namespace

Part audioPart(const DeviceFolders& folders)
{
    const QStringList cards = soundCards(folders.sound);
    const QStringList servers = soundServers(folders.runtime);
    if (cards.isEmpty() && servers.isEmpty()) {
        return {u"audio"_s, u"warn"_s, {},
            u"no sound card and no sound server: the player shows pictures without sound; checks and transcodes need none"_s};
    }
    QStringList sentences;
    if (!servers.isEmpty())
        sentences.append(u"played through %1"_s.arg(servers.join(u" or "_s)));
    sentences.append(cards.isEmpty() ? u"no sound card here: the server plays elsewhere or not at all"_s
                                     : u"sound cards: %1"_s.arg(cards.join(u", "_s)));
    return {u"audio"_s, u"ok"_s, {}, sentences.join(u"; "_s)};
}

Result<QJsonObject> listDevices()
{
    constexpr std::chrono::seconds kLimit {15}; // a driver may hang when asked
    const auto worker = worker::findWorkerExecutable();
    if (!worker)
        return worker.error();
    const auto run = runTool(*worker, {u"--devices"_s}, {}, {.limit = kLimit});
    if (!run)
        return run.error();
    const auto object = parseJsonObject(run->output.trimmed());
    if (run->exitCode != 0 || !object)
        return Error {ErrorCode::Corrupt, u"the media worker did not say which devices open"_s, "worker_protocol"};
    return *object;
}

Part gpuPart(const Result<QJsonObject>& devices)
{
    if (!devices)
        return {u"gpu"_s, u"warn"_s, {}, u"not found out: %1"_s.arg(devices.error().detail)};
    QStringList sentences;
    bool anyUsable = false;
    const QJsonArray all = devices->value(u"devices"_s).toArray();
    for (const QJsonValue& value : all) {
        const QString name = QStringList {shown(value[u"node"]), shown(value[u"driver"])}.join(u' ').trimmed();
        const QString kind = value[u"kind"].toString() == u"cuda" ? u"CUDA"_s : u"VA-API"_s;
        anyUsable = anyUsable || value[u"usable"].toBool();
        sentences.append(value[u"usable"].toBool()
                ? u"%1 opens by %2"_s.arg(name, kind)
                : u"%1 does not open by %2: %3"_s.arg(name, kind, shown(value[u"why"])));
    }
    if (sentences.isEmpty())
        sentences.append(u"no render node and no NVIDIA driver"_s);
    return {u"gpu"_s, anyUsable ? u"ok"_s : u"warn"_s, {},
        sentences.join(u"; "_s) + u"; nothing needs it: the processor decodes and encodes"_s};
}

Part encoderPart(const Result<QJsonObject>& devices, const QString& id)
{
    const QString name = u"encoder "_s + id;
    if (!devices)
        return {name, u"missing"_s, {}, u"not tried: %1"_s.arg(devices.error().detail)};
    const QJsonArray all = devices->value(u"encoders"_s).toArray();
    for (const QJsonValue& value : all) {
        if (value[u"id"].toString() == id) {
            return value[u"usable"].toBool() ? Part {name, u"ok"_s, {}, u"opened, and encoded a picture"_s}
                                             : Part {name, u"missing"_s, {}, shown(value[u"why"])};
        }
    }
    return {name, u"missing"_s, {}, u"the media worker has no such encoder"_s};
}

} // namespace vidimus::workbench

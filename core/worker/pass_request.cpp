#include "core/worker/pass_request.h"

#include "core/base/json.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

QString textOf(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

QJsonObject toJson(const PassRequest& request)
{
    QJsonObject object {{u"profile"_s, request.profile}};
    if (request.interval)
        object.insert(u"interval_ms"_s, qint64(request.interval->count()));
    if (request.offersScratch)
        object.insert(u"scratch"_s, true);
    if (!request.state.checks.isEmpty())
        object.insert(u"checks_state"_s, textOf(request.state.checks));
    if (!request.state.fingerprint.isEmpty())
        object.insert(u"fingerprint_state"_s, textOf(request.state.fingerprint));
    return object;
}

Result<PassRequest> passRequestFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    PassRequest request;
    request.profile = reader.object("profile"_L1);
    if (reader.has("interval_ms"_L1))
        request.interval = std::chrono::milliseconds(reader.integer("interval_ms"_L1));
    const auto bytes = [&](QLatin1StringView name) {
        return reader.has(name) ? QByteArray::fromBase64(reader.string(name).toLatin1()) : QByteArray();
    };
    request.state.checks = bytes("checks_state"_L1);
    request.state.fingerprint = bytes("fingerprint_state"_L1);
    request.offersScratch = reader.boolean("scratch"_L1, false);
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    return request;
}

} // namespace vidimus::worker

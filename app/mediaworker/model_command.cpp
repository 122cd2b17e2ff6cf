#include "commands.h"

#include "core/base/posix_error.h"
#include "core/checks/engine/model_sink.h"

#include <cerrno>
#include <ctime>
#include <unistd.h>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;
using worker::MessageType;

namespace {

constexpr qsizetype kMostModelBytes = qsizetype {512} << 20;

Result<QByteArray> readModel(int fd)
{
    QByteArray bytes;
    constexpr qsizetype kPart = 1 << 20;
    for (;;) {
        const qsizetype size = bytes.size();
        if (size > kMostModelBytes)
            return Error {ErrorCode::LimitExceeded, u"the model is too large"_s, "too_large"};
        bytes.resize(size + kPart);
        const ssize_t got = pread(fd, bytes.data() + size, kPart, size);
        if (got < 0 && errno != EINTR)
            return posixError("read", errno, u"model"_s);
        bytes.resize(size + std::max<qsizetype>(got, 0));
        if (got == 0)
            return bytes;
    }
}

} // namespace

worker::Message runModel(Session& session, worker::Received request)
{
    const auto object = worker::jsonPayload(request.message);
    const auto manifest
        = object ? checks::modelManifestFromJson(*object) : Result<checks::ModelManifest>(object.error());
    if (!manifest)
        return worker::failureMessage(manifest.error());
    session.send(worker::jsonMessage(MessageType::OutputRequest, {}));
    const worker::Received model = session.inbox().next();
    if (model.message.type != MessageType::OutputOpened || !model.descriptor.isValid())
        return worker::failureMessage(Error {ErrorCode::Canceled, u"stopped"_s, "canceled"});
    const auto bytes = readModel(model.descriptor.get());
    if (!bytes)
        return worker::failureMessage(bytes.error());
    const CancelToken cancel = session.inbox().cancelToken();
    auto input = media::engine::Input::open(request.descriptor.get(), {}, cancel);
    if (!input)
        return worker::failureMessage(input.error());
    const std::clock_t began = std::clock();
    const auto measured = checks::engine::runModel(**input, *bytes, *manifest, cancel, session.progressSink());
    if (!measured)
        return worker::failureMessage(measured.error());
    const double cpuSeconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return checkAnswer(*measured, {{manifest->check, cpuSeconds}});
}

} // namespace vidimus::mediaworker

#include "core/workbench/unix_stream.h"

#include "core/base/json.h"
#include "core/base/posix_error.h"

#include <QFile>
#include <QtEndian>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLookMillis = 100;

Result<sockaddr_un> addressOf(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(name.size()) >= sizeof(address.sun_path))
        return Error {ErrorCode::Invalid,
            u"the workspace's path is too long for a socket (%1 bytes)"_s.arg(name.size()), "path_too_long"};
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    return address;
}

Error gone()
{
    return Error {ErrorCode::Unavailable, u"the other end closed the connection"_s, "peer_gone"};
}

Result<void> receiveExactly(int fd, char* out, std::size_t count, const CancelToken& cancel)
{
    while (count > 0) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"cancelled"_s, "canceled"};
        pollfd look {fd, POLLIN, 0};
        const int ready = poll(&look, 1, kLookMillis);
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        const ssize_t got = recv(fd, out, count, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return gone();
        out += got;
        count -= static_cast<std::size_t>(got);
    }
    return {};
}

} // namespace

Result<UniqueFd> connectUnix(const QString& path)
{
    const auto address = addressOf(path);
    if (!address)
        return address.error();
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.isValid())
        return posixError("socket", errno);
    if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof(*address)) != 0)
        return Error {ErrorCode::Unavailable, u"nobody listens: %1"_s.arg(QString::fromLocal8Bit(std::strerror(errno))),
            "nobody_listens"};
    return fd;
}

Result<UniqueFd> listenUnix(const QString& path)
{
    const auto address = addressOf(path);
    if (!address)
        return address.error();
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.isValid())
        return posixError("socket", errno);
    unlink(QFile::encodeName(path).constData());
    const mode_t before = umask(0177);
    const int bound = bind(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof(*address));
    umask(before);
    if (bound != 0)
        return posixError("bind", errno);
    if (listen(fd.get(), 16) != 0)
        return posixError("listen", errno);
    return fd;
}

bool peerIsOurUser(int fd)
{
    ucred credentials {};
    socklen_t length = sizeof(credentials);
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 && credentials.uid == getuid();
}

Result<void> sendMessage(int fd, const QJsonObject& message)
{
    const QByteArray body = vidimus::toJson(message);
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(body.size()), bytes.data());
    bytes += body;
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count
            = send(fd, bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return gone();
        sent += count;
    }
    return {};
}

Result<QJsonObject> receiveMessage(int fd, const CancelToken& cancel)
{
    QByteArray head(4, Qt::Uninitialized);
    if (auto got = receiveExactly(fd, head.data(), 4, cancel); !got)
        return std::move(got).error();
    const quint32 length = qFromLittleEndian<quint32>(head.constData());
    if (length > kMaxMessageBytes)
        return Error {ErrorCode::LimitExceeded, u"a message of %1 bytes"_s.arg(length), "message_too_large"};
    QByteArray body(static_cast<qsizetype>(length), Qt::Uninitialized);
    if (auto got = receiveExactly(fd, body.data(), length, cancel); !got)
        return std::move(got).error();
    auto object = parseJsonObject(body);
    if (!object)
        return Error {ErrorCode::Corrupt, object.error().detail, "bad_message"};
    return object;
}

bool peerIsGone(int fd)
{
    char byte = 0;
    const ssize_t got = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

} // namespace vidimus::workbench

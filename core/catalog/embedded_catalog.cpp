#include "core/catalog/embedded_catalog.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/posix_error.h"
#include "core/catalog/catalogd_launch_p.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
constexpr qsizetype kMaxLine = 4096;
constexpr std::chrono::milliseconds kPause {20};

struct HandOver {
    UniqueFd hold;
    CatalogAddress address;
};

int millisecondsTo(SteadyTime deadline)
{
    const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

/// Connects by the folder's descriptor, because a socket address holds only 107 bytes of path.
Result<UniqueFd> connectTo(const QString& socketPath)
{
    const QFileInfo info(socketPath);
    const UniqueFd folder(open(QFile::encodeName(info.absolutePath()).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isValid())
        return posixError("open folder", errno);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray path
        = "/proc/self/fd/" + QByteArray::number(folder.get()) + '/' + QFile::encodeName(info.fileName());
    if (path.size() >= static_cast<qsizetype>(sizeof(address.sun_path)))
        return Error {ErrorCode::Invalid, u"the socket's name is too long"_s, "name_too_long"};
    std::copy(path.begin(), path.end(), address.sun_path);
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd.isValid())
        return posixError("socket", errno);
    if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        return posixError("connect", errno);
    ucred peer {};
    socklen_t length = sizeof(peer);
    if (getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.uid != geteuid())
        return Error {ErrorCode::Denied, u"the catalog's socket belongs to another user"_s, "foreign_socket"};
    return fd;
}

/// One line of JSON. An end before it means that the server was just leaving.
Result<HandOver> attach(const QString& socketPath, SteadyTime deadline)
{
    auto fd = connectTo(socketPath);
    if (!fd)
        return std::move(fd).error();
    QByteArray line;
    while (!line.endsWith('\n')) {
        pollfd waiting {fd->get(), POLLIN, 0};
        if (poll(&waiting, 1, millisecondsTo(deadline)) <= 0)
            return Error {ErrorCode::TimedOut, u"the catalog does not hand over"_s, "timed_out"};
        char piece[512];
        const ssize_t got = recv(fd->get(), piece, sizeof(piece), 0);
        if (got <= 0 || line.size() + got > kMaxLine)
            return Error {ErrorCode::Unavailable, u"the catalog is leaving"_s, "leaving"};
        line.append(piece, got);
    }
    const auto json = parseJsonObject(line);
    if (!json)
        return Error {ErrorCode::Corrupt, u"the hand-over is not JSON"_s, "wrong_schema"};
    JsonReader reader(*json);
    HandOver handOver {std::move(*fd), {reader.string("url"_L1).toUtf8(), reader.string("token"_L1).toUtf8()}};
    if (!reader.finish(JsonReader::Unknown::Ignore) || handOver.address.url.isEmpty())
        return Error {ErrorCode::Corrupt, u"the hand-over lacks its members"_s, "wrong_schema"};
    return handOver;
}

bool isWorthTrying(const Error& error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Io || error.code == ErrorCode::Unavailable;
}

} // namespace

EmbeddedCatalog::EmbeddedCatalog(UniqueFd hold, CatalogAddress address, bool isStarter)
    : m_hold(std::move(hold))
    , m_address(std::move(address))
    , m_isStarter(isStarter)
{
}

Result<EmbeddedCatalog> EmbeddedCatalog::startOrAttach(const EmbeddedCatalogOptions& options)
{
    if (auto made = makeFolderDurably(options.dataFolder); !made)
        return std::move(made).error();
    const SteadyTime deadline = std::chrono::steady_clock::now() + options.startTimeout;
    const QByteArray lockPath = QFile::encodeName(options.socketPath + u".start"_s);
    const UniqueFd lock(open(lockPath.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isValid())
        return posixError("open start lock", errno);
    bool hasStarted = false;
    Error last {ErrorCode::TimedOut, u"the catalog did not start in time"_s, "timed_out"};
    // One client at a time tries to start; the others try to attach until it has. A server that was just leaving still
    // holds its database for a moment, so a start refused with Conflict is tried again as well.
    while (std::chrono::steady_clock::now() < deadline) {
        auto attached = attach(options.socketPath, deadline);
        if (attached)
            return EmbeddedCatalog(std::move(attached->hold), std::move(attached->address), hasStarted);
        if (!isWorthTrying(attached.error()))
            return attached.error();
        if (!hasStarted && flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
            const auto launched = launchCatalogd(options, deadline);
            flock(lock.get(), LOCK_UN);
            if (!launched && launched.error().code != ErrorCode::Conflict)
                return launched.error();
            if (!launched)
                last = launched.error();
            hasStarted = launched.has_value();
            if (hasStarted)
                continue;
        }
        std::this_thread::sleep_for(kPause);
    }
    return last;
}

bool EmbeddedCatalog::isAlive() const
{
    if (!m_hold.isValid())
        return false;
    pollfd waiting {m_hold.get(), POLLIN | POLLRDHUP, 0};
    return poll(&waiting, 1, 0) == 0; // the server never writes again: anything readable is its end
}

} // namespace vidimus::catalog

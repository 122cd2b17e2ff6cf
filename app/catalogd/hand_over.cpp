#include "app/catalogd/hand_over.h"

#include "core/base/posix_error.h"

#include <QFile>
#include <QFileInfo>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace vidimus::app {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::milliseconds kAcceptPause {100};
}

Result<HandOver> HandOver::listen(const QString& socketPath)
{
    const QFileInfo info(socketPath);
    const UniqueFd folder(open(QFile::encodeName(info.absolutePath()).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isValid())
        return posixError("open folder", errno);
    // By the folder's descriptor, because a socket address holds only 107 bytes of path.
    const QByteArray path
        = "/proc/self/fd/" + QByteArray::number(folder.get()) + '/' + QFile::encodeName(info.fileName());
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof(address.sun_path)))
        return Error {ErrorCode::Invalid, u"the socket's name is too long"_s, "name_too_long"};
    std::copy(path.begin(), path.end(), address.sun_path);
    UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd.isValid())
        return posixError("socket", errno);
    unlink(path.constData());
    const mode_t oldMask = umask(0177);
    const int bound = bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    const int bindErrno = errno;
    umask(oldMask);
    if (bound != 0)
        return posixError("bind", bindErrno);
    if (::listen(fd.get(), 64) != 0)
        return posixError("listen", errno);
    return HandOver(std::move(fd), info.absoluteFilePath());
}

HandOver::HandOver(UniqueFd listener, QString path)
    : m_listener(std::move(listener))
    , m_path(std::move(path))
{
}

HandOver::~HandOver()
{
    if (m_listener.isValid())
        unlink(QFile::encodeName(m_path).constData()); // before it closes: who connects now is refused and starts anew
}

bool HandOver::admit(const QByteArray& line)
{
    UniqueFd client(accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!client.isValid())
        return false;
    ucred peer {};
    socklen_t length = sizeof(peer);
    if (getsockopt(client.get(), SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || peer.uid != geteuid())
        return true;
    if (send(client.get(), line.constData(), static_cast<std::size_t>(line.size()), MSG_NOSIGNAL) == line.size())
        m_clients.push_back(std::move(client));
    return true;
}

void HandOver::dropClosed(const std::vector<bool>& closed)
{
    for (std::size_t i = closed.size(); i-- > 0;) {
        if (closed[i])
            m_clients.erase(m_clients.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void HandOver::run(const QByteArray& line, std::optional<std::chrono::milliseconds> linger, int stopFd)
{
    using Clock = std::chrono::steady_clock;
    auto aloneSince = Clock::now();
    bool pauses = false; // out of descriptors, the next client would be announced again and again
    for (;;) {
        std::vector<pollfd> waiting {{stopFd, POLLIN, 0}, {pauses ? -1 : m_listener.get(), POLLIN, 0}};
        for (const UniqueFd& client : m_clients)
            waiting.push_back({client.get(), POLLIN | POLLRDHUP, 0});
        int timeout = pauses ? static_cast<int>(kAcceptPause.count()) : -1;
        if (linger && m_clients.empty()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(aloneSince + *linger - Clock::now());
            if (left.count() <= 0)
                return;
            timeout = static_cast<int>(std::min(left, pauses ? kAcceptPause : left).count());
        }
        if (poll(waiting.data(), waiting.size(), timeout) < 0 && errno != EINTR)
            return;
        if (waiting[0].revents != 0)
            return;
        std::vector<bool> closed;
        for (std::size_t i = 2; i < waiting.size(); ++i)
            closed.push_back(waiting[i].revents != 0); // a client never writes: anything is its end
        const bool hadClients = !m_clients.empty();
        dropClosed(closed);
        pauses = waiting[1].revents != 0 && !admit(line);
        if (hadClients && m_clients.empty())
            aloneSince = Clock::now();
    }
}

} // namespace vidimus::app

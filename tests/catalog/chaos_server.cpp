#include "catalog/chaos_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

namespace vidimus::test {

using namespace std::chrono_literals;

namespace {

UniqueFd boundSocket(int& port)
{
    UniqueFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0
        || getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &length) != 0)
        qFatal("no port");
    port = ntohs(address.sin_port);
    return fd;
}

} // namespace

ChaosServer::ChaosServer(Script script)
    : m_script(std::move(script))
    , m_listener(boundSocket(m_port))
    , m_acceptor([this](const std::stop_token& stop) { accept(stop); })
{
    if (listen(m_listener.get(), 16) != 0)
        qFatal("cannot listen");
}

ChaosServer::~ChaosServer()
{
    m_acceptor.request_stop();
    m_acceptor.join();
    for (std::jthread& peer : m_peers)
        peer.request_stop();
}

void ChaosServer::accept(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd waiting {m_listener.get(), POLLIN, 0};
        if (poll(&waiting, 1, 20) <= 0)
            continue;
        UniqueFd fd(accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!fd.isValid())
            continue;
        ++m_connections;
        m_peers.emplace_back([this, fd = std::move(fd)](const std::stop_token& peerStop) {
            Peer peer(fd.get(), peerStop);
            m_script(peer);
        });
    }
}

QByteArray ChaosServer::Peer::readRequest()
{
    QByteArray bytes;
    qsizetype wanted = -1;
    while (!m_stop.stop_requested()) {
        const qsizetype head = bytes.indexOf("\r\n\r\n");
        if (head >= 0 && wanted < 0) {
            const qsizetype length = bytes.toLower().indexOf("content-length: ");
            wanted = head + 4
                + (length >= 0 && length < head
                        ? bytes.mid(length + 16, bytes.indexOf('\r', length) - length - 16).toInt()
                        : 0);
        }
        if (wanted >= 0 && bytes.size() >= wanted)
            break;
        pollfd waiting {m_fd, POLLIN, 0};
        if (poll(&waiting, 1, 20) <= 0)
            continue;
        char piece[4096];
        const ssize_t got = recv(m_fd, piece, sizeof(piece), 0);
        if (got <= 0)
            break;
        bytes.append(piece, got);
    }
    return bytes;
}

bool ChaosServer::Peer::send(const QByteArray& bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        if (m_stop.stop_requested())
            return false;
        pollfd waiting {m_fd, POLLOUT, 0};
        if (poll(&waiting, 1, 20) <= 0)
            continue;
        const ssize_t count
            = ::send(m_fd, bytes.constData() + sent, std::size_t(bytes.size() - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0)
            return false;
        sent += count;
    }
    return true;
}

bool ChaosServer::Peer::drip(const QByteArray& bytes, std::chrono::milliseconds pause)
{
    for (const char byte : bytes) {
        if (!send(QByteArray(1, byte)))
            return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

void ChaosServer::Peer::holdUntilEnd()
{
    while (!m_stop.stop_requested())
        std::this_thread::sleep_for(5ms);
}

void ChaosServer::Peer::reset()
{
    const linger now {1, 0};
    setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

QByteArray deadUrl()
{
    int port = 0;
    const UniqueFd fd = boundSocket(port); // bound, but never listening: every connect is refused
    return "http://127.0.0.1:" + QByteArray::number(port);
}

QByteArray httpAnswer(const QByteArray& status, const QByteArray& body, const QByteArray& headers)
{
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

} // namespace vidimus::test

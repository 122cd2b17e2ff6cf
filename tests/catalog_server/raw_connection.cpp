#include "catalog_server/raw_connection.h"

#include <QUrl>
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

namespace vidimus::test {

RawConnection::RawConnection(const QByteArray& url)
    : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(QUrl::fromEncoded(url).port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(m_fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        m_fd.reset();
}

void RawConnection::send(const QByteArray& bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count
            = ::send(m_fd.get(), bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        sent += count;
    }
}

QByteArray RawConnection::read(qsizetype expected)
{
    QByteArray bytes;
    while (bytes.size() < expected) {
        pollfd waiting {m_fd.get(), POLLIN, 0};
        char piece[4096];
        if (poll(&waiting, 1, 5'000) <= 0)
            break;
        const ssize_t got = recv(m_fd.get(), piece, sizeof(piece), 0);
        if (got <= 0)
            break;
        bytes.append(piece, got);
    }
    return bytes;
}

int RawConnection::statusOf(const QByteArray& bytes)
{
    send(bytes);
    const QByteArray answer = read(12);
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}

void RawConnection::cut()
{
    const linger now {1, 0};
    setsockopt(m_fd.get(), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    m_fd.reset();
}

} // namespace vidimus::test

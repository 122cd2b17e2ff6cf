#pragma once

#include "core/base/unique_fd.h"

#include <QByteArray>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace vidimus::test {

/// A server of this machine that answers as a script says, once for each connection.
class ChaosServer {
public:
    /// One accepted connection, on a thread of its own.
    class Peer {
    public:
        Peer(int fd, const std::stop_token& stop)
            : m_fd(fd)
            , m_stop(stop)
        {
        }
        /// The request's head and body, as far as it says how long it is.
        QByteArray readRequest();
        /// False once the client has gone or the test ends.
        bool send(const QByteArray& bytes);
        /// The same byte by byte with a pause between.
        bool drip(const QByteArray& bytes, std::chrono::milliseconds pause);
        void holdUntilEnd();
        /// Closes with a reset.
        void reset();

    private:
        int m_fd;
        std::stop_token m_stop;
    };
    using Script = std::function<void(Peer&)>;

    explicit ChaosServer(Script script);
    ~ChaosServer();
    [[nodiscard]] QByteArray url() const { return "http://127.0.0.1:" + QByteArray::number(m_port); }
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void accept(const std::stop_token& stop);

    Script m_script;
    int m_port = 0; // before the listener, which sets it
    UniqueFd m_listener;
    std::atomic<int> m_connections = 0;
    std::mutex m_mutex;
    std::vector<std::jthread> m_peers;
    std::jthread m_acceptor; // last: it uses the others
};

/// An address on which nobody listens.
[[nodiscard]] QByteArray deadUrl();
/// A whole answer.
[[nodiscard]] QByteArray httpAnswer(
    const QByteArray& status, const QByteArray& body, const QByteArray& headers = "Content-Type: application/json\r\n");

} // namespace vidimus::test

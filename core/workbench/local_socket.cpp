#include "core/workbench/local_socket.h"

#include "core/base/posix_error.h"
#include "core/workbench/unix_stream.h"

#include <QFile>
#include <QLoggingCategory>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Q_LOGGING_CATEGORY(lcSocket, "vidimus.workbench.socket")
constexpr std::size_t kMaxClients = 16;
constexpr auto kAcceptPause = 50ms;
} // namespace

LocalServer::LocalServer(UniqueFd socket, QString path, VerbHandler handler)
    : m_socket(std::move(socket))
    , m_path(std::move(path))
    , m_handler(std::move(handler))
    , m_acceptor([this](const std::stop_token& stop) { acceptClients(stop); })
{
}

Result<std::unique_ptr<LocalServer>> LocalServer::listen(const QString& path, VerbHandler handler)
{
    auto socket = listenUnix(path);
    if (!socket)
        return std::move(socket).error();
    return std::unique_ptr<LocalServer>(new LocalServer(std::move(*socket), path, std::move(handler)));
}

LocalServer::~LocalServer()
{
    if (m_acceptor.joinable()) {
        m_acceptor.request_stop();
        m_acceptor.join();
        unlink(QFile::encodeName(m_path).constData());
    }
    const std::lock_guard lock(m_mutex);
    m_clients.clear();
}

bool LocalServer::isIdle()
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::all_of(m_clients, [](const Client& client) { return client.ended->load(); });
}

void LocalServer::finish(const CancelToken& cancel)
{
    const auto waitForClients = [&] {
        while (!cancel.isCanceled() && !isIdle())
            std::this_thread::sleep_for(kAcceptPause);
    };
    waitForClients();
    // Without its name nobody finds it any more; who was quicker is in the socket's queue.
    unlink(QFile::encodeName(m_path).constData());
    m_acceptor.request_stop();
    m_acceptor.join();
    for (pollfd look {m_socket.get(), POLLIN, 0}; poll(&look, 1, 0) > 0;) {
        UniqueFd client(accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client.isValid())
            break;
        take(std::move(client));
    }
    m_socket.reset();
    waitForClients();
}

void LocalServer::acceptClients(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd look {m_socket.get(), POLLIN, 0};
        if (poll(&look, 1, 100) <= 0)
            continue;
        UniqueFd client(accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client.isValid()) {
            std::this_thread::sleep_for(kAcceptPause); // out of descriptors: the caller is still there and would spin
            continue;
        }
        take(std::move(client));
    }
}

void LocalServer::take(UniqueFd client)
{
    if (!peerIsOurUser(client.get())) {
        qCWarning(lcSocket) << "refused a client of another user";
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_clients.remove_if([](const Client& old) { return old.ended->load(); });
    if (m_clients.size() >= kMaxClients)
        return;
    Client& entry = m_clients.emplace_back();
    entry.thread
        = std::jthread([this, ended = entry.ended, fd = std::move(client)](const std::stop_token& clientStop) mutable {
              serve(std::move(fd), clientStop);
              ended->store(true);
          });
}

void LocalServer::serve(UniqueFd client, const std::stop_token& stop)
{
    const CancelSource cancel;
    const std::stop_callback onStop(stop, [&cancel] { cancel.cancel(); });
    auto message = receiveMessage(client.get(), cancel.token());
    if (!message)
        return;
    auto request = verbRequestFromJson(*message);
    VerbReply reply;
    if (!request) {
        reply = failedReply(u"request"_s, request.error());
    } else {
        // A client that goes away cancels its verb.
        std::jthread watcher([&](const std::stop_token& done) {
            while (!done.stop_requested()) {
                if (peerIsGone(client.get()))
                    cancel.cancel();
                std::this_thread::sleep_for(50ms);
            }
        });
        reply = m_handler(*request, cancel.token(), [&client](double share, const QString& line) {
            // A lost note is no loss: the reply tells.
            static_cast<void>(sendMessage(client.get(), {{u"share"_s, share}, {u"line"_s, line}}).has_value());
        });
    }
    if (auto sent = sendMessage(client.get(), {{u"exit"_s, static_cast<int>(reply.exitCode)}, {u"json"_s, reply.json}});
        !sent)
        qCDebug(lcSocket) << "a client left before its answer";
}

Result<VerbReply> callLocal(
    const QString& path, const VerbRequest& request, const VerbNotes& notes, const CancelToken& cancel)
{
    auto socket = connectUnix(path);
    if (!socket)
        return std::move(socket).error();
    if (!peerIsOurUser(socket->get()))
        return Error {ErrorCode::Denied, u"the socket belongs to another user"_s, "foreign_socket"};
    if (auto sent = sendMessage(socket->get(), toJson(request)); !sent)
        return std::move(sent).error();
    for (;;) {
        auto message = receiveMessage(socket->get(), cancel);
        if (!message)
            return std::move(message).error();
        if (!message->contains(u"exit"_s)) {
            if (notes)
                notes(message->value(u"share"_s).toDouble(), message->value(u"line"_s).toString());
            continue;
        }
        return VerbReply {
            static_cast<ExitCode>(message->value(u"exit"_s).toInt(70)), message->value(u"json"_s).toObject()};
    }
}

} // namespace vidimus::workbench

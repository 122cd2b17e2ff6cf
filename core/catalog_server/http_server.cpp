#include "core/catalog_server/http_server.h"

#include "core/catalog_server/http_head.h"
#include "core/catalog_server/http_session_p.h"
#include "core/catalog_server/problem.h"

#include <QLoggingCategory>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

Q_LOGGING_CATEGORY(logHttp, "vidimus.catalog_server.http")

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds kAcceptPause {50}; ///< when the process is out of descriptors

/// A session that ends by an exception ends alone.
void logEnd(const std::exception_ptr& failure)
{
    if (!failure)
        return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        qCWarning(logHttp) << "a connection ended by" << error.what();
    }
}

void turnAway(tcp::socket& socket)
{
    const ApiResponse response = problem("busy", u"too many connections"_s);
    const QByteArray bytes = responseHead(response, {.keepAlive = false, .isHead = false}) + response.body;
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(bytes.constData(), static_cast<std::size_t>(bytes.size())), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> acceptAll(ServerContext& context, tcp::acceptor& acceptor)
{
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer pause(executor);
    while (acceptor.is_open()) {
        auto [error, accepted] = co_await acceptor.async_accept(asio::make_strand(acceptor.get_executor()), kAwait);
        if (error == asio::error::operation_aborted || !acceptor.is_open())
            co_return;
        if (error) {
            pause.expires_after(kAcceptPause);
            co_await pause.async_wait(kAwait);
            continue;
        }
        tcp::socket socket(std::move(accepted)); // keeps the strand as its executor
        if (context.connections >= context.limits.connections) {
            turnAway(socket);
            continue;
        }
        socket.set_option(tcp::no_delay(true), error);
        const auto strand = socket.get_executor();
        asio::co_spawn(strand, serveConnection(context, std::move(socket)), logEnd);
    }
}

Error bindError(const boost::system::error_code& error)
{
    const bool isTaken = error == asio::error::address_in_use;
    return {isTaken                               ? ErrorCode::Conflict
            : error == asio::error::access_denied ? ErrorCode::Denied
                                                  : ErrorCode::Invalid,
        u"cannot listen: %1"_s.arg(QString::fromStdString(error.message())), isTaken ? "address_in_use" : "bind"};
}

} // namespace

struct HttpServer::Private {
    Private(const Router& router, const AccessTokens& tokens, const HttpLimits& limits)
        : context {router, tokens, limits, WorkLane(1, limits.databaseQueue),
              WorkLane(limits.fileThreads, limits.fileQueue)}
        , acceptor(io)
    {
    }

    ServerContext context; // sessions use it: it goes after the io_context that holds their frames
    asio::io_context io;
    tcp::acceptor acceptor;
    std::vector<std::jthread> threads;
};

HttpServer::HttpServer(const Router& router, const AccessTokens& tokens, HttpLimits limits)
    : d(std::make_unique<Private>(router, tokens, limits))
{
}

HttpServer::~HttpServer()
{
    stop();
}

Result<void> HttpServer::start(const QString& address, std::uint16_t port)
{
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address.toStdString(), error);
    if (error)
        return bindError(error);
    const tcp::endpoint endpoint(ip, port);
    d->acceptor.open(endpoint.protocol(), error);
    if (!error)
        d->acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        d->acceptor.bind(endpoint, error);
    if (!error)
        d->acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return bindError(error);
    asio::co_spawn(d->io, acceptAll(d->context, d->acceptor), logEnd);
    for (int i = 0; i < d->context.limits.ioThreads; ++i)
        d->threads.emplace_back([this] { d->io.run(); });
    return {};
}

void HttpServer::stop()
{
    d->io.stop();
    d->threads.clear();
    boost::system::error_code ignored;
    d->acceptor.close(ignored);
    d->context.database.close();
    d->context.files.close();
}

QByteArray HttpServer::url() const
{
    boost::system::error_code error;
    const tcp::endpoint endpoint = d->acceptor.local_endpoint(error);
    const QByteArray host = QByteArray::fromStdString(endpoint.address().to_string());
    return "http://" + (endpoint.address().is_v6() ? '[' + host + ']' : host) + ':'
        + QByteArray::number(endpoint.port());
}

int HttpServer::connectionCount() const
{
    return d->context.connections;
}

WorkLane& HttpServer::databaseLane()
{
    return d->context.database;
}

} // namespace vidimus::catalog_server

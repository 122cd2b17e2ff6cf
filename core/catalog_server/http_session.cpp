#include "core/catalog_server/http_head.h"
#include "core/catalog_server/http_session_p.h"
#include "core/catalog_server/problem.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <unistd.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t kPieceBytes = 128 << 10;
constexpr std::size_t kBufferBytes = 64 << 10;
constexpr qint64 kDrainBytes = 4 << 20; ///< read and dropped after a refusal, so that it is not lost to a reset
constexpr std::chrono::seconds kDrainTime {2};

using Parser = http::request_parser<http::buffer_body>;
using Clock = std::chrono::steady_clock;

QByteArray bytesOf(auto text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// Runs work on a lane and comes back to the connection's own thread; a full lane answers "busy".
asio::awaitable<ApiResponse> runOn(WorkLane& lane, std::function<ApiResponse()> work)
{
    const auto executor = co_await asio::this_coro::executor;
    auto start = [&lane, executor, work = std::move(work)](auto handler) {
        auto shared = std::make_shared<decltype(handler)>(std::move(handler)); // std::function wants copies
        auto reply = [shared, executor](ApiResponse response) {
            asio::post(
                executor, [shared, response = std::move(response)]() mutable { (*shared)(std::move(response)); });
        };
        if (!lane.tryPost([reply, work] { reply(work()); }))
            reply(problem("busy"));
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(ApiResponse)>(
        std::move(start), asio::use_awaitable);
}

class Session {
public:
    Session(ServerContext& context, asio::ip::tcp::socket socket)
        : m_context(context)
        , m_stream(std::move(socket))
        , m_buffer(kBufferBytes)
    {
        ++m_context.connections;
    }
    ~Session() { --m_context.connections; }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    asio::awaitable<void> run()
    {
        while (co_await waitForRequest()) {
            if (!co_await serveOne())
                break;
        }
        beast::error_code ignored;
        m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    }

private:
    asio::awaitable<bool> waitForRequest()
    {
        if (m_buffer.size() > 0)
            co_return true;
        m_stream.expires_after(m_context.limits.idle);
        const auto [error, count] = co_await m_stream.async_read_some(m_buffer.prepare(4096), kAwait);
        if (!error)
            m_buffer.commit(count);
        co_return !error;
    }

    /// False: the connection ends.
    asio::awaitable<bool> serveOne()
    {
        Parser parser;
        parser.header_limit(m_context.limits.headerBytes);
        parser.body_limit(boost::none); // counted here, with a better answer
        m_stream.expires_after(m_context.limits.header); // not renewed by single bytes
        const auto [error, count] = co_await http::async_read_header(m_stream, m_buffer, parser, kAwait);
        Q_UNUSED(count)
        if (error)
            co_return co_await refuseHeader(error);
        ApiRequest request;
        if (auto bad = readHeader(parser, request))
            co_return co_await refuse(*bad);
        const Router::Match match = m_context.router.match(request.method, request.path);
        if (auto refusal = admit(match, request))
            co_return co_await refuse(*refusal, request.method == "HEAD");
        request.parameters = match.parameters;
        request.routePattern = match.route->pattern;
        m_wantsContinue = request.header("Expect").toLower() == "100-continue";
        // GCC 12 loses temporaries that stand beside a co_await: each has a name here, and no "?:" holds one.
        std::optional<ApiResponse> response;
        if (match.route->takeBody)
            response = co_await streamBody(parser, request, *match.route);
        else
            response = co_await collectBody(parser, request, *match.route);
        if (!response)
            co_return false;
        if (!parser.is_done())
            co_return co_await refuse(*response, request.method == "HEAD");
        const WireOptions options {.keepAlive = parser.keep_alive(), .isHead = request.method == "HEAD"};
        co_return co_await send(*response, options);
    }

    asio::awaitable<bool> refuseHeader(beast::error_code error)
    {
        const bool isMalformed = error.category() == http::make_error_code(http::error::bad_method).category()
            && error != http::error::end_of_stream && error != http::error::partial_message;
        ApiResponse refusal;
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            refusal = problem("headers_too_large");
        else if (isMalformed)
            refusal = problem("bad_request", QString::fromStdString(error.message()));
        else
            co_return false;
        co_await refuse(refusal);
        co_return false;
    }

    static std::optional<ApiResponse> readHeader(const Parser& parser, ApiRequest& request)
    {
        const auto& message = parser.get();
        request.method = bytesOf(message.method_string());
        const QByteArray target = bytesOf(message.target());
        const qsizetype mark = target.indexOf('?');
        request.path = mark < 0 ? target : target.first(mark);
        if (mark >= 0) {
            auto query = parseQuery(QByteArrayView(target).sliced(mark + 1));
            if (!query)
                return problem("bad_request", query.error().detail);
            request.query = *std::move(query);
        }
        for (const auto& field : message)
            request.headers.emplace_back(bytesOf(field.name_string()), bytesOf(field.value()));
        const bool isCoded = message.count(http::field::transfer_encoding) > 0;
        const std::size_t lengths = message.count(http::field::content_length);
        const std::size_t hosts = message.count(http::field::host);
        if (lengths > 1 || (lengths > 0 && isCoded))
            return problem("bad_request", u"the length of the body is ambiguous"_s);
        if (isCoded && request.header("Transfer-Encoding").toLower() != "chunked")
            return problem("not_implemented");
        if (hosts > 1 || (hosts == 0 && message.version() >= 11))
            return problem("bad_request", u"one Host field is needed"_s);
        if (!request.path.startsWith('/'))
            return problem("bad_request", u"the target must be a path"_s);
        return std::nullopt;
    }

    /// Route and token, before any of the body is read.
    std::optional<ApiResponse> admit(const Router::Match& match, ApiRequest& request) const
    {
        if (!match.route) {
            if (match.allowed.isEmpty())
                return problem("not_found");
            ApiResponse response = request.method == "OPTIONS"
                ? ApiResponse {.status = 204, .headers = {}, .body = {}, .file = {}}
                : problem("method_not_allowed");
            response.with("Allow", match.allowed.join(", "));
            return response;
        }
        const auto principal = m_context.tokens.find(request.header("Authorization"), SystemClock::read());
        if (principal)
            request.principal = *principal;
        if (match.route->scope.isEmpty())
            return std::nullopt;
        if (!principal)
            return problem("unauthorized");
        if (!principal->mayUse(match.route->scope))
            return problem("forbidden", u"this needs the scope %1"_s.arg(match.route->scope));
        return std::nullopt;
    }

    asio::awaitable<bool> sayContinue()
    {
        if (!std::exchange(m_wantsContinue, false))
            co_return true;
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, count]
            = co_await asio::async_write(m_stream, asio::buffer(kContinue.data(), kContinue.size()), kAwait);
        Q_UNUSED(count)
        co_return !error;
    }

    /// The next piece of the body, in m_piece. Nullopt: cut off, too slow, or malformed (and answered).
    asio::awaitable<std::optional<QByteArrayView>> readPiece(Parser& parser)
    {
        const HttpLimits& limits = m_context.limits;
        const Milliseconds earned {m_received * 1000 / limits.bodyBytesPerSecond};
        const auto slowest = m_bodyStart + limits.bodyGrace + earned;
        m_stream.expires_at(std::min(Clock::now() + limits.bodyStall, slowest));
        auto& body = parser.get().body();
        body.data = m_piece.data();
        body.size = m_piece.size();
        const auto [error, count] = co_await http::async_read_some(m_stream, m_buffer, parser, kAwait);
        Q_UNUSED(count)
        // A time limit has closed the socket already; there is nobody to answer.
        const bool isCut = error == beast::error::timeout || error.category() == asio::error::get_system_category()
            || error == http::error::partial_message || error == http::error::end_of_stream;
        if (error && error != http::error::need_buffer) {
            if (!isCut) {
                const ApiResponse refusal = problem("bad_request", QString::fromStdString(error.message()));
                co_await refuse(refusal);
            }
            co_return std::nullopt;
        }
        const std::size_t got = m_piece.size() - body.size;
        m_received += static_cast<qint64>(got);
        co_return QByteArrayView(m_piece.data(), static_cast<qsizetype>(got));
    }

    void startBody()
    {
        m_piece.resize(kPieceBytes);
        m_received = 0;
        m_bodyStart = Clock::now();
    }

    asio::awaitable<std::optional<ApiResponse>> collectBody(Parser& parser, ApiRequest& request, const Route& route)
    {
        const std::int64_t limit = route.bodyBytes > 0 ? route.bodyBytes : m_context.limits.jsonBytes;
        if (parser.content_length().value_or(0) > static_cast<std::uint64_t>(limit))
            co_return problem("too_large", u"at most %1 bytes"_s.arg(limit));
        if (!parser.is_done()) {
            if (!co_await sayContinue())
                co_return std::nullopt;
            startBody();
        }
        while (!parser.is_done()) {
            const auto piece = co_await readPiece(parser);
            if (!piece)
                co_return std::nullopt;
            if (request.body.size() + piece->size() > limit)
                co_return problem("too_large", u"at most %1 bytes"_s.arg(limit));
            request.body.append(*piece);
        }
        InFlight::Hold hold;
        if (const QByteArray key = request.header("Idempotency-Key"); !key.isEmpty()) {
            InFlight::Hold taken = m_context.inFlight.tryHold(
                request.principal.name.toUtf8() + '\n' + route.method + route.pattern + '\n' + key);
            if (!taken.isHeld())
                co_return problem("idempotency_in_flight");
            hold.swap(taken);
        }
        if (route.place == Place::Inline)
            co_return route.handler(request);
        std::function<ApiResponse()> work = [&route, &request] { return route.handler(request); };
        WorkLane& lane = route.place == Place::Database ? m_context.database : m_context.files;
        ApiResponse response = co_await runOn(lane, std::move(work));
        co_return std::move(response);
    }

    asio::awaitable<std::optional<ApiResponse>> streamBody(Parser& parser, ApiRequest& request, const Route& route)
    {
        const auto length = parser.content_length();
        if (!length)
            co_return problem("length_required");
        if (*length > static_cast<std::uint64_t>(m_context.limits.uploadPieceBytes))
            co_return problem("too_large", u"at most %1 bytes at once"_s.arg(m_context.limits.uploadPieceBytes));
        std::unique_ptr<BodySink> sink; // taking it may wait for the disk and the database
        std::function<ApiResponse()> take = [&route, &request, &sink] {
            auto taken = route.takeBody(request);
            if (auto* const accepted = std::get_if<std::unique_ptr<BodySink>>(&taken))
                sink = std::move(*accepted);
            return sink ? ApiResponse() : std::get<ApiResponse>(std::move(taken));
        };
        ApiResponse refusal = co_await runOn(m_context.files, std::move(take));
        if (!sink)
            co_return std::move(refusal);
        if (!co_await sayContinue())
            co_return std::nullopt;
        startBody();
        while (!parser.is_done()) {
            const auto piece = co_await readPiece(parser);
            if (!piece)
                co_return std::nullopt;
            if (auto written = sink->write(*piece); !written)
                co_return problemFrom(written.error());
        }
        BodySink* const target = sink.get();
        std::function<ApiResponse()> finish = [target] { return target->finish(); };
        ApiResponse response = co_await runOn(m_context.files, std::move(finish));
        co_return std::move(response);
    }

    /// Sends a refusal while the peer may still be sending, then ends the connection.
    asio::awaitable<bool> refuse(const ApiResponse& response, bool isHead = false)
    {
        const WireOptions options {.keepAlive = false, .isHead = isHead};
        co_await send(response, options);
        beast::error_code error;
        m_stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
        m_piece.resize(kPieceBytes);
        m_stream.expires_after(kDrainTime);
        for (qint64 dropped = 0; !error && dropped < kDrainBytes;) {
            const auto [failed, count]
                = co_await m_stream.async_read_some(asio::buffer(m_piece.data(), m_piece.size()), kAwait);
            error = failed;
            dropped += static_cast<qint64>(count);
        }
        co_return false;
    }

    asio::awaitable<bool> write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const qsizetype size = std::min<qsizetype>(bytes.size(), kPieceBytes);
            m_stream.expires_after(m_context.limits.writeStall);
            const auto [error, count] = co_await asio::async_write(
                m_stream, asio::buffer(bytes.data(), static_cast<std::size_t>(size)), kAwait);
            if (error)
                co_return false;
            bytes = bytes.sliced(static_cast<qsizetype>(count));
        }
        co_return true;
    }

    asio::awaitable<bool> send(const ApiResponse& response, WireOptions options)
    {
        QByteArray head = responseHead(response, options);
        const bool hasBody = mayHaveBody(response.status) && !options.isHead;
        if (hasBody && !response.file && response.body.size() <= static_cast<qsizetype>(kPieceBytes))
            head += response.body; // one packet for small answers
        if (!co_await write(head))
            co_return false;
        if (hasBody && response.file) {
            if (!co_await sendFile(*response.file))
                co_return false;
        } else if (hasBody && response.body.size() > static_cast<qsizetype>(kPieceBytes)) {
            if (!co_await write(response.body))
                co_return false;
        }
        co_return options.keepAlive;
    }

    asio::awaitable<bool> sendFile(const FilePart& part)
    {
        m_piece.resize(kPieceBytes);
        for (qint64 sent = 0; sent < part.length;) {
            const auto want = static_cast<std::size_t>(std::min<qint64>(part.length - sent, kPieceBytes));
            const ssize_t got = pread(part.fd.get(), m_piece.data(), want, part.offset + sent);
            if (got <= 0)
                co_return false; // the length was promised: only a cut says that it is not kept
            if (!co_await write(QByteArrayView(m_piece.data(), got)))
                co_return false;
            sent += got;
        }
        co_return true;
    }

    ServerContext& m_context;
    beast::tcp_stream m_stream;
    beast::flat_buffer m_buffer;
    std::vector<char> m_piece;
    qint64 m_received = 0; ///< of the body
    Clock::time_point m_bodyStart;
    bool m_wantsContinue = false;
};

} // namespace

asio::awaitable<void> serveConnection(ServerContext& context, asio::ip::tcp::socket socket)
{
    Session session(context, std::move(socket));
    co_await session.run();
}

} // namespace vidimus::catalog_server

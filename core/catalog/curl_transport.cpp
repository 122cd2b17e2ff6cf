#include "core/catalog/curl_transport.h"

#include <curl/curl.h>
#include <mutex>
#include <vector>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyPtr = std::unique_ptr<CURL, EasyDeleter>;

struct SlistDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using SlistPtr = std::unique_ptr<curl_slist, SlistDeleter>;

constexpr long kMinBytesPerSecond = 64;
constexpr qsizetype kMaxHeaderBytes = 64 << 10;
using SteadyTime = std::chrono::steady_clock::time_point;

/// What the callbacks of one transfer share; lives on the stack of perform().
struct Transfer {
    const HttpRequest& request;
    const HttpTimeouts& timeouts;
    HttpResponse response;
    qsizetype headerBytes = 0;
    bool tooLarge = false;
    bool timedOut = false;
    bool isConnected = false;
    bool gotFirstByte = false;
    curl_off_t lastMoved = -1;
    SteadyTime lastProgress = std::chrono::steady_clock::now();
};

std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* context)
{
    auto& transfer = *static_cast<Transfer*>(context);
    const QByteArrayView line(data, static_cast<qsizetype>(size * count));
    transfer.gotFirstByte = true;
    transfer.headerBytes += line.size();
    if (transfer.headerBytes > kMaxHeaderBytes) {
        transfer.tooLarge = true;
        return 0;
    }
    if (line.startsWith("HTTP/"))
        transfer.response.headers.clear(); // the answer after a 100 Continue
    const qsizetype colon = line.indexOf(':');
    if (colon > 0) {
        transfer.response.headers.emplace_back(
            line.first(colon).trimmed().toByteArray(), line.sliced(colon + 1).trimmed().toByteArray());
    }
    return size * count;
}

std::size_t onBody(char* data, std::size_t size, std::size_t count, void* context)
{
    auto& transfer = *static_cast<Transfer*>(context);
    const auto bytes = static_cast<qsizetype>(size * count);
    if (transfer.response.body.size() + bytes > transfer.request.maxBodyBytes) {
        transfer.tooLarge = true;
        return 0;
    }
    transfer.response.body.append(data, bytes);
    return size * count;
}

int onConnected(void* context, char*, char*, int, int)
{
    auto& transfer = *static_cast<Transfer*>(context);
    transfer.isConnected = true;
    transfer.lastProgress = std::chrono::steady_clock::now();
    return CURL_PREREQFUNC_OK;
}

/// Called at least once a second: the place where stalls and cancels are noticed.
int onProgress(void* context, curl_off_t, curl_off_t received, curl_off_t, curl_off_t sent)
{
    auto& transfer = *static_cast<Transfer*>(context);
    if (transfer.request.cancel.isCanceled())
        return 1;
    const SteadyTime now = std::chrono::steady_clock::now();
    const curl_off_t moved = received + sent + transfer.headerBytes;
    if (moved != transfer.lastMoved) {
        transfer.lastMoved = moved;
        transfer.lastProgress = now;
        return 0;
    }
    if (!transfer.isConnected)
        return 0; // CURLOPT_CONNECTTIMEOUT_MS watches this part
    const Milliseconds limit = transfer.gotFirstByte ? transfer.timeouts.stall : transfer.timeouts.firstByte;
    transfer.timedOut = now - transfer.lastProgress > limit;
    return transfer.timedOut ? 1 : 0;
}

Error transferError(CURLcode code, const Transfer& transfer, const char* message)
{
    const QString detail = QString::fromLocal8Bit(*message != '\0' ? message : curl_easy_strerror(code));
    if (transfer.tooLarge)
        return {ErrorCode::LimitExceeded, u"the answer is larger than allowed"_s, "answer_too_large"};
    if (transfer.request.cancel.isCanceled())
        return {ErrorCode::Canceled, u"canceled"_s, "canceled"};
    if (transfer.timedOut || code == CURLE_OPERATION_TIMEDOUT)
        return {ErrorCode::TimedOut, u"no answer in time: %1"_s.arg(detail), "timed_out"};
    if (code == CURLE_OUT_OF_MEMORY && transfer.gotFirstByte) // how libcurl names a header line above 100 KiB
        return {ErrorCode::LimitExceeded, u"a header line is longer than allowed"_s, "answer_too_large"};
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
        if (transfer.isConnected) // what answers is no HTTP server: a person cannot cure that here
            return {ErrorCode::Unavailable, detail, "no_connection"};
        [[fallthrough]];
    case CURLE_URL_MALFORMAT:
        return {ErrorCode::Invalid, detail, "bad_url"};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return {ErrorCode::Denied, detail, "tls"};
    default:
        return {ErrorCode::Unavailable, detail, "no_connection"};
    }
}

void setMethodAndBody(CURL* easy, const HttpRequest& request)
{
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.constData());
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT"
        || request.method == "PATCH") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.constData());
    }
}

SlistPtr headerList(const HttpRequest& request)
{
    curl_slist* list = curl_slist_append(nullptr, "Expect:"); // no wait for 100 Continue
    for (const auto& [name, value] : request.headers)
        list = curl_slist_append(list, (name + ": " + value).constData());
    return SlistPtr(list);
}

} // namespace

struct CurlTransport::Pool {
    std::mutex mutex;
    std::vector<EasyPtr> idle;

    EasyPtr take()
    {
        const std::scoped_lock lock(mutex);
        if (idle.empty())
            return EasyPtr(curl_easy_init());
        EasyPtr easy = std::move(idle.back());
        idle.pop_back();
        return easy;
    }
    void giveBack(EasyPtr easy)
    {
        curl_easy_reset(easy.get()); // keeps the connections
        const std::scoped_lock lock(mutex);
        idle.push_back(std::move(easy));
    }
};

CurlTransport::CurlTransport(HttpTimeouts timeouts)
    : m_pool(std::make_unique<Pool>())
    , m_timeouts(timeouts)
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_UNUSED(initialised)
}

CurlTransport::~CurlTransport() = default;

Result<HttpResponse> CurlTransport::perform(const HttpRequest& request)
{
    EasyPtr easy = m_pool->take();
    if (!easy)
        return Error {ErrorCode::Internal, u"curl_easy_init failed"_s, "no_curl"};
    Transfer transfer {.request = request, .timeouts = m_timeouts, .response = {}};
    char message[CURL_ERROR_SIZE] = "";
    const SlistPtr headers = headerList(request);
    CURL* const handle = easy.get();
    curl_easy_setopt(handle, CURLOPT_URL, request.url.constData());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_PROXY, ""); // the catalog is named by the profile, not by the environment
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_timeouts.connect.count()));
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, message);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, onConnected);
    curl_easy_setopt(handle, CURLOPT_PREREQDATA, &transfer);
    // A peer that drips counts as stalled.
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kMinBytesPerSecond);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME,
        static_cast<long>(std::chrono::ceil<std::chrono::seconds>(m_timeouts.stall).count()));
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, onProgress);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
    setMethodAndBody(handle, request);
    const CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK)
        return transferError(code, transfer, message); // the handle goes too: its connection may be half used
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    transfer.response.status = static_cast<int>(status);
    m_pool->giveBack(std::move(easy));
    return std::move(transfer.response);
}

} // namespace vidimus::catalog

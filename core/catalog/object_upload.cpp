#include "core/base/posix_error.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/base/unique_fd.h"
#include "core/catalog/catalog_client.h"
#include "core/catalog/retry_policy.h"

#include <QFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPieceBytes = 4 << 20; ///< each piece is on the server's disk before the next leaves
constexpr int kMaxFailuresInARow = 5;
constexpr RetryPolicy kPieceRetry {.base = Milliseconds {100}, .cap = Milliseconds {5'000}};

Result<QByteArray> readPiece(int fd, qint64 offset, qint64 count)
{
    QByteArray piece(count, Qt::Uninitialized);
    qint64 got = 0;
    while (got < count) {
        const ssize_t some = pread(fd, piece.data() + got, static_cast<std::size_t>(count - got), offset + got);
        if (some < 0 && errno == EINTR)
            continue;
        if (some < 0)
            return posixError("read", errno);
        if (some == 0)
            return Error {ErrorCode::Corrupt, u"the file is shorter than it was"_s, "file_changed"};
        got += some;
    }
    return piece;
}

/// One upload in progress: a tus 1.0 client that keeps no notes, because the server gives back the unfinished upload
/// of the same bytes.
class Upload {
public:
    using Send = std::function<Result<HttpResponse>(
        const QByteArray& method, const QByteArray& path, HttpHeaders headers, QByteArray body)>;

    Upload(Send send, int fd, QByteArray digest, qint64 bytes)
        : m_send(std::move(send))
        , m_fd(fd)
        , m_digest(std::move(digest))
        , m_bytes(bytes)
    {
    }

    Result<void> run(const ProgressSink& progress, const CancelToken& cancel)
    {
        int failures = 0;
        for (;;) {
            if (cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"canceled"_s, "canceled"};
            const auto step = m_location.isEmpty() ? create() : m_offset < 0 ? askOffset() : sendPiece();
            if (step && *step == Step::Finished)
                return {};
            if (step && *step == Step::Moved) {
                failures = 0;
                if (progress)
                    progress({static_cast<double>(m_offset), static_cast<double>(m_bytes)});
                continue;
            }
            if (!step && step.error().code != ErrorCode::Unavailable && step.error().code != ErrorCode::TimedOut)
                return step.error();
            if (++failures >= kMaxFailuresInARow)
                return step ? Error {ErrorCode::Unavailable, u"the upload does not get on"_s, "upload_stuck"}
                            : step.error();
            std::uint64_t random = 0;
            randomBytes(std::as_writable_bytes(std::span(&random, 1)));
            std::this_thread::sleep_for(backOff(kPieceRetry, failures, random, std::nullopt));
        }
    }

private:
    enum class Step { Moved, Lost, Finished };

    Result<Step> create()
    {
        auto response = m_send("POST", "/v1/uploads",
            {{"Upload-Length", QByteArray::number(m_bytes)}, {"Upload-Metadata", "sha256 " + m_digest.toBase64()}}, {});
        if (!response)
            return std::move(response).error();
        if (response->status != 201 && response->status != 200)
            return errorFromReply(response->status, {});
        const QByteArray location = response->header("Location");
        if (!location.startsWith("/v1/uploads/"))
            return Error {ErrorCode::Corrupt, u"the upload has no address"_s, "wrong_schema"};
        m_location = location;
        return offsetFrom(*response);
    }

    Result<Step> askOffset()
    {
        auto response = m_send("HEAD", m_location, {}, {});
        if (!response)
            return std::move(response).error();
        if (response->status == 404 || response->status == 410)
            return startOver();
        if (response->status != 200)
            return errorFromReply(response->status, {});
        return offsetFrom(*response);
    }

    /// Also when all bytes are there: an empty file, or a server that was stopped before it made an object of them. The
    /// answer to the last piece, be it empty, is what ends an upload.
    Result<Step> sendPiece()
    {
        auto piece = readPiece(m_fd, m_offset, std::min(kPieceBytes, m_bytes - m_offset));
        if (!piece)
            return std::move(piece).error();
        HttpHeaders headers {{"Upload-Offset", QByteArray::number(m_offset)},
            {"Content-Type", "application/offset+octet-stream"},
            {"Upload-Checksum", "sha256 " + sha256(*piece).toBase64()}};
        const qint64 sentFrom = std::exchange(m_offset, -1); // unknown until the server says so
        auto response = m_send("PATCH", m_location, std::move(headers), std::move(*piece));
        if (!response)
            return std::move(response).error();
        if (response->status == 204) {
            const auto step = offsetFrom(*response);
            if (step && m_offset == m_bytes)
                return Step::Finished;
            return step && m_offset <= sentFrom ? Result<Step>(Step::Lost) : step;
        }
        if (response->status == 409 || response->status == 423 || response->status == 460)
            return Step::Lost; // ask where the server is and go on from there
        if (response->status == 404 || response->status == 410)
            return startOver();
        if (response->status == 422)
            return Error {ErrorCode::Corrupt, u"the file is not what it was when it was hashed"_s, "file_changed"};
        return errorFromReply(response->status, {});
    }

    Result<Step> offsetFrom(const HttpResponse& response)
    {
        bool isNumber = false;
        m_offset = response.header("Upload-Offset").toLongLong(&isNumber);
        if (!isNumber || m_offset < 0 || m_offset > m_bytes)
            return Error {ErrorCode::Corrupt, u"the upload's offset makes no sense"_s, "wrong_schema"};
        return Step::Moved;
    }

    /// The server knows the upload no more: it was finished (its answer was lost) or swept. The caller looks for the
    /// object; here it is simply tried anew.
    Result<Step> startOver()
    {
        auto there = m_send("HEAD", "/v1/objects/" + m_digest.toHex(), {}, {});
        if (there && there->status == 200)
            return Step::Finished;
        m_location.clear();
        m_offset = -1;
        return Step::Lost;
    }

    Send m_send;
    int m_fd;
    QByteArray m_digest; ///< raw
    qint64 m_bytes;
    QByteArray m_location;
    qint64 m_offset = -1; ///< what the server has; -1: must be asked
};

} // namespace

Result<bool> CatalogClient::hasObject(const QByteArray& sha256)
{
    auto response = m_transport.perform(request("HEAD", "/v1/objects/" + sha256));
    if (!response)
        return std::move(response).error();
    if (response->status == 200 || response->status == 404)
        return response->status == 200;
    return errorFromReply(response->status, {});
}

Result<void> CatalogClient::uploadObject(const QString& path, const QByteArray& sha256, qint64 bytes,
    const ProgressSink& progress, const CancelToken& cancel)
{
    const auto there = hasObject(sha256);
    if (!there)
        return there.error();
    if (*there)
        return {};
    const UniqueFd fd(open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC));
    if (!fd.isValid())
        return posixError("open", errno);
    struct stat status {};
    if (fstat(fd.get(), &status) != 0)
        return posixError("stat", errno);
    if (status.st_size != bytes)
        return Error {
            ErrorCode::Corrupt, u"the file has %1 bytes, not %2"_s.arg(status.st_size).arg(bytes), "file_changed"};
    const auto send
        = [this, &cancel](const QByteArray& method, const QByteArray& target, HttpHeaders headers, QByteArray body) {
              HttpRequest asked = request(method, target);
              asked.cancel = cancel;
              asked.body = std::move(body);
              asked.headers.emplace_back("Tus-Resumable", "1.0.0");
              asked.headers.insert(asked.headers.end(), headers.begin(), headers.end());
              return m_transport.perform(asked);
          };
    if (auto sent = Upload(send, fd.get(), QByteArray::fromHex(sha256), bytes).run(progress, cancel); !sent)
        return sent;
    const auto finished = hasObject(sha256);
    if (!finished)
        return finished.error();
    if (!*finished)
        return Error {ErrorCode::Unavailable, u"the upload ended, but the catalog does not have it"_s, "upload_lost"};
    return {};
}

} // namespace vidimus::catalog

#include "core/catalog_server/upload_sink_p.h"

#include "core/base/posix_error.h"
#include "core/base/sha256.h"
#include "core/catalog_server/problem.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

UploadRow readUpload(const sql::Statement& row)
{
    return {row.text(0), row.text(1).toLatin1(), row.integer(2)};
}

Result<UploadRow> findUpload(Backend& backend, const QString& id)
{
    auto upload = backend.connection.one(u"SELECT id, sha256, bytes FROM uploads WHERE id = ?"_s, readUpload, id);
    if (!upload)
        return std::move(upload).error();
    if (!*upload)
        return Error {ErrorCode::NotFound, u"there is no such upload"_s, "unknown_upload"};
    return std::move(**upload);
}

bool UploadLocks::tryLock(const QString& id)
{
    const std::scoped_lock lock(m_mutex);
    return m_held.insert(id).second;
}

void UploadLocks::unlock(const QString& id)
{
    const std::scoped_lock lock(m_mutex);
    m_held.erase(id);
}

namespace {

struct Lock {
    UploadLocks& locks;
    QString id;
    Lock(UploadLocks& owner, QString upload)
        : locks(owner)
        , id(std::move(upload))
    {
    }
    ~Lock() { locks.unlock(id); }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
};

class UploadSink : public BodySink {
public:
    UploadSink(
        Backend& backend, std::unique_ptr<Lock> lock, UploadRow upload, UniqueFd fd, qint64 offset, QByteArray checksum)
        : m_backend(backend)
        , m_lock(std::move(lock))
        , m_upload(std::move(upload))
        , m_fd(std::move(fd))
        , m_start(offset)
        , m_offset(offset)
        , m_checksum(std::move(checksum))
    {
    }

    Result<void> write(QByteArrayView piece) override
    {
        if (m_offset + piece.size() > m_upload.bytes)
            return Error {ErrorCode::LimitExceeded, u"more bytes than Upload-Length"_s, "upload_too_long"};
        m_hash.add(piece);
        while (!piece.isEmpty()) {
            const ssize_t written = pwrite(m_fd.get(), piece.data(), static_cast<std::size_t>(piece.size()), m_offset);
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return posixError("write", written < 0 ? errno : EIO, u"upload"_s);
            m_offset += written;
            piece = piece.sliced(written);
        }
        return {};
    }

    ApiResponse finish() override
    {
        if (!m_checksum.isEmpty() && !equalConstantTime(m_hash.finish(), m_checksum)) {
            if (ftruncate(m_fd.get(), m_start) != 0)
                return problemFrom(posixError("truncate", errno, u"upload"_s));
            return problem("checksum_mismatch");
        }
        if (fdatasync(m_fd.get()) != 0)
            return problemFrom(posixError("fsync", errno, u"upload"_s));
        if (m_offset == m_upload.bytes) {
            if (auto done = complete(); !done)
                return problemFrom(done.error());
        }
        ApiResponse response {.status = 204, .headers = {}, .body = {}, .file = {}};
        response.with("Tus-Resumable", "1.0.0").with("Upload-Offset", QByteArray::number(m_offset));
        return response;
    }

private:
    /// Runs on the Files pool; the row that makes the object exist is written by the database's own thread.
    Result<void> complete()
    {
        auto done = m_backend.objects.finishUpload(m_upload.id, m_upload.sha256);
        const bool isWrong = !done && done.error().reason == "wrong_digest";
        if (isWrong)
            m_backend.objects.removeUpload(m_upload.id);
        if (!done && !isWrong)
            return done;
        auto noted = m_backend.onDatabase([this, isWrong] { return note(!isWrong); });
        return isWrong ? done : noted;
    }

    Result<void> note(bool exists)
    {
        if (exists) {
            auto added = m_backend.connection.execute(
                u"INSERT INTO objects (sha256, bytes, created_at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"_s,
                QString::fromLatin1(m_upload.sha256), m_upload.bytes, m_backend.clock.now());
            if (!added)
                return std::move(added).error();
        }
        auto removed = m_backend.connection.execute(u"DELETE FROM uploads WHERE id = ?"_s, m_upload.id);
        return removed ? Result<void>() : Result<void>(std::move(removed).error());
    }

    Backend& m_backend;
    std::unique_ptr<Lock> m_lock;
    UploadRow m_upload;
    UniqueFd m_fd;
    qint64 m_start;
    qint64 m_offset;
    QByteArray m_checksum; ///< of this piece, raw; empty: none was sent
    Sha256 m_hash;
};

/// "sha256 <base64>"; nullopt: something else.
std::optional<QByteArray> checksumFrom(const QByteArray& header)
{
    if (header.isEmpty())
        return QByteArray();
    const QByteArrayList words = header.split(' ');
    const QByteArray digest = words.size() == 2 ? QByteArray::fromBase64(words[1]) : QByteArray();
    if (words[0] != "sha256" || digest.size() != 32)
        return std::nullopt;
    return digest;
}

} // namespace

std::variant<std::unique_ptr<BodySink>, ApiResponse> openUploadSink(
    Backend& backend, UploadLocks& locks, const ApiRequest& request)
{
    if (request.header("Content-Type") != "application/offset+octet-stream")
        return problem("wrong_media_type");
    const auto checksum = checksumFrom(request.header("Upload-Checksum"));
    if (!checksum)
        return problem("bad_request", u"Upload-Checksum must be sha256 and 32 bytes in base64"_s);
    const QString id = request.parameters[0];
    if (!locks.tryLock(id))
        return problem("upload_locked");
    auto lock = std::make_unique<Lock>(locks, id);
    Result<UploadRow> upload = Error {};
    if (auto found = backend.onDatabase([&]() -> Result<void> {
            upload = findUpload(backend, id);
            return {};
        });
        !found)
        return problemFrom(found.error());
    if (!upload)
        return problemFrom(upload.error());
    auto fd = backend.objects.openUpload(id);
    const auto size = backend.objects.uploadSize(id);
    if (!fd || !size)
        return problem("not_found");
    bool isNumber = false;
    const qint64 offset = request.header("Upload-Offset").toLongLong(&isNumber);
    if (!isNumber || offset != *size) {
        ApiResponse refusal = problem("upload_offset");
        refusal.with("Upload-Offset", QByteArray::number(*size));
        return refusal;
    }
    return std::make_unique<UploadSink>(
        backend, std::move(lock), std::move(*upload), std::move(*fd), offset, *checksum);
}

} // namespace vidimus::catalog_server

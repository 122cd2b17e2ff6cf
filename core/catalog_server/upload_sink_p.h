#pragma once

#include "core/catalog_server/backend.h"

#include <set>

namespace vidimus::catalog_server {

struct UploadRow {
    QString id;
    QByteArray sha256; ///< hex
    qint64 bytes = 0;
};
[[nodiscard]] UploadRow readUpload(const sql::Statement& row);
/// Errors: NotFound. On the database's thread.
[[nodiscard]] Result<UploadRow> findUpload(Backend& backend, const QString& id);

/// Which uploads are being received now. The hold ends with the connection. Any thread.
class UploadLocks {
public:
    [[nodiscard]] bool tryLock(const QString& id);
    void unlock(const QString& id);

private:
    std::mutex m_mutex;
    std::set<QString> m_held;
};

/// Receives one PATCH of an upload (tus 1.0). What arrived before a cut stays; a piece whose checksum does not fit is
/// taken back. The last piece turns the upload into an object.
[[nodiscard]] std::variant<std::unique_ptr<BodySink>, ApiResponse> openUploadSink(
    Backend& backend, UploadLocks& locks, const ApiRequest& request);

} // namespace vidimus::catalog_server

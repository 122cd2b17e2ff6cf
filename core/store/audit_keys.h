#pragma once

#include "core/base/signature.h"

#include "core/audit/signed_head.h"

#include <QString>
#include <optional>
#include <vector>

namespace vidimus::store {

/// The files in "keys/" of a workspace: the key that signs the audit log ("audit.key", mode 0600), the public keys that
/// are trusted ("trusted.json": this one and those of workspaces that were restored here), and the newest head
/// ("audit-head.json"), which tells when the database was exchanged for an older one. One thread at a time.
class AuditKeys {
public:
    explicit AuditKeys(QString folder);

    /// Reads the signing key, or makes one. Errors: Corrupt, Denied (others may read it), Io, DiskFull.
    [[nodiscard]] Result<SigningKey> signingKey() const;
    [[nodiscard]] Result<std::vector<QByteArray>> trustedKeys() const;
    [[nodiscard]] Result<void> trust(const QByteArray& publicKey) const;
    /// None when no head was ever anchored. Errors: Corrupt.
    [[nodiscard]] Result<std::optional<audit::SignedHead>> anchoredHead() const;
    [[nodiscard]] Result<void> anchor(const audit::SignedHead& head) const;

private:
    [[nodiscard]] QString path(const char* name) const;
    QString m_folder;
};

} // namespace vidimus::store

#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace vidimus {

/// An Ed25519 key pair (RFC 8032) for signed heads and manifests. Values; any thread.
class SigningKey {
public:
    [[nodiscard]] static SigningKey generate();
    /// From the 32-byte seed. Errors: Invalid.
    [[nodiscard]] static Result<SigningKey> fromSeed(QByteArrayView seed);

    [[nodiscard]] const QByteArray& seed() const { return m_seed; } ///< 32 bytes, secret
    [[nodiscard]] const QByteArray& publicKey() const { return m_publicKey; } ///< 32 bytes
    [[nodiscard]] QByteArray sign(QByteArrayView message) const; ///< 64 bytes

private:
    QByteArray m_seed;
    QByteArray m_publicKey;
};

[[nodiscard]] bool verifySignature(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature);

} // namespace vidimus

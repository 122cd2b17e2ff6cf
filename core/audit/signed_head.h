#pragma once

#include "core/base/instant.h"
#include "core/base/signature.h"

#include <QByteArray>
#include <QJsonObject>
#include <cstdint>

namespace vidimus::audit {

/// What the log was at one moment, signed with Ed25519: kept in the log and, as an anchor, elsewhere.
struct SignedHead {
    std::uint64_t size = 0; ///< entries
    QByteArray root; ///< 32 bytes
    Instant at {};
    QByteArray publicKey; ///< 32 bytes
    QByteArray signature; ///< 64 bytes over canonical JSON of everything else

    friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

[[nodiscard]] SignedHead signHead(std::uint64_t size, const QByteArray& root, Instant at, const SigningKey& key);
/// Whether the signature is by the key that the head names. Whether that key is trusted is the caller's question.
[[nodiscard]] bool isSignatureValid(const SignedHead& head);

[[nodiscard]] QJsonObject toJson(const SignedHead& head);
[[nodiscard]] Result<SignedHead> signedHeadFromJson(const QJsonObject& object);

/// When the next head is due: every 1,000 entries or 60 s, and never without a new entry (promise R21).
struct HeadPolicy {
    std::uint64_t maxEntries = 1000;
    Milliseconds maxAge {60'000};
    [[nodiscard]] bool isDue(std::uint64_t size, Instant now, std::uint64_t lastSize, Instant lastAt) const
    {
        // A clock that jumped back makes it due as well.
        return size > lastSize && (size - lastSize >= maxEntries || now - lastAt >= maxAge || now < lastAt);
    }
};

} // namespace vidimus::audit

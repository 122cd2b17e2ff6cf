#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QByteArray>
#include <memory>

namespace vidimus {

/// SHA-256 (FIPS 180-4), fed piece by piece. One thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(QByteArrayView bytes);
    /// The 32 raw bytes. The object starts afresh afterwards.
    [[nodiscard]] QByteArray finish();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// 32 raw bytes.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);
/// 64 lower-case hexadecimal digits.
[[nodiscard]] QByteArray sha256Hex(QByteArrayView bytes);
/// Hash of a whole file by descriptor, from its start, in hex; the read position is left anywhere. Errors: Io,
/// Canceled.
[[nodiscard]] Result<QByteArray> sha256HexOfFile(int fd, const CancelToken& cancel = {});
/// HMAC-SHA-256 (RFC 2104), 32 raw bytes.
[[nodiscard]] QByteArray hmacSha256(QByteArrayView key, QByteArrayView message);
/// Compares without leaking the position of a difference through time.
[[nodiscard]] bool equalConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace vidimus

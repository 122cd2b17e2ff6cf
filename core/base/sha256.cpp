#include "core/base/sha256.h"

#include "core/base/posix_error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

namespace vidimus {

struct Sha256::Impl {
    struct Deleter {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Deleter> context {EVP_MD_CTX_new()};
};

Sha256::Sha256()
    : m_impl(std::make_unique<Impl>())
{
    EVP_DigestInit_ex(m_impl->context.get(), EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_impl->context.get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
}

QByteArray Sha256::finish()
{
    QByteArray digest(32, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_impl->context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    EVP_DigestInit_ex(m_impl->context.get(), EVP_sha256(), nullptr);
    return digest;
}

QByteArray sha256(QByteArrayView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.finish();
}

QByteArray sha256Hex(QByteArrayView bytes)
{
    return sha256(bytes).toHex();
}

Result<QByteArray> sha256HexOfFile(int fd, const CancelToken& cancel)
{
    Sha256 hash;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    off_t position = 0;
    for (;;) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, QStringLiteral("hashing was cancelled"), {}};
        const ssize_t got = pread(fd, piece.data(), static_cast<std::size_t>(piece.size()), position);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return posixError("read", errno);
        if (got == 0)
            return hash.finish().toHex();
        hash.add(QByteArrayView(piece.data(), got));
        position += got;
    }
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    QByteArray mac(32, Qt::Uninitialized);
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(message.data()),
        static_cast<std::size_t>(message.size()), reinterpret_cast<unsigned char*>(mac.data()), &length);
    return mac;
}

bool equalConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

} // namespace vidimus

#include "core/base/signature.h"

#include "core/base/random.h"

#include <memory>
#include <openssl/evp.h>

namespace vidimus {

namespace {

struct KeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using ContextPtr = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

const unsigned char* bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char*>(view.data());
}

KeyPtr privateKey(QByteArrayView seed)
{
    return KeyPtr(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed), static_cast<std::size_t>(seed.size())));
}

} // namespace

SigningKey SigningKey::generate()
{
    QByteArray seed(32, Qt::Uninitialized);
    randomBytes(std::as_writable_bytes(std::span(seed.data(), 32)));
    return *fromSeed(seed);
}

Result<SigningKey> SigningKey::fromSeed(QByteArrayView seed)
{
    const KeyPtr key = seed.size() == 32 ? privateKey(seed) : nullptr;
    if (!key)
        return Error {ErrorCode::Invalid, QStringLiteral("an Ed25519 seed has 32 bytes"), "bad_key"};
    SigningKey result;
    result.m_seed = seed.toByteArray();
    result.m_publicKey = QByteArray(32, Qt::Uninitialized);
    std::size_t length = 32;
    EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(result.m_publicKey.data()), &length);
    return result;
}

QByteArray SigningKey::sign(QByteArrayView message) const
{
    const KeyPtr key = privateKey(m_seed);
    const ContextPtr context(EVP_MD_CTX_new());
    QByteArray signature(64, Qt::Uninitialized);
    std::size_t length = 64;
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytesOf(message),
        static_cast<std::size_t>(message.size()));
    return signature;
}

bool verifySignature(QByteArrayView publicKey, QByteArrayView message, QByteArrayView signature)
{
    if (publicKey.size() != 32 || signature.size() != 64)
        return false;
    const KeyPtr key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey), 32));
    const ContextPtr context(EVP_MD_CTX_new());
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(
               context.get(), bytesOf(signature), 64, bytesOf(message), static_cast<std::size_t>(message.size()))
        == 1;
}

} // namespace vidimus

#include "core/base/random.h"

#include <cstdlib>
#include <openssl/rand.h>

namespace vidimus {

void randomBytes(std::span<std::byte> out)
{
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) != 1)
        std::abort();
}

QByteArray randomToken()
{
    QByteArray bytes(32, Qt::Uninitialized);
    randomBytes(std::as_writable_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace vidimus

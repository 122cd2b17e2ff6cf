#include "core/audit/merkle_hash.h"

#include "core/base/sha256.h"

namespace vidimus::audit {

QByteArray leafHash(QByteArrayView leaf)
{
    Sha256 hash;
    hash.add(QByteArrayView("\x00", 1));
    hash.add(leaf);
    return hash.finish();
}

QByteArray nodeHash(QByteArrayView left, QByteArrayView right)
{
    Sha256 hash;
    hash.add(QByteArrayView("\x01", 1));
    hash.add(left);
    hash.add(right);
    return hash.finish();
}

QByteArray emptyRoot()
{
    return sha256(QByteArrayView());
}

} // namespace vidimus::audit

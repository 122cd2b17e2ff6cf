#include "core/audit/signed_head.h"

#include "core/base/json.h"

namespace vidimus::audit {

using namespace Qt::StringLiterals;

namespace {

QString hex(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex());
}

QJsonObject unsignedPart(const SignedHead& head)
{
    return {{u"schema"_s, u"vidimus.audit-head/1"_s}, {u"size"_s, static_cast<qint64>(head.size)},
        {u"root"_s, hex(head.root)}, {u"at"_s, toRfc3339(head.at)}, {u"public_key"_s, hex(head.publicKey)}};
}

QByteArray readHex(JsonReader& reader, QLatin1StringView name, qsizetype length)
{
    const QByteArray text = reader.string(name).toLatin1();
    const QByteArray bytes = QByteArray::fromHex(text);
    if (bytes.size() != length || bytes.toHex() != text)
        reader.fail(name, u"must be %1 bytes in lower-case hexadecimal"_s.arg(length));
    return bytes;
}

} // namespace

SignedHead signHead(std::uint64_t size, const QByteArray& root, Instant at, const SigningKey& key)
{
    SignedHead head {.size = size, .root = root, .at = at, .publicKey = key.publicKey(), .signature = {}};
    head.signature = key.sign(canonicalJson(unsignedPart(head)));
    return head;
}

bool isSignatureValid(const SignedHead& head)
{
    return verifySignature(head.publicKey, canonicalJson(unsignedPart(head)), head.signature);
}

QJsonObject toJson(const SignedHead& head)
{
    QJsonObject object = unsignedPart(head);
    object.insert(u"signature"_s, hex(head.signature));
    return object;
}

Result<SignedHead> signedHeadFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    SignedHead head;
    if (reader.string("schema"_L1) != u"vidimus.audit-head/1"_s)
        reader.fail("schema"_L1, u"must be vidimus.audit-head/1"_s);
    const qint64 size = reader.integer("size"_L1);
    if (size < 0)
        reader.fail("size"_L1, u"must not be negative"_s);
    head.size = static_cast<std::uint64_t>(size);
    head.root = readHex(reader, "root"_L1, 32);
    head.publicKey = readHex(reader, "public_key"_L1, 32);
    head.signature = readHex(reader, "signature"_L1, 64);
    if (const auto at = parseRfc3339(reader.string("at"_L1)); at)
        head.at = *at;
    else
        reader.fail("at"_L1, u"is not an instant"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return head;
}

} // namespace vidimus::audit

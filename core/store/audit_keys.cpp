#include "core/store/audit_keys.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <sys/stat.h>

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {

constexpr const char* kKeyFile = "audit.key";
constexpr const char* kTrustedFile = "trusted.json";
constexpr const char* kHeadFile = "audit-head.json";
constexpr qint64 kMaxBytes = 1 << 16;

Error corruptFile(const char* name, const QString& what)
{
    return {ErrorCode::Corrupt, u"keys/%1: %2"_s.arg(QLatin1StringView(name), what), "audit_keys"};
}

} // namespace

AuditKeys::AuditKeys(QString folder)
    : m_folder(std::move(folder))
{
}

QString AuditKeys::path(const char* name) const
{
    return m_folder + u'/' + QLatin1StringView(name);
}

Result<SigningKey> AuditKeys::signingKey() const
{
    const QString file = path(kKeyFile);
    const auto stored = readFile(file, kMaxBytes);
    if (stored) {
        struct stat status {};
        if (stat(QFile::encodeName(file).constData(), &status) == 0 && (status.st_mode & 077) != 0)
            return Error {
                ErrorCode::Denied, u"keys/audit.key can be read by others; make it private first"_s, "key_not_private"};
        auto key = SigningKey::fromSeed(QByteArray::fromHex(stored->trimmed()));
        if (!key)
            return corruptFile(kKeyFile, u"is not a key"_s);
        return key;
    }
    if (stored.error().code != ErrorCode::NotFound)
        return stored.error();
    if (auto made = makeFolderDurably(m_folder); !made)
        return std::move(made).error();
    SigningKey key = SigningKey::generate();
    // A DurableFile is made with mode 0600.
    if (auto written = writeFileDurably(file, key.seed().toHex() + '\n'); !written)
        return std::move(written).error();
    return key;
}

Result<std::vector<QByteArray>> AuditKeys::trustedKeys() const
{
    const auto own = signingKey();
    if (!own)
        return own.error();
    std::vector<QByteArray> keys {own->publicKey()};
    const auto stored = readFile(path(kTrustedFile), kMaxBytes);
    if (!stored)
        return stored.error().code == ErrorCode::NotFound ? Result(std::move(keys)) : stored.error();
    const auto object = parseJsonObject(*stored);
    if (!object)
        return corruptFile(kTrustedFile, object.error().detail);
    const QJsonArray names = object->value(u"public_keys"_s).toArray();
    for (const QJsonValue name : names)
        keys.push_back(QByteArray::fromHex(name.toString().toLatin1()));
    return keys;
}

Result<void> AuditKeys::trust(const QByteArray& publicKey) const
{
    auto keys = trustedKeys();
    if (!keys)
        return std::move(keys).error();
    if (std::ranges::find(*keys, publicKey) != keys->end())
        return {};
    keys->push_back(publicKey);
    QJsonArray names;
    for (const QByteArray& key : *keys)
        names.append(QString::fromLatin1(key.toHex()));
    return writeFileDurably(path(kTrustedFile), vidimus::toJson(QJsonObject {{u"public_keys"_s, names}}));
}

Result<std::optional<audit::SignedHead>> AuditKeys::anchoredHead() const
{
    const auto stored = readFile(path(kHeadFile), kMaxBytes);
    if (!stored) {
        if (stored.error().code == ErrorCode::NotFound)
            return std::optional<audit::SignedHead>();
        return stored.error();
    }
    const auto object = parseJsonObject(*stored);
    if (!object)
        return corruptFile(kHeadFile, object.error().detail);
    auto head = audit::signedHeadFromJson(*object);
    if (!head)
        return corruptFile(kHeadFile, head.error().detail);
    return std::optional(std::move(*head));
}

Result<void> AuditKeys::anchor(const audit::SignedHead& head) const
{
    return writeFileDurably(path(kHeadFile), vidimus::toJson(audit::toJson(head)));
}

} // namespace vidimus::store

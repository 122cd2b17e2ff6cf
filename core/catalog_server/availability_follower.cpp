#include "core/catalog_server/availability_follower.h"

#include "core/availability_reader/availability_reader.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/sha256.h"
#include "core/base/signature.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <deque>
#include <sys/stat.h>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxPartBytes = 2LL << 30;
constexpr qint64 kMaxAnnouncementBytes = 16LL << 20;
constexpr qsizetype kKeyBytes = 32;

Error refused(const QString& what, int status)
{
    return {ErrorCode::Corrupt, u"%1 was refused by the reader (%2)"_s.arg(what).arg(status), "refused"};
}

} // namespace

std::optional<std::vector<QJsonObject>> deltasBetween(const QJsonArray& deltas, const QString& from, const QString& to)
{
    QHash<QString, QJsonObject> reachedBy {{from, QJsonObject()}};
    std::deque<QString> next {from};
    while (!next.empty() && !reachedBy.contains(to)) {
        const QString at = next.front();
        next.pop_front();
        for (const QJsonValue& value : deltas) {
            const QString there = value[u"to_state"].toString();
            if (value[u"from_state"].toString() != at || reachedBy.contains(there))
                continue;
            reachedBy.insert(there, value.toObject());
            next.push_back(there);
        }
    }
    if (!reachedBy.contains(to))
        return std::nullopt;
    std::vector<QJsonObject> way;
    for (QString at = to; at != from; at = way.front()[u"from_state"].toString())
        way.insert(way.begin(), reachedBy.value(at));
    return way;
}

AvailabilityFollower::AvailabilityFollower(FollowSource source, catalog::HttpTransport& transport)
    : m_source(std::move(source))
    , m_transport(transport)
{
}

AvailabilityFollower::~AvailabilityFollower()
{
    vav_close(m_reader.load());
}

Result<bool> AvailabilityFollower::step(const CancelToken& cancel)
{
    return m_source.url.isEmpty() ? stepFile() : stepCatalog(cancel);
}

QByteArray AvailabilityFollower::stateId() const
{
    if (!isReady())
        return {};
    const CompiledAvailability::State held = state();
    return QByteArray(reinterpret_cast<const char*>(vav_state_id(held.get())), VAV_STATE_ID_BYTES);
}

Result<void> AvailabilityFollower::open(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    if (vav_reader* standing = m_reader.load()) {
        const auto status = vav_replace_file(standing, name.constData());
        return status == VAV_OK ? Result<void>() : Result<void>(refused(path, status));
    }
    const auto* key = m_source.publicKey.size() == kKeyBytes
        ? reinterpret_cast<const std::uint8_t*>(m_source.publicKey.constData())
        : nullptr;
    vav_reader* opened = nullptr;
    if (const auto status = vav_open_file(&opened, name.constData(), key); status != VAV_OK)
        return refused(path, status);
    m_reader.store(opened);
    return {};
}

Result<bool> AvailabilityFollower::stepFile()
{
    struct stat now {};
    if (stat(QFile::encodeName(m_source.snapshot).constData(), &now) != 0)
        return Error {ErrorCode::Io, u"%1 is not there"_s.arg(m_source.snapshot), "no_snapshot"};
    const qint64 changedAt = now.st_mtim.tv_sec * 1'000'000'000LL + now.st_mtim.tv_nsec;
    if (isReady() && changedAt == m_seenAt && now.st_ino == m_seenInode)
        return false;
    bool moved = false;
    if (isReady()) { // the delta is written before the snapshot that it leads to
        const QByteArray before = stateId();
        const QByteArray delta = QFile::encodeName(m_source.snapshot + u".delta"_s);
        moved = vav_apply_file(m_reader.load(), delta.constData()) == VAV_OK && stateId() != before;
    }
    if (!moved) {
        if (auto opened = open(m_source.snapshot); !opened)
            return std::move(opened).error();
    }
    m_seenAt = changedAt;
    m_seenInode = now.st_ino;
    return true;
}

Result<void> AvailabilityFollower::checkAnnouncement(QJsonObject json)
{
    const QByteArray signature = QByteArray::fromHex(json.take(u"signature"_s).toString().toLatin1());
    const QByteArray key = QByteArray::fromHex(json.value("public_key"_L1).toString().toLatin1());
    if (m_source.publicKey.isEmpty() && key.size() == kKeyBytes)
        m_source.publicKey = key; // trusted on first sight, and from then on
    if (!verifySignature(m_source.publicKey, canonicalJson(json), signature))
        return Error {ErrorCode::Corrupt, u"the announcement is not signed by the key that is trusted"_s, "signature"};
    return {};
}

Result<QByteArray> AvailabilityFollower::fetch(const QJsonObject& part, const CancelToken& cancel)
{
    const QByteArray path = part.value("href"_L1).toString().toUtf8();
    if (!path.startsWith("/v1/availability/"))
        return Error {ErrorCode::Invalid, u"the announcement leads elsewhere"_s, "foreign_href"};
    const auto response = m_transport.perform({.url = m_source.url + path,
        .headers = {{"Authorization", "Bearer " + m_source.token}},
        .maxBodyBytes = kMaxPartBytes,
        .cancel = cancel});
    if (!response)
        return response.error();
    if (response->status != 200)
        return Error {
            ErrorCode::Unavailable, u"%1 answered %2"_s.arg(QString::fromUtf8(path)).arg(response->status), "feed"};
    if (sha256(response->body).toHex() != part.value("sha256"_L1).toString().toLatin1())
        return Error {ErrorCode::Corrupt, u"%1 is not what was announced"_s.arg(QString::fromUtf8(path)), "digest"};
    return response->body;
}

Result<bool> AvailabilityFollower::stepCatalog(const CancelToken& cancel)
{
    catalog::HttpRequest request {.url = m_source.url + "/v1/availability/announcement",
        .headers = {{"Authorization", "Bearer " + m_source.token}},
        .maxBodyBytes = kMaxAnnouncementBytes,
        .cancel = cancel};
    if (!m_etag.isEmpty())
        request.headers.emplace_back("If-None-Match", m_etag);
    const auto response = m_transport.perform(request);
    if (!response)
        return response.error();
    if (response->status == 304)
        return false;
    if (response->status != 200)
        return Error {response->status == 401 || response->status == 403 ? ErrorCode::Denied : ErrorCode::Unavailable,
            u"the catalog answered %1"_s.arg(response->status), "feed"};
    const auto json = parseJsonObject(response->body);
    if (!json)
        return json.error();
    if (auto trusted = checkAnnouncement(*json); !trusted)
        return std::move(trusted).error();
    const QString target = json->value("state"_L1).toString();
    const QJsonArray deltas = json->value("deltas"_L1).toArray(), snapshots = json->value("snapshots"_L1).toArray();
    auto way = isReady() ? deltasBetween(deltas, QString::fromLatin1(stateId().toHex()), target) : std::nullopt;
    bool moved = false;
    for (qsizetype i = snapshots.size() - 1; !way && i >= 0; --i) { // the newest from which there is a way
        const QJsonObject snapshot = snapshots[i].toObject();
        way = deltasBetween(deltas, snapshot.value("state"_L1).toString(), target);
        if (!way)
            continue;
        const auto bytes = fetch(snapshot, cancel);
        if (!bytes)
            return bytes.error();
        const QString path = m_source.cacheFolder + u"/followed.snapshot"_s;
        if (auto written = writeFileDurably(path, *bytes); !written)
            return std::move(written).error();
        if (auto opened = open(path); !opened)
            return std::move(opened).error();
        moved = true;
    }
    if (!way)
        return Error {ErrorCode::Corrupt, u"nothing leads to the announced version"_s, "no_way"};
    for (const QJsonObject& part : *way) {
        const auto delta = fetch(part, cancel);
        if (!delta)
            return delta.error();
        const auto status
            = vav_apply_bytes(m_reader.load(), delta->constData(), static_cast<std::size_t>(delta->size()));
        if (status != VAV_OK)
            return refused(part.value("href"_L1).toString(), status);
        moved = true;
    }
    m_etag = response->header("ETag");
    return moved;
}

} // namespace vidimus::catalog_server

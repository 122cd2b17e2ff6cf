#include "core/audit/log_verifier.h"
#include "core/audit/signed_head.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<audit::LogReport> verifyAudit(Workspace& workspace)
{
    return workspace.store().verifyAudit();
}

Result<QJsonObject> exportAudit(Workspace& workspace)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<QJsonObject> {
        QJsonArray entries;
        const auto read = unit.audit.forEach([&entries](const QByteArray& leaf, const QByteArray&) {
            entries.append(QString::fromUtf8(leaf));
            return true;
        });
        if (!read)
            return read.error();
        const auto heads = unit.audit.heads();
        const auto tip = unit.audit.tip();
        if (!heads || !tip)
            return heads ? tip.error() : heads.error();
        QJsonArray signedHeads;
        for (const audit::SignedHead& head : *heads)
            signedHeads.append(audit::toJson(head));
        if (*tip)
            signedHeads.append(audit::toJson(**tip));
        const QJsonArray keys {QString::fromLatin1(workspace.store().signingKey().publicKey().toBase64())};
        return QJsonObject {{u"entries"_s, entries}, {u"heads"_s, signedHeads}, {u"keys"_s, keys}};
    });
}

Result<audit::LogReport> verifyAuditExport(const QString& path)
{
    constexpr qint64 kMaxExportBytes = 1LL << 30;
    const auto bytes = readFile(path, kMaxExportBytes);
    if (!bytes)
        return bytes.error();
    const auto object = parseJsonObject(*bytes);
    if (!object) {
        return Error {object.error().code,
            u"\"%1\" is no exported log: %2"_s.arg(QFileInfo(path).fileName(), object.error().detail),
            object.error().reason};
    }
    JsonReader reader(*object);
    const QJsonArray entries = reader.array("entries"_L1);
    const QJsonArray heads = reader.array("heads"_L1);
    const QJsonArray keys = reader.array("keys"_L1);
    if (auto finished = reader.finish(JsonReader::Unknown::Ignore); !finished)
        return std::move(finished).error();
    audit::LogAnchors anchors;
    for (const QJsonValue& value : heads) {
        auto head = audit::signedHeadFromJson(value.toObject());
        if (!head)
            return std::move(head).error();
        anchors.heads.push_back(*std::move(head));
    }
    for (const QJsonValue& value : keys)
        anchors.trustedKeys.push_back(QByteArray::fromBase64(value.toString().toLatin1()));
    audit::LogVerifier verifier(std::move(anchors));
    for (const QJsonValue& entry : entries)
        verifier.add(entry.toString().toUtf8());
    return verifier.finish();
}

} // namespace vidimus::workbench

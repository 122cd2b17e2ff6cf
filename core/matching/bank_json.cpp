#include "core/matching/bank_lines_p.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

/// Tags come as strings, as objects with a text, or as a page of such objects.
QString tagsOf(const QJsonValue& value)
{
    QStringList tags;
    const QJsonArray list = value.isObject() ? value[u"data"].toArray() : value.toArray();
    for (const QJsonValue& tag : list)
        tags.append(tag.isObject() ? tag[u"text"].toString() : tag.toString());
    return tags.join(u' ');
}

QString labelOf(const QJsonObject& item)
{
    const QString tags = tagsOf(item.value("tags"_L1));
    if (!tags.isEmpty())
        return tags;
    const QString label = item.value("label"_L1).toString();
    return label.isEmpty() ? item.value("description"_L1).toString() : label;
}

struct FoundHash {
    QString kind; ///< empty: not said
    QString hash;
};

FoundHash hashOf(const QJsonObject& item)
{
    if (item.value("signals"_L1).isObject()) // hasher-matcher-actioner
        return {u"HASH_PDQ"_s, item.value("signals"_L1)[u"pdq"].toString()};
    const QJsonValue indicator = item.value("indicator"_L1);
    QString kind = item.value("type"_L1).toString();
    if (indicator.isObject()) // a descriptor with its indicator inside
        return {indicator[u"type"].toString(kind), indicator[u"indicator"].toString()};
    for (const auto name : {"raw_indicator"_L1, "indicator"_L1, "hash"_L1, "pdq"_L1}) {
        if (item.value(name).isString())
            return {kind, item.value(name).toString()};
    }
    return {kind, {}};
}

} // namespace

Result<BankFile> readBankJson(QByteArrayView bytes)
{
    if (bytes.size() > kMaxBankJsonBytes)
        return Error {ErrorCode::LimitExceeded, u"a JSON list may have %1 bytes"_s.arg(kMaxBankJsonBytes), "too_large"};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(bytes.toByteArray(), &fault);
    if (document.isNull()) {
        return Error {
            ErrorCode::Invalid, u"not JSON: %1 at byte %2"_s.arg(fault.errorString()).arg(fault.offset), "bad_list"};
    }
    BankFile file {.format = "json", .entries = {}, .errors = {}};
    const QJsonArray items = document.isArray() ? document.array() : document.object().value("data"_L1).toArray();
    for (const QJsonValue& value : items) {
        const qint64 number = ++file.lines;
        if (!value.isObject()) {
            reject(file, number, "bad_item", u"the item is no object"_s);
            continue;
        }
        const QJsonObject item = value.toObject();
        const FoundHash found = hashOf(item);
        const bool another = !found.kind.isEmpty() && found.kind != u"HASH_PDQ" && found.kind != u"pdq";
        if (another || item.value("should_delete"_L1).toBool() || item.value("enabled"_L1) == QJsonValue(false)) {
            ++file.otherKinds;
            continue;
        }
        const QJsonValue quality = item.value("quality"_L1);
        const double given = quality.toDouble(100);
        if ((!quality.isUndefined() && !quality.isDouble()) || given < 0 || given > 100)
            reject(file, number, "bad_quality", u"the quality is no number from 0 to 100"_s);
        else
            addEntry(file, number, found.hash, static_cast<int>(given), labelOf(item));
    }
    return file;
}

} // namespace vidimus::matching

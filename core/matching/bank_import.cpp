#include "core/matching/bank_import.h"

#include "core/matching/bank_lines_p.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

/// One line of printable text: what a list says about a hash is shown to people and written to other lists.
QString tidied(const QString& label)
{
    QString result = label.left(kMaxBankLabel).simplified();
    result.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return result;
}

QByteArray csvField(const QString& text)
{
    QString field = text;
    if (!field.isEmpty() && u"=+-@"_s.contains(field[0]))
        field.prepend(u'\'');
    if (field.contains(u',') || field.contains(u'"') || field.trimmed() != field)
        field = u'"' + field.replace(u'"', u"\"\""_s) + u'"';
    return field.toUtf8();
}

} // namespace

void reject(BankFile& file, qint64 line, const char* code, const QString& message)
{
    ++file.rejected;
    if (qsizetype(file.errors.size()) < kMaxReportedErrors)
        file.errors.push_back({line, code, message});
}

void addEntry(BankFile& file, qint64 line, QStringView hash, int quality, const QString& label)
{
    const auto read = pdqHashFromHex(hash);
    if (!read)
        reject(file, line, "bad_hash",
            u"\"%1\" is no PDQ hash: 64 hexadecimal digits"_s.arg(tidied(hash.toString()).left(80)));
    else
        file.entries.push_back({*read, quality, tidied(label)});
}

Result<BankFile> readBankFile(QByteArrayView bytes)
{
    if (bytes.size() > kMaxBankFileBytes)
        return Error {ErrorCode::LimitExceeded, u"a list may have %1 bytes"_s.arg(kMaxBankFileBytes), "too_large"};
    const QByteArrayView trimmed = bytes.trimmed();
    auto file = trimmed.startsWith('{') || trimmed.startsWith('[') ? readBankJson(trimmed) : readBankLines(bytes);
    if (!file)
        return file;
    if (qsizetype(file->entries.size()) > kMaxBankEntries)
        return Error {ErrorCode::LimitExceeded, u"a list may have %1 hashes"_s.arg(kMaxBankEntries), "too_large"};
    if (file->entries.empty()) {
        const QString why = file->errors.empty()
            ? u"%1 entries are of another kind"_s.arg(file->otherKinds)
            : u"line %1: %2"_s.arg(file->errors.front().line).arg(file->errors.front().message);
        return Error {ErrorCode::Invalid, u"there is no PDQ hash in this list; "_s + why, "bad_list"};
    }
    return file;
}

QJsonArray toJson(const std::vector<BankFileError>& errors)
{
    QJsonArray result;
    for (const BankFileError& error : errors) {
        result.append(QJsonObject {
            {u"line"_s, error.line}, {u"code"_s, QString::fromLatin1(error.code)}, {u"message"_s, error.message}});
    }
    return result;
}

std::optional<BankFormat> bankFormatFromName(QStringView name)
{
    if (name == u"csv")
        return BankFormat::Csv;
    if (name == u"text")
        return BankFormat::Text;
    if (name == u"json")
        return BankFormat::Json;
    return std::nullopt;
}

QByteArray writeBankFile(const HashBank& bank, BankFormat format)
{
    QByteArray out;
    QJsonArray data;
    if (format == BankFormat::Csv)
        out = "hash,quality,label\n";
    for (const BankEntry& entry : bank.entries) {
        const QString hash = toHex(entry.hash);
        switch (format) {
        case BankFormat::Csv:
            out += hash.toLatin1() + ',' + QByteArray::number(entry.quality) + ',' + csvField(entry.label) + '\n';
            break;
        case BankFormat::Text:
            out += "pdq " + hash.toLatin1() + '\n';
            break;
        case BankFormat::Json: {
            const QJsonArray tags = entry.label.isEmpty() ? QJsonArray() : QJsonArray {entry.label};
            data.append(QJsonObject {
                {u"indicator"_s, hash}, {u"type"_s, u"HASH_PDQ"_s}, {u"tags"_s, tags}, {u"quality"_s, entry.quality}});
            break;
        }
        }
    }
    return format == BankFormat::Json
        ? QJsonDocument(QJsonObject {{u"data"_s, data}}).toJson(QJsonDocument::Compact) + '\n'
        : out;
}

} // namespace vidimus::matching

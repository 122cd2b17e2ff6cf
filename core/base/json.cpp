#include "core/base/json.h"

#include "core/base/json_number.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace vidimus {

using namespace Qt::StringLiterals;

namespace {

void appendString(QByteArray& out, const QString& text)
{
    out += '"';
    for (const char byte : text.toUtf8()) {
        switch (byte) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(byte) < 0x20)
                out += "\\u00" + QByteArray(1, byte).toHex();
            else
                out += byte;
        }
    }
    out += '"';
}

void appendCanonical(QByteArray& out, const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        break;
    case QJsonValue::Bool:
        out += value.toBool() ? "true" : "false";
        break;
    case QJsonValue::Double:
        out += canonicalNumber(value.toDouble());
        break;
    case QJsonValue::String:
        appendString(out, value.toString());
        break;
    case QJsonValue::Array: {
        char separator = '[';
        const QJsonArray array = value.toArray();
        if (array.isEmpty())
            out += '[';
        for (const QJsonValue& element : array) {
            out += separator;
            appendCanonical(out, element);
            separator = ',';
        }
        out += ']';
        break;
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        QStringList keys = object.keys();
        std::sort(keys.begin(), keys.end(), [](const QString& a, const QString& b) {
            return std::lexicographical_compare(
                a.begin(), a.end(), b.begin(), b.end(), [](QChar x, QChar y) { return x.unicode() < y.unicode(); });
        });
        out += '{';
        for (qsizetype i = 0; i < keys.size(); ++i) {
            if (i > 0)
                out += ',';
            appendString(out, keys[i]);
            out += ':';
            appendCanonical(out, object.value(keys[i]));
        }
        out += '}';
        break;
    }
    }
}

} // namespace

Result<QJsonObject> parseJsonObject(QByteArrayView bytes)
{
    QJsonParseError problem;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &problem);
    if (problem.error != QJsonParseError::NoError)
        return Error {ErrorCode::Invalid, u"not JSON: %1 at byte %2"_s.arg(problem.errorString()).arg(problem.offset),
            "bad_json"};
    if (!document.isObject())
        return Error {ErrorCode::Invalid, u"not a JSON object"_s, "bad_json"};
    return document.object();
}

QByteArray toJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray canonicalJson(const QJsonValue& value)
{
    QByteArray out;
    appendCanonical(out, value);
    return out;
}

} // namespace vidimus

#include "core/base/json.h"

#include <QHash>
#include <QJsonDocument>
#include <algorithm>
#include <vector>

namespace vidimus {

using namespace Qt::StringLiterals;

namespace {

/// A string in JSON text, quotes included, as what it says: "\u0061" is "a".
QString textOf(QByteArrayView quoted)
{
    const auto object = parseJsonObject(QByteArray("{\"text\":") + quoted.toByteArray() + '}');
    return object ? object->value("text"_L1).toString() : QString::fromUtf8(quoted);
}

/// Behind the string that begins at \a start; the text is known to be JSON.
qsizetype endOfString(QByteArrayView json, qsizetype start)
{
    for (qsizetype at = start + 1; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return json.size();
}

int lineOf(QByteArrayView json, qsizetype offset)
{
    return 1 + int(std::count(json.begin(), json.begin() + std::min(offset, json.size()), '\n'));
}

/// What is open at a place: an object with the lines of its members so far, or an array.
struct Level {
    bool isObject = false;
    bool wantsName = false;
    QHash<QString, int> lines;
};

Result<void> refuseRepeatedNames(QByteArrayView json)
{
    std::vector<Level> levels;
    int line = 1;
    for (qsizetype at = 0; at < json.size(); ++at) {
        switch (json[at]) {
        case '\n':
            ++line;
            break;
        case '{':
        case '[':
            levels.push_back({json[at] == '{', json[at] == '{', {}});
            break;
        case '}':
        case ']':
            levels.pop_back();
            break;
        case ',':
            levels.back().wantsName = levels.back().isObject;
            break;
        case '"': {
            const qsizetype end = endOfString(json, at);
            if (!levels.empty() && levels.back().wantsName) {
                const QString name = textOf(json.sliced(at, end - at));
                const auto before = levels.back().lines.constFind(name);
                if (before != levels.back().lines.cend())
                    return Error {ErrorCode::Invalid,
                        u"line %1: \"%2\" stands twice in one object, first on line %3"_s.arg(line).arg(name).arg(
                            *before),
                        "repeated_field"};
                levels.back().lines.insert(name, line);
                levels.back().wantsName = false;
            }
            at = end - 1;
            break;
        }
        default:
            break;
        }
    }
    return {};
}

} // namespace

Result<QJsonObject> parseWrittenJson(QByteArrayView bytes)
{
    QJsonParseError problem;
    const QJsonDocument document
        = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), bytes.size()), &problem);
    if (problem.error != QJsonParseError::NoError)
        return Error {ErrorCode::Invalid,
            u"line %1: not JSON, %2"_s.arg(lineOf(bytes, problem.offset)).arg(problem.errorString()), "bad_json"};
    if (!document.isObject())
        return Error {ErrorCode::Invalid, u"not a JSON object"_s, "bad_json"};
    if (auto once = refuseRepeatedNames(bytes); !once)
        return once.error();
    return document.object();
}

} // namespace vidimus

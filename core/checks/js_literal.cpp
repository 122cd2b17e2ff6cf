#include "core/checks/js_literal.h"

#include <QJsonArray>
#include <QJsonObject>
#include <charconv>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 64;

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

/// Reads one literal; at the first thing that is none it stops and stays where it is.
class LiteralReader {
public:
    LiteralReader(QByteArrayView text, qsizetype at)
        : m_text(text)
        , m_at(at)
    {
    }

    Result<QJsonValue> read()
    {
        QJsonValue value = readValue(0);
        if (m_tooDeep)
            return Error {ErrorCode::LimitExceeded, u"the script nests too deeply"_s, "too_deep"};
        if (m_bad)
            return Error {ErrorCode::Invalid, u"no literal at byte %1 of the script"_s.arg(m_at), "bad_script"};
        return value;
    }

private:
    QJsonValue readValue(int depth)
    {
        if (depth > kDeepest) {
            m_tooDeep = m_bad = true;
            return {};
        }
        if (is('{'))
            return readObject(depth);
        if (is('['))
            return readArray(depth);
        if (is('"') || is('\''))
            return readString();
        if (take("!0") || takeWord("true"))
            return true;
        if (take("!1") || takeWord("false"))
            return false;
        if (takeWord("null"))
            return QJsonValue::Null;
        return readNumber();
    }

    QJsonObject readObject(int depth)
    {
        QJsonObject object;
        ++m_at;
        for (bool more = !take("}"); more && !m_bad; more = !take("}")) {
            if (!object.isEmpty() && !take(","))
                return fail<QJsonObject>();
            const QString name = is('"') || is('\'') ? readString() : readName();
            if (m_bad || !take(":"))
                return fail<QJsonObject>();
            const QJsonValue value = readValue(depth + 1);
            if (object.contains(name))
                return fail<QJsonObject>();
            object.insert(name, value);
        }
        return object;
    }

    QJsonArray readArray(int depth)
    {
        QJsonArray array;
        ++m_at;
        for (bool more = !take("]"); more && !m_bad; more = !take("]")) {
            if (!array.isEmpty() && !take(","))
                return fail<QJsonArray>();
            array.append(readValue(depth + 1));
        }
        return array;
    }

    QString readName()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && isNameByte(m_text[m_at]))
            ++m_at;
        return m_at == start ? fail<QString>() : QString::fromLatin1(m_text.sliced(start, m_at - start));
    }

    /// Escapes do not occur in what these packages hold: names and base64. A string with one is refused.
    QString readString()
    {
        const char quote = m_text[m_at++];
        const qsizetype end = m_text.indexOf(quote, m_at);
        if (end < 0)
            return fail<QString>();
        const QByteArrayView inner = m_text.sliced(m_at, end - m_at);
        if (inner.contains('\\') || inner.contains('\n'))
            return fail<QString>();
        m_at = end + 1;
        return QString::fromUtf8(inner);
    }

    QJsonValue readNumber()
    {
        double value = 0;
        const char* start = m_text.data() + m_at;
        const char* end = m_text.data() + m_text.size();
        // from_chars() would also take "inf" and "nan".
        const char first = start == end ? '\0' : *start == '-' && start + 1 != end ? start[1] : *start;
        if (first != '.' && (first < '0' || first > '9'))
            return fail<QJsonValue>();
        const auto read = std::from_chars(start, end, value);
        if (read.ec != std::errc() || !std::isfinite(value) || (read.ptr != end && isNameByte(*read.ptr)))
            return fail<QJsonValue>();
        m_at += read.ptr - start;
        return value;
    }

    [[nodiscard]] bool is(char c) const { return m_at < m_text.size() && m_text[m_at] == c; }
    bool take(QByteArrayView what)
    {
        if (!m_text.sliced(m_at).startsWith(what))
            return false;
        m_at += what.size();
        return true;
    }
    bool takeWord(QByteArrayView word)
    {
        const QByteArrayView rest = m_text.sliced(m_at);
        return rest.startsWith(word) && (rest.size() == word.size() || !isNameByte(rest[word.size()])) && take(word);
    }
    template<class T>
    T fail()
    {
        m_bad = true;
        return {};
    }

    QByteArrayView m_text;
    qsizetype m_at;
    bool m_bad = false;
    bool m_tooDeep = false;
};

} // namespace

Result<QJsonValue> exportedLiteral(QByteArrayView script)
{
    constexpr QByteArrayView kExports = ".exports=";
    qsizetype at = script.lastIndexOf(kExports);
    if (at < 0)
        return Error {ErrorCode::Invalid, u"the script exports nothing"_s, "bad_script"};
    return LiteralReader(script, at + kExports.size()).read();
}

} // namespace vidimus::checks

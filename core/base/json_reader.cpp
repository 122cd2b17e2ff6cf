#include "core/base/json.h"

#include <QJsonArray>
#include <cmath>

namespace vidimus {

using namespace Qt::StringLiterals;

namespace {

Error unknownMember(const QString& path, const QString& key, QStringList known)
{
    constexpr qsizetype kShown = 16;
    known.removeDuplicates();
    known.sort();
    QString names = known.isEmpty() ? u"none"_s : known.mid(0, kShown).join(u", "_s);
    if (known.size() > kShown)
        names += u" …"_s;
    const QString place = (path.isEmpty() ? QString() : path + u'.') + key.left(100);
    return {ErrorCode::Invalid, u"%1 is not a known member; there can be %2"_s.arg(place, names), "unknown_field"};
}

} // namespace

JsonReader::JsonReader(const QJsonObject& object, QString path)
    : m_object(object)
    , m_path(std::move(path))
{
}

QString JsonReader::pathOf(QLatin1StringView name) const
{
    return m_path.isEmpty() ? QString(name) : m_path + u'.' + name;
}

void JsonReader::fail(QLatin1StringView name, const QString& what)
{
    if (!m_error)
        m_error = Error {ErrorCode::Invalid, u"%1: %2"_s.arg(pathOf(name), what), "bad_field"};
}

bool JsonReader::has(QLatin1StringView name) const
{
    const QJsonValue value = m_object.value(name);
    return !value.isUndefined() && !value.isNull();
}

QJsonValue JsonReader::value(QLatin1StringView name)
{
    m_known.append(name);
    return m_object.value(name);
}

QJsonValue JsonReader::take(QLatin1StringView name, QJsonValue::Type type, const char* typeName, bool required)
{
    const QJsonValue found = value(name);
    if (found.type() == type)
        return found;
    if (found.isUndefined() || found.isNull()) {
        if (required)
            fail(name, u"is missing"_s);
    } else {
        fail(name, u"must be %1"_s.arg(QLatin1StringView(typeName)));
    }
    return QJsonValue(QJsonValue::Undefined);
}

QString JsonReader::string(QLatin1StringView name)
{
    return take(name, QJsonValue::String, "a string", true).toString();
}

QString JsonReader::string(QLatin1StringView name, const QString& fallback)
{
    return take(name, QJsonValue::String, "a string", false).toString(fallback);
}

double JsonReader::number(QLatin1StringView name)
{
    return take(name, QJsonValue::Double, "a number", true).toDouble();
}

double JsonReader::number(QLatin1StringView name, double fallback)
{
    return take(name, QJsonValue::Double, "a number", false).toDouble(fallback);
}

qint64 JsonReader::integer(QLatin1StringView name)
{
    const double value = number(name);
    constexpr double kLimit = 9007199254740992.0; // 2^53: beyond it a double skips whole numbers
    if (std::trunc(value) != value || std::fabs(value) > kLimit) {
        fail(name, u"must be a whole number"_s);
        return 0;
    }
    return static_cast<qint64>(value);
}

qint64 JsonReader::integer(QLatin1StringView name, qint64 fallback)
{
    if (!has(name)) {
        m_known.append(name);
        return fallback;
    }
    return integer(name);
}

bool JsonReader::boolean(QLatin1StringView name, bool fallback)
{
    return take(name, QJsonValue::Bool, "true or false", false).toBool(fallback);
}

QJsonObject JsonReader::object(QLatin1StringView name)
{
    return take(name, QJsonValue::Object, "an object", true).toObject();
}

QJsonArray JsonReader::array(QLatin1StringView name)
{
    return take(name, QJsonValue::Array, "an array", true).toArray();
}

Result<void> JsonReader::finish(Unknown unknown) const
{
    if (m_error)
        return *m_error;
    if (unknown == Unknown::Refuse) {
        const QStringList keys = m_object.keys();
        for (const QString& key : keys) {
            if (!m_known.contains(key))
                return unknownMember(m_path, key, m_known);
        }
    }
    return {};
}

} // namespace vidimus

#include "core/store/settings_repository.h"

#include "core/store/row_json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace vidimus::store {

using namespace Qt::StringLiterals;
using sql::Statement;

namespace {

Result<void> done(Result<qint64> changed)
{
    return changed ? Result<void>() : Result<void>(std::move(changed).error());
}

Result<QJsonObject> firstColumn(const Statement& row)
{
    return jsonColumn(row, 0);
}

Result<std::map<QString, QJsonObject>> byName(sql::Connection& connection, const QString& sql)
{
    const auto rows = connection.all(sql, [](const Statement& row) -> Result<std::pair<QString, QJsonObject>> {
        auto body = jsonColumn(row, 1);
        if (!body)
            return std::move(body).error();
        return std::pair(row.text(0), std::move(*body));
    });
    if (!rows)
        return rows.error();
    return std::map<QString, QJsonObject>(rows->begin(), rows->end());
}

Result<Person> readPerson(const Statement& row)
{
    const QJsonDocument names = QJsonDocument::fromJson(row.text(2).toUtf8());
    const auto roles = moderation::roleSetFromJson(names.array());
    if (!names.isArray() || !roles)
        return corruptRow({ErrorCode::Corrupt, u"the roles of %1 cannot be read"_s.arg(row.text(0)), {}});
    return Person {.id = row.id<PersonId>(0), .name = row.text(1), .roles = *roles};
}

} // namespace

Result<void> SettingsRepository::put(const QString& key, const QJsonObject& value, Instant now)
{
    return done(m_connection->execute(
        u"INSERT INTO settings (key, value, changed_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
        "value = excluded.value, changed_at = excluded.changed_at"_s,
        key, jsonText(value), now));
}

Result<void> SettingsRepository::remove(const QString& key)
{
    return done(m_connection->execute(u"DELETE FROM settings WHERE key = ?"_s, key));
}

Result<std::optional<QJsonObject>> SettingsRepository::find(const QString& key) const
{
    return m_connection->one(u"SELECT value FROM settings WHERE key = ?"_s, firstColumn, key);
}

Result<std::map<QString, QJsonObject>> SettingsRepository::all() const
{
    return byName(*m_connection, u"SELECT key, value FROM settings"_s);
}

Result<void> SettingsRepository::putPerson(const Person& person)
{
    const QByteArray roles = QJsonDocument(moderation::toJson(person.roles)).toJson(QJsonDocument::Compact);
    return done(m_connection->execute(u"INSERT INTO people (id, name, roles) VALUES (?, ?, ?) ON CONFLICT (id) DO "
                                      "UPDATE SET name = excluded.name, roles = excluded.roles"_s,
        person.id, person.name, QString::fromUtf8(roles)));
}

Result<std::optional<Person>> SettingsRepository::findPerson(const PersonId& id) const
{
    return m_connection->one(u"SELECT id, name, roles FROM people WHERE id = ?"_s, readPerson, id);
}

Result<std::vector<Person>> SettingsRepository::people() const
{
    return m_connection->all(u"SELECT id, name, roles FROM people ORDER BY name, id"_s, readPerson);
}

Result<void> SettingsRepository::putProfile(const QString& name, const QJsonObject& body)
{
    return done(m_connection->execute(
        u"INSERT INTO profiles (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body"_s,
        name, jsonText(body)));
}

Result<std::optional<QJsonObject>> SettingsRepository::findProfile(const QString& name) const
{
    return m_connection->one(u"SELECT body FROM profiles WHERE name = ?"_s, firstColumn, name);
}

Result<std::map<QString, QJsonObject>> SettingsRepository::profiles() const
{
    return byName(*m_connection, u"SELECT name, body FROM profiles"_s);
}

Result<void> SettingsRepository::putReviewState(
    const PersonId& person, const QByteArray& sha256, const QJsonObject& body, Instant now)
{
    return done(m_connection->execute(
        u"INSERT INTO review_states (person_id, sha256, body, changed_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (person_id, sha256) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at"_s,
        person, QString::fromLatin1(sha256), jsonText(body), now));
}

Result<std::optional<QJsonObject>> SettingsRepository::findReviewState(
    const PersonId& person, const QByteArray& sha256) const
{
    return m_connection->one(u"SELECT body FROM review_states WHERE person_id = ? AND sha256 = ?"_s, firstColumn,
        person, QString::fromLatin1(sha256));
}

} // namespace vidimus::store

#pragma once

#include "core/moderation/role.h"
#include "core/sql/connection.h"

#include <QJsonObject>
#include <map>
#include <optional>

namespace vidimus::store {

struct Person {
    PersonId id;
    QString name;
    moderation::RoleSet roles;
    friend bool operator==(const Person&, const Person&) = default;
};

/// Settings, people, profiles and what a reviewer's session was like. Part of a transaction; const functions only read.
class SettingsRepository {
public:
    explicit SettingsRepository(sql::Connection& connection)
        : m_connection(&connection)
    {
    }
    [[nodiscard]] Result<void> put(const QString& key, const QJsonObject& value, Instant now);
    [[nodiscard]] Result<void> remove(const QString& key);
    /// None when the key was never put.
    [[nodiscard]] Result<std::optional<QJsonObject>> find(const QString& key) const;
    [[nodiscard]] Result<std::map<QString, QJsonObject>> all() const;

    [[nodiscard]] Result<void> putPerson(const Person& person);
    [[nodiscard]] Result<std::optional<Person>> findPerson(const PersonId& id) const;
    [[nodiscard]] Result<std::vector<Person>> people() const; ///< by name

    /// A profile says who works and with which catalog.
    [[nodiscard]] Result<void> putProfile(const QString& name, const QJsonObject& body);
    [[nodiscard]] Result<std::optional<QJsonObject>> findProfile(const QString& name) const;
    [[nodiscard]] Result<std::map<QString, QJsonObject>> profiles() const;

    /// Watched ranges, position, marks and panes of a person on these bytes: comes back after a restart, also when the
    /// file was ingested again under another id.
    [[nodiscard]] Result<void> putReviewState(
        const PersonId& person, const QByteArray& sha256, const QJsonObject& body, Instant now);
    [[nodiscard]] Result<std::optional<QJsonObject>> findReviewState(
        const PersonId& person, const QByteArray& sha256) const;

private:
    sql::Connection* m_connection;
};

} // namespace vidimus::store

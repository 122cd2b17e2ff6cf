#include "core/workbench/first_start.h"

#include "core/store/workspace_store.h"

#include <pwd.h>
#include <unistd.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kLocal = u"local"_s;
const QString kLastProfile = u"workspace.last_profile"_s;

/// The name the system knows the user by.
QString userName()
{
    const passwd* entry = getpwuid(getuid());
    if (!entry)
        return u"me"_s;
    const QString full = QString::fromLocal8Bit(entry->pw_gecos).section(u',', 0, 0).trimmed();
    return full.isEmpty() ? QString::fromLocal8Bit(entry->pw_name) : full;
}

Result<void> makeFirstPerson(store::UnitOfWork& unit)
{
    using moderation::Role;
    Person person {.id = newId<PersonId>(), .name = userName()};
    for (const Role role : {Role::Moderator, Role::Publisher, Role::ContentManager, Role::Auditor})
        person.roles.insert(role);
    if (auto put = unit.settings.putPerson(person); !put)
        return put;
    const CatalogProfile profile {.name = kLocal, .person = person.id, .kind = CatalogKind::Local, .url = {}};
    if (auto put = unit.settings.putProfile(kLocal, toJson(profile)); !put)
        return put;
    return unit.audit.append(person.id.toString(), u"create_workspace"_s, u"workspace"_s, QJsonValue::Null,
        QJsonObject {{u"profile"_s, kLocal}, {u"name"_s, person.name}});
}

} // namespace

Result<void> startProfile(store::WorkspaceStore& store, const QString& wanted, Person& me, CatalogProfile& profile)
{
    const auto any = store.read([](const store::UnitOfWork& unit) { return unit.settings.profiles(); });
    if (!any)
        return any.error();
    if (any->empty()) {
        if (auto made = store.write([](store::UnitOfWork& unit) { return makeFirstPerson(unit); }); !made)
            return made;
    }
    return store.read([&](const store::UnitOfWork& unit) -> Result<void> {
        const auto last = unit.settings.find(kLastProfile);
        if (!last)
            return last.error();
        const QString name = !wanted.isEmpty() ? wanted : *last ? (*last)->value(u"value"_s).toString(kLocal) : kLocal;
        const auto body = unit.settings.findProfile(name);
        if (!body)
            return body.error();
        if (!*body)
            return Error {ErrorCode::NotFound, u"there is no profile \"%1\""_s.arg(name), "unknown_profile"};
        auto found = catalogProfileFromJson(**body);
        if (!found)
            return Error {ErrorCode::Corrupt, found.error().detail, "stored_profile"};
        const auto person = unit.settings.findPerson(found->person);
        if (!person)
            return person.error();
        if (!*person)
            return Error {
                ErrorCode::Corrupt, u"the person of profile \"%1\" is not there"_s.arg(name), "stored_profile"};
        profile = *std::move(found);
        me = **person;
        return {};
    });
}

} // namespace vidimus::workbench

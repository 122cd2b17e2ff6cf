#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/workbench/permission.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

Result<void> manage(Workspace& workspace)
{
    // On one's own machine, with one's own catalog, the only person there may also invite others.
    if (workspace.profile().kind == CatalogKind::Local)
        return {};
    return requirePermission(workspace, moderation::Action::ManageUsers, u"people"_s);
}

} // namespace

Result<std::vector<Person>> people(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) { return unit.settings.people(); });
}

Result<void> savePerson(Workspace& workspace, const Person& person)
{
    if (auto allowed = manage(workspace); !allowed)
        return allowed;
    if (person.name.trimmed().isEmpty() || person.id.isEmpty())
        return Error {ErrorCode::Invalid, u"a person needs a name"_s, "name_required"};
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        if (auto put = unit.settings.putPerson(person); !put)
            return put;
        return unit.audit.append(workspace.me().id.toString(), u"save_person"_s, u"person:"_s + person.id.toString(),
            QJsonValue::Null, QJsonObject {{u"name"_s, person.name}, {u"roles"_s, moderation::toJson(person.roles)}});
    });
}

Result<std::vector<CatalogProfile>> profiles(Workspace& workspace)
{
    return workspace.store().read([](const store::UnitOfWork& unit) -> Result<std::vector<CatalogProfile>> {
        const auto stored = unit.settings.profiles();
        if (!stored)
            return stored.error();
        std::vector<CatalogProfile> list;
        for (const auto& [name, body] : *stored) {
            auto profile = catalogProfileFromJson(body);
            if (!profile)
                return Error {ErrorCode::Corrupt, profile.error().detail, "stored_profile"};
            list.push_back(*std::move(profile));
        }
        return list;
    });
}

Result<void> saveProfile(Workspace& workspace, const CatalogProfile& profile)
{
    if (auto allowed = manage(workspace); !allowed)
        return allowed;
    const auto valid = catalogProfileFromJson(toJson(profile));
    if (!valid)
        return valid.error();
    if (profile.name.trimmed().isEmpty())
        return Error {ErrorCode::Invalid, u"a profile needs a name"_s, "name_required"};
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        // A profile keeps its catalog for life: staging never turns into production under the same name.
        const auto before = unit.settings.findProfile(profile.name);
        if (!before)
            return before.error();
        if (*before && (*before)->value(u"kind"_s).toString() != QLatin1StringView(catalogKindName(profile.kind)))
            return Error {ErrorCode::Conflict, u"a profile cannot change its kind of catalog"_s, "profile_kind"};
        if (auto put = unit.settings.putProfile(profile.name, toJson(profile)); !put)
            return put;
        return unit.audit.append(workspace.me().id.toString(), u"save_profile"_s, u"profile:"_s + profile.name,
            QJsonValue::Null, toJson(profile));
    });
}

Result<QJsonValue> setting(Workspace& workspace, const QString& key)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) -> Result<QJsonValue> {
        const auto value = unit.settings.find(key);
        if (!value)
            return value.error();
        return *value ? (*value)->value(u"value"_s) : QJsonValue(QJsonValue::Undefined);
    });
}

Result<void> saveSetting(Workspace& workspace, const QString& key, const QJsonValue& value)
{
    return workspace.store().write(
        [&](store::UnitOfWork& unit) { return unit.settings.put(key, QJsonObject {{u"value"_s, value}}, unit.now()); });
}

} // namespace vidimus::workbench

#include "core/workbench/licensor_profile.h"

#include "core/base/json.h"
#include "core/moderation/role.h"
#include "core/store/workspace_store.h"
#include "core/workbench/permission.h"
#include "core/workbench/workspace.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

const QString kSetting = u"licensor/"_s;
constexpr qsizetype kMaxNameLength = 200;

QJsonObject textsToJson(const QMap<QString, QString>& texts)
{
    QJsonObject json;
    for (auto text = texts.begin(); text != texts.end(); ++text)
        json.insert(text.key(), text.value());
    return json;
}

QMap<QString, QString> textsFromJson(JsonReader& reader, QLatin1StringView name, bool keysAreColumns)
{
    QMap<QString, QString> texts;
    const QStringList columns = avails::importedColumns();
    const QJsonObject json = reader.has(name) ? reader.object(name) : QJsonObject();
    for (auto member = json.begin(); member != json.end(); ++member) {
        if (!member->isString())
            reader.fail(name, u"%1 must be a text"_s.arg(member.key()));
        const QString column = keysAreColumns ? member.key() : member->toString();
        const bool left = !keysAreColumns && column.isEmpty(); // the licensor's column is not wanted
        if (!left && !columns.contains(column))
            reader.fail(name, u"\"%1\" is no column of Avails that is read"_s.arg(column.left(100)));
        texts.insert(member.key(), member->toString());
    }
    return texts;
}

} // namespace

QJsonObject toJson(const LicensorProfile& profile)
{
    QJsonObject offers;
    for (auto type = profile.offers.begin(); type != profile.offers.end(); ++type)
        offers.insert(type.key(), QJsonArray::fromStringList(type.value()));
    return {{u"times"_s, rights::toJson(profile.times)}, {u"heading_row"_s, profile.mapping.headingRow},
        {u"columns"_s, textsToJson(profile.mapping.columns)}, {u"constants"_s, textsToJson(profile.mapping.constants)},
        {u"offers"_s, offers}};
}

Result<LicensorProfile> licensorProfileFromJson(const QJsonObject& json)
{
    JsonReader reader(json);
    LicensorProfile profile;
    const auto times = reader.has("times"_L1) ? rights::timeProfileFromJson(reader.object("times"_L1), u"times"_s)
                                              : Result<rights::TimeProfile>(rights::TimeProfile {});
    if (!times)
        return times.error();
    profile.times = *times;
    const qint64 headingRow = reader.integer("heading_row"_L1, 0);
    if (headingRow < 0 || headingRow > avails::kMaxRows)
        reader.fail("heading_row"_L1, u"must be a row number, or 0 to find it"_s);
    profile.mapping.headingRow = static_cast<int>(headingRow);
    profile.mapping.columns = textsFromJson(reader, "columns"_L1, false);
    profile.mapping.constants = textsFromJson(reader, "constants"_L1, true);
    const QJsonObject offers = reader.has("offers"_L1) ? reader.object("offers"_L1) : QJsonObject();
    for (auto type = offers.begin(); type != offers.end(); ++type) {
        QStringList names;
        for (const QJsonValue name : type->toArray()) {
            if (!name.isString() || name.toString().isEmpty())
                reader.fail("offers"_L1, u"%1 must be a list of offers"_s.arg(type.key()));
            names.append(name.toString());
        }
        if (names.isEmpty())
            reader.fail("offers"_L1, u"%1 must be a list of offers"_s.arg(type.key()));
        profile.offers.insert(type.key(), names);
    }
    if (auto done = reader.finish(); !done)
        return std::move(done).error();
    return profile;
}

Result<LicensorProfile> licensorProfile(Workspace& workspace, const QString& licensor)
{
    if (licensor.isEmpty())
        return LicensorProfile {};
    const auto stored = workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.settings.find(kSetting + licensor); });
    if (!stored)
        return stored.error();
    return *stored ? licensorProfileFromJson(**stored) : LicensorProfile {};
}

Result<QStringList> licensorsWithProfile(Workspace& workspace)
{
    const auto all = workspace.store().read([](const store::UnitOfWork& unit) { return unit.settings.all(); });
    if (!all)
        return all.error();
    QStringList names;
    for (const auto& [key, value] : *all) {
        if (key.startsWith(kSetting))
            names.append(key.mid(kSetting.size()));
    }
    return names;
}

Result<void> keepLicensorProfile(Workspace& workspace, const QString& licensor, const LicensorProfile& profile)
{
    if (auto allowed = requirePermission(workspace, moderation::Action::EditRights, u"rights"_s); !allowed)
        return allowed;
    if (licensor.trimmed().isEmpty() || licensor.size() > kMaxNameLength)
        return Error {ErrorCode::Invalid,
            u"the licensor's name is missing or longer than %1 characters"_s.arg(kMaxNameLength), "no_name"};
    const QJsonObject json = toJson(profile);
    if (auto sound = licensorProfileFromJson(json); !sound)
        return std::move(sound).error();
    return workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = unit.settings.find(kSetting + licensor);
        if (!before)
            return before.error();
        if (auto kept = unit.settings.put(kSetting + licensor, json, workspace.clock().now()); !kept)
            return kept;
        return unit.audit.append(workspace.me().id.toString(), u"edit_licensor"_s, licensor,
            *before ? QJsonValue(**before) : QJsonValue::Null, json);
    });
}

} // namespace vidimus::workbench

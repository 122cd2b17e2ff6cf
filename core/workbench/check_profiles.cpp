#include "core/workbench/check_profiles.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/permission.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"

#include <QJsonDocument>
#include <algorithm>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kKeyPrefix = "check_profile."_L1;

QString keyOf(const QString& id)
{
    return kKeyPrefix + id;
}

QString subjectOf(const QString& id)
{
    return u"check_profile:"_s + id;
}

Result<void> checkName(const QString& id)
{
    if (!checks::isProfileId(id)) {
        return Error {ErrorCode::Invalid,
            u"A profile is named by 1 to 64 letters, digits, \"-\" or \"_\", not \"%1\"."_s.arg(id), "bad_name"};
    }
    if (checks::shippedProfileIds().contains(id))
        return Error {ErrorCode::Invalid, u"%1 comes with Vidimus; give yours another name."_s.arg(id), "bad_name"};
    return {};
}

Result<std::optional<QJsonObject>> findOwn(Workspace& workspace, const QString& id)
{
    return workspace.store().read([&](const store::UnitOfWork& unit) { return unit.settings.find(keyOf(id)); });
}

/// Thresholds are an editor's delivery rules as much as a policy.
Result<void> requireThresholds(Workspace& workspace, const QString& subject)
{
    if (moderation::may(workspace.me().roles, moderation::Action::ManagePolicies))
        return {};
    return requirePermission(workspace, moderation::Action::EditAssets, subject);
}

/// Null when there is none, for the log.
QJsonValue logged(const std::optional<QJsonObject>& body)
{
    return body ? QJsonValue(*body) : QJsonValue(QJsonValue::Null);
}

} // namespace

Result<checks::Profile> loadCheckProfile(const QString& nameOrPath)
{
    constexpr qint64 kMaxProfileBytes = 256 * 1024;
    if (!nameOrPath.contains(u'/'))
        return checks::shippedProfile(nameOrPath.isEmpty() ? kDefaultCheckProfile : nameOrPath);
    auto json = readFile(nameOrPath, kMaxProfileBytes);
    if (!json)
        return std::move(json).error();
    return checks::parseProfile(*json, checks::shippedProfileJson);
}

Result<checks::Profile> loadCheckProfile(Workspace& workspace, const QString& nameOrPath)
{
    const bool isOwn
        = !nameOrPath.isEmpty() && !nameOrPath.contains(u'/') && !checks::shippedProfileIds().contains(nameOrPath);
    if (!isOwn)
        return loadCheckProfile(nameOrPath);
    const auto body = findOwn(workspace, nameOrPath);
    if (!body)
        return body.error();
    if (!*body)
        return loadCheckProfile(nameOrPath); // says that there is none
    return checks::parseProfile(QJsonDocument(**body).toJson(QJsonDocument::Compact), checks::shippedProfileJson);
}

Result<std::vector<CheckProfileRow>> listCheckProfiles(Workspace& workspace)
{
    std::vector<CheckProfileRow> rows;
    for (const QString& id : checks::shippedProfileIds()) {
        const auto profile = checks::shippedProfile(id);
        if (!profile)
            return profile.error();
        rows.push_back({id, profile->title, {}, true});
    }
    const auto all = workspace.store().read([](const store::UnitOfWork& unit) { return unit.settings.all(); });
    if (!all)
        return all.error();
    std::vector<CheckProfileRow> own;
    for (const auto& [key, body] : *all) {
        if (key.startsWith(kKeyPrefix)) {
            own.push_back({key.mid(kKeyPrefix.size()), body.value(u"title"_s).toString(),
                body.value(u"inherits"_s).toString(), false});
        }
    }
    std::ranges::sort(own, [](const CheckProfileRow& a, const CheckProfileRow& b) {
        return std::pair(a.title.toCaseFolded(), a.id) < std::pair(b.title.toCaseFolded(), b.id);
    });
    rows.insert(rows.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    return rows;
}

Result<void> saveCheckProfile(Workspace& workspace, const checks::Profile& profile, const QString& inherits)
{
    const QString subject = subjectOf(profile.id);
    if (auto may = requireThresholds(workspace, subject); !may)
        return may;
    if (auto named = checkName(profile.id); !named)
        return named;
    const auto parent = checks::shippedProfile(inherits);
    if (!parent)
        return parent.error();
    const QJsonObject body = checks::toJson(profile, *parent);
    // What cannot be read back is not kept.
    const auto readBack
        = checks::parseProfile(QJsonDocument(body).toJson(QJsonDocument::Compact), checks::shippedProfileJson);
    if (!readBack)
        return readBack.error();
    auto saved = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = unit.settings.find(keyOf(profile.id));
        if (!before)
            return before.error();
        if (auto put = unit.settings.put(keyOf(profile.id), body, unit.now()); !put)
            return put;
        return unit.audit.append(workspace.me().id.toString(), u"save_check_profile"_s, subject, logged(*before), body);
    });
    if (saved)
        Q_EMIT workspace.events().saved();
    return saved;
}

Result<void> removeCheckProfile(Workspace& workspace, const QString& id)
{
    const QString subject = subjectOf(id);
    if (auto may = requireThresholds(workspace, subject); !may)
        return may;
    const auto inUse = setting(workspace, kCheckProfileSetting);
    if (!inUse)
        return inUse.error();
    if (inUse->toString() == id)
        return Error {
            ErrorCode::Conflict, u"%1 is the profile for new files; choose another first."_s.arg(id), "in_use"};
    auto removed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
        const auto before = unit.settings.find(keyOf(id));
        if (!before)
            return before.error();
        if (!*before)
            return Error {ErrorCode::NotFound, u"There is no own profile named %1."_s.arg(id), "unknown_profile"};
        if (auto gone = unit.settings.remove(keyOf(id)); !gone)
            return gone;
        return unit.audit.append(
            workspace.me().id.toString(), u"remove_check_profile"_s, subject, logged(*before), QJsonValue::Null);
    });
    if (removed)
        Q_EMIT workspace.events().saved();
    return removed;
}

} // namespace vidimus::workbench

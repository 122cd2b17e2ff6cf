#include "core/checks/profile.h"

#include "core/base/json.h"
#include "core/checks/check_descriptor.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.checks-profile/1"_L1;
constexpr int kMaxDepth = 8;

bool isAllowed(const CheckParameter& parameter, double value)
{
    if (!(value >= parameter.minimum && value <= parameter.maximum))
        return false;
    return parameter.choices.empty() || std::ranges::find(parameter.choices, value) != parameter.choices.end();
}

QString allowedText(const CheckParameter& parameter)
{
    if (parameter.choices.empty())
        return u"must be between %1 and %2 %3"_s.arg(parameter.minimum)
            .arg(parameter.maximum)
            .arg(QLatin1StringView(parameter.unit));
    QStringList choices;
    for (const char* name : parameter.choiceNames)
        choices.append(QString::fromLatin1(name));
    for (const double choice : parameter.choiceNames.empty() ? parameter.choices : std::span<const double>())
        choices.append(QString::number(choice));
    return u"must be one of "_s + choices.join(u", "_s);
}

Result<void> applyThresholds(
    const QJsonObject& object, const QString& path, const CheckDescriptor& descriptor, Values& thresholds)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString place = path + u'.' + it.key();
        const CheckParameter* parameter = descriptor.parameter(it.key());
        if (parameter == nullptr)
            return Error {ErrorCode::Invalid, place + u": this check has no such threshold"_s, "unknown_field"};
        const std::optional<double> value = it->isString() ? parameter->choiceNamed(it->toString())
            : it->isDouble()                               ? std::optional(it->toDouble())
                                                           : std::nullopt;
        if (!value || !isAllowed(*parameter, *value))
            return Error {ErrorCode::Invalid, place + u": "_s + allowedText(*parameter), "bad_field"};
        thresholds[it.key()] = *value;
    }
    return {};
}

Result<void> applyCheck(
    const QJsonObject& object, const QString& path, const CheckDescriptor& descriptor, CheckSetting& setting)
{
    JsonReader reader(object, path);
    setting.enabled = reader.boolean("enabled"_L1, setting.enabled);
    const QString severity = reader.string("severity"_L1, severityName(setting.severity));
    if (const auto parsed = severityFromName(severity))
        setting.severity = *parsed;
    else
        reader.fail("severity"_L1, u"must be warn or fail"_s);
    QJsonObject thresholds;
    if (reader.has("thresholds"_L1))
        thresholds = reader.object("thresholds"_L1);
    else
        (void)reader.value("thresholds"_L1);
    if (auto valid = reader.finish(); !valid)
        return valid;
    return applyThresholds(thresholds, reader.pathOf("thresholds"_L1), descriptor, setting.thresholds);
}

Result<void> applyChecks(const QJsonObject& checks, Profile& profile)
{
    for (auto it = checks.begin(); it != checks.end(); ++it) {
        const QString place = u"checks."_s + it.key();
        const CheckDescriptor* descriptor = findDescriptor(it.key());
        if (descriptor == nullptr)
            return Error {ErrorCode::Invalid, place + u": there is no such check"_s, "unknown_field"};
        if (!it->isObject())
            return Error {ErrorCode::Invalid, place + u": must be an object"_s, "bad_field"};
        if (auto applied = applyCheck(it->toObject(), place, *descriptor, profile.checks[it.key()]); !applied)
            return applied;
    }
    return {};
}

Result<Profile> parseAt(QByteArrayView json, const ProfileSource& parents, int depth)
{
    const auto object = parseWrittenJson(json);
    if (!object)
        return object.error();
    JsonReader reader(*object);
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be %1"_s.arg(kSchema));
    const QString id = reader.string("id"_L1);
    const QString title = reader.string("title"_L1, id);
    const QString parentId = reader.string("inherits"_L1, QString());
    const QJsonObject checks = reader.object("checks"_L1);
    if (!isProfileId(id))
        reader.fail("id"_L1, u"must be 1 to 64 letters, digits, - or _"_s);
    if (!parentId.isEmpty() && depth >= kMaxDepth)
        reader.fail("inherits"_L1, u"more than %1 profiles deep, perhaps in a circle"_s.arg(kMaxDepth));
    const auto located = [&](Error error) {
        error.detail = u"%1: %2"_s.arg(isProfileId(id) ? id : u"profile"_s, error.detail);
        return error;
    };
    if (auto valid = reader.finish(); !valid)
        return located(valid.error());
    Profile profile = defaultProfile();
    if (!parentId.isEmpty()) {
        const auto parentJson = parents(parentId);
        if (!parentJson)
            return located(parentJson.error());
        auto parent = parseAt(*parentJson, parents, depth + 1);
        if (!parent)
            return located(std::move(parent).error());
        profile = *std::move(parent);
    }
    profile.id = id;
    profile.title = title;
    if (auto applied = applyChecks(checks, profile); !applied)
        return located(applied.error());
    return profile;
}

} // namespace

bool isProfileId(QStringView id)
{
    return !id.isEmpty() && id.size() <= 64 && std::ranges::all_of(id, [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-'
            || c == u'_';
    });
}

Profile defaultProfile()
{
    Profile profile {u"default"_s, u"Default"_s, {}};
    for (const CheckDescriptor& descriptor : checkDescriptors()) {
        CheckSetting setting;
        setting.enabled = !descriptor.isTierOfItsOwn();
        for (const CheckParameter& parameter : descriptor.parameters)
            setting.thresholds[QString::fromLatin1(parameter.id)] = parameter.fallback;
        profile.checks[QString::fromLatin1(descriptor.id)] = std::move(setting);
    }
    return profile;
}

Result<Profile> parseProfile(QByteArrayView json, const ProfileSource& parents)
{
    return parseAt(json, parents, 1);
}

QJsonObject toJson(const Profile& profile)
{
    QJsonObject checks;
    for (const auto& [id, setting] : profile.checks) {
        QJsonObject thresholds;
        for (const auto& [name, value] : setting.thresholds)
            thresholds.insert(name, value);
        checks.insert(id,
            QJsonObject {{u"enabled"_s, setting.enabled}, {u"severity"_s, severityName(setting.severity)},
                {u"thresholds"_s, thresholds}});
    }
    return {{u"schema"_s, kSchema}, {u"id"_s, profile.id}, {u"title"_s, profile.title}, {u"checks"_s, checks}};
}

QJsonObject toJson(const Profile& profile, const Profile& parent)
{
    QJsonObject checks;
    for (const auto& [id, setting] : profile.checks) {
        const auto inherited = parent.checks.find(id);
        const CheckSetting before = inherited != parent.checks.end() ? inherited->second : CheckSetting {};
        QJsonObject changed;
        if (setting.enabled != before.enabled)
            changed.insert(u"enabled"_s, setting.enabled);
        if (setting.severity != before.severity)
            changed.insert(u"severity"_s, severityName(setting.severity));
        QJsonObject thresholds;
        for (const auto& [name, value] : setting.thresholds) {
            const auto known = before.thresholds.find(name);
            if (known == before.thresholds.end() || known->second != value)
                thresholds.insert(name, value);
        }
        if (!thresholds.isEmpty())
            changed.insert(u"thresholds"_s, thresholds);
        if (!changed.isEmpty())
            checks.insert(id, changed);
    }
    return {{u"schema"_s, kSchema}, {u"id"_s, profile.id}, {u"title"_s, profile.title}, {u"inherits"_s, parent.id},
        {u"checks"_s, checks}};
}

Result<Profile> onlyChecks(Profile profile, const QStringList& ids)
{
    for (const QString& id : ids) {
        if (!profile.checks.contains(id))
            return Error {ErrorCode::NotFound, u"There is no check named %1."_s.arg(id), "unknown_check"};
    }
    for (auto& [id, setting] : profile.checks)
        setting.enabled = ids.contains(id);
    return profile;
}

} // namespace vidimus::checks

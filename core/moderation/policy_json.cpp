#include "core/base/json.h"
#include "core/moderation/policy.h"

#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

namespace vidimus::moderation {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxDepth = 4;
constexpr int kMaxSiblings = 9;
constexpr qsizetype kMaxTitle = 200;
constexpr auto kSchema = "vidimus.policy/1"_L1;

/// What one reading shares between all levels.
struct Reading {
    QSet<QString> ids;
};

Error placed(const QString& path, const QString& what)
{
    return {ErrorCode::Invalid, u"%1: %2"_s.arg(path, what), "policy"};
}

Result<Requirements> readRequirements(const QJsonObject& object, const QString& path, const Requirements& inherited)
{
    JsonReader reader(object, path);
    Requirements requirements;
    requirements.note = reader.boolean("note"_L1, inherited.note);
    requirements.secondReviewer = reader.boolean("second_reviewer"_L1, inherited.secondReviewer);
    requirements.minWatchedShare = reader.number("min_watched_share"_L1, inherited.minWatchedShare);
    if (!(requirements.minWatchedShare >= 0 && requirements.minWatchedShare <= 1))
        reader.fail("min_watched_share"_L1, u"must be between 0 and 1"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return requirements;
}

Result<std::vector<Reason>> readLevel(
    const QJsonArray& array, const QString& path, const Requirements& inherited, int depth, Reading& reading);

Result<Reason> readReason(
    const QJsonObject& object, const QString& path, const Requirements& inherited, int depth, Reading& reading)
{
    static const QRegularExpression idPattern(u"^[a-z0-9]+(_[a-z0-9]+)*(\\.[a-z0-9]+(_[a-z0-9]+)*)*$"_s);
    JsonReader reader(object, path);
    Reason reason;
    reason.id = reader.string("id"_L1);
    reason.digit = static_cast<int>(reader.integer("digit"_L1));
    reason.title = reader.string("title"_L1);
    reason.section = reader.string("section"_L1, QString());
    const bool requires_ = reader.has("requires"_L1);
    const QJsonObject requirements = requires_ ? reader.object("requires"_L1) : QJsonObject();
    const QJsonArray children = reader.has("children"_L1) ? reader.array("children"_L1) : QJsonArray();
    if (!idPattern.match(reason.id).hasMatch())
        reader.fail("id"_L1, u"must be lower-case words joined by dots"_s);
    else if (reading.ids.contains(reason.id))
        reader.fail("id"_L1, u"is used twice"_s);
    if (reason.digit < 1 || reason.digit > kMaxSiblings)
        reader.fail("digit"_L1, u"must be 1 to 9"_s);
    if (reason.title.trimmed().isEmpty() || reason.title.size() > kMaxTitle)
        reader.fail("title"_L1, u"must have 1 to 200 characters"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    reading.ids.insert(reason.id);
    auto own = readRequirements(requirements, path + u".requires"_s, inherited);
    if (!own)
        return std::move(own).error();
    reason.requirements = *own;
    auto below = readLevel(children, path + u".children"_s, reason.requirements, depth + 1, reading);
    if (!below)
        return std::move(below).error();
    reason.children = std::move(*below);
    return reason;
}

Result<std::vector<Reason>> readLevel(
    const QJsonArray& array, const QString& path, const Requirements& inherited, int depth, Reading& reading)
{
    std::vector<Reason> reasons;
    if (array.isEmpty())
        return reasons;
    if (depth > kMaxDepth)
        return placed(path, u"the tree is deeper than %1 levels"_s.arg(kMaxDepth));
    if (array.size() > kMaxSiblings)
        return placed(path, u"there are more than 9 reasons side by side"_s);
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString place = u"%1[%2]"_s.arg(path).arg(i);
        if (!array[i].isObject())
            return placed(place, u"must be an object"_s);
        auto reason = readReason(array[i].toObject(), place, inherited, depth, reading);
        if (!reason)
            return std::move(reason).error();
        for (const Reason& sibling : reasons) {
            if (sibling.digit == reason->digit)
                return placed(place + u".digit"_s, u"is used by \"%1\" already"_s.arg(sibling.id));
        }
        reasons.push_back(std::move(*reason));
    }
    return reasons;
}

QJsonArray levelToJson(const std::vector<Reason>& reasons)
{
    QJsonArray array;
    for (const Reason& reason : reasons) {
        QJsonObject object {{u"id"_s, reason.id}, {u"digit"_s, reason.digit}, {u"title"_s, reason.title},
            {u"section"_s, reason.section},
            {u"requires"_s,
                QJsonObject {{u"note"_s, reason.requirements.note},
                    {u"second_reviewer"_s, reason.requirements.secondReviewer},
                    {u"min_watched_share"_s, reason.requirements.minWatchedShare}}}};
        if (!reason.children.empty())
            object.insert(u"children"_s, levelToJson(reason.children));
        array.append(object);
    }
    return array;
}

} // namespace

Result<Policy> policyFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    Policy policy;
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be vidimus.policy/1"_s);
    policy.id = reader.string("id"_L1);
    policy.version = reader.string("version"_L1);
    policy.title = reader.string("title"_L1);
    const QJsonArray reasons = reader.array("reasons"_L1);
    if (policy.id.isEmpty())
        reader.fail("id"_L1, u"must not be empty"_s);
    if (policy.version.isEmpty())
        reader.fail("version"_L1, u"must not be empty"_s);
    if (reasons.isEmpty())
        reader.fail("reasons"_L1, u"must not be empty"_s);
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    Reading reading;
    auto level = readLevel(reasons, u"reasons"_s, {}, 1, reading);
    if (!level)
        return std::move(level).error();
    policy.reasons = std::move(*level);
    return policy;
}

Result<Policy> loadPolicy(QByteArrayView json)
{
    const auto object = parseWrittenJson(json);
    if (!object)
        return object.error();
    return policyFromJson(*object);
}

QJsonObject toJson(const Policy& policy)
{
    return {{u"schema"_s, QString(kSchema)}, {u"id"_s, policy.id}, {u"version"_s, policy.version},
        {u"title"_s, policy.title}, {u"reasons"_s, levelToJson(policy.reasons)}};
}

Result<Policy> defaultPolicy()
{
    QFile file(u":/policies/default.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Internal, file.errorString(), "policy"};
    return loadPolicy(file.readAll());
}

} // namespace vidimus::moderation

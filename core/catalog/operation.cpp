#include "core/catalog/operation.h"

#include <array>

namespace vidimus::catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kKinds {std::pair {OperationKind::UpsertTitle, "upsert_title"},
    std::pair {OperationKind::RegisterAsset, "register_asset"},
    std::pair {OperationKind::AppendDecision, "append_decision"}, std::pair {OperationKind::PutWindows, "put_windows"},
    std::pair {OperationKind::UploadPackage, "upload_package"}, std::pair {OperationKind::Publish, "publish"},
    std::pair {OperationKind::Withdraw, "withdraw"}};
constexpr std::array kStates {std::pair {OperationState::Waiting, "waiting"}, std::pair {OperationState::Done, "done"},
    std::pair {OperationState::Conflict, "conflict"}, std::pair {OperationState::NeedsPerson, "needs_person"}};

template<class Table, class Value>
const char* nameIn(const Table& table, Value value)
{
    for (const auto& [candidate, name] : table) {
        if (candidate == value)
            return name;
    }
    return "";
}

template<class Value, class Table>
Result<Value> valueIn(const Table& table, QByteArrayView name, const char* what)
{
    for (const auto& [candidate, candidateName] : table) {
        if (name == QByteArrayView(candidateName))
            return candidate;
    }
    return Error {ErrorCode::Invalid, u"unknown %1 \"%2\""_s.arg(QLatin1StringView(what), QString::fromUtf8(name)),
        "unknown_name"};
}

} // namespace

const char* operationKindName(OperationKind kind)
{
    return nameIn(kKinds, kind);
}

Result<OperationKind> operationKindFromName(QByteArrayView name)
{
    return valueIn<OperationKind>(kKinds, name, "operation kind");
}

const char* operationStateName(OperationState state)
{
    return nameIn(kStates, state);
}

Result<OperationState> operationStateFromName(QByteArrayView name)
{
    return valueIn<OperationState>(kStates, name, "operation state");
}

QJsonObject toJson(const Operation& operation)
{
    QJsonObject json {{u"id"_s, operation.id.toString()}, {u"title"_s, operation.title.toString()},
        {u"kind"_s, QLatin1StringView(operationKindName(operation.kind))},
        {u"state"_s, QLatin1StringView(operationStateName(operation.state))},
        {u"created_at"_s, toRfc3339(operation.createdAt)}, {u"not_before"_s, toRfc3339(operation.notBefore)},
        {u"attempts"_s, operation.attempts}};
    const bool failed = operation.attempts > 0 || operation.state == OperationState::Conflict
        || operation.state == OperationState::NeedsPerson;
    if (failed) {
        json[u"error"_s] = QJsonObject {{u"code"_s, QLatin1StringView(errorCodeName(operation.lastError.code))},
            {u"reason"_s, QString::fromLatin1(operation.lastError.reason)}, {u"detail"_s, operation.lastError.detail}};
    }
    return json;
}

} // namespace vidimus::catalog

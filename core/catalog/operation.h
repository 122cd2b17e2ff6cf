#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QJsonObject>

namespace vidimus::catalog {

/// What an operation asks of the catalog; each kind has a payload struct in operation_payload.h.
enum class OperationKind { UpsertTitle, RegisterAsset, AppendDecision, PutWindows, UploadPackage, Publish, Withdraw };

/// Where an operation stands. Conflict: the server holds something newer (Operation::serverState says what).
/// NeedsPerson: refused for good; it waits, visible, until a person retries or drops it.
enum class OperationState { Waiting, Done, Conflict, NeedsPerson };

/// One change on its way from the workspace to the catalog. It is written in the same transaction as the local row it
/// carries; its id is the Idempotency-Key, so sending it again has no second effect.
struct Operation {
    OperationId id;
    TitleId title; ///< operations of one title leave in the order in which they were added
    OperationKind kind = OperationKind::UpsertTitle;
    QJsonObject payload;
    Instant createdAt {};
    Instant notBefore {}; ///< not sent earlier: decisions wait for undo, retries for their back-off
    int attempts = 0; ///< failed attempts so far
    OperationState state = OperationState::Waiting;
    Error lastError; ///< meaningful when attempts > 0 or the state is Conflict or NeedsPerson
    QJsonObject serverState; ///< the server's version, in Conflict

    friend bool operator==(const Operation&, const Operation&) = default;
};

[[nodiscard]] const char* operationKindName(OperationKind kind); ///< "upsert_title"
[[nodiscard]] Result<OperationKind> operationKindFromName(QByteArrayView name);
[[nodiscard]] const char* operationStateName(OperationState state); ///< "needs_person"
[[nodiscard]] Result<OperationState> operationStateFromName(QByteArrayView name);
/// As in the CLI's `outbox list`.
[[nodiscard]] QJsonObject toJson(const Operation& operation);

} // namespace vidimus::catalog

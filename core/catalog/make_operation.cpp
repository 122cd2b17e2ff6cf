#include "core/catalog/operation_payload.h"

#include <type_traits>

namespace vidimus::catalog {

namespace {

template<class Payload>
constexpr OperationKind kindOf()
{
    if constexpr (std::is_same_v<Payload, UpsertTitle>)
        return OperationKind::UpsertTitle;
    else if constexpr (std::is_same_v<Payload, RegisterAsset>)
        return OperationKind::RegisterAsset;
    else if constexpr (std::is_same_v<Payload, AppendDecision>)
        return OperationKind::AppendDecision;
    else if constexpr (std::is_same_v<Payload, PutWindows>)
        return OperationKind::PutWindows;
    else if constexpr (std::is_same_v<Payload, UploadPackage>)
        return OperationKind::UploadPackage;
    else if constexpr (std::is_same_v<Payload, Publish>)
        return OperationKind::Publish;
    else {
        static_assert(std::is_same_v<Payload, Withdraw>);
        return OperationKind::Withdraw;
    }
}

TitleId titleOf(const UpsertTitle& payload)
{
    return payload.id;
}

TitleId titleOf(const auto& payload)
{
    return payload.title;
}

} // namespace

template<class Payload>
Operation makeOperation(const Payload& payload, Instant now, Milliseconds hold)
{
    Operation operation;
    operation.id = newId<OperationId>();
    operation.title = titleOf(payload);
    operation.kind = kindOf<Payload>();
    operation.payload = toJson(payload);
    operation.createdAt = now;
    operation.notBefore = now + hold;
    return operation;
}

template Operation makeOperation(const UpsertTitle&, Instant, Milliseconds);
template Operation makeOperation(const RegisterAsset&, Instant, Milliseconds);
template Operation makeOperation(const AppendDecision&, Instant, Milliseconds);
template Operation makeOperation(const PutWindows&, Instant, Milliseconds);
template Operation makeOperation(const UploadPackage&, Instant, Milliseconds);
template Operation makeOperation(const Publish&, Instant, Milliseconds);
template Operation makeOperation(const Withdraw&, Instant, Milliseconds);

} // namespace vidimus::catalog

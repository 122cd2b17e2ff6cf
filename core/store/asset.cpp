#include "core/store/asset.h"

namespace vidimus::store {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array kNames {"ingested", "waiting", "passed", "rejected", "escalated", "duplicate", "unreadable"};
static_assert(kNames.size() == kAllAssetStates.size());
} // namespace

const char* assetStateName(AssetState state)
{
    return kNames.at(static_cast<std::size_t>(state));
}

Result<AssetState> assetStateFromName(QStringView name)
{
    for (const AssetState state : kAllAssetStates) {
        if (name == QLatin1StringView(assetStateName(state)))
            return state;
    }
    return Error {ErrorCode::Invalid, u"\"%1\" is no state of an asset"_s.arg(name), "unknown_state"};
}

QJsonObject toJson(const Asset& asset)
{
    const auto idOrNull = [](const QString& id) { return id.isEmpty() ? QJsonValue() : QJsonValue(id); };
    return {{u"id"_s, asset.id.toString()}, {u"title"_s, idOrNull(asset.title.toString())},
        {u"sha256"_s, QString::fromLatin1(asset.sha256)}, {u"bytes"_s, asset.bytes},
        {u"original_name"_s, asset.originalName}, {u"state"_s, QString::fromLatin1(assetStateName(asset.state))},
        {u"priority"_s, asset.priority}, {u"ingested_at"_s, toRfc3339(asset.ingestedAt)},
        {u"duplicate_of"_s, idOrNull(asset.duplicateOf.toString())}};
}

} // namespace vidimus::store

#pragma once

#include "core/base/ids.h"
#include "core/base/instant.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <array>

namespace vidimus::store {

enum class AssetState {
    Ingested, ///< copied and hashed; checks have not said anything yet
    Waiting, ///< in the review queue
    Passed,
    Rejected,
    Escalated, ///< waits for a second look
    Duplicate,
    Unreadable, ///< parked: cannot be decoded; the original is kept
};
inline constexpr std::array kAllAssetStates {AssetState::Ingested, AssetState::Waiting, AssetState::Passed,
    AssetState::Rejected, AssetState::Escalated, AssetState::Duplicate, AssetState::Unreadable};

struct Asset {
    AssetId id;
    TitleId title; ///< empty: not yet part of a title
    QByteArray sha256; ///< hex, of the original
    qint64 bytes = 0;
    QString originalName; ///< a label only; files are named by hash
    QJsonObject facts; ///< media facts; empty before the probe
    AssetState state = AssetState::Ingested;
    int priority = 0; ///< higher first in the queue
    Instant ingestedAt {};
    AssetId duplicateOf;

    friend bool operator==(const Asset&, const Asset&) = default;
};

[[nodiscard]] const char* assetStateName(AssetState state);
[[nodiscard]] Result<AssetState> assetStateFromName(QStringView name);
[[nodiscard]] QJsonObject toJson(const Asset& asset);

} // namespace vidimus::store

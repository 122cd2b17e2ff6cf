#pragma once

#include "ui/moderation/watched_ranges.h"

#include <QJsonObject>
#include <optional>

namespace vidimus::ui::moderation {

/// Where a person was in an item: kept in the store by content hash. A value.
struct ReviewState {
    qint64 frame = 0;
    std::optional<qint64> markIn;
    std::optional<qint64> markOut; ///< inclusive: the frame on which O was pressed
    WatchedRanges watched;
    QString stagedAction; ///< verdict name; empty: nothing staged
    QString stagedReason;
    QString note;
    QString draft; ///< of a comment that was not sent
    qint64 draftFrame = 0;

    /// Half-open; an open side reaches to the beginning or the end. Empty when neither mark is set or they cross.
    [[nodiscard]] std::optional<widgets::FrameSpan> range(qint64 frameCount) const;
};

[[nodiscard]] QJsonObject toJson(const ReviewState& state);
/// Never fails: what does not fit into an item of \a frameCount frames is left out.
[[nodiscard]] ReviewState reviewStateFromJson(const QJsonObject& object, qint64 frameCount);

} // namespace vidimus::ui::moderation

#pragma once

#include "workbench_room.h"

namespace vidimus::test {

/// A title with an asset that passed, rights for Germany and a row of renditions: every gate lets it through. The
/// renditions are a row alone; a catalog that is told of them would miss their files.
struct PublishableTitle {
    explicit PublishableTitle(WorkbenchRoom& room);

    /// Makes the asset's renditions row say that it was made from these bytes; empty: takes the row's state away.
    void setRenditions(const QByteArray& sourceSha256) const;
    void setRights(std::optional<Instant> start, std::optional<Instant> end) const;
    void pass() const;

    WorkbenchRoom& room;
    workbench::IngestedAsset asset;
};

} // namespace vidimus::test

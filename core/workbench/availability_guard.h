#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"
#include "core/rights/availability_image.h"

#include <QJsonArray>

struct vav_reader;

namespace vidimus::workbench {

/// How many cells (title × country × offer) of a site are available, before and after.
struct SiteCells {
    QString site; ///< rights::kUnnamed: those that no rule names
    qint64 before = 0;
    qint64 after = 0;

    /// Share of the cells that go dark, 0..1; gains elsewhere on the site are counted against it.
    [[nodiscard]] double lostShare() const
    {
        return before > after ? static_cast<double>(before - after) / static_cast<double>(before) : 0;
    }
};

/// Counts by asking both snapshots about every country and offer at one instant. Errors: Corrupt.
[[nodiscard]] Result<std::vector<SiteCells>> compareSites(
    const QByteArray& before, const QByteArray& after, const rights::ImageBasis& basis, Instant at);
/// Sites that would lose more than \a limit (0..1): a second person has to agree before this is announced. Pure.
[[nodiscard]] std::vector<SiteCells> beyondLimit(const std::vector<SiteCells>& sites, double limit);
/// [{"site", "before", "after", "lost_share"}].
[[nodiscard]] QJsonArray toJson(const std::vector<SiteCells>& sites);

} // namespace vidimus::workbench

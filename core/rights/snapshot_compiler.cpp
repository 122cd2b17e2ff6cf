#include "core/rights/snapshot_compiler.h"

#include "core/rights/flatten_rules.h"
#include "core/rights/snapshot_encoder.h"

namespace vidimus::rights {

Result<AvailabilityImage> imageOf(const Resolver& resolver, const CompileOptions& options)
{
    AvailabilityImage draft(basisOf(resolver, options.partition));
    if (auto flat = flattenInto(draft, resolver, options.cancel); !flat)
        return std::move(flat).error();
    AvailabilityImage image = draft.compacted();
    if (auto frozen = image.freeze(); !frozen)
        return std::move(frozen).error();
    return image;
}

Snapshot describe(const AvailabilityImage& image, QByteArray bytes)
{
    const ImageCounts counts = image.counts();
    Snapshot snapshot {.bytes = std::move(bytes),
        .sha256 = {},
        .counts = {.titles = counts.titles,
            .territorySets = counts.territories,
            .siteSets = counts.siteSets,
            .offerSets = counts.offerSets,
            .instants = counts.dates}};
    for (const ImageTitle& title : image.titles())
        snapshot.counts.windows += static_cast<qint64>(title.windows.size());
    snapshot.counts.bytes = snapshot.bytes.size();
    snapshot.sha256 = snapshot.bytes.sliced(8, 32).toHex();
    return snapshot;
}

Result<Snapshot> compile(const Resolver& resolver, quint64 version, const CompileOptions& options)
{
    auto image = imageOf(resolver, options);
    if (!image)
        return std::move(image).error();
    auto bytes = encodeSnapshot(*image, version, options.key);
    if (!bytes)
        return std::move(bytes).error();
    return describe(*image, std::move(*bytes));
}

} // namespace vidimus::rights

#pragma once

#include "core/rights/compiled_rules_p.h"

#include <QMap>

namespace vidimus::rights {

/// A rule of either side that can bear on a title.
struct Bearing {
    const CompiledRules* rules = nullptr;
    const CompiledRule* rule = nullptr;
};

/// Members of one axis (places, sites or offers) that every bearing rule treats alike.
struct AxisClass {
    QStringList names;
    Place place; ///< of a place axis
    std::uint32_t before = 0; ///< index of a member in the rules before; of a name axis
    std::uint32_t after = 0;
};

[[nodiscard]] std::vector<AxisClass> placeClasses(const std::vector<Bearing>& bearings);
[[nodiscard]] std::vector<AxisClass> siteClasses(
    const CompiledRules& before, const CompiledRules& after, const std::vector<Bearing>& bearings);
[[nodiscard]] std::vector<AxisClass> offerClasses(
    const CompiledRules& before, const CompiledRules& after, const std::vector<Bearing>& bearings);

} // namespace vidimus::rights

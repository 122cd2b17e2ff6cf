#pragma once

namespace vidimus::ui::rights {

/// Makes QAccessible know RightsChart: value is the as-of instant, children are the bars in view. Safe to call more
/// than once.
void installChartAccessibility();

} // namespace vidimus::ui::rights

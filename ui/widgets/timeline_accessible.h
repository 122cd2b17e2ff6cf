#pragma once

namespace vidimus::ui::widgets {

/// Makes QAccessible know Timeline; safe to call more than once.
void installTimelineAccessibility();

} // namespace vidimus::ui::widgets

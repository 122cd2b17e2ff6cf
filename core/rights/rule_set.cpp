#include "core/rights/rule_set.h"

namespace vidimus::rights {

Window Window::intersected(const Window& other) const
{
    Window both = *this;
    if (other.start && (!both.start || *other.start > *both.start))
        both.start = other.start;
    if (other.end && (!both.end || *other.end < *both.end))
        both.end = other.end;
    return both;
}

bool Window::covers(const Window& other) const
{
    const bool fromStart = !start || (other.start && *other.start >= *start);
    const bool toEnd = !end || (other.end && *other.end <= *end);
    return fromStart && toEnd;
}

} // namespace vidimus::rights

#pragma once

#include "core/rights/rule_set.h"

namespace vidimus::ui::rights {

/// The rules and their resolver, whose namespace has the same last name as this one.
namespace engine = vidimus::rights;

} // namespace vidimus::ui::rights

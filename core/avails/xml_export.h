#pragma once

#include "core/avails/avail_sheet.h"

#include <QByteArray>

namespace vidimus::avails {

/// Grants as Avails XML 2.6 (MovieLabs schema), one Avail a title with one Transaction a grant, times in UTC.
/// Restrictions have no place in Avails and are left out. Pure; any thread.
[[nodiscard]] QByteArray exportXml(const rights::RuleSet& rules, Extent extent = Extent::Whole);

} // namespace vidimus::avails

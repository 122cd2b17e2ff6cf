#pragma once

#include <QStringList>
#include <optional>

namespace vidimus::rights {

inline constexpr qsizetype kMostExceptions = 12; ///< more of them say less than the list itself

/// The few assigned countries that a long list leaves out, so that "the world but RU" is said as that; empty: it has
/// them all. Nothing where they are many, or where a place of the list is no whole country. Pure; any thread.
[[nodiscard]] std::optional<QStringList> leftOutOf(const QStringList& countries);

} // namespace vidimus::rights

#pragma once

#include <QString>
#include <optional>

namespace vidimus::avails {

/// The least age, in years, that a rating stands for: the number in it ("12A", "FSK 16", "PG-13", "18+"), or one of the
/// letters that say "for everybody" or, of the MPA and the US parental guidelines, "for adults". Nothing for a word
/// that has no number and is none of these. Pure.
[[nodiscard]] std::optional<int> ageOfRating(const QString& system, const QString& value);

} // namespace vidimus::avails

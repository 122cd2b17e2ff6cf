#pragma once

#include <QString>
#include <QStringView>
#include <optional>
#include <vector>

namespace vidimus::ui::shell {

struct FuzzyMatch {
    int score = 0; ///< higher is better
    std::vector<int> positions; ///< of the matched characters in the text
};

/// Matches \a query as a subsequence of \a text, case and accents folded; starts of words and runs count more, gaps
/// less. An empty query matches with score 0. Pure; any thread.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView query, QStringView text);

} // namespace vidimus::ui::shell

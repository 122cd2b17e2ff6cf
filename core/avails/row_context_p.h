#pragma once

#include "core/avails/avail_row.h"

#include <initializer_list>

namespace vidimus::avails {

/// One row while it is read: its cells by name, and where its faults go.
struct RowContext {
    const SheetRow& row;
    const Columns& columns;
    const ImportOptions& options;
    const rights::RuleSet& existing;
    const KnownEvents& events;
    ImportPlan& plan;
    bool good = true;

    [[nodiscard]] QString cell(QLatin1StringView name) const { return columns.cell(row, name); }
    void fail(QLatin1StringView column, const QString& code, const QString& text);
    void note(QLatin1StringView column, const QString& code, const QString& text);
    [[nodiscard]] CellMessage message(QLatin1StringView column, const QString& code, const QString& text) const;
};

inline constexpr qsizetype kShownLength = 200;

template<class T>
using Words = std::initializer_list<std::pair<QLatin1StringView, T>>;

/// The value of a word, without case.
template<class T>
std::optional<T> wordOf(const QString& text, Words<T> words)
{
    for (const auto& [word, value] : words) {
        if (text.compare(word, Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}

/// The title that a row is about, and the series and season above it.
void readTitle(RowContext& context, AvailRow& out);
/// Start, end, and the dates of announcement and pre-order. Title and territory are read already.
void readTimes(RowContext& context, AvailRow& out);

} // namespace vidimus::avails

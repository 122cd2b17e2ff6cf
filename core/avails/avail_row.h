#pragma once

#include "core/avails/csv_import.h"
#include "core/avails/csv_table.h"

#include <QHash>

namespace vidimus::avails {

enum class EntryType { Merge, FullExtract, Delete };

/// A data row understood.
struct AvailRow {
    EntryType entry = EntryType::Merge;
    QString availId; ///< as written; may be empty
    QString licensor;
    rights::Title title; ///< as the row describes it
    rights::Rule grant; ///< without id and scope
    int number = 0;
};

/// The heading row: which column holds what. Names are compared without case, blanks and underscores.
class Columns {
public:
    explicit Columns(const QStringList& headings);
    [[nodiscard]] bool has(QLatin1StringView name) const { return m_index.contains(name); }
    /// The cell of a row by column name, without a formula guard; empty when there is none.
    [[nodiscard]] QString cell(const CsvRow& row, QLatin1StringView name) const;
    [[nodiscard]] QString heading(QLatin1StringView name) const;
    /// Names a heading row must have to be one.
    [[nodiscard]] static bool looksLikeHeadings(const QStringList& cells);
    [[nodiscard]] const QStringList& unused() const { return m_unused; }

private:
    QHash<QString, int> m_index; // known column name → place
    QStringList m_headings;
    QStringList m_unused;
};

/// Turns a row into a grant. Every fault of the row is added to the plan's errors; nothing is returned then.
[[nodiscard]] std::optional<AvailRow> readAvailRow(const CsvRow& row, const Columns& columns,
    const ImportOptions& options, const rights::RuleSet& existing, ImportPlan& plan);

} // namespace vidimus::avails

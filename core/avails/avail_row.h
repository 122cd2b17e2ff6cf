#pragma once

#include "core/avails/sheet_import.h"

#include <QHash>

namespace vidimus::avails {

enum class EntryType { Merge, FullExtract, Delete };

/// A data row understood.
struct AvailRow {
    EntryType entry = EntryType::Merge;
    QString availId; ///< as written; may be empty
    QString licensor;
    rights::Title title; ///< as the row describes it
    std::vector<rights::Title> parents; ///< series, then season, of a television row; ids may be known already
    rights::Rule grant; ///< without id and scope
    int number = 0;
};

/// The heading row: which column holds what. Names are compared without case, blanks and underscores; known
/// misspellings of sample workbooks and a licensor's own names count too.
class Columns {
public:
    Columns(const QStringList& headings, const ColumnMapping& mapping);
    [[nodiscard]] bool has(QLatin1StringView name) const;
    /// The cell of a row by column name, without a formula guard; the mapping's constant when it is empty.
    [[nodiscard]] QString cell(const SheetRow& row, QLatin1StringView name) const;
    [[nodiscard]] QString heading(QLatin1StringView name) const;
    /// Names a heading row must have to be one.
    [[nodiscard]] static bool looksLikeHeadings(const QStringList& cells, const ColumnMapping& mapping);
    [[nodiscard]] const QStringList& unused() const { return m_unused; }

private:
    QHash<QString, int> m_index; // known column name → place
    QStringList m_headings;
    QStringList m_unused;
    QMap<QString, QString> m_constants;
};

/// Turns a row into a grant. Every fault of the row is added to the plan's errors; nothing is returned then.
[[nodiscard]] std::optional<AvailRow> readAvailRow(const SheetRow& row, const Columns& columns,
    const ImportOptions& options, const rights::RuleSet& existing, ImportPlan& plan);

} // namespace vidimus::avails

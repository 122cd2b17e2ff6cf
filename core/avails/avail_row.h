#pragma once

#include "core/avails/sheet_import.h"

#include <QHash>

namespace vidimus::avails {

class KnownEvents;

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
    /// Its place in a row, 0-based; -1: the sheet has none.
    [[nodiscard]] int place(QLatin1StringView name) const;
    /// The heading of a place, or the letters by which a spreadsheet calls it ("AB").
    [[nodiscard]] QString headingAt(int place) const;
    /// Headings of cells that hold something nobody keeps, also outside the headings; without those that the licensor's
    /// profile does not want.
    [[nodiscard]] QStringList notKept(const SheetRow& row) const;
    /// Names a heading row must have to be one.
    [[nodiscard]] static bool looksLikeHeadings(const QStringList& cells, const ColumnMapping& mapping);
    [[nodiscard]] const QStringList& unused() const { return m_unused; }

private:
    QHash<QString, int> m_index; // known column name → place
    QStringList m_headings;
    QStringList m_unused;
    QList<int> m_unusedPlaces;
    QMap<QString, QString> m_constants;
};

/// Turns a row into a grant. Every fault of the row is added to the plan's errors; nothing is returned then.
[[nodiscard]] std::optional<AvailRow> readAvailRow(const SheetRow& row, const Columns& columns,
    const ImportOptions& options, const rights::RuleSet& existing, const KnownEvents& events, ImportPlan& plan);
/// Whether a bound of the row counts from an event, which another row may date.
[[nodiscard]] bool hasCondition(const SheetRow& row, const Columns& columns);

} // namespace vidimus::avails

#include "core/avails/markup.h"

#include "core/avails/xlsx_writer.h"

#include <QHash>
#include <QSet>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

/// What is said about each row of one sheet.
struct RowRemarks {
    QStringList sentences;
    bool rejected = false;
};

class SheetMarker {
public:
    SheetMarker(const SheetTable& sheet, qsizetype headings)
        : m_sheet(sheet)
        , m_headings(headings)
    {
        m_out.name = sheet.name;
        for (const SheetRow& row : sheet.rows)
            m_width = std::max(m_width, row.cells.size());
    }

    void add(const CellMessage& message, CellStyle style)
    {
        if (message.sheet != m_sheet.name || message.row <= 0)
            return;
        RowRemarks& remarks = m_remarks[message.row];
        remarks.sentences.append(
            message.column.isEmpty() ? message.message : message.column + u": "_s + message.message);
        remarks.rejected = remarks.rejected || style == CellStyle::Error;
        const QStringList& headings = m_sheet.rows[static_cast<std::size_t>(m_headings)].cells;
        const qsizetype column = message.place >= 0 ? message.place : headings.indexOf(message.column);
        if (column < 0)
            return;
        CellStyle& cell = m_out.styles[{message.row - 1, static_cast<int>(column)}];
        if (cell != CellStyle::Error)
            cell = style;
    }

    /// A row that is no data is neither accepted nor rejected.
    void passOver(const CellMessage& message)
    {
        if (message.sheet == m_sheet.name)
            m_notData.insert(message.row);
    }

    OutSheet finish()
    {
        const int headingNumber = m_sheet.rows[static_cast<std::size_t>(m_headings)].number;
        for (const SheetRow& row : m_sheet.rows) {
            // Row numbers stay those of the licensor's own workbook.
            while (std::ssize(m_out.rows) < row.number - 1)
                m_out.rows.push_back({});
            QStringList cells = row.cells;
            while (cells.size() < m_width)
                cells.append(QString());
            const RowRemarks remarks = m_remarks.value(row.number);
            if (row.number == headingNumber) {
                cells << (kOurHeading + u"result"_s) << (kOurHeading + u"what and why"_s);
                for (int column = 0; column < cells.size(); ++column)
                    m_out.styles.insert({row.number - 1, column}, CellStyle::Heading);
            } else if (row.number > headingNumber && !row.isEmpty()) {
                cells << (m_notData.contains(row.number) ? QString()
                        : remarks.rejected               ? u"Rejected"_s
                                                         : u"Accepted"_s)
                      << remarks.sentences.join(u'\n');
                if (remarks.rejected)
                    m_out.styles.insert({row.number - 1, static_cast<int>(m_width)}, CellStyle::Error);
            }
            m_out.rows.push_back(cells);
        }
        m_out.frozenRows = headingNumber;
        return std::move(m_out);
    }

private:
    const SheetTable& m_sheet;
    qsizetype m_headings;
    qsizetype m_width = 0;
    QHash<int, RowRemarks> m_remarks; // by row number
    QSet<int> m_notData; // row numbers
    OutSheet m_out;
};

OutSheet asItCame(const SheetTable& sheet)
{
    OutSheet out {.name = sheet.name};
    for (const SheetRow& row : sheet.rows) {
        while (std::ssize(out.rows) < row.number - 1)
            out.rows.push_back({});
        out.rows.push_back(row.cells);
    }
    return out;
}

} // namespace

Result<QByteArray> markUp(std::span<const SheetTable> sheets, const ImportPlan& plan, const ColumnMapping& mapping)
{
    std::vector<OutSheet> out;
    for (const SheetTable& sheet : sheets) {
        const qsizetype headings = headingRowOf(sheet, mapping);
        if (headings < 0) {
            out.push_back(asItCame(sheet));
            continue;
        }
        SheetMarker marker(sheet, headings);
        for (const CellMessage& error : plan.errors) // what is to be corrected stands first
            marker.add(error, CellStyle::Error);
        for (const CellMessage& note : plan.notes) {
            if (note.code == u"NOTE_ROW_SKIPPED")
                marker.passOver(note);
            else if (note.code != u"UNUSED_COLUMN")
                marker.add(note, CellStyle::Note);
        }
        out.push_back(marker.finish());
    }
    return writeXlsx(out);
}

} // namespace vidimus::avails

#include "core/avails/csv_table.h"

#include <QStringDecoder>
#include <algorithm>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

QChar separatorOf(QStringView text)
{
    constexpr char16_t kSeparators[] = {u',', u';', u'\t'};
    int counts[3] = {};
    bool quoted = false;
    for (const QChar letter : text) {
        if (letter == u'"')
            quoted = !quoted;
        else if (letter == u'\n' && !quoted && *std::max_element(counts, counts + 3) > 0)
            break;
        for (int i = 0; i < 3 && !quoted; ++i)
            counts[i] += letter == kSeparators[i];
    }
    return kSeparators[std::max_element(counts, counts + 3) - counts];
}

Error tooMuch(int row, const QString& what)
{
    return {ErrorCode::LimitExceeded, u"row %1: %2"_s.arg(row).arg(what), "too_large"};
}

class Reader {
public:
    Reader(QStringView text, int maxRows)
        : m_text(text)
        , m_separator(separatorOf(text))
        , m_maxRows(maxRows)
    {
    }

    Result<std::vector<SheetRow>> run()
    {
        while (m_at < m_text.size()) {
            if (auto read = readCell(); !read)
                return std::move(read).error();
        }
        if (!m_row.isEmpty() || m_afterSeparator)
            endRow();
        return std::move(m_rows);
    }

private:
    Result<void> readCell()
    {
        QString cell;
        const int startRow = m_line;
        bool quoted = m_text[m_at] == u'"';
        if (quoted)
            ++m_at;
        for (; m_at < m_text.size(); ++m_at) {
            const QChar letter = m_text[m_at];
            if (quoted && letter == u'"') {
                if (m_at + 1 < m_text.size() && m_text[m_at + 1] == u'"') {
                    cell += letter;
                    ++m_at;
                } else {
                    quoted = false;
                }
                continue;
            }
            if (!quoted && (letter == m_separator || letter == u'\n' || letter == u'\r'))
                break;
            cell += letter;
            if (cell.size() > kMaxCellLength)
                return tooMuch(startRow, u"a cell with more than %1 characters"_s.arg(kMaxCellLength));
        }
        if (quoted)
            return Error {ErrorCode::Invalid, u"row %1: a quote opens that never closes"_s.arg(startRow), "open_quote"};
        m_row.append(cell.trimmed());
        if (m_row.size() > kMaxColumns)
            return tooMuch(startRow, u"more than %1 columns"_s.arg(kMaxColumns));
        return endCell();
    }

    Result<void> endCell()
    {
        m_afterSeparator = m_at < m_text.size() && m_text[m_at] == m_separator;
        if (m_afterSeparator) {
            ++m_at;
            if (m_at == m_text.size()) // the row's last, empty cell
                m_row.append(QString());
            return {};
        }
        if (m_at < m_text.size() && m_text[m_at] == u'\r')
            ++m_at;
        if (m_at < m_text.size() && m_text[m_at] == u'\n')
            ++m_at;
        endRow();
        if (m_line > m_maxRows + 1)
            return tooMuch(m_line, u"more than %1 rows"_s.arg(m_maxRows));
        return {};
    }

    void endRow()
    {
        m_rows.push_back({m_line++, std::move(m_row)});
        m_row.clear();
        m_afterSeparator = false;
    }

    QStringView m_text;
    QChar m_separator;
    int m_maxRows;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_afterSeparator = false;
    QStringList m_row;
    std::vector<SheetRow> m_rows;
};

} // namespace

Result<std::vector<SheetRow>> readCsv(QByteArrayView bytes, int maxRows)
{
    const bool utf16 = bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF");
    // Takes a byte order mark off; stateless, so that a letter cut at the end is an error.
    QStringDecoder decoder(utf16 ? QStringDecoder::Utf16 : QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    const bool cut = utf16 && (bytes.size() % 2 != 0 || !text.isValidUtf16());
    if (decoder.hasError() || cut || text.contains(QChar(0)))
        return Error {ErrorCode::Invalid, u"the file is not UTF-8 text; save it as \"CSV UTF-8\""_s, "not_utf8"};
    return Reader(text, maxRows).run();
}

bool startsLikeFormula(QStringView cell)
{
    return !cell.isEmpty() && QStringView(u"=+-@\t\r").contains(cell.front());
}

namespace {

/// An apostrophe of the text's own before a formula gets another one, so that taking one off gives the text again.
bool needsGuard(QStringView text)
{
    while (text.startsWith(u'\''))
        text = text.mid(1);
    return startsLikeFormula(text);
}

} // namespace

QString csvCell(const QString& text)
{
    QString cell = needsGuard(text) ? u'\'' + text : text;
    if (cell.contains(u',') || cell.contains(u'"') || cell.contains(u'\n') || cell.contains(u'\r')
        || cell != cell.trimmed())
        cell = u'"' + cell.replace(u'"', u"\"\""_s) + u'"';
    return cell;
}

QString withoutFormulaGuard(const QString& cell)
{
    return cell.startsWith(u'\'') && needsGuard(cell) ? cell.mid(1) : cell;
}

} // namespace vidimus::avails

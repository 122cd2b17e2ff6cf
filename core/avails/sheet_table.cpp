#include "core/avails/sheet_table.h"

#include <QHash>
#include <QStringDecoder>
#include <algorithm>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView kMagic = "VSHT1";

class Writer {
public:
    explicit Writer(QByteArray& bytes)
        : m_bytes(bytes)
    {
    }
    void count(quint64 value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes.append(static_cast<char>(value | 0x80));
        m_bytes.append(static_cast<char>(value));
    }
    /// 0 and the text when it is new, else one more than its place among the texts so far.
    void text(const QString& text)
    {
        const auto known = m_places.constFind(text);
        if (known != m_places.constEnd())
            return count(static_cast<quint64>(*known) + 1);
        count(0);
        const QByteArray utf8 = text.toUtf8();
        count(static_cast<quint64>(utf8.size()));
        m_bytes.append(utf8);
        m_places.insert(text, m_places.size());
    }

private:
    QByteArray& m_bytes;
    QHash<QString, qsizetype> m_places;
};

class Reader {
public:
    explicit Reader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }
    /// At most \a limit; anything else fails the whole.
    qint64 count(qint64 limit)
    {
        quint64 value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (m_at >= m_bytes.size()) {
                m_good = false;
                return 0;
            }
            const auto byte = static_cast<quint8>(m_bytes[m_at++]);
            value |= static_cast<quint64>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0) {
                m_good = m_good && value <= static_cast<quint64>(limit);
                return m_good ? static_cast<qint64>(value) : 0;
            }
        }
        m_good = false;
        return 0;
    }
    QString text()
    {
        const qint64 place = count(std::ssize(m_texts));
        if (!m_good)
            return {};
        if (place > 0)
            return m_texts[static_cast<std::size_t>(place - 1)];
        const qint64 length = count(kMaxCellLength * 4);
        if (!m_good || length > m_bytes.size() - m_at) {
            m_good = false;
            return {};
        }
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString text = decoder(m_bytes.sliced(m_at, length));
        m_at += length;
        m_good = !decoder.hasError() && text.size() <= kMaxCellLength;
        m_texts.push_back(text);
        return text;
    }
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_good = true;
    std::vector<QString> m_texts;
};

Error corrupt()
{
    return {ErrorCode::Corrupt, u"the sheets that were read do not check out"_s, "bad_sheets"};
}

} // namespace

bool SheetRow::isEmpty() const
{
    return std::ranges::all_of(cells, [](const QString& cell) { return cell.isEmpty(); });
}

QByteArray toBytes(const std::vector<SheetTable>& sheets)
{
    QByteArray bytes(kMagic.data(), kMagic.size());
    Writer writer(bytes);
    writer.count(sheets.size());
    for (const SheetTable& sheet : sheets) {
        writer.text(sheet.name);
        writer.count(static_cast<quint64>(sheet.skippedRows));
        writer.count(sheet.rows.size());
        int last = 0;
        for (const SheetRow& row : sheet.rows) {
            writer.count(static_cast<quint64>(row.number - last));
            last = row.number;
            writer.count(static_cast<quint64>(row.cells.size()));
            for (const QString& cell : row.cells)
                writer.text(cell);
        }
    }
    return bytes;
}

Result<std::vector<SheetTable>> sheetsFromBytes(QByteArrayView bytes)
{
    if (!bytes.startsWith(kMagic))
        return corrupt();
    Reader reader(bytes.sliced(kMagic.size()));
    std::vector<SheetTable> sheets(static_cast<std::size_t>(reader.count(kMaxSheets)));
    qint64 rowsLeft = kMaxRows;
    qint64 cellsLeft = kMaxCells;
    for (SheetTable& sheet : sheets) {
        sheet.name = reader.text();
        sheet.skippedRows = static_cast<int>(reader.count(INT_MAX));
        const qint64 rows = reader.count(rowsLeft);
        rowsLeft -= rows;
        qint64 number = 0;
        for (qint64 i = 0; i < rows && reader.good(); ++i) {
            SheetRow row;
            number += reader.count(INT_MAX - number);
            row.number = static_cast<int>(number);
            const qint64 cells = reader.count(std::min<qint64>(kMaxColumns, cellsLeft));
            cellsLeft -= cells;
            for (qint64 cell = 0; cell < cells && reader.good(); ++cell)
                row.cells.append(reader.text());
            sheet.rows.push_back(std::move(row));
        }
        if (!reader.good())
            return corrupt();
    }
    if (!reader.good() || !reader.atEnd())
        return corrupt();
    return sheets;
}

} // namespace vidimus::avails

#include "core/avails/xlsx_reader.h"

#include "core/avails/xlsx_number_format_p.h"
#include "core/avails/zip_archive_p.h"

#include <QHash>
#include <QXmlStreamReader>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

Error badXml(const QString& part, const QString& why)
{
    return {ErrorCode::Invalid, u"the workbook cannot be read: %1: %2"_s.arg(part, why), "bad_workbook"};
}

Error tooMuch(const QString& what)
{
    return {ErrorCode::LimitExceeded, what, "too_large"};
}

/// What a spreadsheet program can hold at most in a sheet, so padded rows are no fault; times a few sheets.
constexpr qint64 kMaxRowElements = 4 * 1'048'576;

struct SheetPlace {
    QString name;
    QByteArray part;
};

class WorkbookReader {
public:
    WorkbookReader(ZipArchive& archive, const CancelToken& cancel)
        : m_archive(archive)
        , m_cancel(cancel)
    {
    }

    Result<std::vector<SheetTable>> run()
    {
        std::vector<SheetPlace> places;
        for (const auto& step : {readWorkbook(places), readStyles(), readSharedStrings()}) {
            if (!step)
                return step.error();
        }
        std::vector<SheetTable> sheets;
        for (const SheetPlace& place : places) {
            auto sheet = readSheet(place);
            if (!sheet)
                return std::move(sheet).error();
            sheets.push_back(std::move(*sheet));
        }
        return sheets;
    }

private:
    /// Walks a part: \a onStart is called at each element's start and returns false to stop with m_failed.
    template<class OnToken>
    Result<void> walk(const QByteArray& name, OnToken onToken)
    {
        auto part = m_archive.part(name);
        if (!part)
            return std::move(part).error();
        QXmlStreamReader xml(part->get());
        qint64 tokens = 0;
        while (!xml.atEnd()) {
            const auto token = xml.readNext();
            if ((++tokens & 0xFFF) == 0 && m_cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"canceled"_s, "canceled"};
            if (token == QXmlStreamReader::DTD)
                return badXml(QString::fromUtf8(name), u"it declares a document type, which no workbook does"_s);
            if (auto done = onToken(xml, token); !done)
                return done;
        }
        if (auto swollen = m_archive.partError(); !swollen)
            return swollen;
        if (xml.hasError())
            return badXml(
                QString::fromUtf8(name), u"%1 in line %2"_s.arg(xml.errorString().left(200)).arg(xml.lineNumber()));
        return {};
    }

    Result<void> readWorkbook(std::vector<SheetPlace>& places)
    {
        QHash<QString, QByteArray> targets;
        auto relations = walk("xl/_rels/workbook.xml.rels", [&](QXmlStreamReader& xml, auto token) -> Result<void> {
            if (token == QXmlStreamReader::StartElement && xml.name() == u"Relationship") {
                // Targets are relative to xl/ or absolute within the package; nothing outside is ever looked at.
                QString target = xml.attributes().value("Target"_L1).toString();
                target = target.startsWith(u'/') ? target.mid(1) : u"xl/"_s + target;
                targets.insert(xml.attributes().value("Id"_L1).toString(), target.toUtf8());
            }
            return {};
        });
        if (!relations)
            return relations;
        return walk("xl/workbook.xml", [&](QXmlStreamReader& xml, auto token) -> Result<void> {
            if (token != QXmlStreamReader::StartElement)
                return {};
            if (xml.name() == u"workbookPr") {
                const QString system = xml.attributes().value("date1904"_L1).toString();
                m_since1904 = system == u"1" || system == u"true";
            }
            if (xml.name() != u"sheet")
                return {};
            const auto state = xml.attributes().value("state"_L1);
            if (state == u"hidden" || state == u"veryHidden")
                return {};
            QString relation;
            for (const QXmlStreamAttribute& attribute : xml.attributes()) {
                if (attribute.name() == u"id" && attribute.qualifiedName() != u"id")
                    relation = attribute.value().toString();
            }
            if (places.size() >= static_cast<std::size_t>(kMaxSheets))
                return tooMuch(u"the workbook has more than %1 sheets"_s.arg(kMaxSheets));
            // A chart sheet is no sheet of rows and has another folder.
            const QByteArray part = targets.value(relation);
            if (part.contains("worksheets/"))
                places.push_back({xml.attributes().value("name"_L1).toString().left(100), part});
            return {};
        });
    }

    Result<void> readStyles()
    {
        if (!m_archive.has("xl/styles.xml"))
            return {};
        QHash<int, NumberKind> own;
        bool inCellFormats = false;
        return walk("xl/styles.xml", [&](QXmlStreamReader& xml, auto token) -> Result<void> {
            if (xml.name() == u"cellXfs")
                inCellFormats = token == QXmlStreamReader::StartElement;
            if (token != QXmlStreamReader::StartElement)
                return {};
            if (xml.name() == u"numFmt")
                own.insert(xml.attributes().value("numFmtId"_L1).toInt(),
                    numberKindOf(xml.attributes().value("formatCode"_L1).toString()));
            if (inCellFormats && xml.name() == u"xf") {
                const int id = xml.attributes().value("numFmtId"_L1).toInt();
                m_styles.push_back(own.contains(id) ? own.value(id) : builtInNumberKind(id));
                if (m_styles.size() > 65'536)
                    return tooMuch(u"the workbook has more than 65536 cell styles"_s);
            }
            return {};
        });
    }

    Result<void> readSharedStrings()
    {
        if (!m_archive.has("xl/sharedStrings.xml"))
            return {};
        QString text;
        bool inText = false;
        bool phonetic = false;
        return walk("xl/sharedStrings.xml", [&](QXmlStreamReader& xml, auto token) -> Result<void> {
            const bool start = token == QXmlStreamReader::StartElement;
            if (token == QXmlStreamReader::Characters && inText && !phonetic)
                text += xml.text();
            if (text.size() > kMaxCellLength)
                return tooMuch(u"a cell has more than %1 characters"_s.arg(kMaxCellLength));
            if (!start && token != QXmlStreamReader::EndElement)
                return {};
            if (xml.name() == u"t")
                inText = start;
            else if (xml.name() == u"rPh")
                phonetic = start;
            else if (xml.name() == u"si" && start)
                text.clear();
            else if (xml.name() == u"si")
                m_strings.append(text.trimmed());
            if (m_strings.size() > kMaxCells)
                return tooMuch(u"the workbook has more than %1 texts"_s.arg(kMaxCells));
            return {};
        });
    }

    struct Cell {
        int column = 0;
        QString type;
        std::size_t style = 0;
        QString value;
        bool formula = false;
        QString formulaText; ///< empty where another cell holds it (a shared formula)
    };

    /// "BC12" → 54. -1 for what is no such reference.
    static int columnOf(QStringView reference)
    {
        int column = 0;
        for (const QChar letter : reference) {
            if (letter >= u'0' && letter <= u'9')
                break;
            if (letter < u'A' || letter > u'Z' || column > 16'384)
                return -1;
            column = column * 26 + (letter.unicode() - u'A') + 1;
        }
        return column - 1;
    }

    [[nodiscard]] QString textOf(const Cell& cell) const
    {
        if (cell.formula) // what it gave when it was last run is nobody's word
            return u'=' + (cell.formulaText.isEmpty() ? u"(shared formula)"_s : cell.formulaText.trimmed());
        if (cell.type == u"s") {
            bool number = false;
            const int place = cell.value.toInt(&number);
            return number ? m_strings.value(place) : QString();
        }
        if (cell.type == u"b")
            return cell.value == u"1" || cell.value == u"true" ? u"TRUE"_s : u"FALSE"_s;
        const bool plain = cell.type.isEmpty() || cell.type == u"n";
        if (plain && cell.style < m_styles.size() && m_styles[cell.style] != NumberKind::Plain) {
            bool number = false;
            const double serial = cell.value.toDouble(&number);
            if (number) {
                if (const auto iso = isoFromSerial(serial, m_styles[cell.style], m_since1904))
                    return *iso;
            }
        }
        return cell.value.trimmed();
    }

    Result<void> endCell(SheetRow& row, const Cell& cell)
    {
        const QString text = textOf(cell);
        if (text.isEmpty())
            return {};
        if (text.size() > kMaxCellLength)
            return tooMuch(u"row %1 has a cell with more than %2 characters"_s.arg(row.number).arg(kMaxCellLength));
        if (cell.column < 0 || cell.column >= kMaxColumns)
            return tooMuch(u"row %1 has more than %2 columns"_s.arg(row.number).arg(kMaxColumns));
        if (++m_cells > kMaxCells)
            return tooMuch(u"the workbook has more than %1 cells"_s.arg(kMaxCells));
        if (cell.column < row.cells.size()) {
            row.cells[cell.column] = text; // a cell that comes twice: the last one counts, as in spreadsheets
            return {};
        }
        while (row.cells.size() < cell.column)
            row.cells.append(QString());
        row.cells.append(text);
        return {};
    }

    Result<SheetTable> readSheet(const SheetPlace& place)
    {
        SheetTable sheet;
        sheet.name = place.name;
        SheetRow row;
        Cell cell;
        bool inValue = false;
        bool inFormula = false;
        int lastNumber = 0;
        auto done = walk(place.part, [&](QXmlStreamReader& xml, auto token) -> Result<void> {
            if (token == QXmlStreamReader::Characters) {
                if (inValue)
                    cell.value += xml.text();
                else if (inFormula)
                    cell.formulaText += xml.text();
                if (std::max(cell.value.size(), cell.formulaText.size()) > kMaxCellLength)
                    return tooMuch(
                        u"row %1 has a cell with more than %2 characters"_s.arg(row.number).arg(kMaxCellLength));
                return {};
            }
            const bool start = token == QXmlStreamReader::StartElement;
            if (!start && token != QXmlStreamReader::EndElement)
                return {};
            const auto name = xml.name();
            if (name == u"v" || name == u"t") {
                inValue = start;
            } else if (name == u"f") {
                inFormula = start;
                cell.formula = true;
            } else if (name == u"c" && start) {
                const auto attributes = xml.attributes();
                const int next = static_cast<int>(row.cells.size());
                cell = {.column = attributes.hasAttribute("r"_L1) ? columnOf(attributes.value("r"_L1)) : next,
                    .type = attributes.value("t"_L1).toString(),
                    .style = attributes.value("s"_L1).toUInt(),
                    .value = {},
                    .formula = false,
                    .formulaText = {}};
            } else if (name == u"c") {
                return endCell(row, cell);
            } else if (name == u"row" && start) {
                const int given = xml.attributes().value("r"_L1).toInt();
                // Rows may leave their number out; one that goes back would break every message about rows.
                row = {.number = given > lastNumber ? given : lastNumber + 1, .cells = {}};
                lastNumber = row.number;
            } else if (name == u"row") {
                if (row.cells.isEmpty())
                    ++sheet.skippedRows;
                else
                    sheet.rows.push_back(std::move(row));
                row = {.number = lastNumber, .cells = {}};
                if (++m_rowsSeen > kMaxRowElements || std::ssize(sheet.rows) > kMaxRows)
                    return tooMuch(u"the workbook has more than %1 rows"_s.arg(kMaxRows));
            }
            return {};
        });
        if (!done)
            return done.error();
        return sheet;
    }

    ZipArchive& m_archive;
    const CancelToken& m_cancel;
    bool m_since1904 = false;
    std::vector<NumberKind> m_styles;
    QStringList m_strings;
    qint64 m_cells = 0;
    qint64 m_rowsSeen = 0;
};

} // namespace

Result<std::vector<SheetTable>> readXlsx(const QByteArray& bytes, const CancelToken& cancel)
{
    auto archive = ZipArchive::open(bytes);
    if (!archive)
        return std::move(archive).error();
    return WorkbookReader(*archive, cancel).run();
}

} // namespace vidimus::avails

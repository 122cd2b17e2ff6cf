#include "core/avails/xlsx_writer.h"

#include <QXmlStreamWriter>
#include <algorithm>
#include <zip.h>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kLastRow = 1'048'576;
constexpr qsizetype kLastColumn = 16'384;
constexpr QStringView kMainSpace = u"http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr QStringView kRelationSpace = u"http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr QStringView kPackageSpace = u"http://schemas.openxmlformats.org/package/2006/relationships";

/// Column 0 is A, 25 is Z, 26 is AA.
QString columnName(qsizetype column)
{
    QString name;
    for (++column; column > 0; column = (column - 1) / 26)
        name.prepend(QChar(static_cast<char16_t>(u'A' + (column - 1) % 26)));
    return name;
}

/// Tab, line ends and what lies from U+0020 up are what XML 1.0 can hold (section 2.2).
QString xmlText(const QString& text)
{
    QString kept;
    kept.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text[i];
        const bool pair = letter.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair) {
            kept += letter;
            kept += text[++i];
        } else if (letter == u'\t' || letter == u'\n' || letter == u'\r'
            || (letter >= u' ' && !letter.isSurrogate() && letter.unicode() < 0xFFFE)) {
            kept += letter;
        }
    }
    return kept;
}

class Part {
public:
    Part()
        : m_xml(&m_bytes)
    {
        m_xml.writeStartDocument(u"1.0"_s, true);
    }
    QXmlStreamWriter& xml() { return m_xml; }
    QByteArray take()
    {
        m_xml.writeEndDocument();
        return std::move(m_bytes);
    }

private:
    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

void element(QXmlStreamWriter& xml, const QString& name, std::initializer_list<std::pair<QString, QString>> attributes)
{
    xml.writeEmptyElement(name);
    for (const auto& [attribute, value] : attributes)
        xml.writeAttribute(attribute, value);
}

QByteArray contentTypes(std::size_t sheets)
{
    Part part;
    QXmlStreamWriter& xml = part.xml();
    const QString kind = u"application/vnd.openxmlformats-officedocument.spreadsheetml."_s;
    xml.writeStartElement(u"Types"_s);
    xml.writeDefaultNamespace(u"http://schemas.openxmlformats.org/package/2006/content-types"_s);
    element(xml, u"Default"_s,
        {{u"Extension"_s, u"rels"_s},
            {u"ContentType"_s, u"application/vnd.openxmlformats-package.relationships+xml"_s}});
    element(xml, u"Default"_s, {{u"Extension"_s, u"xml"_s}, {u"ContentType"_s, u"application/xml"_s}});
    element(
        xml, u"Override"_s, {{u"PartName"_s, u"/xl/workbook.xml"_s}, {u"ContentType"_s, kind + u"sheet.main+xml"_s}});
    element(xml, u"Override"_s, {{u"PartName"_s, u"/xl/styles.xml"_s}, {u"ContentType"_s, kind + u"styles+xml"_s}});
    for (std::size_t i = 1; i <= sheets; ++i)
        element(xml, u"Override"_s,
            {{u"PartName"_s, u"/xl/worksheets/sheet%1.xml"_s.arg(i)}, {u"ContentType"_s, kind + u"worksheet+xml"_s}});
    return part.take();
}

QByteArray relations(const std::vector<std::pair<QString, QString>>& targets)
{
    Part part;
    QXmlStreamWriter& xml = part.xml();
    xml.writeStartElement(u"Relationships"_s);
    xml.writeDefaultNamespace(kPackageSpace.toString());
    int id = 0;
    for (const auto& [kind, target] : targets)
        element(xml, u"Relationship"_s,
            {{u"Id"_s, u"rId%1"_s.arg(++id)}, {u"Type"_s, kRelationSpace.toString() + u'/' + kind},
                {u"Target"_s, target}});
    return part.take();
}

QByteArray workbook(const std::vector<OutSheet>& sheets)
{
    Part part;
    QXmlStreamWriter& xml = part.xml();
    xml.writeStartElement(u"workbook"_s);
    xml.writeDefaultNamespace(kMainSpace.toString());
    xml.writeNamespace(kRelationSpace.toString(), u"r"_s);
    xml.writeStartElement(u"sheets"_s);
    int id = 0;
    for (const OutSheet& sheet : sheets) {
        ++id;
        QString name = xmlText(sheet.name);
        for (const QChar forbidden : u"[]:*?/\\"_s) // 18.2.19
            name.replace(forbidden, u'_');
        xml.writeEmptyElement(u"sheet"_s);
        xml.writeAttribute(u"name"_s, name.isEmpty() ? u"Sheet%1"_s.arg(id) : name.left(31));
        xml.writeAttribute(u"sheetId"_s, QString::number(id));
        xml.writeAttribute(kRelationSpace.toString(), u"id"_s, u"rId%1"_s.arg(id));
    }
    return part.take();
}

/// Formats in the order of CellStyle; number format 49 is text, so that a cell stays text when it is edited.
QByteArray styles()
{
    return QByteArrayLiteral(R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE7E9EE"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFFFEB9C"/></patternFill></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="2" applyFill="1" applyFont="1"/>
<xf numFmtId="49" fillId="3" applyFill="1"/><xf numFmtId="49" fillId="4" applyFill="1"/></cellXfs>
</styleSheet>
)");
}

QByteArray worksheet(const OutSheet& sheet)
{
    Part part;
    QXmlStreamWriter& xml = part.xml();
    xml.writeStartElement(u"worksheet"_s);
    xml.writeDefaultNamespace(kMainSpace.toString());
    if (sheet.frozenRows > 0) {
        xml.writeStartElement(u"sheetViews"_s);
        xml.writeStartElement(u"sheetView"_s);
        xml.writeAttribute(u"workbookViewId"_s, u"0"_s);
        element(xml, u"pane"_s,
            {{u"ySplit"_s, QString::number(sheet.frozenRows)}, {u"topLeftCell"_s, u"A%1"_s.arg(sheet.frozenRows + 1)},
                {u"activePane"_s, u"bottomLeft"_s}, {u"state"_s, u"frozen"_s}});
        xml.writeEndElement();
        xml.writeEndElement();
    }
    xml.writeStartElement(u"sheetData"_s);
    for (int row = 0; row < static_cast<int>(sheet.rows.size()); ++row) {
        const QStringList& cells = sheet.rows[static_cast<std::size_t>(row)];
        xml.writeStartElement(u"row"_s);
        xml.writeAttribute(u"r"_s, QString::number(row + 1));
        for (int column = 0; column < static_cast<int>(cells.size()); ++column) {
            const CellStyle style = sheet.styles.value({row, column}, CellStyle::Plain);
            if (cells[column].isEmpty() && style == CellStyle::Plain)
                continue;
            xml.writeStartElement(u"c"_s);
            xml.writeAttribute(u"r"_s, columnName(column) + QString::number(row + 1));
            xml.writeAttribute(u"s"_s, QString::number(static_cast<int>(style)));
            if (!cells[column].isEmpty()) {
                xml.writeAttribute(u"t"_s, u"inlineStr"_s);
                xml.writeStartElement(u"is"_s);
                xml.writeStartElement(u"t"_s);
                xml.writeAttribute(u"xml:space"_s, u"preserve"_s);
                xml.writeCharacters(xmlText(cells[column]));
                xml.writeEndElement();
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    return part.take();
}

Error cannotPack(const QString& why)
{
    return {ErrorCode::Internal, u"the workbook could not be packed: "_s + why, "workbook_pack"};
}

/// All parts must live until this returns. The source belongs to the caller.
Result<void> pack(zip_source_t* source, const std::vector<std::pair<QByteArray, QByteArray>>& parts)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &problem);
    if (archive == nullptr)
        return cannotPack(QString::fromUtf8(zip_error_strerror(&problem)));
    for (const auto& [name, bytes] : parts) {
        zip_source_t* part = zip_source_buffer(archive, bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0);
        const auto place = part == nullptr ? -1 : zip_file_add(archive, name.constData(), part, ZIP_FL_ENC_UTF_8);
        if (place < 0) {
            zip_source_free(part);
            zip_discard(archive);
            return cannotPack(QString::fromUtf8(name));
        }
        // The same workbook gives the same bytes: 1980-01-01 is the first date a zip can hold.
        zip_file_set_dostime(archive, static_cast<zip_uint64_t>(place), 0, 33, 0);
    }
    if (zip_close(archive) != 0) {
        const QString why = QString::fromUtf8(zip_strerror(archive));
        zip_discard(archive);
        return cannotPack(why);
    }
    return {};
}

Result<QByteArray> readBack(zip_source_t* source)
{
    if (zip_source_open(source) != 0)
        return cannotPack(u"it cannot be read back"_s);
    QByteArray bytes;
    char buffer[65536];
    for (;;) {
        const auto got = zip_source_read(source, buffer, sizeof buffer);
        if (got < 0) {
            zip_source_close(source);
            return cannotPack(u"it cannot be read back"_s);
        }
        if (got == 0)
            break;
        bytes.append(buffer, static_cast<qsizetype>(got));
    }
    zip_source_close(source);
    return bytes;
}

} // namespace

Result<QByteArray> writeXlsx(const std::vector<OutSheet>& sheets)
{
    std::vector<std::pair<QByteArray, QByteArray>> parts;
    std::vector<std::pair<QString, QString>> targets;
    for (std::size_t i = 1; i <= sheets.size(); ++i) {
        const OutSheet& sheet = sheets[i - 1];
        const auto tooWide = [](const QStringList& row) { return row.size() > kLastColumn; };
        if (sheet.rows.size() > kLastRow || std::ranges::any_of(sheet.rows, tooWide))
            return Error {
                ErrorCode::LimitExceeded, u"a sheet holds at most 1,048,576 rows of 16,384 columns"_s, "sheet_full"};
        parts.emplace_back("xl/worksheets/sheet" + QByteArray::number(i) + ".xml", worksheet(sheet));
        targets.emplace_back(u"worksheet"_s, u"worksheets/sheet%1.xml"_s.arg(i));
    }
    targets.emplace_back(u"styles"_s, u"styles.xml"_s);
    parts.emplace(parts.begin(), "[Content_Types].xml", contentTypes(sheets.size()));
    parts.emplace_back("_rels/.rels", relations({{u"officeDocument"_s, u"xl/workbook.xml"_s}}));
    parts.emplace_back("xl/workbook.xml", workbook(sheets));
    parts.emplace_back("xl/_rels/workbook.xml.rels", relations(targets));
    parts.emplace_back("xl/styles.xml", styles());

    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &problem);
    if (source == nullptr)
        return cannotPack(QString::fromUtf8(zip_error_strerror(&problem)));
    zip_source_keep(source); // closing the archive frees its own hold
    Result<QByteArray> bytes = QByteArray();
    if (auto packed = pack(source, parts); packed)
        bytes = readBack(source);
    else
        bytes = packed.error();
    zip_source_free(source);
    return bytes;
}

} // namespace vidimus::avails

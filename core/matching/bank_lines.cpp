#include "core/matching/bank_lines_p.h"

#include <QStringDecoder>
#include <QStringList>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

/// Where a CSV keeps what we want; -1: nowhere.
struct Columns {
    int hash = 0;
    int quality = 1;
    int label = 2;
};

constexpr QStringView kFormulaStarts = u"=+-@";

/// The fields of one CSV line (RFC 4180 without line breaks in fields); nothing when a quote is left open.
std::optional<QStringList> fieldsOf(QStringView line)
{
    QStringList fields;
    QString field;
    bool quoted = false;
    bool wasQuoted = false;
    for (qsizetype n = 0; n < line.size(); ++n) {
        const QChar c = line[n];
        if (quoted && c == u'"' && n + 1 < line.size() && line[n + 1] == u'"') {
            field += c;
            ++n;
        } else if (quoted && c == u'"') {
            quoted = false;
        } else if (quoted) {
            field += c;
        } else if (c == u'"' && field.isEmpty() && !wasQuoted) {
            quoted = true;
            wasQuoted = true;
        } else if (c == u',') {
            fields.append(wasQuoted ? field : field.trimmed());
            field.clear();
            wasQuoted = false;
        } else {
            field += c;
        }
    }
    if (quoted)
        return std::nullopt;
    fields.append(wasQuoted ? field : field.trimmed());
    return fields;
}

std::optional<Columns> headerOf(const QStringList& fields)
{
    Columns columns {-1, -1, -1};
    for (int n = 0; n < fields.size(); ++n) {
        const QString name = fields[n].toLower();
        if (name == u"hash" || name == u"pdq" || name == u"indicator" || name == u"signal")
            columns.hash = n;
        else if (name == u"quality")
            columns.quality = n;
        else if (name == u"label" || name == u"tags" || name == u"description")
            columns.label = n;
    }
    return columns.hash >= 0 ? std::optional(columns) : std::nullopt;
}

/// `hash,id,time,tags`: the third field begins as a date does.
bool isActionerLine(const QStringList& fields)
{
    return fields.size() == 4 && fields[2].size() >= 10 && fields[2][4] == u'-' && fields[2][7] == u'-';
}

/// Undoes what keeps a spreadsheet from taking a label for a formula.
QString plainLabel(const QString& label)
{
    return label.size() > 1 && label[0] == u'\'' && kFormulaStarts.contains(label[1]) ? label.mid(1) : label;
}

class LineReader {
public:
    void read(qint64 number, QByteArrayView bytes)
    {
        if (bytes.size() > kMaxBankLineBytes) {
            ++m_file.lines;
            reject(m_file, number, "line_too_long", u"the line is longer than %1 bytes"_s.arg(kMaxBankLineBytes));
            return;
        }
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString line = QString(decoder(bytes)).trimmed();
        if (decoder.hasError()) {
            ++m_file.lines;
            reject(m_file, number, "bad_text", u"the line is not UTF-8"_s);
            return;
        }
        if (line.isEmpty() || line.startsWith(u'#'))
            return;
        if (!readText(number, line))
            readCsv(number, line);
    }
    BankFile takeFile() { return std::move(m_file); }

private:
    /// `KIND HASH`; false when the line is not of that form.
    bool readText(qint64 number, QStringView line)
    {
        const qsizetype space = line.indexOf(u' ');
        if (space <= 0 || line.contains(u',') || line.first(space).contains(u'"'))
            return false;
        m_file.format = "text";
        ++m_file.lines;
        if (line.first(space) == u"pdq")
            addEntry(m_file, number, line.sliced(space).trimmed(), 100, {});
        else
            ++m_file.otherKinds;
        return true;
    }

    void readCsv(qint64 number, QStringView line)
    {
        const auto fields = fieldsOf(line);
        if (fields && !m_begun) {
            m_begun = true;
            if (const auto header = headerOf(*fields)) {
                m_columns = *header;
                return;
            }
        }
        ++m_file.lines;
        if (!fields) {
            reject(m_file, number, "bad_text", u"a quote is not closed"_s);
            return;
        }
        const auto field = [&](int column) { return column >= 0 ? fields->value(column) : QString(); };
        const bool fromActioner = isActionerLine(*fields);
        const QString qualityText = fromActioner ? QString() : field(m_columns.quality);
        bool isNumber = true;
        const int quality = qualityText.isEmpty() ? 100 : qualityText.toInt(&isNumber);
        if (!isNumber || quality < 0 || quality > 100)
            reject(m_file, number, "bad_quality", u"\"%1\" is no quality from 0 to 100"_s.arg(qualityText.left(40)));
        else
            addEntry(m_file, number, field(m_columns.hash), quality,
                plainLabel(fromActioner ? fields->at(3) : field(m_columns.label)));
    }

    BankFile m_file {.format = "csv", .entries = {}, .errors = {}};
    Columns m_columns;
    bool m_begun = false;
};

} // namespace

Result<BankFile> readBankLines(QByteArrayView bytes)
{
    LineReader reader;
    qint64 number = 0;
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    while (!bytes.isEmpty()) {
        qsizetype end = bytes.indexOf('\n');
        end = end < 0 ? bytes.size() : end;
        reader.read(++number, bytes.first(end));
        bytes = bytes.sliced(std::min(end + 1, bytes.size()));
    }
    return reader.takeFile();
}

} // namespace vidimus::matching

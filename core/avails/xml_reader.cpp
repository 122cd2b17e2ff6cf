#include "core/avails/xml_reader.h"

#include "core/avails/xml_asset_p.h"

#include <QBuffer>
#include <QHash>
#include <QXmlStreamReader>
#include <algorithm>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxDepth = 64;

using Fields = QHash<QString, QString>; // Avails column → text

struct Transaction {
    int line = 0;
    Fields fields;
};

/// Elements whose text is a column under another name.
QString columnOf(QStringView element)
{
    if (element == u"EditEIDR-URN")
        return u"EditID"_s;
    if (element == u"TitleEIDR-URN")
        return u"TitleID"_s;
    if (element == u"StartCondition")
        return u"Start"_s;
    if (element == u"EndCondition")
        return u"End"_s;
    if (element == u"AllowedLanguage")
        return u"AllowedLanguages"_s;
    if (element == u"LocalizationOffering")
        return u"LocalizationType"_s;
    if (element == u"ReleaseDate")
        return u"ReleaseYear"_s;
    if (element == u"RunLength")
        return u"TotalRunTime"_s;
    if (element == u"USACaptionsExemptionReason")
        return u"CaptionExemption"_s;
    if (element == u"NumberOfSeasons")
        return u"SeasonCount"_s;
    if (element == u"NumberOfEpisodes")
        return u"EpisodeCount"_s;
    return element.toString();
}

/// What has parts that mean something together only.
bool isPart(const QString& element)
{
    return element == u"Rating" || element == u"People" || element == u"ReleaseHistory"
        || element.endsWith("AltIdentifier"_L1);
}

bool isList(QStringView element)
{
    return element == u"AllowedLanguage" || element == u"AssetLanguage" || element == u"HoldbackLanguage";
}

class AvailsReader {
public:
    AvailsReader(QIODevice& device, const CancelToken& cancel)
        : m_xml(&device)
        , m_cancel(cancel)
    {
        m_sheet.name = u"XML"_s;
    }

    Result<std::vector<SheetTable>> run()
    {
        while (!m_xml.atEnd()) {
            const auto token = m_xml.readNext();
            if ((++m_tokens & 0xFFF) == 0 && m_cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"canceled"_s, "canceled"};
            if (token == QXmlStreamReader::DTD)
                return bad(u"it declares a document type, which no Avails file does"_s);
            if (auto read = take(token); !read)
                return std::move(read).error();
        }
        if (m_xml.hasError())
            return bad(m_xml.errorString().left(200));
        if (!m_sawList)
            return bad(u"it holds no AvailList"_s);
        return std::vector {finished()};
    }

private:
    [[nodiscard]] Error bad(const QString& why) const
    {
        return {ErrorCode::Invalid,
            u"line %1: the file cannot be read as Avails XML: %2"_s.arg(m_xml.lineNumber()).arg(why), "bad_avails_xml"};
    }

    Result<void> take(QXmlStreamReader::TokenType token)
    {
        if (token == QXmlStreamReader::StartElement)
            return start();
        if (token == QXmlStreamReader::Characters && !m_path.isEmpty()) {
            m_text += m_xml.text();
            if (m_text.size() > kMaxCellLength)
                return Error {ErrorCode::LimitExceeded,
                    u"line %1: a text of more than %2 characters"_s.arg(m_xml.lineNumber()).arg(kMaxCellLength),
                    "too_large"};
        } else if (token == QXmlStreamReader::EndElement) {
            return end();
        }
        return {};
    }

    Result<void> start()
    {
        const QString name = m_xml.name().toString();
        const auto attributes = m_xml.attributes();
        m_text.clear();
        m_path.append(name);
        if (m_path.size() > kMaxDepth)
            return Error {ErrorCode::LimitExceeded, u"the file nests more than %1 deep"_s.arg(kMaxDepth), "too_deep"};
        if (name == u"AvailList" || name == u"Avail")
            m_sawList = true;
        if (name == u"Avail") {
            m_avail.clear();
            m_assets.clear();
            m_transactions.clear();
        } else if (name == u"Asset") {
            m_assets.push_back({{u"@contentID"_s, attributes.value("contentID"_L1).toString()}});
        } else if (name == u"Transaction") {
            m_transactions.push_back({.line = static_cast<int>(m_xml.lineNumber()),
                .fields = {{u"AvailID"_s, attributes.value("TransactionID"_L1).toString()}}});
        } else if (name == u"Term") {
            m_term = attributes.value("termName"_L1).toString();
        } else if (isPart(name)) {
            m_parts.clear();
        } else if (name == u"SharedEntitlement") {
            m_ecosystem = attributes.value("ecosystem"_L1).toString();
        } else if (name == u"BundledAsset" && !m_assets.empty()) {
            if (const QString part = attributes.value("contentID"_L1).toString(); !part.isEmpty())
                append(m_assets.back(), u"BundleALIDs"_s, part);
        } else if (!m_transactions.empty() && within(u"Transaction")) {
            Fields& fields = m_transactions.back().fields;
            if (name == u"StartCondition" || name == u"EndCondition")
                put(fields, name == u"StartCondition" ? u"StartLag"_s : u"EndLag"_s,
                    attributes.value("lag"_L1).toString());
            for (const auto feature : {"HDR"_L1, "WCG"_L1, "HFR"_L1, "NGAudio"_L1}) {
                if (name == u"FormatProfile")
                    put(fields, feature, attributes.value(feature).toString());
            }
            if (name == u"Money")
                put(fields, u"PriceCurrency"_s, attributes.value("currency"_L1).toString());
        }
        return {};
    }

    [[nodiscard]] bool within(QStringView element) const { return m_path.contains(element.toString()); }
    [[nodiscard]] QString parent() const { return m_path.size() < 2 ? QString() : m_path[m_path.size() - 2]; }

    /// The first one counts: titles come once for each language.
    static void put(Fields& fields, const QString& column, const QString& text)
    {
        if (!text.isEmpty() && !fields.contains(column))
            fields.insert(column, text);
    }
    static void append(Fields& fields, const QString& column, const QString& text)
    {
        appendWith(fields, column, text, u", "_s);
    }
    static void appendWith(Fields& fields, const QString& column, const QString& text, const QString& between)
    {
        QString& list = fields[column];
        list += list.isEmpty() ? text : between + text;
    }

    Result<void> end()
    {
        const QString name = m_xml.name().toString();
        const QString text = m_text.simplified();
        if (name == u"Avail") {
            if (auto added = addRows(); !added)
                return added;
        } else if (isPart(name) && within(u"Asset") && !m_assets.empty()) {
            endPart(m_assets.back(), name);
        } else if (!text.isEmpty()) {
            if (within(u"Transaction") && !m_transactions.empty())
                endInTransaction(m_transactions.back().fields, name, text);
            else if (within(u"Asset") && !m_assets.empty())
                endInAsset(m_assets.back(), name, text);
            else
                endInAvail(name, text);
        }
        m_text.clear();
        m_path.removeLast();
        return {};
    }

    void endInAvail(const QString& name, const QString& text)
    {
        if (name == u"ALID" || name == u"ExceptionFlag" || name == u"EntryType")
            put(m_avail, name, text);
        else if (name == u"DisplayName" && parent() == u"Licensor")
            put(m_avail, name, text);
        else if (name == u"DisplayName" && parent() == u"ServiceProvider")
            put(m_avail, parent(), text);
        else if (name == u"EcosystemID" && (m_ecosystem == u"UVVU" || m_ecosystem == u"DMA"))
            put(m_avail, m_ecosystem == u"DMA" ? u"DMA_ID"_s : u"UV_ID"_s, text);
        else if (name != u"AvailType" && name != u"AvailID") // the asset says what it is, the transaction which
            put(m_avail, name, text);
    }

    /// A rating or a person, of which there may be several.
    void endPart(Fields& fields, const QString& kind)
    {
        if (kind == u"Rating") {
            QStringList parts {m_parts.value(u"country"_s), m_parts.value(u"System"_s), m_parts.value(u"Value"_s),
                m_parts.value(u"Reason"_s)};
            parts.replaceInStrings(u"|"_s, u" "_s).replaceInStrings(u";"_s, u","_s);
            appendWith(fields, u"Ratings"_s, parts.join(u'|'), u"; "_s);
        } else if (kind == u"ReleaseHistory") {
            const bool original = m_parts.value(u"ReleaseType"_s).compare(u"original", Qt::CaseInsensitive) == 0;
            put(fields, original ? u"ReleaseHistoryOriginal"_s : u"ReleaseHistoryPhysicalHV"_s,
                m_parts.value(u"Date"_s));
        } else if (kind.endsWith("AltIdentifier"_L1)) {
            put(fields, kind.chopped(qsizetype(std::size("Identifier")) - 1) + u"ID"_s,
                m_parts.value(u"Identifier"_s)); // AltID, SeasonAltID, …; the namespace is a word of the sender's
        } else if (!m_parts.value(u"DisplayName"_s).isEmpty()) {
            const bool directs = m_parts.value(u"JobFunction"_s).compare(u"Director", Qt::CaseInsensitive) == 0;
            append(fields, directs ? u"Director"_s : u"People"_s, m_parts.value(u"DisplayName"_s));
        }
    }

    void endInAsset(Fields& fields, const QString& name, const QString& text)
    {
        if (std::ranges::any_of(m_path, isPart))
            put(m_parts, name, text);
        else if (within(u"BundledAsset"))
            append(fields, name.contains("ALID"_L1) ? u"BundleALIDs"_s : u"BundledAsset"_s, text);
        else if (name == u"DisplayString")
            put(fields, parent(), text);
        else if (name == u"Number") // of SeasonNumber, EpisodeNumber, VolumeNumber
            put(fields, parent(), text);
        else
            put(fields, columnOf(name), text);
    }

    void endInTransaction(Fields& fields, const QString& name, const QString& text)
    {
        const QString above = parent();
        if (above == u"Territory" || above == u"TerritoryExcluded") {
            if (name == u"country" || name == u"countryRegion")
                append(fields, above == u"Territory" ? u"Territory"_s : u"TerritoryExclusion"_s, text);
        } else if (name == u"DisplayName" && above == u"Licensee") {
            put(fields, above, text);
        } else if (above == u"Term") {
            endTerm(fields, text);
        } else if (isList(name)) {
            append(fields, columnOf(name), text);
        } else { // what stands deeper is nothing that is read, and is named in a note
            put(fields, columnOf(name), text);
        }
    }

    void endTerm(Fields& fields, const QString& text)
    {
        const QString kind = m_term.startsWith("TPR-"_L1) ? m_term.mid(4) : m_term;
        for (const auto price : {"Tier"_L1, "Category"_L1, "WSP"_L1, "EpisodeWSP"_L1, "SeasonWSP"_L1, "DMRP"_L1,
                 "SMRP"_L1, "LicenseFee"_L1, "NA"_L1}) {
            if (kind == price) {
                put(fields, u"PriceType"_s, m_term);
                put(fields, u"PriceValue"_s, text);
                return;
            }
        }
        put(fields, m_term == u"PreOrderFulfillDate" ? u"SpecialPreOrderFulfillDate"_s : m_term, text);
    }

    Result<void> addRows()
    {
        for (const Transaction& transaction : m_transactions) {
            for (const Fields& asset : m_assets) {
                if (std::ssize(m_rows) >= kMaxRows)
                    return Error {ErrorCode::LimitExceeded, u"the file has more than %1 transactions"_s.arg(kMaxRows),
                        "too_large"};
                Fields fields = m_avail;
                fields.insert(asset);
                if (transaction.fields.contains(u"RatingValue"_s)) // our own export: the asset has those of all
                    fields.remove(u"Ratings"_s);
                for (const QString& column : transaction.fields.value(kNotOfAssetTerm.toString()).split(u", "_s))
                    fields.remove(column);
                fields.insert(transaction.fields);
                fields.remove(kNotOfAssetTerm.toString());
                nameContent(fields);
                const QString description = fields.take(u"ShortDescription"_s); // many repeat the title here
                if (description != fields.value(u"TitleInternalAlias"_s)
                    && description != fields.value(u"SeriesTitleInternalAlias"_s))
                    put(fields, u"Description"_s, description);
                m_rows.push_back({transaction.line, std::move(fields)});
            }
        }
        return {};
    }

    /// The asset's contentID is the id of what it is about.
    static void nameContent(Fields& fields)
    {
        const QString id = fields.take(u"@contentID"_s);
        const QString work = fields.value(u"WorkType"_s);
        if (work == u"Episode")
            put(fields, u"EpisodeContentID"_s, id);
        else if (work == u"Season")
            put(fields, u"SeasonContentID"_s, id);
        else if (work == u"Series")
            put(fields, u"SeriesContentID"_s, id);
        else
            put(fields, u"ContentID"_s, id);
    }

    /// Columns that no transaction fills are left out, so that each heading has data.
    SheetTable finished()
    {
        QHash<QString, int> places;
        QStringList headings {u"Territory"_s, u"LicenseType"_s, u"Start"_s, u"End"_s, u"ALID"_s};
        for (const auto& heading : headings)
            places.insert(heading, static_cast<int>(places.size()));
        for (const auto& row : m_rows) {
            QStringList names = row.second.keys();
            names.sort();
            for (const QString& name : names) {
                if (places.contains(name) || std::ssize(headings) >= kMaxColumns)
                    continue;
                places.insert(name, static_cast<int>(places.size()));
                headings.append(name);
            }
        }
        m_sheet.rows.push_back({.number = 1, .cells = headings});
        for (const auto& [line, fields] : m_rows) {
            SheetRow row {.number = line, .cells = QStringList(headings.size())};
            for (auto field = fields.begin(); field != fields.end(); ++field) {
                if (const auto place = places.constFind(field.key()); place != places.constEnd())
                    row.cells[*place] = field.value();
            }
            m_sheet.rows.push_back(std::move(row));
        }
        return std::move(m_sheet);
    }

    QXmlStreamReader m_xml;
    const CancelToken& m_cancel;
    qint64 m_tokens = 0;
    bool m_sawList = false;
    QStringList m_path; // local names
    QString m_text;
    QString m_term;
    QString m_ecosystem; // of the entitlement that is being read
    Fields m_parts; // of the rating, person, release or id that is being read
    Fields m_avail;
    std::vector<Fields> m_assets;
    std::vector<Transaction> m_transactions;
    std::vector<std::pair<int, Fields>> m_rows;
    SheetTable m_sheet;
};

} // namespace

Result<std::vector<SheetTable>> readAvailsXml(const QByteArray& bytes, const CancelToken& cancel)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return AvailsReader(buffer, cancel).run();
}

} // namespace vidimus::avails

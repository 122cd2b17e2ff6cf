#include "core/avails/xml_export.h"

#include "core/avails/kept_columns_p.h"

#include <QHash>
#include <QXmlStreamWriter>
#include <algorithm>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

const QString kAvails = u"http://www.movielabs.com/schema/avails/v2.6/avails"_s;
const QString kMetadata = u"http://www.movielabs.com/schema/md/v2.10/md"_s;

const QStringList kFormatFeatures {u"HDR"_s, u"WCG"_s, u"HFR"_s, u"NGAudio"_s}; // attributes of FormatProfile
const std::array<std::pair<QString, QString>, 3> kLanguages {std::pair(u"AssetLanguage"_s, u"AssetLanguage"_s),
    {u"AllowedLanguages"_s, u"AllowedLanguage"_s}, {u"HoldbackLanguage"_s, u"HoldbackLanguage"_s}};
/// Columns that have an element of their own.
const QStringList kElsewhere {u"FormatProfile"_s, u"PriceType"_s, u"PriceValue"_s, u"PriceCurrency"_s, u"ReleaseYear"_s,
    u"TotalRunTime"_s, u"RatingSystem"_s, u"RatingValue"_s, u"RatingReason"_s, u"Ratings"_s};

/// One row of the sheet by column name.
class Row {
public:
    Row(const SheetRow& headings, const SheetRow& row)
    {
        for (qsizetype i = 0; i < headings.cells.size(); ++i)
            m_cells.insert(headings.cells[i], row.cells.value(i));
    }
    [[nodiscard]] QString operator[](const QString& column) const { return m_cells.value(column); }

private:
    QHash<QString, QString> m_cells;
};

class AvailsWriter {
public:
    AvailsWriter()
        : m_xml(&m_bytes)
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
        m_xml.writeStartDocument();
        m_xml.writeNamespace(kAvails, u"avails"_s);
        m_xml.writeNamespace(kMetadata, u"md"_s);
        m_xml.writeStartElement(kAvails, u"AvailList"_s);
    }

    void writeAvail(const std::vector<Row>& rows)
    {
        const Row& row = rows.front();
        start(u"Avail"_s);
        text(u"ALID"_s, row[u"ALID"_s]);
        start(u"Disposition"_s);
        text(u"EntryType"_s, row[u"EntryType"_s]);
        end();
        start(u"Licensor"_s);
        m_xml.writeTextElement(kMetadata, u"DisplayName"_s, row[u"DisplayName"_s]);
        end();
        text(u"AvailType"_s, availType(row[u"WorkType"_s]));
        text(u"ShortDescription"_s, row[u"TitleInternalAlias"_s]);
        writeAsset(row);
        for (const Row& transaction : rows)
            writeTransaction(transaction);
        end();
    }

    QByteArray finish()
    {
        m_xml.writeEndDocument();
        return std::move(m_bytes);
    }

private:
    void start(const QString& name) { m_xml.writeStartElement(kAvails, name); }
    void end() { m_xml.writeEndElement(); }
    void text(const QString& name, const QString& text) { m_xml.writeTextElement(kAvails, name, text); }
    void textIfAny(const QString& name, const QString& value)
    {
        if (!value.isEmpty())
            text(name, value);
    }

    static QString availType(const QString& work)
    {
        if (work == u"Episode" || work == u"Season" || work == u"Series" || work == u"Collection")
            return work.toLower();
        return u"single"_s;
    }

    static QString eidrUrn(const QString& id)
    {
        return id.startsWith("10.5240/"_L1) ? u"urn:eidr:10.5240:"_s + id.mid(8) : id;
    }

    void number(const QString& name, const QString& value)
    {
        start(name);
        m_xml.writeTextElement(kMetadata, u"Number"_s, value.isEmpty() ? u"0"_s : value);
        end();
    }

    void writeSeries(const Row& row)
    {
        start(u"SeriesMetadata"_s);
        text(u"SeriesContentID"_s, row[u"SeriesContentID"_s]);
        text(u"SeriesTitleInternalAlias"_s, row[u"SeriesTitleInternalAlias"_s]);
        end();
    }

    void writeSeason(const Row& row)
    {
        start(u"SeasonMetadata"_s);
        text(u"SeasonContentID"_s, row[u"SeasonContentID"_s]);
        number(u"SeasonNumber"_s, row[u"SeasonNumber"_s]);
        writeSeries(row);
        end();
    }

    void writeAsset(const Row& row)
    {
        const QString work = row[u"WorkType"_s];
        const bool episode = work == u"Episode";
        QString content = row[work + u"ContentID"_s];
        if (content.isEmpty())
            content = row[u"ContentID"_s].isEmpty() ? row[u"ALID"_s] : row[u"ContentID"_s];
        start(u"Asset"_s);
        m_xml.writeAttribute(u"contentID"_s, content);
        text(u"WorkType"_s, work);
        if (work == u"Season" && !row[u"SeriesContentID"_s].isEmpty()) {
            writeSeason(row);
        } else if (work == u"Series") {
            writeSeries(row);
        } else {
            start(episode ? u"EpisodeMetadata"_s : u"Metadata"_s);
            text(u"TitleInternalAlias"_s, row[u"TitleInternalAlias"_s]);
            textIfAny(u"ReleaseDate"_s, row[u"ReleaseYear"_s]);
            textIfAny(u"RunLength"_s, row[u"TotalRunTime"_s]);
            writeRatings(row);
            textIfAny(u"EditEIDR-URN"_s, eidrUrn(row[u"EditID"_s]));
            textIfAny(u"TitleEIDR-URN"_s, eidrUrn(row[u"TitleID"_s]));
            if (episode) {
                number(u"EpisodeNumber"_s, row[u"EpisodeNumber"_s]);
                if (!row[u"SeasonContentID"_s].isEmpty())
                    writeSeason(row);
                else
                    writeSeries(row);
            }
            end();
        }
        end();
    }

    void writeRating(const QString& country, const QString& system, const QString& value, const QString& reason)
    {
        m_xml.writeStartElement(kMetadata, u"Rating"_s);
        if (!country.isEmpty()) {
            m_xml.writeStartElement(kMetadata, u"Region"_s);
            m_xml.writeTextElement(kMetadata, u"country"_s, country);
            end();
        }
        for (const auto& [name, part] : {std::pair(u"System"_s, system), {u"Value"_s, value}, {u"Reason"_s, reason}}) {
            if (!part.isEmpty())
                m_xml.writeTextElement(kMetadata, name, part);
        }
        end();
    }

    void writeRatings(const Row& row)
    {
        const QStringList several = row[u"Ratings"_s].split(u';', Qt::SkipEmptyParts);
        if (several.isEmpty() && row[u"RatingValue"_s].isEmpty())
            return;
        start(u"Ratings"_s);
        if (!row[u"RatingValue"_s].isEmpty())
            writeRating(row[u"Territory"_s].contains(u',') ? QString() : row[u"Territory"_s], row[u"RatingSystem"_s],
                row[u"RatingValue"_s], row[u"RatingReason"_s]);
        for (const QString& one : several) {
            const QStringList parts = one.trimmed().split(u'|');
            writeRating(parts.value(0), parts.value(1), parts.value(2), parts.value(3));
        }
        end();
    }

    void writeRegions(const QString& name, const QString& list)
    {
        for (const QString& code : list.split(u", "_s, Qt::SkipEmptyParts)) {
            start(name);
            m_xml.writeTextElement(kMetadata, code.contains(u'-') ? u"countryRegion"_s : u"country"_s, code);
            end();
        }
    }

    void writeBound(const QString& name, const QString& value)
    {
        const bool condition = value == u"Immediate" || value == u"Open";
        text(condition ? name + u"Condition"_s : name, value);
    }

    /// A term that is an instant.
    void writeEvent(const QString& term, const QString& at)
    {
        if (at.isEmpty())
            return;
        start(u"Term"_s);
        m_xml.writeAttribute(u"termName"_s, term);
        text(u"Event"_s, at);
        end();
    }

    void writeLanguages(const Row& row)
    {
        for (const auto& [column, element] : kLanguages) {
            for (const QString& language : row[column].split(u',', Qt::SkipEmptyParts))
                text(element, language.trimmed());
        }
    }

    /// What the schema has no element for, or one that the columns do not tell apart.
    void writeOtherTerms(const Row& row)
    {
        for (const KeptColumn& column : kKeptColumns) {
            const QString name = column.column;
            if (row[name].isEmpty() || kElsewhere.contains(name) || kFormatFeatures.contains(name)
                || std::ranges::any_of(kLanguages, [&name](const auto& language) { return language.first == name; }))
                continue;
            start(u"Term"_s);
            m_xml.writeAttribute(u"termName"_s, name);
            text(name.endsWith("Duration"_L1) ? u"Duration"_s : u"Text"_s, row[name]);
            end();
        }
    }

    void writeTransaction(const Row& row)
    {
        start(u"Transaction"_s);
        m_xml.writeAttribute(u"TransactionID"_s, row[u"AvailID"_s]);
        text(u"LicenseType"_s, row[u"LicenseType"_s]);
        writeRegions(u"Territory"_s, row[u"Territory"_s]);
        writeRegions(u"TerritoryExcluded"_s, row[u"TerritoryExclusion"_s]);
        writeBound(u"Start"_s, row[u"Start"_s]);
        writeBound(u"End"_s, row[u"End"_s]);
        writeLanguages(row);
        start(u"FormatProfile"_s);
        for (const QString& feature : kFormatFeatures) {
            if (!row[feature].isEmpty())
                m_xml.writeAttribute(feature, row[feature]);
        }
        m_xml.writeCharacters(row[u"FormatProfile"_s]);
        end();
        textIfAny(u"ContractID"_s, row[u"ContractID"_s]);
        if (const QString price = row[u"PriceType"_s]; !price.isEmpty()) {
            start(u"Term"_s);
            m_xml.writeAttribute(u"termName"_s, price);
            const QString currency = row[u"PriceCurrency"_s];
            start(currency.isEmpty() ? u"Text"_s : u"Money"_s);
            if (!currency.isEmpty())
                m_xml.writeAttribute(u"currency"_s, currency);
            m_xml.writeCharacters(row[u"PriceValue"_s]);
            end();
            end();
        }
        writeEvent(u"AnnounceDate"_s, row[u"AnnounceDate"_s]);
        writeEvent(u"SuppressionLiftDate"_s, row[u"SuppressionLiftDate"_s]);
        writeEvent(u"PreOrderFulfillDate"_s, row[u"SpecialPreOrderFulfillDate"_s]);
        writeOtherTerms(row);
        if (row[u"Exclusive"_s] == u"Yes") {
            start(u"Term"_s);
            m_xml.writeAttribute(u"termName"_s, u"Exclusive"_s);
            text(u"Boolean"_s, u"true"_s);
            end();
        }
        end();
    }

    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
};

} // namespace

QByteArray exportXml(const rights::RuleSet& rules, Extent extent)
{
    const SheetTable sheet = availSheet(rules, extent);
    const SheetRow& headings = sheet.rows.front();
    QStringList order; // titles as they come
    QHash<QString, std::vector<Row>> byTitle;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
        Row row(headings, sheet.rows[i]);
        // A licensor's grants of one title are one Avail.
        const QString key = row[u"ALID"_s] + u'\n' + row[u"DisplayName"_s];
        if (!byTitle.contains(key))
            order.append(key);
        byTitle[key].push_back(std::move(row));
    }
    AvailsWriter writer;
    for (const QString& key : order)
        writer.writeAvail(byTitle.value(key));
    return writer.finish();
}

} // namespace vidimus::avails

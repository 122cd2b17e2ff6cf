#include "core/avails/xml_export.h"

#include "core/avails/kept_columns_p.h"
#include "core/avails/xml_asset_p.h"

#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

const QString kAvails = kAvailsNamespace.toString();
const QString kMetadata = kMetadataNamespace.toString();

const QStringList kFormatFeatures {u"HDR"_s, u"WCG"_s, u"HFR"_s, u"NGAudio"_s}; // attributes of FormatProfile
const std::array<std::pair<QString, QString>, 3> kLanguages {std::pair(u"AllowedLanguage"_s, u"AllowedLanguages"_s),
    {u"AssetLanguage"_s, u"AssetLanguage"_s}, {u"HoldbackLanguage"_s, u"HoldbackLanguage"_s}};
/// Columns that have an element of their own in the transaction.
const QStringList kElements {u"FormatProfile"_s, u"PriceType"_s, u"PriceValue"_s, u"PriceCurrency"_s, u"Licensee"_s,
    u"Description"_s, u"LicenseRightsDescription"_s, u"ReportingID"_s, u"OtherInstructions"_s, u"AllowedLanguages"_s,
    u"AssetLanguage"_s, u"HoldbackLanguage"_s};

bool isDecimal(const QString& text)
{
    static const QRegularExpression decimal(u"^-?\\d+(\\.\\d+)?$"_s);
    return decimal.match(text).hasMatch();
}

/// Elements stand in the order of the schema (avails-v2.6.xsd, Avail-type and AvailTrans-type).
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

    void writeAvail(const std::vector<NamedRow>& rows)
    {
        const NamedRow& row = rows.front();
        start(u"Avail"_s);
        text(u"ALID"_s, row[u"ALID"_s]);
        start(u"Disposition"_s);
        text(u"EntryType"_s, row[u"EntryType"_s]);
        end();
        writeParty(u"Licensor"_s, row[u"DisplayName"_s]);
        if (!row[u"ServiceProvider"_s].isEmpty())
            writeParty(u"ServiceProvider"_s, row[u"ServiceProvider"_s]);
        text(u"AvailType"_s, availType(row[u"WorkType"_s]));
        text(u"ShortDescription"_s, row[u"TitleInternalAlias"_s]);
        m_said = writeXmlAsset(m_xml, rows);
        for (const auto& column : {u"ServiceProvider"_s, u"UV_ID"_s, u"DMA_ID"_s})
            m_said.insert(column, row[column]);
        for (const NamedRow& transaction : rows)
            writeTransaction(transaction);
        for (const auto& [ecosystem, column] : {std::pair(u"UVVU"_s, u"UV_ID"_s), {u"DMA"_s, u"DMA_ID"_s}})
            writeEntitlement(ecosystem, row[column]);
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

    void writeParty(const QString& element, const QString& name)
    {
        start(element);
        m_xml.writeTextElement(kMetadata, u"DisplayName"_s, name);
        end();
    }

    void writeEntitlement(const QString& ecosystem, const QString& id)
    {
        if (id.isEmpty())
            return;
        start(u"SharedEntitlement"_s);
        m_xml.writeAttribute(u"ecosystem"_s, ecosystem);
        text(u"EcosystemID"_s, id);
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

    /// A named term whose value is an element of the schema: Event, Money, Duration, Boolean or Text.
    void writeTerm(const QString& term, const QString& kind, const QString& value, const QString& currency = {})
    {
        start(u"Term"_s);
        m_xml.writeAttribute(u"termName"_s, term);
        start(kind);
        if (!currency.isEmpty())
            m_xml.writeAttribute(u"currency"_s, currency);
        m_xml.writeCharacters(value);
        end();
        end();
    }

    void writeEvent(const QString& term, const QString& at)
    {
        if (!at.isEmpty())
            writeTerm(term, u"Event"_s, at);
    }

    void writeFormat(const NamedRow& row)
    {
        start(u"FormatProfile"_s);
        for (const QString& feature : kFormatFeatures) {
            if (!row[feature].isEmpty())
                m_xml.writeAttribute(feature, row[feature]);
        }
        m_xml.writeCharacters(row[u"FormatProfile"_s]);
        end();
    }

    /// What the schema has no element for, and what the asset says otherwise than this row.
    void writeOtherTerms(const NamedRow& row)
    {
        for (const KeptColumn& column : kKeptColumns) {
            const QString name = column.column;
            const QString value = row[name];
            if (value.isEmpty() || m_said.value(name) == value || kElements.contains(name)
                || kFormatFeatures.contains(name))
                continue;
            if (name == u"SRP" && isDecimal(value))
                writeTerm(name, u"Money"_s, value, row[u"PriceCurrency"_s]);
            else
                writeTerm(
                    name, name.endsWith("Duration"_L1) && isXmlDuration(value) ? u"Duration"_s : u"Text"_s, value);
        }
    }

    /// What the asset says of the others and not of this row.
    void writeNotOfAsset(const NamedRow& row)
    {
        QStringList columns;
        for (auto said = m_said.begin(); said != m_said.end(); ++said) {
            const bool hasOwn = said.key() == u"Ratings" && !row[u"RatingValue"_s].isEmpty();
            if (!said.value().isEmpty() && row[said.key()].isEmpty() && !hasOwn)
                columns.append(said.key());
        }
        columns.sort();
        if (!columns.isEmpty())
            writeTerm(kNotOfAssetTerm.toString(), u"Text"_s, columns.join(u", "_s));
    }

    void writePrice(const NamedRow& row)
    {
        const QString currency = row[u"PriceCurrency"_s];
        const bool money = !currency.isEmpty() && isDecimal(row[u"PriceValue"_s]);
        if (!row[u"PriceType"_s].isEmpty())
            writeTerm(row[u"PriceType"_s], money ? u"Money"_s : u"Text"_s, row[u"PriceValue"_s],
                money ? currency : QString());
        if (!currency.isEmpty() && !money && !isDecimal(row[u"SRP"_s]))
            writeTerm(u"PriceCurrency"_s, u"Text"_s, currency);
    }

    void writeTransaction(const NamedRow& row)
    {
        start(u"Transaction"_s);
        m_xml.writeAttribute(u"TransactionID"_s, row[u"AvailID"_s]);
        if (!row[u"Licensee"_s].isEmpty())
            writeParty(u"Licensee"_s, row[u"Licensee"_s]);
        text(u"LicenseType"_s, row[u"LicenseType"_s]);
        textIfAny(u"Description"_s, row[u"Description"_s]);
        writeRegions(u"Territory"_s, row[u"Territory"_s]);
        writeRegions(u"TerritoryExcluded"_s, row[u"TerritoryExclusion"_s]);
        writeBound(u"Start"_s, row[u"Start"_s]);
        writeBound(u"End"_s, row[u"End"_s]);
        for (const auto& [element, column] : kLanguages) {
            for (const QString& language : row[column].split(u',', Qt::SkipEmptyParts))
                text(element, language.trimmed());
        }
        textIfAny(u"LicenseRightsDescription"_s, row[u"LicenseRightsDescription"_s]);
        writeFormat(row);
        textIfAny(u"ContractID"_s, row[u"ContractID"_s]);
        textIfAny(u"ReportingID"_s, row[u"ReportingID"_s]);
        writePrice(row);
        writeEvent(u"AnnounceDate"_s, row[u"AnnounceDate"_s]);
        writeEvent(u"SuppressionLiftDate"_s, row[u"SuppressionLiftDate"_s]);
        writeEvent(u"PreOrderFulfillDate"_s, row[u"SpecialPreOrderFulfillDate"_s]);
        if (row[u"TitleStatus"_s] != u"Approved") // without it a grant that nobody approved would read as one
            writeTerm(u"TitleStatus"_s, u"Text"_s, row[u"TitleStatus"_s]);
        writeOtherTerms(row);
        writeNotOfAsset(row);
        if (row[u"Exclusive"_s] == u"Yes")
            writeTerm(u"Exclusive"_s, u"Boolean"_s, u"true"_s);
        textIfAny(u"OtherInstructions"_s, row[u"OtherInstructions"_s]);
        end();
    }

    QByteArray m_bytes;
    QXmlStreamWriter m_xml;
    SaidByAsset m_said;
};

} // namespace

QByteArray exportXml(const rights::RuleSet& rules, Extent extent)
{
    const SheetTable sheet = availSheet(rules, extent);
    const SheetRow& headings = sheet.rows.front();
    QStringList order; // titles as they come
    QHash<QString, std::vector<NamedRow>> byTitle;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
        NamedRow row(headings, sheet.rows[i]);
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

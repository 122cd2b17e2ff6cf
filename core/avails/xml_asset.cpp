#include "core/avails/xml_asset_p.h"

#include <QRegularExpression>
#include <array>
#include <cmath>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

const QString kAvails = kAvailsNamespace.toString();
const QString kMetadata = kMetadataNamespace.toString();

bool matches(const QString& text, const QString& pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

/// "PT1H30M" of a running time as sheets write it: a fraction of a day, mm:ss or h:mm:ss. Empty: it is none of these.
QString durationOf(const QString& text)
{
    if (isXmlDuration(text))
        return text;
    qint64 seconds = -1;
    bool number = false;
    if (const double days = text.toDouble(&number); number && days > 0 && days < 1) {
        seconds = std::llround(days * 86'400);
    } else if (matches(text, u"\\d{1,3}(:[0-5]\\d){1,2}"_s)) {
        seconds = 0;
        for (const QString& part : text.split(u':'))
            seconds = seconds * 60 + part.toInt();
    }
    if (seconds < 0)
        return {};
    return u"PT%1H%2M%3S"_s.arg(seconds / 3600).arg(seconds / 60 % 60).arg(seconds % 60);
}

/// A rating as the reader of XML writes it: "US|MPA|PG-13|language".
QString ratingOf(const NamedRow& row)
{
    QStringList parts {row[u"Territory"_s].contains(u',') ? QString() : row[u"Territory"_s], row[u"RatingSystem"_s],
        row[u"RatingValue"_s], row[u"RatingReason"_s]};
    parts.replaceInStrings(u"|"_s, u" "_s).replaceInStrings(u";"_s, u","_s);
    return parts.join(u'|');
}

class AssetWriter {
public:
    AssetWriter(QXmlStreamWriter& xml, const std::vector<NamedRow>& rows)
        : m_xml(xml)
        , m_rows(rows)
        , m_row(rows.front())
        , m_work(m_row[u"WorkType"_s])
    {
    }

    SaidByAsset write()
    {
        QString content = m_row[m_work + u"ContentID"_s];
        if (content.isEmpty())
            content = m_row[u"ContentID"_s].isEmpty() ? m_row[u"ALID"_s] : m_row[u"ContentID"_s];
        start(u"Asset"_s);
        m_xml.writeAttribute(u"contentID"_s, content);
        text(u"WorkType"_s, m_work);
        if (m_work == u"Season" && !m_row[u"SeriesContentID"_s].isEmpty())
            writeSeason();
        else if (m_work == u"Series")
            writeSeries();
        else
            writeUnit();
        writeBundle();
        end();
        return std::move(m_said);
    }

private:
    void start(const QString& name) { m_xml.writeStartElement(kAvails, name); }
    void end() { m_xml.writeEndElement(); }
    void text(const QString& name, const QString& text) { m_xml.writeTextElement(kAvails, name, text); }

    /// An element that holds the text of a column as it is.
    void said(const QString& element, const QString& column, bool allowed = true)
    {
        const QString value = m_row[column];
        if (value.isEmpty() || !allowed)
            return;
        text(element, value);
        m_said.insert(column, value);
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

    void writeSeries()
    {
        start(u"SeriesMetadata"_s);
        text(u"SeriesContentID"_s, m_row[u"SeriesContentID"_s]);
        said(u"SeriesTitleDisplayUnlimited"_s, u"SeriesTitleDisplayUnlimited"_s);
        text(u"SeriesTitleInternalAlias"_s, m_row[u"SeriesTitleInternalAlias"_s]);
        end();
    }

    void writeSeason()
    {
        start(u"SeasonMetadata"_s);
        text(u"SeasonContentID"_s, m_row[u"SeasonContentID"_s]);
        number(u"SeasonNumber"_s, m_row[u"SeasonNumber"_s]);
        writeSeries();
        end();
    }

    void writeUnit()
    {
        const bool episode = m_work == u"Episode";
        start(episode ? u"EpisodeMetadata"_s : u"Metadata"_s);
        said(u"TitleDisplayUnlimited"_s, u"TitleDisplayUnlimited"_s);
        text(u"TitleInternalAlias"_s, m_row[u"TitleInternalAlias"_s]);
        for (const auto& [element, column] :
            {std::pair(u"EditEIDR-URN"_s, u"EditID"_s), {u"TitleEIDR-URN"_s, u"TitleID"_s}}) {
            if (const QString id = eidrUrn(m_row[column]); !id.isEmpty())
                text(element, id);
        }
        said(u"ReleaseDate"_s, u"ReleaseYear"_s, matches(m_row[u"ReleaseYear"_s], u"\\d{4}(-\\d\\d(-\\d\\d)?)?"_s));
        if (const QString length = durationOf(m_row[u"TotalRunTime"_s]); !length.isEmpty()) {
            text(u"RunLength"_s, length);
            m_said.insert(u"TotalRunTime"_s, length);
        }
        said(u"USACaptionsExemptionReason"_s, u"CaptionExemption"_s,
            matches(m_row[u"CaptionExemption"_s], u"[1-9]\\d{0,3}"_s));
        writeRatings();
        said(u"LocalizationOffering"_s, u"LocalizationType"_s);
        if (episode)
            writeEpisode();
        else
            writeCredit();
        end();
    }

    void writeEpisode()
    {
        number(u"EpisodeNumber"_s, m_row[u"EpisodeNumber"_s]);
        if (!m_row[u"SeasonContentID"_s].isEmpty())
            writeSeason();
        else
            writeSeries();
    }

    void writeCredit()
    {
        const QString credit = m_row[u"CompanyDisplayCredit"_s];
        if (credit.isEmpty())
            return;
        start(u"CompanyDisplayCredit"_s);
        m_xml.writeTextElement(kMetadata, u"DisplayString"_s, credit);
        end();
        m_said.insert(u"CompanyDisplayCredit"_s, credit);
    }

    void writeRatings()
    {
        QStringList all;
        for (const NamedRow& row : m_rows) {
            QStringList own = row[u"Ratings"_s].split(u';', Qt::SkipEmptyParts);
            if (!row[u"RatingValue"_s].isEmpty())
                own.append(ratingOf(row));
            for (const QString& rating : own) {
                if (!all.contains(rating.trimmed()))
                    all.append(rating.trimmed());
            }
        }
        if (all.isEmpty())
            return;
        start(u"Ratings"_s);
        for (const QString& rating : all)
            writeRating(rating.split(u'|'));
        end();
        m_said.insert(u"Ratings"_s, all.join(u"; "_s));
    }

    void writeRating(const QStringList& parts)
    {
        m_xml.writeStartElement(kMetadata, u"Rating"_s);
        if (!parts.value(0).isEmpty()) {
            m_xml.writeStartElement(kMetadata, u"Region"_s);
            m_xml.writeTextElement(kMetadata, u"country"_s, parts[0]);
            end();
        }
        constexpr std::array kNames {"System"_L1, "Value"_L1, "Reason"_L1};
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (const QString part = parts.value(static_cast<qsizetype>(i) + 1); !part.isEmpty())
                m_xml.writeTextElement(kMetadata, kNames[i], part);
        }
        end();
    }

    void writeBundle()
    {
        static const QRegularExpression between(u"[,;\\s]+"_s);
        const QStringList parts = m_row[u"BundleALIDs"_s].split(between, Qt::SkipEmptyParts);
        for (const QString& part : parts) {
            start(u"BundledAsset"_s);
            text(u"BundledALID"_s, part);
            end();
        }
        if (!parts.isEmpty())
            m_said.insert(u"BundleALIDs"_s, parts.join(u", "_s));
    }

    QXmlStreamWriter& m_xml;
    const std::vector<NamedRow>& m_rows;
    const NamedRow& m_row;
    const QString m_work;
    SaidByAsset m_said;
};

} // namespace

bool isXmlDuration(const QString& text)
{
    return matches(text, u"-?P(?!$)(\\d+Y)?(\\d+M)?(\\d+D)?(T(?!$)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?"_s);
}

SaidByAsset writeXmlAsset(QXmlStreamWriter& xml, const std::vector<NamedRow>& rows)
{
    return AssetWriter(xml, rows).write();
}

} // namespace vidimus::avails

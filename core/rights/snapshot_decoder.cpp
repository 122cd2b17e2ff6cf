#include "core/rights/snapshot_decoder.h"

#include "core/availability_reader/availability_reader.h"
#include "core/rights/byte_output_p.h"
#include "core/rights/reader_status.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kCountsAt = 168;
constexpr qsizetype kSectionsAt = 264;
constexpr std::uint32_t kBlock = 64;

/// Counts and sections in the order of docs/snapshot-format.md.
enum Count {
    Titles,
    Blocks,
    Words,
    Dates,
    Columns,
    Territories,
    AtomLists,
    Atoms,
    Sites,
    Offers,
    SiteSets,
    OfferSets,
    Terms,
    TermBytes,
    IdKind,
    IdWidth,
    Buckets,
    TextSize
};
enum Section {
    BlockOffsets,
    Pages,
    DateRows,
    ColumnRows,
    TerritoryRows,
    AtomListRows,
    AtomRows,
    SiteRows,
    OfferRows,
    SiteNames,
    OfferNames,
    TermOffsets,
    IdRows,
    IdText,
    Index,
    BucketStarts,
    Text
};

Error foreign()
{
    return {ErrorCode::Corrupt, u"the snapshot was not written by this compiler"_s, "foreign_snapshot"};
}

/// The bytes were opened by the reader before, so everything in them lies where it should.
class Decoder {
public:
    explicit Decoder(const QByteArray& bytes)
        : m_bytes(bytes)
    {
    }

    Result<DecodedSnapshot> run()
    {
        DecodedSnapshot decoded {.image = AvailabilityImage(basis()), .version = number<quint64>(120)};
        AvailabilityImage& image = decoded.image;
        readTables(image);
        const QByteArray bits = m_bytes.sliced(kCountsAt + 18 * 4, 6);
        m_layout = {.date = bits[0],
            .offers = bits[2],
            .sites = bits[3],
            .territory = bits[4],
            .term = bits[5],
            .termBytes = static_cast<int>(count(TermBytes))};
        const ImageCounts counts = image.counts();
        const bool same = counts.titles == count(Titles) && counts.dates == count(Dates)
            && counts.territories == count(Territories) && counts.siteSets == count(SiteSets)
            && counts.offerSets == count(OfferSets) && counts.terms == count(Terms) && bits[0] == bits[1];
        if (!same) // a row stood there twice
            return foreign();
        for (std::uint32_t title = 0; title < counts.titles; ++title)
            image.set(title, titleAt(title));
        image.adopt(m_layout, m_bytes.sliced(128, 16));
        return decoded;
    }

    [[nodiscard]] ImageBasis basis() const
    {
        ImageBasis basis;
        for (std::uint32_t i = 0; i < count(Sites); ++i)
            basis.sites.append(QString::fromUtf8(text(SiteNames, Text, i)));
        for (std::uint32_t i = 0; i < count(Offers); ++i)
            basis.offers.append(QString::fromUtf8(text(OfferNames, Text, i)));
        for (std::uint32_t i = 0; i < count(Columns); ++i)
            basis.countries.push_back(number<quint16>(section(ColumnRows) + 2 * qsizetype {i}));
        basis.partition = QString::fromUtf8(m_bytes.sliced(section(Text), number<quint32>(kCountsAt + 20 * 4)));
        basis.question = static_cast<Question>(number<quint32>(kCountsAt + 21 * 4)); // the reader has looked at it
        return basis;
    }

private:
    template<class T>
    [[nodiscard]] T number(qsizetype at) const
    {
        return qFromLittleEndian<T>(m_bytes.constData() + at);
    }
    [[nodiscard]] quint32 count(Count which) const { return number<quint32>(kCountsAt + 4 * which); }
    [[nodiscard]] qsizetype section(Section which) const
    {
        return static_cast<qsizetype>(number<quint64>(kSectionsAt + 8 * which));
    }
    /// Row \a index of a list of texts.
    [[nodiscard]] QByteArray text(Section offsets, Section in, std::uint32_t index) const
    {
        const auto first = number<quint32>(section(offsets) + 4 * qsizetype {index});
        const auto end = number<quint32>(section(offsets) + 4 * qsizetype {index} + 4);
        return m_bytes.sliced(section(in) + first, end - first);
    }

    void readTables(AvailabilityImage& image) const
    {
        for (std::uint32_t i = 0; i < count(Dates); ++i)
            image.date(number<qint64>(section(DateRows) + 8 * qsizetype {i}));
        std::uint32_t list = 0;
        for (std::uint32_t i = 0; i < count(Territories); ++i) {
            QByteArray row
                = m_bytes.sliced(section(TerritoryRows) + i * image.territoryBytes(), image.territoryBytes());
            const qsizetype at = section(AtomListRows) + 16 * qsizetype {list};
            if (list < count(AtomLists) && number<quint32>(at) == i) {
                const auto first = number<quint32>(at + 4), added = number<quint32>(at + 8),
                           removed = number<quint32>(at + 12);
                put<quint32>(row, added);
                row += m_bytes.sliced(section(AtomRows) + 4 * qsizetype {first}, 4 * (qsizetype {added} + removed));
                ++list;
            }
            image.territoryRow(row);
        }
        const qsizetype siteBytes = (count(Sites) / 64 + 1) * 8, offerBytes = (count(Offers) / 64 + 1) * 8;
        for (std::uint32_t i = 0; i < count(SiteSets); ++i)
            image.siteSet(m_bytes.sliced(section(SiteRows) + i * siteBytes, siteBytes));
        for (std::uint32_t i = 0; i < count(OfferSets); ++i)
            image.offerSet(m_bytes.sliced(section(OfferRows) + i * offerBytes, offerBytes));
        for (std::uint32_t i = 0; i < count(Terms); ++i)
            image.term(text(TermOffsets, Text, i));
        for (std::uint32_t i = 0; i < count(Titles); ++i)
            image.title(idAt(i));
    }

    [[nodiscard]] QByteArray idAt(std::uint32_t title) const
    {
        const auto width = static_cast<qsizetype>(count(IdWidth));
        const qsizetype at = section(IdRows) + width * title;
        switch (count(IdKind)) {
        case 0:
            return text(IdRows, IdText, title);
        case 1: {
            QByteArray id = m_bytes.sliced(at, 16).toHex();
            for (const qsizetype dash : {8, 13, 18, 23})
                id.insert(dash, '-');
            return id;
        }
        default:
            break;
        }
        if (width == 0)
            return QByteArray::number(number<quint64>(144) + title);
        const QByteArray bytes = m_bytes.sliced(at, width) + QByteArray(8 - width, 0);
        return QByteArray::number(qFromLittleEndian<quint64>(bytes.constData()));
    }

    [[nodiscard]] ImageTitle titleAt(std::uint32_t title) const
    {
        const qsizetype page
            = section(Pages) + 8 * qsizetype {number<quint32>(section(BlockOffsets) + 4 * qsizetype {title / kBlock})};
        const std::uint32_t place = title % kBlock;
        const bool wide = number<quint32>(page + 20) != 0;
        const auto start = [&](std::uint32_t index) {
            const qsizetype at {index};
            return wide ? number<quint32>(page + 24 + 4 * at) : quint32 {number<quint16>(page + 24 + 2 * at)};
        };
        const qsizetype words = page + (wide ? 288 : 160);
        const qsizetype terms = words + 8 * qsizetype {number<quint32>(page + 16)};
        ImageTitle content {.container = (number<quint64>(page) >> place & 1) != 0,
            .gone = (number<quint64>(page + 8) >> place & 1) != 0,
            .windows = {},
            .members = {}};
        for (quint32 i = start(place); i < start(place + 1); ++i) {
            const auto word = number<quint64>(words + 8 * qsizetype {i});
            if (content.container && word >> 63 == 0)
                content.members.push_back(static_cast<std::uint32_t>(word));
            else
                content.windows.push_back(windowOf(word, terms + m_layout.termBytes * qsizetype {i}));
        }
        return content;
    }

    [[nodiscard]] ImageWindow windowOf(quint64 word, qsizetype term) const
    {
        ImageWindow window;
        window.deny = word >> 63 != 0;
        const auto take = [&word](int bits) {
            const auto value = static_cast<std::uint32_t>(word & ((quint64 {1} << bits) - 1));
            word >>= bits;
            return value;
        };
        window.start = take(m_layout.date);
        window.end = take(m_layout.date);
        window.offers = take(m_layout.offers);
        window.sites = take(m_layout.sites);
        window.territory = take(m_layout.territory);
        window.term = window.deny ? 0 : take(m_layout.term);
        if (m_layout.termBytes > 0 && !window.deny) {
            const QByteArray bytes = m_bytes.sliced(term, m_layout.termBytes) + QByteArray(4 - m_layout.termBytes, 0);
            window.term = qFromLittleEndian<quint32>(bytes.constData());
        }
        return window;
    }

    const QByteArray& m_bytes;
    ImageLayout m_layout;
};

} // namespace

Result<DecodedSnapshot> decodeSnapshot(const QByteArray& bytes)
{
    vav_reader* reader = nullptr;
    const auto status = vav_open_bytes(&reader, bytes.constData(), static_cast<std::size_t>(bytes.size()), nullptr);
    vav_close(reader);
    if (status != VAV_OK)
        return Error {
            ErrorCode::Corrupt, u"no snapshot that can be read: %1"_s.arg(sentenceOf(status)), "not_a_snapshot"};
    return Decoder(bytes).run();
}

ImageBasis basisOfSnapshot(const QByteArray& bytes)
{
    return Decoder(bytes).basis();
}

Result<void> changeInto(AvailabilityImage& image, const AvailabilityImage& target)
{
    const ImageBasis &from = image.basis(), &to = target.basis();
    if (from.sites != to.sites || from.offers != to.offers || from.countries != to.countries
        || from.partition != to.partition || from.question != to.question) {
        return Error {ErrorCode::Unsupported,
            u"the snapshots speak of different sites, offers, countries or questions; no delta leads from one to the other"_s,
            "needs_snapshot"};
    }
    for (std::uint32_t title = 0; title < image.ids().size(); ++title) {
        if (!target.findTitle(image.ids()[title]))
            image.set(title, {.container = false, .gone = true, .windows = {}, .members = {}});
    }
    std::vector<std::uint32_t> titles;
    for (const QByteArray& id : target.ids())
        titles.push_back(image.title(id));
    const auto date = [&](std::uint32_t index) { return index < 2 ? index : image.date(target.dates()[index - 2]); };
    for (std::size_t i = 0; i < titles.size(); ++i) {
        ImageTitle content = target.titles()[i];
        for (ImageWindow& window : content.windows) {
            window.territory = image.territoryRow(target.territories()[window.territory]);
            window.sites = image.siteSet(target.siteSets()[window.sites]);
            window.offers = image.offerSet(target.offerSets()[window.offers]);
            window.start = date(window.start);
            window.end = date(window.end);
            window.term = window.deny ? 0 : image.term(target.terms()[window.term]);
        }
        for (std::uint32_t& member : content.members)
            member = titles[member];
        std::ranges::sort(content.members);
        image.set(titles[i], std::move(content));
    }
    return {};
}

} // namespace vidimus::rights

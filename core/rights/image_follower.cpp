#include "core/rights/image_follower.h"

#include "core/rights/byte_output_p.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kHeaderSize = 168;
constexpr qsizetype kToVersionAt = 128;
constexpr qsizetype kFromIdAt = 136;
constexpr qsizetype kToIdAt = 152;
constexpr qsizetype kStateIdSize = 16;
constexpr quint64 kMostRows = 1ULL << 30;

/// The bytes of a delta from front to back. Past their end everything is 0, and isBad() says so.
class DeltaInput {
public:
    explicit DeltaInput(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] bool isBad() const { return m_bad; }
    quint64 number()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = this->byte();
            value |= static_cast<quint64>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0)
                return value;
        }
        m_bad = true;
        return 0;
    }
    /// At most \a bound.
    quint32 small(quint64 bound)
    {
        const quint64 value = number();
        m_bad = m_bad || value > bound;
        return m_bad ? 0 : static_cast<quint32>(value);
    }
    qint64 signedNumber()
    {
        const quint64 value = number();
        return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
    }
    QByteArray bytes(qsizetype count)
    {
        if (count > m_bytes.size() - m_at) {
            m_bad = true;
            return {};
        }
        m_at += count;
        return m_bytes.sliced(m_at - count, count).toByteArray();
    }
    QByteArray text() { return bytes(small(0xFFFF)); }
    quint32 bits(int count)
    {
        for (; m_bitCount < count; m_bitCount += 8)
            m_bits |= static_cast<quint64>(byte()) << m_bitCount;
        const auto value = static_cast<quint32>(m_bits & ((quint64 {1} << count) - 1));
        m_bits >>= count;
        m_bitCount -= count;
        return value;
    }
    /// How many more there can be, each of a byte at least.
    [[nodiscard]] quint64 room() const { return static_cast<quint64>(m_bytes.size() - m_at); }

private:
    quint8 byte()
    {
        if (m_at == m_bytes.size()) {
            m_bad = true;
            return 0;
        }
        return static_cast<quint8>(m_bytes[m_at++]);
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    quint64 m_bits = 0;
    int m_bitCount = 0;
    bool m_bad = false;
};

struct Span {
    quint32 before = 0, after = 0;
};

/// The other direction of DeltaWriter in delta_encoder.cpp.
class DeltaTaker {
public:
    DeltaTaker(AvailabilityImage& image, QByteArrayView payload)
        : m_image(image)
        , m_in(payload)
    {
    }

    bool run()
    {
        const ImageCounts now = m_image.counts();
        std::array<Span, 6> spans;
        for (Span& span : spans)
            span = {m_in.small(kMostRows), m_in.small(kMostRows)};
        const auto& [titles, dates, territories, siteSets, offerSets, terms] = spans;
        const bool follows = titles.before == now.titles && dates.before == now.dates
            && territories.before == now.territories && siteSets.before == now.siteSets
            && offerSets.before == now.offerSets && terms.before == now.terms
            && std::ranges::all_of(spans, [this](const Span& span) {
                   return span.after >= span.before && span.after - span.before <= m_in.room();
               });
        const quint32 changed = m_in.small(m_in.room());
        if (m_in.isBad() || !follows)
            return false;
        takeTables(dates, territories, siteSets, offerSets, terms);
        takeTitles(titles, changed);
        const ImageCounts then = m_image.counts();
        return !m_in.isBad() && then.titles == titles.after && then.dates == dates.after
            && then.territories == territories.after && then.siteSets == siteSets.after
            && then.offerSets == offerSets.after && then.terms == terms.after;
    }

private:
    void takeTables(
        const Span& dates, const Span& territories, const Span& siteSets, const Span& offerSets, const Span& terms)
    {
        qint64 last = 0;
        for (quint32 i = dates.before; i < dates.after && !m_in.isBad(); ++i) {
            last += m_in.signedNumber();
            m_image.date(last);
        }
        for (quint32 i = territories.before; i < territories.after && !m_in.isBad(); ++i)
            m_image.territoryRow(territory());
        const auto row = [this](qsizetype names) {
            QByteArray bits = m_in.bytes(names / 8 + 1);
            bits.resize((names / 64 + 1) * 8, 0);
            return bits;
        };
        for (quint32 i = siteSets.before; i < siteSets.after && !m_in.isBad(); ++i)
            m_image.siteSet(row(m_image.basis().sites.size()));
        for (quint32 i = offerSets.before; i < offerSets.after && !m_in.isBad(); ++i)
            m_image.offerSet(row(m_image.basis().offers.size()));
        for (quint32 i = terms.before; i < terms.after && !m_in.isBad(); ++i)
            m_image.term(m_in.text());
    }

    QByteArray territory()
    {
        const auto columns = static_cast<quint32>(m_image.basis().countries.size()) + 1;
        QByteArray row(m_image.territoryBytes(), 0);
        const auto flip = [&row](quint32 column) {
            row[static_cast<qsizetype>(column / 8)]
                = static_cast<char>(row[static_cast<qsizetype>(column / 8)] ^ 1 << column % 8);
        };
        const quint32 head = m_in.small(quint64 {columns} * 4 + 3);
        quint32 next = 0;
        for (quint32 n = head >> 2; n > 0 && !m_in.isBad(); --n) {
            const quint32 column = next + m_in.small(columns);
            if (column >= columns)
                return {};
            flip(column);
            next = column + 1;
        }
        for (quint32 column = 0; (head & 1) != 0 && column < columns; ++column)
            flip(column);
        if ((head & 2) == 0)
            return row;
        QByteArray atoms;
        for (int list = 0; list < 2; ++list) {
            const quint32 count = m_in.small(m_in.room());
            if (list == 0)
                put<quint32>(row, count);
            quint32 last = 0;
            for (quint32 i = 0; i < count && !m_in.isBad(); ++i) {
                last += m_in.small(0xFFFFFFFF);
                put<quint32>(atoms, last);
            }
        }
        return row + atoms;
    }

    void takeTitles(const Span& titles, quint32 changed)
    {
        struct Changed {
            quint32 title = 0, windows = 0;
            ImageTitle content;
        };
        std::vector<Changed> list;
        quint32 next = 0;
        for (quint32 i = 0; i < changed && !m_in.isBad(); ++i) {
            Changed one;
            one.title = next + m_in.small(kMostRows);
            const quint32 head = m_in.small(kMostRows);
            one.windows = head >> 2;
            one.content.gone = (head & 2) != 0;
            one.content.container = (head & 1) != 0;
            if (one.title >= titles.after)
                break;
            if (one.title >= titles.before && m_image.title(m_in.text()) != one.title)
                break;
            const quint32 members = one.content.container ? m_in.small(m_in.room()) : 0;
            for (quint32 n = 0, member = 0; n < members && !m_in.isBad(); ++n) {
                member += m_in.small(kMostRows);
                one.content.members.push_back(member++);
            }
            next = one.title + 1;
            list.push_back(std::move(one));
        }
        for (Changed& one : list) {
            for (quint32 i = 0; i < one.windows && !m_in.isBad(); ++i)
                one.content.windows.push_back(window());
            m_image.set(one.title, std::move(one.content));
        }
    }

    ImageWindow window()
    {
        const ImageCounts after = m_image.counts();
        const int dateBits = bitsFor(quint64 {after.dates} + 2);
        ImageWindow window;
        window.deny = m_in.bits(1) != 0;
        window.start = m_in.bits(dateBits);
        window.end = m_in.bits(dateBits);
        window.offers = m_in.bits(bitsFor(after.offerSets));
        window.sites = m_in.bits(bitsFor(after.siteSets));
        window.territory = m_in.bits(bitsFor(after.territories));
        window.term = window.deny ? 0 : m_in.bits(bitsFor(after.terms));
        return window;
    }

    AvailabilityImage& m_image;
    DeltaInput m_in;
};

} // namespace

Result<quint64> followDelta(AvailabilityImage& image, const QByteArray& delta)
{
    const Error corrupt {ErrorCode::Corrupt, u"the delta does not lead on from here"_s, "foreign_delta"};
    if (delta.size() < kHeaderSize || delta.sliced(kFromIdAt, kStateIdSize) != image.stateId())
        return corrupt;
    if (!DeltaTaker(image, QByteArrayView(delta).sliced(kHeaderSize)).run())
        return corrupt;
    image.adopt(image.layout(), delta.sliced(kToIdAt, kStateIdSize));
    return qFromLittleEndian<quint64>(delta.constData() + kToVersionAt);
}

} // namespace vidimus::rights

#include "core/base/sha256.h"
#include "core/rights/byte_output_p.h"
#include "core/rights/snapshot_encoder.h"

#include <algorithm>

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFormat = 2;
constexpr int kSealSize = 104;
constexpr quint32 kHeaderSize = 168;
constexpr int kStateIdSize = 16;

/// The rows of [before, after) as a list of rising columns, or of those that are missing where that is shorter.
void putTerritory(QByteArray& out, const QByteArray& row, qsizetype bytes, int columns)
{
    std::vector<int> in, missing;
    for (int column = 0; column < columns; ++column)
        (row[column / 8] >> column % 8 & 1 ? in : missing).push_back(column);
    const bool inverted = missing.size() < in.size();
    const bool hasAtoms = row.size() > bytes;
    const std::vector<int>& listed = inverted ? missing : in;
    putNumber(out, listed.size() << 2 | static_cast<quint64>(hasAtoms) << 1 | static_cast<quint64>(inverted));
    int next = 0;
    for (const int column : listed) {
        putNumber(out, static_cast<quint64>(column - next));
        next = column + 1;
    }
    if (!hasAtoms)
        return;
    const char* atoms = row.constData() + bytes;
    const auto added = qFromLittleEndian<quint32>(atoms);
    const auto all = static_cast<quint32>((row.size() - bytes) / 4 - 1);
    for (const auto& [first, end] : {std::pair(quint32 {0}, added), std::pair(added, all)}) {
        putNumber(out, end - first);
        quint32 last = 0;
        for (quint32 i = first; i < end; ++i) {
            const auto atom = qFromLittleEndian<quint32>(atoms + 4 + 4 * qsizetype {i});
            putNumber(out, atom - last);
            last = atom;
        }
    }
}

struct Direction {
    ImageCounts before, after;
};

class DeltaWriter {
public:
    DeltaWriter(const AvailabilityImage& image, const Direction& direction)
        : m_image(image)
        , m_direction(direction)
    {
    }

    /// \a contents: what the changed titles will be; a new one is there too.
    QByteArray payload(const std::map<std::uint32_t, const ImageTitle*>& contents)
    {
        const auto& [before, after] = m_direction;
        for (const auto& [from, to] : {std::pair(before.titles, after.titles), {before.dates, after.dates},
                 {before.territories, after.territories}, {before.siteSets, after.siteSets},
                 {before.offerSets, after.offerSets}, {before.terms, after.terms}}) {
            putNumber(m_out, from);
            putNumber(m_out, to);
        }
        putNumber(m_out, contents.size());
        putTables();
        std::uint32_t next = 0;
        for (const auto& [title, content] : contents) {
            putTitle(title, *content, title - next);
            next = title + 1;
        }
        BitOutput bits(m_out);
        for (const auto& [title, content] : contents) {
            for (const ImageWindow& window : content->windows)
                putWindow(bits, window);
        }
        bits.finish();
        return m_out;
    }

private:
    void putTables()
    {
        const auto& [before, after] = m_direction;
        qint64 last = 0;
        for (std::uint32_t i = before.dates; i < after.dates; ++i) {
            putSigned(m_out, m_image.dates()[i] - last);
            last = m_image.dates()[i];
        }
        const auto columns = static_cast<int>(m_image.basis().countries.size()) + 1;
        for (std::uint32_t i = before.territories; i < after.territories; ++i)
            putTerritory(m_out, m_image.territories()[i], m_image.territoryBytes(), columns);
        for (std::uint32_t i = before.siteSets; i < after.siteSets; ++i)
            m_out += m_image.siteSets()[i].first(m_image.basis().sites.size() / 8 + 1);
        for (std::uint32_t i = before.offerSets; i < after.offerSets; ++i)
            m_out += m_image.offerSets()[i].first(m_image.basis().offers.size() / 8 + 1);
        for (std::uint32_t i = before.terms; i < after.terms; ++i)
            putText(m_image.terms()[i]);
    }

    void putText(const QByteArray& text)
    {
        putNumber(m_out, static_cast<quint64>(text.size()));
        m_out += text;
    }

    void putTitle(std::uint32_t title, const ImageTitle& content, std::uint32_t gap)
    {
        putNumber(m_out, gap);
        putNumber(m_out,
            content.windows.size() << 2 | static_cast<quint64>(content.gone) << 1
                | static_cast<quint64>(content.container));
        if (title >= m_direction.before.titles)
            putText(m_image.ids()[title]);
        if (!content.container)
            return;
        putNumber(m_out, content.members.size());
        std::uint32_t next = 0;
        for (const std::uint32_t member : content.members) {
            putNumber(m_out, member - next);
            next = member + 1;
        }
    }

    void putWindow(BitOutput& bits, const ImageWindow& window) const
    {
        const ImageCounts& after = m_direction.after;
        const int dateBits = bitsFor(quint64 {after.dates} + 2);
        bits.put(window.deny, 1);
        bits.put(window.start, dateBits);
        bits.put(window.end, dateBits);
        bits.put(window.offers, bitsFor(after.offerSets));
        bits.put(window.sites, bitsFor(after.siteSets));
        bits.put(window.territory, bitsFor(after.territories));
        if (!window.deny)
            bits.put(window.term, bitsFor(after.terms));
    }

    const AvailabilityImage& m_image;
    Direction m_direction;
    QByteArray m_out;
};

struct Names {
    quint64 fromVersion = 0, toVersion = 0;
    QByteArray from, to; ///< of the states
};

QByteArray framed(const QByteArray& payload, const Names& names, const SigningKey* key)
{
    QByteArray bytes(kSealSize, 0);
    put<quint32>(bytes, kFormat);
    put<quint32>(bytes, kHeaderSize);
    put<quint64>(bytes, kHeaderSize + static_cast<quint64>(payload.size()));
    put<quint64>(bytes, names.fromVersion);
    put<quint64>(bytes, names.toVersion);
    bytes += names.from + names.to + payload;
    seal(bytes, "VIDDELTA", key);
    return bytes;
}

} // namespace

Result<DeltaPair> encodeStep(
    AvailabilityImage& image, const ImageStep& step, quint64 fromVersion, quint64 toVersion, const SigningKey* key)
{
    if (!image.fitsLayout())
        return Error {
            ErrorCode::Unsupported, u"the change outgrows the snapshot; compile a new one"_s, "needs_snapshot"};
    std::map<std::uint32_t, const ImageTitle*> now, then;
    for (const auto& [title, content] : step.contentBefore) {
        now.emplace(title, &image.titles()[title]);
        then.emplace(title, &content);
    }
    for (std::uint32_t title = step.before.titles; title < image.titles().size(); ++title)
        now.emplace(title, &image.titles()[title]);
    const ImageCounts after = image.counts();
    const QByteArray forward = DeltaWriter(image, {step.before, after}).payload(now);
    const QByteArray reverse = DeltaWriter(image, {after, step.before}).payload(then);
    const QByteArray next = sha256(step.fromId + forward).first(kStateIdSize);
    image.setStateId(next);
    return DeltaPair {.forward = framed(forward, {fromVersion, toVersion, step.fromId, next}, key),
        .reverse = framed(reverse, {toVersion, fromVersion, next, step.fromId}, key),
        .titles = static_cast<qint64>(now.size())};
}

} // namespace vidimus::rights

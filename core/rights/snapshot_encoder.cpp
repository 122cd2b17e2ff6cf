#include "core/rights/snapshot_encoder.h"

#include "core/availability_reader/availability_reader.h"
#include "core/base/sha256.h"
#include "core/rights/byte_output_p.h"
#include "core/rights/image_ids_p.h"
#include "core/rights/image_pages_p.h"

namespace vidimus::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kFormat = 2;
constexpr int kSealSize = 104; // magic, digest, signature
constexpr quint32 kHeaderSize = 400;
constexpr int kStateIdAt = 128;
constexpr int kStateIdSize = 16;
constexpr int kVersionAt = 120;
constexpr std::size_t kSections = 17;

/// Names one after the other, and where each begins and the last ends.
QByteArray offsetsInto(QByteArray& text, const std::vector<QByteArray>& names)
{
    QByteArray offsets;
    put<quint32>(offsets, static_cast<quint32>(text.size()));
    for (const QByteArray& name : names) {
        text += name;
        put<quint32>(offsets, static_cast<quint32>(text.size()));
    }
    return offsets;
}

std::vector<QByteArray> utf8(const QStringList& names)
{
    std::vector<QByteArray> bytes;
    for (const QString& name : names)
        bytes.push_back(name.toUtf8());
    return bytes;
}

struct TerritorySections {
    QByteArray rows, lists, atoms;
    quint32 listCount = 0;
};

TerritorySections territorySections(const AvailabilityImage& image)
{
    TerritorySections out;
    const qsizetype size = image.territoryBytes();
    for (std::size_t i = 0; i < image.territories().size(); ++i) {
        const QByteArray& row = image.territories()[i];
        out.rows += row.first(size);
        if (row.size() == size)
            continue;
        const auto added = qFromLittleEndian<quint32>(row.constData() + size);
        const auto all = static_cast<quint32>((row.size() - size) / 4 - 1);
        put<quint32>(out.lists, static_cast<quint32>(i));
        put<quint32>(out.lists, static_cast<quint32>(out.atoms.size() / 4));
        put<quint32>(out.lists, added);
        put<quint32>(out.lists, all - added);
        out.atoms += row.sliced(size + 4);
        ++out.listCount;
    }
    return out;
}

QByteArray joined(const std::vector<QByteArray>& rows)
{
    QByteArray all;
    for (const QByteArray& row : rows)
        all += row;
    return all;
}

bool isReadable(const QByteArray& bytes, const SigningKey* key)
{
    vav_reader* reader = nullptr;
    const auto* publicKey = key ? reinterpret_cast<const std::uint8_t*>(key->publicKey().constData()) : nullptr;
    const bool fits
        = vav_open_bytes(&reader, bytes.constData(), static_cast<std::size_t>(bytes.size()), publicKey) == VAV_OK;
    vav_close(reader);
    return fits;
}

/// Everything behind the seal, with the state's name and the version still zero.
QByteArray encodeBody(const AvailabilityImage& image)
{
    const ImageBasis& basis = image.basis();
    const ImageLayout& layout = image.layout();
    const PagesBytes pages = encodePages(image);
    const IdBytes ids = encodeIds(image.ids());
    const TerritorySections territories = territorySections(image);
    QByteArray dates, columns, text = basis.partition.toUtf8();
    const auto partitionSize = static_cast<quint32>(text.size());
    for (const std::int64_t date : image.dates())
        put<qint64>(dates, date);
    for (const int country : basis.countries)
        put<quint16>(columns, static_cast<quint16>(country));
    const QByteArray sites = offsetsInto(text, utf8(basis.sites));
    const QByteArray offers = offsetsInto(text, utf8(basis.offers));
    const QByteArray terms = offsetsInto(text, image.terms());
    const QByteArray siteSets = joined(image.siteSets()), offerSets = joined(image.offerSets());
    const std::array<const QByteArray*, kSections> sections {&pages.offsets, &pages.pages, &dates, &columns,
        &territories.rows, &territories.lists, &territories.atoms, &siteSets, &offerSets, &sites, &offers, &terms,
        &ids.rows, &ids.text, &ids.index, &ids.bucketStarts, &text};
    const ImageCounts counts = image.counts();
    QByteArray body;
    put<quint32>(body, kFormat);
    put<quint32>(body, kHeaderSize);
    put<quint64>(body, 0); // file size, below
    put<quint64>(body, 0); // version
    body.append(kStateIdSize, 0);
    put<quint64>(body, ids.firstNumber);
    put<quint64>(body, static_cast<quint64>(pages.pages.size()));
    put<quint64>(body, static_cast<quint64>(ids.text.size()));
    for (const quint32 count : {counts.titles, (counts.titles + 63) / 64, pages.words, counts.dates,
             static_cast<quint32>(basis.countries.size()), counts.territories, territories.listCount,
             static_cast<quint32>(territories.atoms.size() / 4), static_cast<quint32>(basis.sites.size()),
             static_cast<quint32>(basis.offers.size()), counts.siteSets, counts.offerSets, counts.terms,
             static_cast<quint32>(layout.termBytes), ids.kind, ids.width, ids.buckets,
             static_cast<quint32>(text.size())})
        put<quint32>(body, count);
    for (const int bits : {layout.date, layout.date, layout.offers, layout.sites, layout.territory, layout.term, 0, 0})
        put<quint8>(body, static_cast<quint8>(bits));
    put<quint32>(body, partitionSize);
    put<quint32>(body, static_cast<quint32>(basis.question));
    body.append(8, 0);
    quint64 at = kHeaderSize;
    for (const QByteArray* section : sections) {
        at = (at + 7) & ~quint64 {7};
        put<quint64>(body, at);
        at += static_cast<quint64>(section->size());
    }
    qToLittleEndian(at, body.data() + 112 - kSealSize);
    for (const QByteArray* section : sections) {
        body.append((8 - (kSealSize + body.size()) % 8) % 8, 0);
        body += *section;
    }
    return body;
}

} // namespace

void seal(QByteArray& bytes, QByteArrayView magic, const SigningKey* key)
{
    bytes.replace(0, 8, magic);
    bytes.replace(8, 32, sha256(QByteArrayView(bytes).sliced(kSealSize)));
    if (key)
        bytes.replace(40, 64, key->sign(QByteArrayView(bytes).first(40)));
}

Result<QByteArray> encodeSnapshot(AvailabilityImage& image, quint64 version, const SigningKey* key)
{
    if (auto frozen = image.freeze(); !frozen)
        return std::move(frozen).error();
    if (!image.fitsLayout())
        return Error {ErrorCode::Unsupported, u"the image has outgrown its layout"_s, "needs_snapshot"};
    const QByteArray body = encodeBody(image);
    if (body.size() > 0x7FFFFFFF)
        return Error {ErrorCode::LimitExceeded, u"a snapshot holds at most 2 GiB"_s, "too_many"};
    if (image.stateId().isEmpty())
        image.setStateId(sha256(body).first(kStateIdSize));
    QByteArray bytes = QByteArray(kSealSize, 0) + body;
    qToLittleEndian(version, bytes.data() + kVersionAt);
    bytes.replace(kStateIdAt, kStateIdSize, image.stateId());
    seal(bytes, "VIDAVAIL", key);
    if (!isReadable(bytes, key))
        return Error {ErrorCode::Internal, u"the compiled snapshot cannot be read back"_s, "snapshot_unreadable"};
    return bytes;
}

} // namespace vidimus::rights

#include "core/workbench/workload_image.h"

#include "core/rights/territory.h"

#include <QtEndian>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// A row of bits with one free for whatever has no bit of its own.
QByteArray rowOf(const quint64* words, std::size_t count, qsizetype bytes)
{
    QByteArray row(bytes, 0);
    for (std::size_t i = 0; i < count; ++i) {
        if ((words[i / 64] >> i % 64 & 1) != 0)
            row[static_cast<qsizetype>((i + 1) / 8)] |= static_cast<char>(1 << (i + 1) % 8);
    }
    return row;
}

rights::ImageTitle contentOf(
    rights::AvailabilityImage& image, const AvailabilityWorkload& workload, quint32 title, quint32 version)
{
    rights::ImageTitle content;
    const std::vector<WorkWindow> windows = workload.windowsOf(title, version);
    for (const bool denies : {true, false}) {
        for (const WorkWindow& window : windows) {
            if (window.deny != denies)
                continue;
            const quint64 sites = window.sites, offers = window.offers;
            content.windows.push_back({.territory
                = image.territoryRow(rowOf(window.countries.data(), kWorkCountries, image.territoryBytes())),
                .sites = image.siteSet(rowOf(&sites, kWorkSites, 8)),
                .offers = image.offerSet(rowOf(&offers, kWorkOffers, 8)),
                .start = image.date(window.start * 1000),
                .end = window.end == kWorkOpen ? 1 : image.date(window.end * 1000),
                .term = denies ? 0 : image.term("p" + QByteArray::number(window.payload).rightJustified(2, '0')),
                .deny = denies});
        }
    }
    return content;
}

} // namespace

std::vector<int> workCountryCodes()
{
    std::vector<int> codes;
    for (int code = 0; code < rights::kCountryCodes && codes.size() < kWorkCountries; ++code) {
        if (rights::isAssignedCountry(code) && code != rights::kUnresolvedCountry)
            codes.push_back(code);
    }
    return codes;
}

QByteArray workCountry(quint32 country)
{
    static const std::vector<int> codes = workCountryCodes();
    return rights::atomToText(static_cast<rights::TerritoryAtom>(codes[country]) << 16).toLatin1();
}

QByteArray workSite(quint32 site)
{
    return "s" + QByteArray::number(site).rightJustified(2, '0');
}

QByteArray workOffer(quint32 offer)
{
    return "o" + QByteArray::number(offer);
}

Result<WorkloadImage> WorkloadImage::create(const AvailabilityWorkload& workload)
{
    rights::ImageBasis basis;
    basis.countries = workCountryCodes();
    for (quint32 site = 0; site < kWorkSites; ++site)
        basis.sites.append(QString::fromLatin1(workSite(site)));
    for (quint32 offer = 0; offer < kWorkOffers; ++offer)
        basis.offers.append(QString::fromLatin1(workOffer(offer)));
    rights::AvailabilityImage draft(basis);
    for (quint32 title = 0; title < workload.titles(); ++title)
        draft.set(draft.title(QByteArray::number(title)), contentOf(draft, workload, title, 0));
    WorkloadImage made(draft.compacted());
    if (auto frozen = made.m_image.freeze(); !frozen)
        return std::move(frozen).error();
    return made;
}

Result<QByteArray> WorkloadImage::snapshot(const SigningKey& key)
{
    return rights::encodeSnapshot(m_image, 1, &key);
}

Result<rights::DeltaPair> WorkloadImage::change(const AvailabilityWorkload& workload, const SigningKey& key)
{
    for (const quint32 title : workload.changedTitles())
        m_image.set(m_image.title(QByteArray::number(title)), contentOf(m_image, workload, title, 1));
    return rights::encodeStep(m_image, m_image.takeStep(), 1, 2, &key);
}

Result<rights::DeltaPair> WorkloadImage::save(
    const AvailabilityWorkload& workload, quint32 title, const SigningKey& key)
{
    m_image.set(m_image.title(QByteArray::number(title)), contentOf(m_image, workload, title, 2));
    return rights::encodeStep(m_image, m_image.takeStep(), 2, 3, &key);
}

} // namespace vidimus::workbench

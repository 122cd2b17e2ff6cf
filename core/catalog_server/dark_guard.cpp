#include "core/catalog_server/dark_guard.h"

#include "core/availability_reader/availability_reader.h"
#include "core/base/ids.h"
#include "core/rights/territory.h"

#include <QJsonObject>
#include <algorithm>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

QJsonArray lossesJson(const std::vector<SiteLoss>& losses)
{
    QJsonArray json;
    for (const SiteLoss& loss : losses) {
        const double share = loss.live > 0 ? static_cast<double>(loss.lost) / static_cast<double>(loss.live) : 0;
        json.append(QJsonObject {
            {u"site"_s, loss.site}, {u"live"_s, loss.live}, {u"lost"_s, loss.lost}, {u"lost_share"_s, share}});
    }
    return json;
}

void DarkGuard::forgetOld(Instant now)
{
    std::erase_if(m_dark, [now](const Dark& dark) { return dark.at + kWindow <= now; });
    std::erase_if(m_holds, [now](const DarkHold& hold) { return hold.at + kWindow <= now; });
    std::erase_if(m_allowances, [now](const Allowance& allowance) { return allowance.until <= now; });
}

std::optional<DarkHold> DarkGuard::check(
    const QString& principal, const QString& what, const std::vector<SiteLoss>& losses, qint64 picture, Instant now)
{
    forgetOld(now);
    const bool allowed
        = std::ranges::any_of(m_allowances, [&principal](const Allowance& one) { return one.principal == principal; });
    std::vector<SiteLoss> beyond;
    for (SiteLoss loss : losses) {
        if (loss.lost <= 0)
            continue;
        for (const Dark& dark : m_dark) {
            if (dark.site != loss.site)
                continue;
            loss.lost += dark.cells;
            loss.live += dark.picture < picture ? dark.cells : 0; // what was live before the hour's first loss
        }
        if (static_cast<double>(loss.lost) > m_share * static_cast<double>(loss.live))
            beyond.push_back(loss);
    }
    if (beyond.empty() || allowed) {
        for (const SiteLoss& loss : losses) {
            if (loss.lost > 0) {
                m_dark.push_back({loss.site, loss.lost, picture, now});
                m_changed = true;
            }
        }
        return std::nullopt;
    }
    m_changed = true;
    // One hold for a person, whatever of the many writes was stopped by it.
    const auto standing = std::ranges::find(m_holds, principal, &DarkHold::principal);
    if (standing != m_holds.end()) {
        standing->losses = beyond;
        return *standing;
    }
    m_holds.push_back({newUuid(), principal, what, beyond, now});
    return m_holds.back();
}

Result<DarkHold> DarkGuard::confirm(const QString& id, const QString& principal, Instant now)
{
    forgetOld(now);
    const auto found = std::ranges::find(m_holds, id, &DarkHold::id);
    if (found == m_holds.end())
        return Error {ErrorCode::NotFound, u"nothing waits under this name any more"_s, "unknown_hold"};
    if (found->principal == principal)
        return Error {ErrorCode::Denied, u"another person has to confirm it"_s, "same_person"};
    const DarkHold hold = *found;
    m_holds.erase(found);
    m_changed = true;
    m_allowances.push_back({hold.principal, now + kWindow});
    return hold;
}

std::vector<DarkHold> DarkGuard::holds(Instant now) const
{
    std::vector<DarkHold> list;
    std::ranges::copy_if(
        m_holds, std::back_inserter(list), [now](const DarkHold& hold) { return now < hold.at + kWindow; });
    return list;
}

std::vector<SiteLoss> lossOf(
    const CompiledAvailability& before, const rights::Resolver& after, const QStringList& titles, Instant now)
{
    const rights::ImageBasis& basis = before.basis();
    const CompiledAvailability::State state = before.state();
    std::vector<std::pair<TitleId, std::uint32_t>> known;
    for (const QString& title : titles) {
        const QByteArray id = title.toUtf8();
        if (const auto place = vav_find_title(state.get(), textOf(id)); place != VAV_NO_TITLE)
            known.emplace_back(TitleId(title), place);
    }
    std::vector<SiteLoss> losses;
    for (const QString& site : rights::cellSites(basis)) {
        SiteLoss loss {.site = site};
        const QByteArray siteName = site.toUtf8();
        for (const int code : basis.countries) {
            const QString country = rights::atomToText(static_cast<rights::TerritoryAtom>(code) << 16);
            const QByteArray countryName = country.toLatin1();
            for (const QString& offer : rights::cellOffers(basis)) {
                const QByteArray offerName = offer.toUtf8();
                const vav_cell cell = vav_make_cell(state.get(), textOf(countryName), {"", 0}, textOf(siteName),
                    textOf(offerName), now.time_since_epoch().count());
                for (const auto& [title, place] : known) {
                    if (!vav_is_available(state.get(), place, &cell))
                        continue;
                    loss.lost += !after.isAvailable(
                        {.title = title, .country = country, .site = site, .offer = offer, .at = now});
                }
            }
        }
        losses.push_back(loss);
    }
    return losses;
}

std::vector<SiteLoss> lossOf(const CompiledAvailability& before, const CompiledAvailability& after, Instant now)
{
    std::vector<SiteLoss> then;
    for (const QString& site : rights::cellSites(before.basis()))
        then.push_back({.site = site});
    std::vector<SiteLoss> later = then;
    countLive(before, then, now);
    countLive(after, later, now);
    for (std::size_t i = 0; i < then.size(); ++i)
        then[i].lost = then[i].live - later[i].live;
    return then;
}

void countLive(const CompiledAvailability& before, std::vector<SiteLoss>& losses, Instant now)
{
    const rights::ImageBasis& basis = before.basis();
    std::vector<QByteArray> countries;
    for (const int country : basis.countries)
        countries.push_back(rights::atomToText(static_cast<rights::TerritoryAtom>(country) << 16).toLatin1());
    const CompiledAvailability::Counter counter(before, now);
    for (SiteLoss& loss : losses) {
        loss.live = 0;
        for (const QByteArray& country : countries) {
            for (const QString& offer : rights::cellOffers(basis))
                loss.live += counter.count(country, loss.site.toUtf8(), offer.toUtf8());
        }
    }
}

} // namespace vidimus::catalog_server

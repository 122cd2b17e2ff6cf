#include "core/workbench/availability_guard.h"

#include "core/availability_reader/availability_reader.h"
#include "core/rights/territory.h"

#include <QJsonObject>
#include <memory>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

/// A snapshot that is asked for whole countries at one instant.
class Counter {
public:
    Counter(const QByteArray& bytes, Instant at)
        : m_at(at.time_since_epoch().count())
        , m_status(vav_open_bytes(&m_reader, bytes.constData(), static_cast<std::size_t>(bytes.size()), nullptr))
    {
        if (!m_reader)
            return;
        m_state = vav_acquire(m_reader);
        m_planes = vav_make_planes(m_state);
        if (m_planes)
            vav_planes_set_time(m_planes, m_at);
    }
    ~Counter()
    {
        vav_free_planes(m_planes);
        if (m_state)
            vav_release(m_state);
        vav_close(m_reader);
    }
    Q_DISABLE_COPY_MOVE(Counter)

    [[nodiscard]] bool isOpen() const { return m_status == VAV_OK; }
    [[nodiscard]] qint64 count(const QByteArray& country, const QByteArray& site, const QByteArray& offer) const
    {
        const auto text = [](const QByteArray& bytes) {
            return vav_text {bytes.constData(), static_cast<std::size_t>(bytes.size())};
        };
        const vav_cell cell = vav_make_cell(m_state, text(country), {"", 0}, text(site), text(offer), m_at);
        return m_planes ? vav_planes_count(m_planes, m_state, &cell) : vav_count(m_state, &cell);
    }

private:
    std::int64_t m_at;
    vav_reader* m_reader = nullptr;
    vav_status m_status;
    const vav_state* m_state = nullptr;
    vav_planes* m_planes = nullptr;
};

} // namespace

Result<std::vector<SiteCells>> compareSites(
    const QByteArray& before, const QByteArray& after, const rights::ImageBasis& basis, Instant at)
{
    const Counter then(before, at), now(after, at);
    if (!then.isOpen() || !now.isOpen())
        return Error {ErrorCode::Corrupt, u"a snapshot does not open"_s, "not_a_snapshot"};
    std::vector<SiteCells> sites;
    for (const QString& site : rights::cellSites(basis)) {
        SiteCells cells {.site = site};
        for (const int country : basis.countries) {
            const QByteArray code = rights::atomToText(static_cast<rights::TerritoryAtom>(country) << 16).toLatin1();
            for (const QString& offer : rights::cellOffers(basis)) {
                cells.before += then.count(code, site.toUtf8(), offer.toUtf8());
                cells.after += now.count(code, site.toUtf8(), offer.toUtf8());
            }
        }
        sites.push_back(std::move(cells));
    }
    return sites;
}

std::vector<SiteCells> beyondLimit(const std::vector<SiteCells>& sites, double limit)
{
    std::vector<SiteCells> beyond;
    for (const SiteCells& cells : sites) {
        if (cells.lostShare() > limit)
            beyond.push_back(cells);
    }
    return beyond;
}

QJsonArray toJson(const std::vector<SiteCells>& sites)
{
    QJsonArray json;
    for (const SiteCells& cells : sites) {
        json.append(QJsonObject {{u"site"_s, cells.site}, {u"before"_s, cells.before}, {u"after"_s, cells.after},
            {u"lost_share"_s, cells.lostShare()}});
    }
    return json;
}

} // namespace vidimus::workbench

#include "core/workbench/compiled_rights.h"

#include "core/availability_reader/availability_reader.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_encoder.h"
#include "core/rights/territory.h"

#include <algorithm>
#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The state there is, and a query's cell in it.
class Asked {
public:
    Asked(vav_reader* reader, const rights::Query& query)
        : state(vav_acquire(reader))
    {
        const QByteArray country = query.country.toUtf8(), subdivision = query.subdivision.toUtf8(),
                         site = query.site.toUtf8(), offer = query.offer.toUtf8();
        cell = vav_make_cell(state, textOf(country), textOf(subdivision), textOf(site), textOf(offer),
            query.at.time_since_epoch().count());
    }
    ~Asked() { vav_release(state); }
    Asked(const Asked&) = delete;
    Asked& operator=(const Asked&) = delete;

    const vav_state* state;
    vav_cell cell {};
};

rights::Place placeOf(const QString& place)
{
    return rights::Place::from(place.left(2), place.size() > 2 ? QStringView(place) : QStringView());
}

rights::Query inPlace(rights::Query query, const QString& place)
{
    query.country = place.left(2);
    query.subdivision = place.size() > 2 ? place : QString();
    return query;
}

TitleId idOf(const vav_state* state, std::uint32_t title)
{
    constexpr qsizetype kLongestId = 4 * 200; // ids have at most 200 characters
    QByteArray id(kLongestId, 0);
    const auto length = vav_title_id(state, title, id.data(), static_cast<std::size_t>(id.size()));
    return TitleId(QString::fromUtf8(id.first(std::min(static_cast<qsizetype>(length), id.size()))));
}

} // namespace

Result<std::shared_ptr<const CompiledRights>> CompiledRights::compile(
    const rights::Resolver& resolver, rights::Question question, quint64 version, const CancelToken& cancel)
{
    auto image = rights::imageOf(resolver.forQuestion(question), {.partition = {}, .key = nullptr, .cancel = cancel});
    if (!image)
        return std::move(image).error();
    auto bytes = rights::encodeSnapshot(*image, version);
    if (!bytes)
        return std::move(bytes).error();
    std::shared_ptr<CompiledRights> compiled(new CompiledRights());
    compiled->m_bytes = *std::move(bytes);
    compiled->m_version = version;
    const auto status = vav_open_bytes(&compiled->m_reader, compiled->m_bytes.constData(),
        static_cast<std::size_t>(compiled->m_bytes.size()), nullptr);
    if (status != VAV_OK)
        return Error {ErrorCode::Internal, u"the compiled rights do not open: %1"_s.arg(status), "snapshot_unreadable"};
    return std::shared_ptr<const CompiledRights>(std::move(compiled));
}

CompiledRights::~CompiledRights()
{
    vav_close(m_reader);
}

rights::Answer CompiledRights::answer(const rights::Query& query) const
{
    const Asked asked(m_reader, query);
    const QByteArray title = query.title.toString().toUtf8();
    const vav_answer answer = vav_ask(asked.state, vav_find_title(asked.state, textOf(title)), &asked.cell);
    return {.available = answer.available,
        .reason = rights::Reason::None,
        .termsFrom
        = WindowId(QString::fromUtf8(answer.terms_from.data, static_cast<qsizetype>(answer.terms_from.length))),
        .decidedBy = {},
        .warnings = {}};
}

std::vector<TitleId> CompiledRights::titles(const rights::Query& query, std::size_t limit, qint64& count) const
{
    const Asked asked(m_reader, query);
    std::vector<std::uint32_t> found(limit);
    std::uint32_t cursor = 0;
    found.resize(vav_list_from(asked.state, &asked.cell, &cursor, found.data(), found.size()));
    count = vav_count(asked.state, &asked.cell);
    std::vector<TitleId> titles;
    titles.reserve(found.size());
    for (const std::uint32_t title : found)
        titles.push_back(idOf(asked.state, title));
    return titles;
}

std::vector<int> CompiledRights::playedIn(
    const QStringList& places, const rights::Query& query, const CancelToken& cancel) const
{
    const Asked asked(m_reader, query);
    std::array<std::uint32_t, VAV_COUNTRY_CODES> countries {};
    vav_count_countries(asked.state, &asked.cell, countries.data());
    std::vector<int> counts(static_cast<std::size_t>(places.size()));
    for (std::size_t i = 0; i < counts.size() && !cancel.isCanceled(); ++i) {
        const rights::Place place = placeOf(places[static_cast<qsizetype>(i)]);
        if (place.subdivision == rights::kNoAtom) {
            counts[i] = static_cast<int>(countries[static_cast<std::size_t>(place.country)]);
            continue;
        }
        const Asked there(m_reader, inPlace(query, places[static_cast<qsizetype>(i)]));
        counts[i] = static_cast<int>(vav_count_played(there.state, &there.cell));
    }
    return counts;
}

std::vector<int> CompiledRights::playedIn(const QStringList& places, const rights::Query& query,
    std::span<const TitleId> titles, const CancelToken& cancel) const
{
    const Asked asked(m_reader, query);
    std::vector<std::uint32_t> found;
    found.reserve(titles.size());
    for (const TitleId& title : titles)
        found.push_back(vav_find_title(asked.state, textOf(title.toString().toUtf8())));
    std::vector<int> counts(static_cast<std::size_t>(places.size()));
    for (std::size_t i = 0; i < counts.size() && !cancel.isCanceled(); ++i) {
        const Asked there(m_reader, inPlace(query, places[static_cast<qsizetype>(i)]));
        counts[i] = static_cast<int>(std::ranges::count_if(
            found, [&there](std::uint32_t title) { return vav_is_available(there.state, title, &there.cell); }));
    }
    return counts;
}

qint64 CompiledRights::count(const rights::Query& query) const
{
    const Asked asked(m_reader, query);
    return vav_count(asked.state, &asked.cell);
}

} // namespace vidimus::workbench

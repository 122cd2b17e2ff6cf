#include "core/catalog_server/compiled_availability.h"

#include "core/availability_reader/availability_reader.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_encoder.h"
#include "core/rights/validate.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

CompiledAvailability::CompiledAvailability(rights::AvailabilityImage image, const SigningKey& key)
    : m_key(key)
    , m_image(std::move(image))
{
}

CompiledAvailability::~CompiledAvailability()
{
    vav_close(m_reader);
}

Result<std::shared_ptr<CompiledAvailability>> CompiledAvailability::create(
    const rights::RuleSet& rules, qint64 version, const SigningKey& key)
{
    auto image = rights::imageOf(rights::Resolver(rules));
    if (!image)
        return std::move(image).error();
    std::shared_ptr<CompiledAvailability> made(new CompiledAvailability(std::move(*image), key));
    made->m_version = static_cast<quint64>(version);
    auto snapshot = rights::encodeSnapshot(made->m_image, made->m_version, &key);
    if (!snapshot)
        return std::move(snapshot).error();
    made->m_snapshot = std::move(*snapshot);
    const auto size = static_cast<std::size_t>(made->m_snapshot.size());
    if (const auto status = vav_open_bytes(&made->m_reader, made->m_snapshot.constData(), size, nullptr);
        status != VAV_OK)
        return Error {ErrorCode::Internal, u"the compiled rights do not open: %1"_s.arg(status), "snapshot_unreadable"};
    for (const rights::Title& title : rules.titles) {
        if (title.link != rights::TitleLink::Part || title.parent.isEmpty())
            continue;
        made->m_parents.insert(title.id.toString(), title.parent.toString());
        made->m_children[title.parent.toString()].append(title.id.toString());
    }
    return made;
}

Result<rights::DeltaPair> CompiledAvailability::update(
    const rights::RuleSet& part, const QStringList& titles, qint64 version)
{
    const auto to = static_cast<quint64>(version);
    const QSet<QString> chosen(titles.begin(), titles.end());
    if (auto flat = rights::flattenSome(m_image, rights::Resolver(part), chosen); !flat) {
        m_image.dropStep();
        return std::move(flat).error();
    }
    auto delta = rights::encodeStep(m_image, m_image.takeStep(), m_version, to, &m_key);
    if (!delta)
        return delta;
    const auto status
        = vav_apply_bytes(m_reader, delta->forward.constData(), static_cast<std::size_t>(delta->forward.size()));
    if (status != VAV_OK)
        return Error {ErrorCode::Unsupported, u"the delta was refused: %1"_s.arg(status), "needs_snapshot"};
    m_version = to;
    return delta;
}

QStringList CompiledAvailability::below(const QString& title) const
{
    QStringList titles {title};
    for (qsizetype i = 0; i < titles.size();
        ++i) { // the list grows; a circle would have been refused when it was saved
        for (const QString& child : m_children.value(titles[i])) {
            if (!titles.contains(child))
                titles.append(child);
        }
    }
    return titles;
}

QStringList CompiledAvailability::above(const QString& title) const
{
    QStringList titles;
    for (QString at = m_parents.value(title); !at.isEmpty() && titles.size() < rights::kMaxPathLength;
        at = m_parents.value(at))
        titles.append(at);
    return titles;
}

CompiledAvailability::State::State(vav_reader* reader)
    : m_state(vav_acquire(reader))
{
}

CompiledAvailability::State::~State()
{
    vav_release(m_state);
}

bool CompiledAvailability::State::knows(const TitleId& title) const
{
    return vav_find_title(m_state, textOf(title.toString().toUtf8())) != VAV_NO_TITLE;
}

CompiledAvailability::Counter::Counter(const CompiledAvailability& compiled, Instant at)
    : m_state(compiled.m_reader)
    , m_planes(vav_make_planes(m_state.get()))
    , m_at(at.time_since_epoch().count())
{
    if (m_planes)
        vav_planes_set_time(m_planes, m_at);
}

CompiledAvailability::Counter::~Counter()
{
    vav_free_planes(m_planes);
}

qint64 CompiledAvailability::Counter::count(
    const QByteArray& country, const QByteArray& site, const QByteArray& offer) const
{
    const vav_cell cell = vav_make_cell(m_state.get(), textOf(country), {"", 0}, textOf(site), textOf(offer), m_at);
    return m_planes ? vav_planes_count(m_planes, m_state.get(), &cell) : vav_count(m_state.get(), &cell);
}

qint64 CompiledAvailability::State::titleCount() const
{
    return vav_title_count(m_state);
}

rights::Answer CompiledAvailability::State::answer(const rights::Query& query) const
{
    const QByteArray country = query.country.toUtf8(), subdivision = query.subdivision.toUtf8(),
                     site = query.site.toUtf8(), offer = query.offer.toUtf8(), title = query.title.toString().toUtf8();
    const vav_cell cell = vav_make_cell(m_state, textOf(country), textOf(subdivision), textOf(site), textOf(offer),
        query.at.time_since_epoch().count());
    const vav_answer answer = vav_ask(m_state, vav_find_title(m_state, textOf(title)), &cell);
    return {.available = answer.available,
        .reason = rights::Reason::None,
        .termsFrom
        = WindowId(QString::fromUtf8(answer.terms_from.data, static_cast<qsizetype>(answer.terms_from.length))),
        .decidedBy = {},
        .warnings = {}};
}

Result<std::shared_ptr<const PinnedAvailability>> PinnedAvailability::open(
    QByteArray snapshot, const std::vector<QByteArray>& deltas, const SigningKey& key)
{
    std::shared_ptr<PinnedAvailability> pinned(new PinnedAvailability());
    pinned->m_snapshot = std::move(snapshot);
    auto status = vav_open_bytes(&pinned->m_reader, pinned->m_snapshot.constData(),
        static_cast<std::size_t>(pinned->m_snapshot.size()),
        reinterpret_cast<const std::uint8_t*>(key.publicKey().constData()));
    for (const QByteArray& delta : deltas) {
        if (status == VAV_OK)
            status = vav_apply_bytes(pinned->m_reader, delta.constData(), static_cast<std::size_t>(delta.size()));
    }
    if (status != VAV_OK)
        return Error {ErrorCode::Corrupt, u"the kept version does not open: %1"_s.arg(status), "feed_damaged"};
    return std::shared_ptr<const PinnedAvailability>(std::move(pinned));
}

PinnedAvailability::~PinnedAvailability()
{
    vav_close(m_reader);
}

} // namespace vidimus::catalog_server

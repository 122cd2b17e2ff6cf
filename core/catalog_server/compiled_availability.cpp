#include "core/catalog_server/compiled_availability.h"

#include "core/availability_reader/availability_reader.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/image_follower.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_decoder.h"
#include "core/rights/snapshot_encoder.h"

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

vav_text textOf(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// A snapshot of ours and the deltas behind it. \a reader is the caller's to close, also after an error.
Result<void> openChain(
    vav_reader** reader, const QByteArray& snapshot, const std::vector<QByteArray>& deltas, const SigningKey& key)
{
    auto status = vav_open_bytes(reader, snapshot.constData(), static_cast<std::size_t>(snapshot.size()),
        reinterpret_cast<const std::uint8_t*>(key.publicKey().constData()));
    for (const QByteArray& delta : deltas) {
        if (status == VAV_OK)
            status = vav_apply_bytes(*reader, delta.constData(), static_cast<std::size_t>(delta.size()));
    }
    if (status != VAV_OK)
        return Error {ErrorCode::Corrupt, u"the kept version does not open: %1"_s.arg(status), "feed_damaged"};
    return {};
}

} // namespace

CompiledAvailability::CompiledAvailability(const SigningKey& key)
    : m_key(key)
{
}

CompiledAvailability::~CompiledAvailability()
{
    vav_close(m_reader);
}

Result<rights::AvailabilityImage*> CompiledAvailability::image()
{
    if (!m_image && m_loading.valid()) {
        auto loaded = m_loading.get();
        if (!loaded)
            return std::move(loaded).error();
        m_image = *std::move(loaded);
    }
    if (!m_image)
        return Error {ErrorCode::Corrupt, u"the kept version cannot be changed"_s, "feed_damaged"};
    return &*m_image;
}

Result<std::shared_ptr<CompiledAvailability>> CompiledAvailability::made(
    rights::AvailabilityImage image, qint64 version, const SigningKey& key)
{
    std::shared_ptr<CompiledAvailability> made(new CompiledAvailability(key));
    made->m_basis = image.basis();
    made->m_image = std::move(image);
    made->m_version = static_cast<quint64>(version);
    auto snapshot = rights::encodeSnapshot(*made->m_image, made->m_version, &key);
    if (!snapshot)
        return std::move(snapshot).error();
    made->m_snapshot = std::move(*snapshot);
    const auto size = static_cast<std::size_t>(made->m_snapshot.size());
    if (const auto status = vav_open_bytes(&made->m_reader, made->m_snapshot.constData(), size, nullptr);
        status != VAV_OK)
        return Error {ErrorCode::Internal, u"the compiled rights do not open: %1"_s.arg(status), "snapshot_unreadable"};
    return made;
}

Result<std::shared_ptr<CompiledAvailability>> CompiledAvailability::create(
    const rights::RuleSet& rules, qint64 version, const SigningKey& key)
{
    auto image = rights::imageOf(rights::Resolver(rules));
    return image ? made(*std::move(image), version, key)
                 : Result<std::shared_ptr<CompiledAvailability>>(std::move(image).error());
}

Result<std::shared_ptr<CompiledAvailability>> CompiledAvailability::restore(
    QByteArray snapshot, std::vector<QByteArray> deltas, const SigningKey& key)
{
    std::shared_ptr<CompiledAvailability> restored(new CompiledAvailability(key));
    restored->m_snapshot = std::move(snapshot);
    if (auto opened = openChain(&restored->m_reader, restored->m_snapshot, deltas, key); !opened)
        return std::move(opened).error();
    {
        const State state = restored->state();
        restored->m_version = vav_version(state.get());
    }
    restored->m_basis = rights::basisOfSnapshot(restored->m_snapshot);
    restored->m_loading = std::async(std::launch::async,
        [snapshot = restored->m_snapshot, deltas = std::move(deltas)]() -> Result<rights::AvailabilityImage> {
            auto decoded = rights::decodeSnapshot(snapshot);
            if (!decoded)
                return std::move(decoded).error();
            for (const QByteArray& delta : deltas) {
                if (auto followed = rights::followDelta(decoded->image, delta); !followed)
                    return std::move(followed).error();
            }
            return std::move(decoded->image);
        });
    return restored;
}

Result<rights::DeltaPair> CompiledAvailability::update(
    const rights::RuleSet& part, const QStringList& titles, qint64 version)
{
    const auto to = static_cast<quint64>(version);
    const auto loaded = image();
    if (!loaded)
        return loaded.error();
    rights::AvailabilityImage& image = **loaded;
    if (auto flat = rights::flattenSome(image, rights::Resolver(part), QSet<QString>(titles.begin(), titles.end()));
        !flat) {
        image.dropStep();
        return std::move(flat).error();
    }
    auto delta = rights::encodeStep(image, image.takeStep(), m_version, to, &m_key);
    if (!delta)
        return delta;
    const auto status
        = vav_apply_bytes(m_reader, delta->forward.constData(), static_cast<std::size_t>(delta->forward.size()));
    if (status != VAV_OK)
        return Error {ErrorCode::Unsupported, u"the delta was refused: %1"_s.arg(status), "needs_snapshot"};
    m_version = to;
    return delta;
}

Result<std::shared_ptr<CompiledAvailability>> CompiledAvailability::rebased(
    const rights::RuleSet& part, const QStringList& titles, qint64 version)
{
    const auto image = this->image();
    if (!image)
        return image.error();
    const rights::Resolver resolver(part);
    rights::AvailabilityImage draft = (*image)->widened(rights::joined(m_basis, rights::basisOf(resolver)));
    if (auto flat = rights::flattenSome(draft, resolver, QSet<QString>(titles.begin(), titles.end())); !flat)
        return std::move(flat).error();
    return made(draft.compacted(), version, m_key);
}

Result<QByteArray> CompiledAvailability::presentSnapshot()
{
    const auto loaded = image();
    return loaded ? rights::encodeSnapshot(**loaded, m_version, &m_key) : Result<QByteArray>(loaded.error());
}

QByteArray CompiledAvailability::stateId() const
{
    const State state(m_reader);
    return QByteArray(reinterpret_cast<const char*>(vav_state_id(state.get())), VAV_STATE_ID_BYTES);
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
    if (auto opened = openChain(&pinned->m_reader, pinned->m_snapshot, deltas, key); !opened)
        return std::move(opened).error();
    return std::shared_ptr<const PinnedAvailability>(std::move(pinned));
}

PinnedAvailability::~PinnedAvailability()
{
    vav_close(m_reader);
}

} // namespace vidimus::catalog_server

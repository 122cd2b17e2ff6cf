#pragma once

#include "core/rights/query.h"
#include "core/rights/rule_set.h"
#include "core/rights/snapshot_encoder.h"

#include <QStringList>
#include <future>
#include <memory>
#include <optional>
#include <vector>

struct vav_planes;
struct vav_reader;
struct vav_state;

namespace vidimus::catalog_server {

/// The compiled form of all rules, which answers visitors. It is changed on the database's thread, by a delta of the
/// titles that a write touched; questions come from any thread, wait for nothing, and see one state as long as they
/// hold it.
class CompiledAvailability {
public:
    /// Compiles everything; what it publishes is signed with \a key, which must outlive it. Errors: LimitExceeded.
    [[nodiscard]] static Result<std::shared_ptr<CompiledAvailability>> create(
        const rights::RuleSet& rules, qint64 version, const SigningKey& key);
    /// Goes on where a version that was published stands, without the rules: it answers at once, and the tables that
    /// only a change needs are read meanwhile. Errors: Corrupt, also when it was signed by another key.
    [[nodiscard]] static Result<std::shared_ptr<CompiledAvailability>> restore(
        QByteArray snapshot, std::vector<QByteArray> deltas, const SigningKey& key);
    ~CompiledAvailability();
    Q_DISABLE_COPY_MOVE(CompiledAvailability)

    /// Takes what \a part says about \a titles; those that it does not hold are gone. It holds what is above them, and
    /// of series and seasons among them all parts. What was published. Errors: Unsupported "needs_snapshot": the state
    /// that is asked is as before, and rebased() goes on; others: only create() can.
    [[nodiscard]] Result<rights::DeltaPair> update(
        const rights::RuleSet& part, const QStringList& titles, qint64 version);
    /// The same where names, countries or numbers of rows have outgrown the snapshot: another one of the same content,
    /// without compiling what \a titles does not name. Errors: LimitExceeded.
    [[nodiscard]] Result<std::shared_ptr<CompiledAvailability>> rebased(
        const rights::RuleSet& part, const QStringList& titles, qint64 version);
    /// Of the present state, from which the deltas go on.
    [[nodiscard]] Result<QByteArray> presentSnapshot();

    /// A state that stays as it is while it is held.
    class State {
    public:
        explicit State(vav_reader* reader);
        ~State();
        Q_DISABLE_COPY_MOVE(State)

        [[nodiscard]] bool knows(const TitleId& title) const;
        [[nodiscard]] qint64 titleCount() const;
        [[nodiscard]] const vav_state* get() const { return m_state; }
        /// Available and terms; the reason is None. Without age limit and entitlement.
        [[nodiscard]] rights::Answer answer(const rights::Query& query) const;

    private:
        const vav_state* m_state;
    };
    [[nodiscard]] State state() const { return State(m_reader); }
    /// Counts available titles at one instant, of the state there is when it is made. Database thread.
    class Counter {
    public:
        Counter(const CompiledAvailability& compiled, Instant at);
        ~Counter();
        Q_DISABLE_COPY_MOVE(Counter)
        [[nodiscard]] qint64 count(const QByteArray& country, const QByteArray& site, const QByteArray& offer) const;

    private:
        State m_state;
        vav_planes* m_planes; // owned; null: every title is asked
        qint64 m_at;
    };
    [[nodiscard]] const QByteArray& snapshot() const { return m_snapshot; } ///< the first state, as it was published
    [[nodiscard]] QByteArray stateId() const; ///< of the present state; database thread
    [[nodiscard]] const rights::ImageBasis& basis() const { return m_basis; }

private:
    explicit CompiledAvailability(const SigningKey& key);
    /// Publishes an image that has no state yet.
    [[nodiscard]] static Result<std::shared_ptr<CompiledAvailability>> made(
        rights::AvailabilityImage image, qint64 version, const SigningKey& key);
    /// Waits for what restore() left to be read.
    [[nodiscard]] Result<rights::AvailabilityImage*> image();

    const SigningKey& m_key;
    rights::ImageBasis m_basis;
    std::optional<rights::AvailabilityImage> m_image;
    std::future<Result<rights::AvailabilityImage>> m_loading; // until m_image is there
    QByteArray m_snapshot; // what the reader reads
    vav_reader* m_reader = nullptr; // owned; closed by the destructor
    quint64 m_version = 0;
};

/// An older version that was put back, as the feed kept it. Immutable; any thread.
class PinnedAvailability {
public:
    /// Errors: Corrupt.
    [[nodiscard]] static Result<std::shared_ptr<const PinnedAvailability>> open(
        QByteArray snapshot, const std::vector<QByteArray>& deltas, const SigningKey& key);
    ~PinnedAvailability();
    Q_DISABLE_COPY_MOVE(PinnedAvailability)

    [[nodiscard]] CompiledAvailability::State state() const { return CompiledAvailability::State(m_reader); }

private:
    PinnedAvailability() = default;

    QByteArray m_snapshot; // what the reader reads
    vav_reader* m_reader = nullptr; // owned; closed by the destructor
};

} // namespace vidimus::catalog_server

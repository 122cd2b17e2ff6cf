#pragma once

#include "core/rights/query.h"
#include "core/rights/rule_set.h"
#include "core/rights/snapshot_encoder.h"

#include <QHash>
#include <memory>

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
    ~CompiledAvailability();
    Q_DISABLE_COPY_MOVE(CompiledAvailability)

    /// Takes what \a part says about \a titles, which were given by below(); \a part holds them and what is above them.
    /// What was published. Errors: Unsupported "needs_snapshot": nothing was changed, and only create() can go on.
    [[nodiscard]] Result<rights::DeltaPair> update(
        const rights::RuleSet& part, const QStringList& titles, qint64 version);
    /// The title and all that is a part of it. Database thread.
    [[nodiscard]] QStringList below(const QString& title) const;
    /// What the title is a part of, nearest first. Database thread.
    [[nodiscard]] QStringList above(const QString& title) const;

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
    [[nodiscard]] const QByteArray& stateId() const
    {
        return m_image.stateId();
    } ///< of the present state; database thread
    [[nodiscard]] const rights::ImageBasis& basis() const { return m_image.basis(); }

private:
    CompiledAvailability(rights::AvailabilityImage image, const SigningKey& key);

    const SigningKey& m_key;
    rights::AvailabilityImage m_image;
    QByteArray m_snapshot; // what the reader reads
    vav_reader* m_reader = nullptr; // owned; closed by the destructor
    quint64 m_version = 0;
    QHash<QString, QString> m_parents; // of parts
    QHash<QString, QStringList> m_children;
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

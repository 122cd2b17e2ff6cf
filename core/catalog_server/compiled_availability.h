#pragma once

#include "core/rights/availability_image.h"
#include "core/rights/query.h"
#include "core/rights/rule_set.h"

#include <QHash>
#include <memory>

struct vav_reader;
struct vav_state;

namespace vidimus::catalog_server {

/// The compiled form of all rules, which answers visitors. It is changed on the database's thread, by a delta of the
/// titles that a write touched; questions come from any thread, wait for nothing, and see one state as long as they
/// hold it.
class CompiledAvailability {
public:
    /// Compiles everything. Errors: LimitExceeded.
    [[nodiscard]] static Result<std::shared_ptr<CompiledAvailability>> create(
        const rights::RuleSet& rules, qint64 version);
    ~CompiledAvailability();
    Q_DISABLE_COPY_MOVE(CompiledAvailability)

    /// Takes what \a part says about \a titles, which were given by below(); \a part holds them and what is above them.
    /// Errors: Unsupported "needs_snapshot": nothing was changed, and only create() can go on.
    [[nodiscard]] Result<void> update(const rights::RuleSet& part, const QStringList& titles, qint64 version);
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
        /// Available and terms; the reason is None. Without age limit and entitlement.
        [[nodiscard]] rights::Answer answer(const rights::Query& query) const;

    private:
        const vav_state* m_state;
    };
    [[nodiscard]] State state() const { return State(m_reader); }

private:
    explicit CompiledAvailability(rights::AvailabilityImage image);

    rights::AvailabilityImage m_image;
    QByteArray m_snapshot; // what the reader reads
    vav_reader* m_reader = nullptr; // owned; closed by the destructor
    quint64 m_version = 0;
    QHash<QString, QString> m_parents; // of parts
    QHash<QString, QStringList> m_children;
};

} // namespace vidimus::catalog_server

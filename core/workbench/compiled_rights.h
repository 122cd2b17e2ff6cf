#pragma once

#include "core/base/cancel.h"
#include "core/rights/query.h"
#include "core/rights/resolver.h"

#include <QByteArray>
#include <QStringList>
#include <memory>
#include <span>
#include <vector>

struct vav_reader;

namespace vidimus::workbench {

/// Rules compiled and read back by the reader that a player's backend has: what the studio shows is what viewers get.
/// Answers hold without age limit and entitlement. Immutable; any thread.
class CompiledRights {
public:
    /// Compiles one question of the rules. Errors: Canceled, LimitExceeded, Internal.
    [[nodiscard]] static Result<std::shared_ptr<const CompiledRights>> compile(
        const rights::Resolver& resolver, rights::Question question, quint64 version, const CancelToken& cancel = {});
    ~CompiledRights();
    CompiledRights(const CompiledRights&) = delete;
    CompiledRights& operator=(const CompiledRights&) = delete;

    [[nodiscard]] quint64 version() const { return m_version; }
    /// Available and termsFrom; the reason is None.
    [[nodiscard]] rights::Answer answer(const rights::Query& query) const;
    [[nodiscard]] bool isAvailable(const rights::Query& query) const { return answer(query).available; }
    /// Titles available in the query's cell, at most \a limit; \a count says how many there are. The query's title
    /// plays no part.
    [[nodiscard]] std::vector<TitleId> titles(const rights::Query& query, std::size_t limit, qint64& count) const;
    [[nodiscard]] qint64 count(const rights::Query& query) const;
    /// How many titles that are played (no series, no seasons) are available in each place, "FR" or "CA-QC", in the
    /// order of \a places. The query's title and place play no part. Returns early, with zeros, when canceled.
    [[nodiscard]] std::vector<int> playedIn(
        const QStringList& places, const rights::Query& query, const CancelToken& cancel = {}) const;
    /// The same of some titles alone; one that it does not know is available nowhere.
    [[nodiscard]] std::vector<int> playedIn(const QStringList& places, const rights::Query& query,
        std::span<const TitleId> titles, const CancelToken& cancel = {}) const;

private:
    CompiledRights() = default;

    QByteArray m_bytes; // the reader reads them
    vav_reader* m_reader = nullptr; // owned; closed by the destructor
    quint64 m_version = 0;
};

} // namespace vidimus::workbench

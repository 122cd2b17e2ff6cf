#include "core/workbench/scrub.h"

#include "core/store/workspace_store.h"
#include "core/workbench/original_check.h"
#include "core/workbench/workspace.h"

#include <QDir>
#include <algorithm>
#include <limits>
#include <utility>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kDay = 24h;
constexpr int kFetched = 256;
constexpr std::size_t kMaxResults = 256; // of one transaction, where files are small or gone
const QString kBudgetKey = u"scrub.budget"_s;
const QString kRunKey = u"scrub.run"_s;

ScrubBudget budgetFrom(const std::optional<QJsonObject>& stored)
{
    if (!stored)
        return {};
    const auto at = parseRfc3339(stored->value(u"at"_s).toString());
    return at ? ScrubBudget {stored->value(u"bytes"_s).toInteger(), *at} : ScrubBudget {};
}

/// When the run began that was stopped; now where there is none, or one of another time.
Instant runFrom(const std::optional<QJsonObject>& stored, Instant now)
{
    const auto since = stored ? parseRfc3339(stored->value(u"since"_s).toString()) : Result<Instant>(Error {});
    return since && *since <= now && now - *since < kScrubDays * kDay ? *since : now;
}

} // namespace

ScrubBudget grown(const ScrubBudget& budget, qint64 allBytes, Instant now)
{
    const qint64 share = std::max<qint64>(1, allBytes / kScrubDays);
    if (budget.at == Instant {})
        return {share, now};
    const auto elapsed = std::max(now - budget.at, Milliseconds {0});
    const double days = static_cast<double>(elapsed.count()) / static_cast<double>(kDay.count());
    const double more = static_cast<double>(share) * days;
    const qint64 most = share * ScrubBudget::kKeptDays;
    const bool isFull = more >= static_cast<double>(most - budget.bytes);
    return {isFull ? most : budget.bytes + static_cast<qint64>(more), now};
}

Scrubber::Scrubber(Workspace& workspace, Scope scope, const Clock& clock)
    : m_workspace(workspace)
    , m_scope(scope)
    , m_clock(clock)
{
}

Result<void> Scrubber::begin()
{
    const Instant now = m_clock.now();
    auto begun = m_workspace.store().read([&](const store::UnitOfWork& unit) -> Result<void> {
        const auto budget = unit.settings.find(kBudgetKey);
        const auto run = unit.settings.find(kRunKey);
        if (!budget || !run)
            return !budget ? budget.error() : run.error();
        m_budget = budgetFrom(*budget);
        m_since = runFrom(*run, now);
        return {};
    });
    if (!begun)
        return begun;
    m_budget.at = std::min(m_budget.at, now); // one from the future is of a clock that was wrong
    m_hasBegun = true;
    if (m_scope == Scope::Share)
        return {};
    if (auto fetched = fetch(); !fetched)
        return fetched;
    for (const store::StoredOriginal& original : m_waiting)
        m_bytesInAll += original.bytes;
    return keepResults(m_workspace, {}, {{kRunKey, {{u"since"_s, toRfc3339(m_since)}}}});
}

Result<void> Scrubber::fetch()
{
    const Instant now = m_clock.now();
    return m_workspace.store().read([&](const store::UnitOfWork& unit) -> Result<void> {
        const bool isAll = m_scope == Scope::All;
        const auto due
            = unit.scrubs.due(isAll ? m_since : now - kDay, now, isAll ? std::numeric_limits<int>::max() : kFetched);
        const auto totals = unit.scrubs.totals(now, now);
        if (!due || !totals)
            return !due ? due.error() : totals.error();
        m_waiting.assign(due->begin(), due->end());
        m_allBytes = totals->bytes;
        return {};
    });
}

Result<Scrubber::Slice> Scrubber::readOn(qint64 bytes)
{
    if (auto begun = m_hasBegun ? Result<void>() : begin(); !begun)
        return std::move(begun).error();
    Slice slice;
    Results results;
    while (slice.bytes < bytes && results.size() < kMaxResults) {
        if (m_waiting.empty() && !results.empty())
            break; // what is not kept yet would be fetched again
        if (m_waiting.empty() && m_scope == Scope::Share) {
            if (auto fetched = fetch(); !fetched)
                return std::move(fetched).error();
        }
        const bool mayBegin = m_scope == Scope::All || grown(m_budget, m_allBytes, m_clock.now()).bytes > m_spent;
        if (m_waiting.empty() || (!m_reader && !mayBegin)) {
            slice.isOver = true;
            break;
        }
        if (auto read = readFront(bytes - slice.bytes, results, slice); !read)
            return std::move(read).error();
    }
    slice.isOver = slice.isOver || (m_scope == Scope::All && m_waiting.empty());
    if (auto kept = keep(results, slice); !kept)
        return std::move(kept).error();
    return slice;
}

Result<void> Scrubber::readFront(qint64 bytes, Results& results, Slice& slice)
{
    const store::StoredOriginal& original = m_waiting.front();
    std::optional<Error> damage;
    if (!m_reader) {
        auto opened = OriginalReader::open(m_workspace.paths(), original);
        // A disk that is not there, or too many open files, say nothing about this one.
        if (!opened && (opened.error().code == ErrorCode::Io || !QDir(m_workspace.paths().media()).isReadable()))
            return std::move(opened).error();
        if (opened)
            m_reader = *std::move(opened);
        else
            damage = opened.error();
    }
    if (m_reader) {
        const qint64 before = m_reader->position();
        const auto isWhole = m_reader->readOn(bytes);
        slice.bytes += m_reader->position() - before;
        m_spent += m_reader->position() - before;
        if (isWhole && !*isWhole)
            return {};
        if (!isWhole)
            damage = isWhole.error();
    }
    m_bytesDone += original.bytes;
    ++slice.originals;
    results.push_back({original.sha256, m_clock.now(), damage});
    m_reader.reset();
    m_waiting.pop_front();
    return {};
}

Result<void> Scrubber::keep(const Results& results, const Slice& slice)
{
    if (m_scope == Scope::All) {
        const bool isDone = slice.isOver;
        if (results.empty() && !isDone)
            return {};
        // A run that came to its end is none to go on with.
        const QJsonObject run = isDone ? QJsonObject() : QJsonObject {{u"since"_s, toRfc3339(m_since)}};
        return keepResults(m_workspace, results, {{kRunKey, run}});
    }
    if (results.empty())
        return {};
    m_budget = grown(m_budget, m_allBytes, m_clock.now());
    m_budget.bytes -= std::exchange(m_spent, 0);
    return keepResults(
        m_workspace, results, {{kBudgetKey, {{u"bytes"_s, m_budget.bytes}, {u"at"_s, toRfc3339(m_budget.at)}}}});
}

Result<store::ScrubTotals> scrubTotals(Workspace& workspace)
{
    const Instant now = workspace.clock().now();
    return workspace.store().read(
        [&](const store::UnitOfWork& unit) { return unit.scrubs.totals(now - kScrubDays * kDay, now); });
}

QString sentenceOf(const store::ScrubTotals& totals)
{
    if (totals.originals == 0)
        return u"there are none yet"_s;
    const QString last = totals.last ? u"; the last one %1"_s.arg(toRfc3339(*totals.last)) : QString();
    return u"%1 of %2 read back within %3 days, %4 damaged%5"_s.arg(totals.verified)
        .arg(totals.originals)
        .arg(kScrubDays)
        .arg(totals.damaged)
        .arg(last);
}

} // namespace vidimus::workbench

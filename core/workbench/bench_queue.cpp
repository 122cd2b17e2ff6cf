#include "core/store/stored_outbox.h"
#include "core/store/workspace_store.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_rows.h"
#include "core/workbench/decide.h"
#include "core/workbench/review.h"
#include "core/workbench/workspace.h"

#include <QTemporaryDir>
#include <span>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kPageRows = 50;
constexpr int kReads = 20;
constexpr int kClaimAtOnce = 20; // fewer than the decisions, so that several claims can be timed

struct QueueTimes {
    std::vector<double> open;
    std::vector<double> ids;
    std::vector<double> page;
    std::vector<double> counts;
    std::vector<double> decide;
    std::vector<double> claim;
};

Result<std::unique_ptr<Workspace>> openTimed(const QString& folder, std::vector<double>& times)
{
    const BenchClock clock;
    auto workspace = Workspace::open({.folder = folder});
    if (workspace)
        times.push_back(clock.milliseconds());
    return workspace;
}

Result<void> measureReads(Workspace& workspace, QueueTimes& times)
{
    for (int read = 0; read < kReads; ++read) {
        const BenchClock idsClock;
        const auto ids = queueIds(workspace, QueueFilter::Waiting, {});
        times.ids.push_back(idsClock.milliseconds());
        if (!ids)
            return ids.error();
        // Pages from all over the queue, as when its scroll bar is dragged.
        const std::size_t rows = std::min(kPageRows, ids->size());
        const std::size_t from = (ids->size() - rows) * static_cast<std::size_t>(read) / kReads;
        const BenchClock pageClock;
        const auto items = queueItems(workspace, std::span(*ids).subspan(from, rows));
        times.page.push_back(pageClock.milliseconds());
        if (!items)
            return items.error();
        const BenchClock countClock;
        const auto counts
            = workspace.store().read([](const store::UnitOfWork& unit) { return unit.assets.countByState(); });
        times.counts.push_back(countClock.milliseconds());
        if (!counts)
            return counts.error();
    }
    return {};
}

Result<void> measureDecisions(
    Workspace& workspace, std::span<const AssetId> assets, QueueTimes& times, const CancelToken& cancel)
{
    for (const AssetId& asset : assets) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
        const BenchClock clock;
        const auto decided = decide(workspace, {.asset = asset, .verdict = moderation::Verdict::Pass});
        times.decide.push_back(clock.milliseconds());
        if (!decided)
            return decided.error();
    }
    return {};
}

Result<void> measureClaims(Workspace& workspace, QueueTimes& times)
{
    store::StoredOutbox outbox(workspace.store());
    // After the time in which a decision can be taken back.
    const Instant later = workspace.clock().now() + std::chrono::hours(1);
    for (;;) {
        const BenchClock clock;
        const auto claimed = outbox.claimReady(later, kClaimAtOnce);
        if (!claimed)
            return claimed.error();
        if (claimed->empty())
            return {};
        times.claim.push_back(clock.milliseconds());
        for (const catalog::Operation& operation : *claimed) {
            if (auto done = outbox.markDone(operation.id, later); !done)
                return done;
        }
    }
}

Result<QueueTimes> measure(int rows, const BenchOptions& options, const CancelToken& cancel)
{
    const QTemporaryDir folder;
    QueueTimes times;
    std::vector<AssetId> assets;
    {
        auto workspace = Workspace::open({.folder = folder.path()});
        if (!workspace)
            return std::move(workspace).error();
        auto added = addMadeUpAssets(**workspace, rows, cancel);
        if (!added)
            return std::move(added).error();
        assets = *std::move(added);
    }
    for (int i = 1; i < options.repeats; ++i) {
        if (const auto opened = openTimed(folder.path(), times.open); !opened)
            return opened.error();
    }
    const auto workspace = openTimed(folder.path(), times.open);
    if (!workspace)
        return workspace.error();
    const std::size_t decisions = std::min(assets.size(), static_cast<std::size_t>(options.decisions));
    auto done = measureReads(**workspace, times);
    if (done)
        done = measureDecisions(**workspace, std::span(assets).first(decisions), times, cancel);
    if (done)
        done = measureClaims(**workspace, times);
    if (!done)
        return std::move(done).error();
    return times;
}

} // namespace

Result<FigureList> benchQueue(const BenchOptions& options, const CancelToken& cancel)
{
    FigureList figures;
    std::vector<QueueTimes> all;
    for (const int rows : options.queueRows) {
        auto times = measure(rows, options, cancel);
        if (!times)
            return std::move(times).error();
        const QString prefix = u"rows_%1_"_s.arg(rows);
        figures.add(prefix + u"open_p50"_s, medianOf(times->open), u"ms"_s);
        figures.addSpread(prefix + u"ids"_s, times->ids);
        figures.addSpread(prefix + u"page_of_%1"_s.arg(kPageRows), times->page);
        figures.addSpread(prefix + u"counts"_s, times->counts);
        figures.addSpread(prefix + u"decision"_s, times->decide);
        figures.addSpread(prefix + u"claim_of_%1"_s.arg(kClaimAtOnce), times->claim);
        all.push_back(*std::move(times));
    }
    if (all.size() > 1) {
        const QueueTimes& few = all.front();
        const QueueTimes& many = all.back();
        figures.addRatio(u"page_many_to_few"_s, medianOf(many.page), medianOf(few.page));
        figures.addRatio(u"decision_many_to_few"_s, medianOf(many.decide), medianOf(few.decide));
        figures.addRatio(u"open_many_to_few"_s, medianOf(many.open), medianOf(few.open));
    }
    return figures;
}

} // namespace vidimus::workbench

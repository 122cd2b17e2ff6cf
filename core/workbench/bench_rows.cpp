#include "core/workbench/bench_rows.h"

#include "core/base/sha256.h"
#include "core/media/facts.h"
#include "core/store/workspace_store.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRowsAtOnce = 2000;

store::Asset madeUpAsset(int number, Instant now)
{
    media::MediaFacts facts;
    facts.durationSeconds = 30 + number % 5400;
    const QString name = u"Episode %1 – scene %2.mp4"_s.arg(number / 40 + 1).arg(number % 40 + 1);
    return {.id = newId<AssetId>(),
        .sha256 = sha256Hex(QByteArray::number(number)),
        .bytes = qint64(1'000'000) + number,
        .originalName = name,
        .facts = media::toJson(facts),
        .state = store::AssetState::Waiting,
        .priority = number % 3,
        .ingestedAt = now + Milliseconds(number)};
}

} // namespace

Result<std::vector<AssetId>> addMadeUpAssets(Workspace& workspace, int count, const CancelToken& cancel)
{
    std::vector<AssetId> ids;
    for (int from = 0; from < count; from += kRowsAtOnce) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
        std::vector<store::Asset> rows;
        for (int number = from; number < std::min(count, from + kRowsAtOnce); ++number)
            rows.push_back(madeUpAsset(number, workspace.clock().now()));
        const auto added = workspace.store().write([&](store::UnitOfWork& unit) -> Result<void> {
            for (const store::Asset& row : rows) {
                if (auto one = unit.assets.add(row); !one)
                    return one;
            }
            return {};
        });
        if (!added)
            return added.error();
        for (const store::Asset& row : rows)
            ids.push_back(row.id);
    }
    return ids;
}

} // namespace vidimus::workbench

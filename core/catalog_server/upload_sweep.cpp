#include "core/catalog_server/upload_sweep.h"

#include "core/catalog_server/backend.h"

#include <QLoggingCategory>
#include <set>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
Q_LOGGING_CATEGORY(lcUploads, "vidimus.catalog_server.uploads")
constexpr auto kInterval = 1h;
} // namespace

Result<int> sweepUploads(Backend& backend, Instant before)
{
    const auto rows
        = backend.connection.all(u"SELECT id FROM uploads"_s, [](const sql::Statement& row) { return row.text(0); });
    if (!rows)
        return rows.error();
    std::set<QString> known(rows->begin(), rows->end());
    const std::vector<QString> files = backend.objects.uploads();
    std::set<QString> all = known;
    all.insert(files.begin(), files.end());
    int swept = 0;
    for (const QString& id : all) {
        const auto touched = backend.objects.uploadTouchedAt(id);
        if (touched && *touched >= before)
            continue;
        if (known.contains(id)) {
            if (auto removed = backend.connection.execute(u"DELETE FROM uploads WHERE id = ?"_s, id); !removed)
                return std::move(removed).error();
        }
        backend.objects.removeUpload(id);
        ++swept;
    }
    return swept;
}

UploadSweeper::UploadSweeper(Backend& backend, WorkLane& lane, Milliseconds abandonedAfter)
    : m_thread([&backend, &lane, abandonedAfter](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            const bool isTaken = lane.post([&backend, abandonedAfter] {
                const auto swept = sweepUploads(backend, backend.clock.now() - abandonedAfter);
                if (!swept)
                    qCWarning(lcUploads) << "cannot sweep:" << swept.error().detail;
                else if (*swept > 0)
                    qCInfo(lcUploads) << "abandoned uploads removed:" << *swept;
            });
            if (!isTaken)
                return;
            wake.wait_for(lock, stop, kInterval, [] { return false; });
        }
    })
{
}

} // namespace vidimus::catalog_server

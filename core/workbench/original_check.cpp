#include "core/workbench/original_check.h"

#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/events.h"
#include "core/workbench/open_input.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

Result<void> checkOriginal(const WorkspacePaths& paths, const QByteArray& sha256, const CancelToken& cancel)
{
    const auto input = openInput(paths.original(sha256));
    if (!input)
        return input.error();
    const auto hash = sha256HexOfFile(input->get(), cancel);
    if (!hash)
        return hash.error();
    if (*hash != sha256)
        return Error {ErrorCode::Corrupt,
            u"the original %1… is not what was ingested"_s.arg(QString::fromLatin1(sha256.left(12))),
            "original_damaged"};
    return {};
}

Result<void> verifyOriginal(Workspace& workspace, const QByteArray& sha256, const CancelToken& cancel)
{
    const auto sound = checkOriginal(workspace.paths(), sha256, cancel);
    const bool isDamage = !sound && sound.error().code == ErrorCode::Corrupt;
    if (!sound && !isDamage)
        return sound;
    const auto kept = keepResults(
        workspace, {{sha256, workspace.clock().now(), isDamage ? std::optional(sound.error()) : std::nullopt}});
    return sound ? kept : sound;
}

Result<void> keepResults(Workspace& workspace, const std::vector<store::ScrubResult>& results,
    const std::vector<std::pair<QString, QJsonObject>>& settings)
{
    const auto changed = workspace.store().write([&](store::UnitOfWork& unit) -> Result<bool> {
        bool isNews = false;
        for (const store::ScrubResult& result : results) {
            const auto before = unit.scrubs.find(result.sha256);
            if (!before)
                return before.error();
            isNews = isNews || (*before && (*before)->error.has_value()) != result.error.has_value();
            if (auto put = unit.scrubs.put(result); !put)
                return std::move(put).error();
        }
        for (const auto& [key, value] : settings) {
            if (auto put = unit.settings.put(key, value, unit.now()); !put)
                return std::move(put).error();
        }
        return isNews;
    });
    if (!changed)
        return changed.error();
    if (*changed)
        Q_EMIT workspace.events().attentionChanged();
    return {};
}

} // namespace vidimus::workbench

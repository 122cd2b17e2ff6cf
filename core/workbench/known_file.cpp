#include "core/workbench/known_file.h"

#include "core/base/sha256.h"
#include "core/store/workspace_store.h"
#include "core/workbench/open_input.h"
#include "core/workbench/workspace.h"

namespace vidimus::workbench {

Result<std::optional<store::Asset>> assetOfFile(Workspace& workspace, const QString& path, const CancelToken& cancel)
{
    const auto input = openInput(path);
    if (!input)
        return input.error();
    const auto sha256 = sha256HexOfFile(input->get(), cancel);
    if (!sha256)
        return sha256.error();
    const auto known
        = workspace.store().read([&](const store::UnitOfWork& unit) { return unit.assets.findByHash(*sha256); });
    if (!known)
        return known.error();
    return known->empty() ? std::optional<store::Asset>() : std::optional(known->front());
}

} // namespace vidimus::workbench

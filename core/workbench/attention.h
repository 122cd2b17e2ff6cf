#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <QStringList>
#include <vector>

namespace vidimus::workbench {

class Workspace;

/// Something that waits for a person. The window makes sentences of \a error (ui/widgets/error_text); \a subject is
/// what it is about, \a steps the codes of what can be done ("retry_job:<id>", "open_asset:<id>",
/// "check_original:<hash>", "retry_operation:<id>", "drop_operation:<id>", "show_disk").
struct AttentionItem {
    QString id; ///< stable while it lasts
    Error error;
    QString subject;
    Instant since {};
    QStringList steps;
};

/// Failed and parked jobs, known content that nobody has decided about, operations that need a person, unreadable
/// assets, damaged originals, a nearly full disk, a backup that could not be restored.
[[nodiscard]] Result<std::vector<AttentionItem>> attentionItems(Workspace& workspace);

} // namespace vidimus::workbench

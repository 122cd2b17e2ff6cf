#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <chrono>

namespace vidimus::workbench {

/// What a program that was run to its end gave.
struct ToolRun {
    double seconds = 0; ///< wall clock
    double cpuSeconds = 0; ///< user and system, of it and of the children it waited for
    int exitCode = 0;
    QByteArray output; ///< standard output; with ToolWishes::endAfter both
};

struct ToolWishes {
    QStringList environment; ///< "NAME=value", added to ours
    QByteArray endAfter; ///< asked to end once it printed this, on either output; empty: it ends by itself
    std::chrono::seconds limit {1800};
};

/// Runs \a program to its end; its standard input is empty. Not while other children of this process end: their CPU
/// would be counted too. Errors: Missing (it does not start), TimedOut, Canceled; it is killed then.
[[nodiscard]] Result<ToolRun> runTool(
    const QString& program, const QStringList& arguments, const CancelToken& cancel, const ToolWishes& wishes = {});

/// Where a helper tool of this name is installed; empty: it is not.
[[nodiscard]] QString findTool(const QString& name);

} // namespace vidimus::workbench

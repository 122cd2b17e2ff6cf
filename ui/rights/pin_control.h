#pragma once

#include "core/base/result.h"

#include <QObject>
#include <optional>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::rights {

/// Puts the version of the rights before the newest back for all visitors, and goes on again. The catalog does it at
/// once; the rules here stay as they are. Works beside the window. Ui thread.
class PinControl : public QObject {
    Q_OBJECT

public:
    explicit PinControl(workbench::Workspace& workspace, QObject* parent = nullptr);

    [[nodiscard]] std::optional<qint64> pinnedVersion() const { return m_version; }
    /// Asks the catalog what is pinned, also by others and before this program started; without a catalog nothing
    /// changes.
    void refresh();
    void pinBefore();
    void unpin();

Q_SIGNALS:
    void changed();
    void failed(const vidimus::Error& error);

private:
    void take(const Result<std::optional<qint64>>& version);

    workbench::Workspace& m_workspace;
    std::optional<qint64> m_version;
};

} // namespace vidimus::ui::rights

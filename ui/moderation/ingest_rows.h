#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QUrl>
#include <QWidget>

class QVBoxLayout;

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::moderation {

/// Files that are being added, one row each: name, progress, a way to stop; a file that was refused stays with its
/// reason until it is dismissed. Copying and probing run beside the window. Ui thread.
class IngestRows : public QWidget {
    Q_OBJECT

public:
    explicit IngestRows(workbench::Workspace& workspace, QWidget* parent = nullptr);
    ~IngestRows() override;

    void add(const QString& path);

Q_SIGNALS:
    void added(const QString& assetId);
    void said(const QString& sentence);

private:
    workbench::Workspace& m_workspace;
    CancelSource m_all;
    QVBoxLayout* m_layout;
};

} // namespace vidimus::ui::moderation

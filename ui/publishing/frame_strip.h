#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "ui/publishing/sheet.h"

#include <QImage>
#include <QTimer>

class QListView;
class QStandardItemModel;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::widgets {
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::publishing {

class SafeAreaView;

/// Pictures of a version at six even places, read by the sandboxed worker from the very file that is published, and the
/// chosen one larger with its title-safe area and a 2:3 crop.
class FrameStrip : public Sheet {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    FrameStrip(workbench::Workspace& workspace, QWidget* parent);
    ~FrameStrip() override;

    /// Loads after a short rest, so that walking over the board opens no file.
    void setAsset(const AssetId& asset);

private:
    struct Frame {
        QImage picture;
        QString timecode;
    };
    void load();
    void show(const std::vector<Frame>& frames);

    workbench::Workspace& m_workspace;
    widgets::SectionHeader* m_head;
    SafeAreaView* m_large;
    widgets::TextLabel* m_time;
    QStandardItemModel* m_model;
    QListView* m_list;
    QTimer m_rest;
    AssetId m_asset;
    CancelSource m_cancel;
};

} // namespace vidimus::ui::publishing

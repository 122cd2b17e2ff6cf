#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QQueue>
#include <QSet>

namespace vidimus::media {
struct PictureBuffer;
}
namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::ui::publishing {

/// A picture of our own from a worker's pixels.
[[nodiscard]] QImage imageOf(const media::PictureBuffer& picture);

/// Small pictures of assets, fetched one after the other beside the window. Ui thread.
class Thumbnails : public QObject {
    Q_OBJECT

public:
    /// \a workspace outlives it.
    explicit Thumbnails(workbench::Workspace& workspace, QObject* parent);

    /// The picture if it is here; otherwise null, and ready() follows unless the asset has none.
    [[nodiscard]] QPixmap find(const AssetId& asset);

Q_SIGNALS:
    void ready(const vidimus::AssetId& asset);

private:
    void fetchNext();

    workbench::Workspace& m_workspace;
    QHash<AssetId, QPixmap> m_pictures; ///< null: there is none
    QQueue<AssetId> m_waiting;
    QSet<AssetId> m_asked;
    bool m_isFetching = false;
};

} // namespace vidimus::ui::publishing

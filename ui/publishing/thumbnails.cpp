#include "ui/publishing/thumbnails.h"

#include "core/media/frame.h"
#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"

namespace vidimus::ui::publishing {

QImage imageOf(const media::PictureBuffer& picture)
{
    if (picture.isNull() || picture.format != media::PixelFormat::Bgra)
        return {};
    return QImage(picture.row(0), picture.width, picture.height, picture.strideBytes, QImage::Format_RGB32).copy();
}

Thumbnails::Thumbnails(workbench::Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

QPixmap Thumbnails::find(const AssetId& asset)
{
    if (asset.isEmpty())
        return {};
    if (const auto found = m_pictures.constFind(asset); found != m_pictures.constEnd())
        return *found;
    if (!m_asked.contains(asset)) {
        m_asked.insert(asset);
        m_waiting.enqueue(asset);
        fetchNext();
    }
    return {};
}

void Thumbnails::fetchNext()
{
    if (m_isFetching || m_waiting.isEmpty())
        return;
    m_isFetching = true;
    const AssetId asset = m_waiting.dequeue();
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset] {
            const auto picture = workbench::thumbnail(workspace, asset);
            return picture ? imageOf(*picture) : QImage();
        },
        [this, asset](const QImage& image) {
            m_isFetching = false;
            m_pictures.insert(asset, QPixmap::fromImage(image));
            if (!image.isNull())
                Q_EMIT ready(asset);
            fetchNext();
        });
}

} // namespace vidimus::ui::publishing

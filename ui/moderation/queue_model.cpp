#include "ui/moderation/queue_model.h"

#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/decode_thread.h"
#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/time_label.h"
#include "ui/widgets/tokens.h"

#include <QSet>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kPicturesKept = 600;
constexpr std::size_t kMaxWanted = 8 * QueueModel::kBlockRows;
constexpr std::size_t kPictureWishes = 48; // about two screens; older wishes were scrolled past

QString lengthText(double seconds)
{
    const auto whole = static_cast<qint64>(seconds + 0.5);
    const QString minutes = u"%1:%2"_s.arg(whole / 60 % 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    return whole < 3600 ? minutes
                        : u"%1:%2:%3"_s.arg(whole / 3600)
                              .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                              .arg(whole % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

QueueModel::QueueModel(workbench::Workspace& workspace, QObject* parent)
    : QAbstractListModel(parent)
    , m_workspace(workspace)
    , m_pictures(kPicturesKept)
{
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(0);
    connect(&m_readSoon, &QTimer::timeout, this, &QueueModel::readWanted);
}

void QueueModel::setIds(std::vector<AssetId> ids)
{
    beginResetModel();
    m_ids = std::move(ids);
    endResetModel();
}

void QueueModel::merge(const std::vector<AssetId>& ids)
{
    const QSet<AssetId> now(ids.begin(), ids.end());
    const QSet<AssetId> before(m_ids.begin(), m_ids.end());
    // Whole runs at once: thousands may leave together.
    for (int last = rowCount() - 1; last >= 0;) {
        if (now.contains(m_ids[std::size_t(last)])) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !now.contains(m_ids[std::size_t(first - 1)]))
            --first;
        beginRemoveRows({}, first, last);
        m_ids.erase(m_ids.begin() + first, m_ids.begin() + last + 1);
        endRemoveRows();
        last = first - 1;
    }
    std::vector<AssetId> added;
    std::ranges::copy_if(ids, std::back_inserter(added), [&before](const AssetId& id) { return !before.contains(id); });
    if (added.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
    m_ids.insert(m_ids.end(), added.begin(), added.end());
    endInsertRows();
}

int QueueModel::rowOf(const AssetId& asset) const
{
    const auto found = std::ranges::find(m_ids, asset);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

AssetId QueueModel::assetAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[std::size_t(row)] : AssetId();
}

const workbench::QueueItem* QueueModel::itemAt(int row) const
{
    const auto found = m_items.constFind(assetAt(row));
    return found == m_items.constEnd() ? nullptr : &*found;
}

void QueueModel::remove(const AssetId& asset)
{
    const int row = rowOf(asset);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_ids.erase(m_ids.begin() + row);
    endRemoveRows();
}

void QueueModel::insert(int row, const AssetId& asset)
{
    if (rowOf(asset) >= 0)
        return;
    row = std::clamp(row, 0, rowCount());
    beginInsertRows({}, row, row);
    m_ids.insert(m_ids.begin() + row, asset);
    endInsertRows();
}

void QueueModel::moveToEnd(const AssetId& asset)
{
    const int row = rowOf(asset);
    if (row < 0 || row == rowCount() - 1)
        return;
    beginMoveRows({}, row, row, {}, rowCount());
    std::rotate(m_ids.begin() + row, m_ids.begin() + row + 1, m_ids.end());
    endMoveRows();
}

void QueueModel::refresh(const AssetId& asset)
{
    m_withoutPicture.remove(asset);
    if (const int row = rowOf(asset); row >= 0 && m_items.contains(asset)) {
        m_wanted.insert(asset);
        m_readSoon.start();
    }
}

int QueueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

void QueueModel::want(int row) const
{
    // After a long scroll only what is shown now matters.
    if (m_wanted.size() > kMaxWanted)
        m_wanted.clear();
    // The whole block: neighbours are shown next.
    const int first = row / kBlockRows * kBlockRows;
    for (int i = first; i < std::min(first + kBlockRows, rowCount()); ++i) {
        if (!m_items.contains(m_ids[std::size_t(i)]))
            m_wanted.insert(m_ids[std::size_t(i)]);
    }
    if (!m_readSoon.isActive())
        m_readSoon.start();
}

void QueueModel::readWanted()
{
    if (m_readUnderWay || m_wanted.empty())
        return;
    m_readUnderWay = true;
    std::vector<AssetId> ids(m_wanted.begin(), m_wanted.end());
    m_wanted.clear();
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, ids] { return workbench::queueItems(workspace, ids); },
        [this](Result<std::vector<workbench::QueueItem>> items) {
            m_readUnderWay = false;
            if (!items) {
                Q_EMIT readFailed(items.error());
                return;
            }
            m_readCount += static_cast<int>(items->size());
            QSet<AssetId> changed;
            for (workbench::QueueItem& item : *items) {
                changed.insert(item.asset);
                m_items.insert(item.asset, std::move(item));
            }
            int first = -1;
            int last = -1;
            for (int row = 0; row < rowCount() && !changed.isEmpty(); ++row) {
                if (!changed.remove(m_ids[std::size_t(row)]))
                    continue;
                first = first < 0 ? row : first;
                last = row;
            }
            if (first >= 0)
                Q_EMIT dataChanged(index(first), index(last));
            Q_EMIT rowsRead();
            if (!m_wanted.empty())
                m_readSoon.start();
        });
}

void QueueModel::wantPicture(const AssetId& asset) const
{
    if (m_withoutPicture.contains(asset))
        return;
    std::erase(m_wantedPictures, asset);
    m_wantedPictures.push_back(asset);
    if (m_wantedPictures.size() > kPictureWishes)
        m_wantedPictures.erase(m_wantedPictures.begin());
    if (!m_pictureUnderWay) {
        m_pictureUnderWay = true;
        QMetaObject::invokeMethod(const_cast<QueueModel*>(this), &QueueModel::readPicture, Qt::QueuedConnection);
    }
}

void QueueModel::readPicture()
{
    if (m_wantedPictures.empty()) {
        m_pictureUnderWay = false;
        return;
    }
    const AssetId asset = m_wantedPictures.back();
    m_wantedPictures.pop_back();
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, asset] { return workbench::thumbnail(workspace, asset); },
        [this, asset](Result<media::PictureBuffer> picture) {
            if (picture)
                m_pictures.insert(asset, new QImage(imageOf(*picture)));
            else
                m_withoutPicture.insert(asset);
            if (const int row = rowOf(asset); row >= 0 && picture)
                Q_EMIT dataChanged(index(row), index(row), {Qt::DecorationRole});
            readPicture();
        });
}

QString QueueModel::secondLine(const workbench::QueueItem& item) const
{
    const QString id = u'#' + item.shortId;
    return item.duration > 0 ? id + u"  "_s + lengthText(item.duration) : id;
}

QVariant QueueModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const AssetId& asset = m_ids[std::size_t(index.row())];
    if (role == AssetRole)
        return asset.toString();
    const auto found = m_items.constFind(asset);
    if (role == LoadedRole)
        return found != m_items.constEnd();
    if (found == m_items.constEnd()) {
        want(index.row());
        return role == Qt::AccessibleTextRole ? QVariant(tr("Row %1, being read").arg(index.row() + 1)) : QVariant();
    }
    const workbench::QueueItem& item = *found;
    const Milliseconds age = std::chrono::duration_cast<Milliseconds>(m_workspace.clock().now() - item.ingestedAt);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return item.name;
    case Qt::AccessibleTextRole:
        return tr("%1, %2, waits %3").arg(item.name, secondLine(item), spanText(age));
    case Qt::DecorationRole:
        if (const QImage* picture = m_pictures.object(asset))
            return *picture;
        if (!item.unreadable)
            wantPicture(asset);
        return {};
    case SecondLineRole:
        return secondLine(item);
    case BadgeRole:
        return item.unreadable ? tr("Unreadable") : spanText(age);
    case BadgeInkRole:
        return static_cast<int>(item.unreadable ? Ink::Rejected : Ink::Second);
    case BadgeBoxedRole:
    case UnreadableRole:
        return item.unreadable;
    case BadgeIconRole:
        return item.unreadable ? u"cross"_s : QString();
    default:
        return {};
    }
}

} // namespace vidimus::ui::moderation

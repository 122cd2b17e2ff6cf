#pragma once

#include "core/workbench/review.h"

#include <QAbstractListModel>
#include <QCache>
#include <QImage>
#include <QSet>
#include <QTimer>
#include <set>

namespace vidimus::ui::moderation {

/// The queue as ids in an order that stays for the session; rows are read in blocks when a view asks for them, and
/// pictures one at a time, latest wish first. Nothing waits: a row that is not here yet says so. Ui thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { AssetRole = Qt::UserRole + 50, LoadedRole, UnreadableRole };
    static constexpr int kBlockRows = 64;

    explicit QueueModel(workbench::Workspace& workspace, QObject* parent = nullptr);

    /// Another list: forgets the order.
    void setIds(std::vector<AssetId> ids);

    void merge(const std::vector<AssetId>& ids);
    [[nodiscard]] const std::vector<AssetId>& ids() const { return m_ids; }
    [[nodiscard]] int rowOf(const AssetId& asset) const;
    [[nodiscard]] AssetId assetAt(int row) const;
    /// Null while it is not read yet.
    [[nodiscard]] const workbench::QueueItem* itemAt(int row) const;
    /// Takes a row out; insert() brings it back.
    void remove(const AssetId& asset);
    void insert(int row, const AssetId& asset);
    void moveToEnd(const AssetId& asset);
    /// Reads the row again.
    void refresh(const AssetId& asset);
    /// Rows that were read since the model was made: a list that shows 20 rows reads no 100,000.
    [[nodiscard]] int readCount() const { return m_readCount; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void rowsRead();
    void readFailed(const vidimus::Error& error);

private:
    void want(int row) const;
    void readWanted();
    void wantPicture(const AssetId& asset) const;
    void readPicture();
    [[nodiscard]] QString secondLine(const workbench::QueueItem& item) const;

    workbench::Workspace& m_workspace;
    std::vector<AssetId> m_ids;
    QHash<AssetId, workbench::QueueItem> m_items;
    mutable QCache<AssetId, QImage> m_pictures;
    mutable std::set<AssetId> m_wanted;
    mutable std::vector<AssetId> m_wantedPictures; ///< the last is the latest wish
    QSet<AssetId> m_withoutPicture;
    mutable QTimer m_readSoon;
    mutable bool m_pictureUnderWay = false;
    bool m_readUnderWay = false;
    int m_readCount = 0;
};

} // namespace vidimus::ui::moderation

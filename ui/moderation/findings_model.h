#pragma once

#include "core/base/rational.h"
#include "ui/moderation/finding_text.h"

#include <QAbstractTableModel>

namespace vidimus::ui::moderation {

/// The findings of the item: From, Kind, Severity, Measured. Ui thread.
class FindingsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { From, Kind, Severity, Measured, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    /// \a frames are the first frames of the rows on the item's own timeline.
    void setRows(std::vector<FindingRow> rows, std::vector<qint64> frames, Rational framesPerSecond);
    [[nodiscard]] const std::vector<FindingRow>& rows() const { return m_rows; }
    [[nodiscard]] qint64 frameOf(int row) const { return m_frames[std::size_t(row)]; }
    [[nodiscard]] int rowOf(const QString& id) const;
    /// The last row that begins at or before \a frame; -1: none.
    [[nodiscard]] int rowAt(qint64 frame) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<FindingRow> m_rows;
    std::vector<qint64> m_frames;
    Rational m_framesPerSecond {25, 1};
};

} // namespace vidimus::ui::moderation

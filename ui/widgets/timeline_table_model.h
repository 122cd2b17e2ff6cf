#pragma once

#include "ui/widgets/timeline_data.h"

#include <QAbstractTableModel>

namespace vidimus::ui::widgets {

/// The table twin (F7) of a timeline: the same facts as rows, in time order.
class TimelineTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { From, To, Kind, Text, ColumnCount };
    static constexpr int kFrameRole = Qt::UserRole + 1; ///< qint64, first frame; also the sort value
    static constexpr int kIdRole = Qt::UserRole + 2;

    using QAbstractTableModel::QAbstractTableModel;
    void setTimelineData(const TimelineData& data);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        FrameSpan span;
        QString kind;
        QString text;
        QString id;
    };
    std::vector<Row> m_rows;
    Rational m_framesPerSecond {25, 1};
};

} // namespace vidimus::ui::widgets

#pragma once

#include "core/transcode/output_sink.h"
#include "core/transcode/plan.h"

#include <QJsonObject>
#include <functional>
#include <vector>

namespace vidimus::workbench {

/// Hears {"segment_seconds", "renditions": [{"name", "done", "total"}]}, the segments of each rung and of the sound
/// ("audio").
using RenditionDetailSink = std::function<void(const QJsonObject& detail)>;

/// Counts the segments of each rendition on their way into \a outputs and tells \a detail after each. Needs nothing of
/// the worker beside the outputs themselves. Same thread as the outputs.
class RenditionProgress : public transcode::OutputSink {
public:
    /// \a outputs must outlive it; \a finished are those of an earlier run.
    RenditionProgress(const transcode::Plan& plan, const QList<transcode::FinishedOutput>& finished,
        transcode::OutputSink& outputs, RenditionDetailSink detail);

    [[nodiscard]] Result<int> open(const transcode::OutputKey& key) override { return m_outputs.open(key); }
    [[nodiscard]] Result<void> finish(const transcode::FinishedOutput& output) override;

private:
    struct Row {
        QString name;
        int done = 0;
        int total = 0;
    };
    [[nodiscard]] Row* rowOf(const transcode::OutputKey& key);
    void tell() const;

    transcode::OutputSink& m_outputs;
    RenditionDetailSink m_detail;
    double m_segmentSeconds;
    std::vector<Row> m_pictures;
    std::vector<Row> m_sound; ///< one row, or none
};

} // namespace vidimus::workbench

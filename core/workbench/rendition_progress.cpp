#include "core/workbench/rendition_progress.h"

#include <QJsonArray>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

RenditionProgress::RenditionProgress(const transcode::Plan& plan, const QList<transcode::FinishedOutput>& finished,
    transcode::OutputSink& outputs, RenditionDetailSink detail)
    : m_outputs(outputs)
    , m_detail(std::move(detail))
    , m_segmentSeconds(plan.grid.length.toDouble())
{
    for (const transcode::PlannedRendition& rendition : plan.renditions)
        m_pictures.push_back({rendition.name, 0, plan.segmentCount});
    if (plan.sound)
        m_sound.push_back({u"audio"_s, 0, plan.segmentCount});
    for (const transcode::FinishedOutput& output : finished) {
        if (Row* row = rowOf(output.key))
            ++row->done;
    }
    tell();
}

RenditionProgress::Row* RenditionProgress::rowOf(const transcode::OutputKey& key)
{
    if (key.kind == transcode::OutputKind::AudioSegment)
        return m_sound.empty() ? nullptr : &m_sound.front();
    const auto at = static_cast<std::size_t>(key.rendition);
    const bool isPicture = key.kind == transcode::OutputKind::VideoSegment && key.rendition >= 0;
    return isPicture && at < m_pictures.size() ? &m_pictures[at] : nullptr;
}

Result<void> RenditionProgress::finish(const transcode::FinishedOutput& output)
{
    if (auto finished = m_outputs.finish(output); !finished)
        return finished;
    if (Row* row = rowOf(output.key)) {
        ++row->done;
        row->total = std::max(row->total, row->done); // the frames decide how many there are
        tell();
    }
    return {};
}

void RenditionProgress::tell() const
{
    if (!m_detail)
        return;
    QJsonArray rows;
    for (const auto* list : {&m_pictures, &m_sound}) {
        for (const Row& row : *list)
            rows.append(QJsonObject {{u"name"_s, row.name}, {u"done"_s, row.done}, {u"total"_s, row.total}});
    }
    m_detail({{u"segment_seconds"_s, m_segmentSeconds}, {u"renditions"_s, rows}});
}

} // namespace vidimus::workbench

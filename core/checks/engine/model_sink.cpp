#include "core/checks/engine/model_sink.h"

#include "core/media/engine/pass.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::vector<qint64> samplesOf(const media::FrameIndex& index, double stepSeconds)
{
    std::vector<qint64> samples;
    double next = 0;
    for (qint64 frame = 0; frame < index.count(); ++frame) {
        const double seconds = index.timeOf(frame).toDouble();
        if (frame > 0 && seconds < next)
            continue;
        next = seconds + stepSeconds * 0.999;
        samples.push_back(frame);
    }
    return samples;
}

ModelSink::ModelSink(DnnModel model, const ModelManifest& manifest)
    : m_model(std::move(model))
    , m_manifest(manifest)
{
}

std::vector<media::engine::PictureWish> ModelSink::wishes(const media::MediaFacts& facts) const
{
    return {{.form = media::engine::PictureWish::Form::Bgra, .bounds = boundsFor(facts)}};
}

Result<void> ModelSink::begin(const media::engine::PassStart& start)
{
    if (const auto* video = start.facts.programmeVideo(); video != nullptr)
        m_size = {video->width, video->height};
    m_frames = start.index.count();
    if (m_frames == 0)
        return {};
    m_clock.timeBase = start.index.timeBase();
    m_clock.offset = start.index.timeOf(0).toDouble();
    for (qint64 frame = 0; frame < m_frames; ++frame)
        m_clock.starts.push_back(start.index.at(frame).pts - start.index.at(0).pts);
    m_clock.end = m_clock.starts.back() + std::max<qint64>(0, start.index.at(m_frames - 1).duration);
    return {};
}

Result<void> ModelSink::picture(const media::engine::PictureSet& pictures)
{
    const media::FrameView& view = pictures[0];
    closeMarks(view.number - 1);
    ++m_samples;
    return m_manifest.kind == ModelManifest::Kind::BlazeFace ? addFaces(view) : addClasses(view);
}

Result<void> ModelSink::end()
{
    closeMarks(m_frames - 1);
    return {};
}

Measurements ModelSink::take()
{
    Measurements measurements;
    measurements.clock = std::move(m_clock);
    CheckMeasurement& measurement = measurements.checks[m_manifest.check];
    measurement.scalars[u"samples"_s] = static_cast<double>(m_samples);
    if (m_evaluatedClasses)
        measurement.scalars[u"top_score"_s] = m_topScore;
    if (m_samples == 0)
        measurement.cause = u"no_video"_s;
    measurement.marks = std::move(m_marks);
    return measurements;
}

// Inside the input, or around it where the picture will be stretched.
media::PictureSize ModelSink::boundsFor(const media::MediaFacts& facts) const
{
    const auto* video = facts.programmeVideo();
    if (m_manifest.fit == ModelManifest::Fit::Contain || video == nullptr || video->width < 1 || video->height < 1)
        return {m_manifest.width, m_manifest.height};
    const double part = std::max(double(m_manifest.width) / video->width, double(m_manifest.height) / video->height);
    return {static_cast<int>(std::ceil(video->width * part)), static_cast<int>(std::ceil(video->height * part))};
}

Result<void> ModelSink::addFaces(const media::FrameView& view)
{
    const auto faces = m_model.findFaces(view);
    if (!faces)
        return faces.error();
    for (const FoundFace& face : *faces) {
        const int x = std::clamp(static_cast<int>(face.x * m_size.width), 0, m_size.width);
        const int y = std::clamp(static_cast<int>(face.y * m_size.height), 0, m_size.height);
        const int width = std::clamp(static_cast<int>(face.width * m_size.width), 0, m_size.width - x);
        const int height = std::clamp(static_cast<int>(face.height * m_size.height), 0, m_size.height - y);
        add({u"face"_s, view.number, view.number, {{u"score"_s, face.score}}, Region {x, y, width, height}});
    }
    return {};
}

Result<void> ModelSink::addClasses(const media::FrameView& view)
{
    const auto scores = m_model.classify(view);
    if (!scores)
        return scores.error();
    Values high;
    m_evaluatedClasses = true;
    for (std::size_t i = 0; i < scores->size(); ++i) {
        const ModelManifest::Class& one = m_manifest.classes[i];
        if (one.threshold <= 1)
            m_topScore = std::max(m_topScore, (*scores)[i]);
        if ((*scores)[i] >= one.threshold)
            high[one.name] = (*scores)[i];
    }
    if (!high.empty())
        add({u"classified"_s, view.number, view.number, std::move(high), {}});
    return {};
}

void ModelSink::add(Mark mark)
{
    if (m_marks.size() < CheckMeasurement::kMaxMarks)
        m_marks.push_back(std::move(mark));
}

// What was seen last lasts until the frame before the next sample.
void ModelSink::closeMarks(qint64 lastFrame)
{
    for (; m_open < m_marks.size(); ++m_open)
        m_marks[m_open].lastFrame = std::max(m_marks[m_open].firstFrame, lastFrame);
}

Result<Measurements> runModel(media::engine::Input& input, const QByteArray& onnx, const ModelManifest& manifest,
    const CancelToken& cancel, const ProgressSink& progress)
{
    auto model = DnnModel::load(onnx, manifest);
    if (!model)
        return std::move(model).error();
    ModelSink sink(*std::move(model), manifest);
    const std::array<media::engine::FrameSink*, 1> sinks {&sink};
    media::engine::PassOptions options;
    options.choose = [&](const media::FrameIndex& index) { return samplesOf(index, manifest.sampleSeconds); };
    if (const auto passed = media::engine::runPass(input, sinks, options, cancel, progress); !passed)
        return passed.error();
    return sink.take();
}

} // namespace vidimus::checks::engine

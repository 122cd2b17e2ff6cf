#pragma once

#include "core/base/cancel.h"
#include "core/checks/engine/dnn_model.h"
#include "core/checks/measurements.h"
#include "core/media/engine/frame_sink.h"
#include "core/media/engine/input.h"

namespace vidimus::checks::engine {

/// The pictures that a model looks at: the first, and each that is shown a step after the one before.
[[nodiscard]] std::vector<qint64> samplesOf(const media::FrameIndex& index, double stepSeconds);

/// Shows sampled pictures to a model. A face is a mark "face" that lasts until the next sample; a class at or above its
/// threshold is a mark "classified" whose value is named after the class. The pass's thread.
class ModelSink : public media::engine::FrameSink {
public:
    /// \a manifest must outlive this.
    ModelSink(DnnModel model, const ModelManifest& manifest);

    [[nodiscard]] std::vector<media::engine::PictureWish> wishes(const media::MediaFacts& facts) const override;
    [[nodiscard]] Result<void> begin(const media::engine::PassStart& start) override;
    [[nodiscard]] Result<void> picture(const media::engine::PictureSet& pictures) override;
    [[nodiscard]] Result<void> end() override;

    /// The measurement of the manifest's check, and the clock that counts its frames; "samples" says how many pictures
    /// were looked at, "top_score" the highest score of any class that can be a finding. Once, after end().
    [[nodiscard]] Measurements take();

private:
    [[nodiscard]] media::PictureSize boundsFor(const media::MediaFacts& facts) const;
    [[nodiscard]] Result<void> addFaces(const media::FrameView& view);
    [[nodiscard]] Result<void> addClasses(const media::FrameView& view);
    void add(Mark mark);
    void closeMarks(qint64 lastFrame);

    DnnModel m_model;
    const ModelManifest& m_manifest;
    media::PictureSize m_size;
    FrameClock m_clock;
    qint64 m_frames = 0;
    qint64 m_samples = 0;
    double m_topScore = 0;
    bool m_evaluatedClasses = false;
    std::vector<Mark> m_marks;
    std::size_t m_open = 0; ///< marks before it have their end
};

/// Runs a model over sampled pictures of a file: a pass of its own, so that its price is its own. Errors: of
/// media::engine::runPass(), of DnnModel.
[[nodiscard]] Result<Measurements> runModel(media::engine::Input& input, const QByteArray& onnx,
    const ModelManifest& manifest, const CancelToken& cancel = {}, const ProgressSink& progress = {});

} // namespace vidimus::checks::engine

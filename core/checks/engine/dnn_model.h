#pragma once

#include "core/base/result.h"
#include "core/checks/finding.h"
#include "core/checks/model_manifest.h"
#include "core/media/frame.h"

#include <memory>

namespace vidimus::checks::engine {

/// A face in a picture.
struct FoundFace {
    double score = 0; ///< 0…1
    double x = 0; ///< parts of the picture's sides
    double y = 0;
    double width = 0;
    double height = 0;
};

/// Boxes whose overlap is at most \a mostOverlap (shared area over joint area), best first (non-maximum suppression).
[[nodiscard]] std::vector<FoundFace> withoutOverlaps(std::vector<FoundFace> faces, double mostOverlap);

/// An ONNX model in OpenCV's network, on one thread of the processor. One thread at a time; never throws.
class DnnModel {
public:
    /// Checks the bytes against the manifest's hash first. Errors: Corrupt "model_changed", Unsupported "bad_model".
    [[nodiscard]] static Result<DnnModel> load(const QByteArray& onnx, const ModelManifest& manifest);
    DnnModel(DnnModel&&) noexcept;
    DnnModel& operator=(DnnModel&&) noexcept;
    ~DnnModel();

    /// A score for each class of the manifest. \a picture: Bgra, at most as large as the input unless the
    /// manifest has it stretched. Errors: Unsupported
    /// "bad_model" when the output is not what the manifest says.
    [[nodiscard]] Result<std::vector<double>> classify(const media::FrameView& picture);
    /// Faces with at least the manifest's score.
    [[nodiscard]] Result<std::vector<FoundFace>> findFaces(const media::FrameView& picture);

private:
    struct Impl;
    explicit DnnModel(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace vidimus::checks::engine

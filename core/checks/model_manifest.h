#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <vector>

namespace vidimus::checks {

/// What stands beside an ONNX file, so that it can be run: `manifest.json`, "vidimus.model/1".
struct ModelManifest {
    enum class Kind {
        Classes, ///< one output with a number for each class
        BlazeFace, ///< anchors of 16 × 16 × 2 and 8 × 8 × 6 with boxes (MediaPipe)
    };
    enum class Layout { Nchw, Nhwc };
    /// How a picture of another shape gets into the input.
    enum class Fit {
        Contain, ///< whole and undistorted, with black beside it
        Stretch, ///< whole, each side made to fit: what classifiers are often taught with
    };
    struct Class {
        QString name; ///< the value's name in findings: letters, digits and "_"
        double threshold = 0.5; ///< a score at or above it is a finding; above 1: never
        friend bool operator==(const Class&, const Class&) = default;
    };

    QString name; ///< letters, digits, "-" and "_"
    QString check; ///< whose measurement it makes: "classifier" or "faces"
    QString file; ///< of the model, in the manifest's folder
    QString sha256; ///< of the model, lower-case hexadecimal
    QString licence;
    QString source; ///< where it comes from, for people
    QString limits; ///< what it cannot do, for people
    Kind kind = Kind::Classes;
    Layout layout = Layout::Nchw;
    bool bgr = false; ///< colours come blue first
    int width = 0; ///< pixels of the input
    int height = 0;
    Fit fit = Fit::Contain;
    double scale = 1; ///< input = code · scale + offset, code 0…255
    double offset = 0;
    double sampleSeconds = 1; ///< one picture in so many seconds
    bool softmax = false; ///< the output still needs it
    double threshold = 0.5; ///< of a face
    std::vector<Class> classes; ///< in the output's order

    friend bool operator==(const ModelManifest&, const ModelManifest&) = default;
};

[[nodiscard]] QJsonObject toJson(const ModelManifest& manifest);
/// Strict, with bounds. Errors: Invalid with the place.
[[nodiscard]] Result<ModelManifest> modelManifestFromJson(const QJsonObject& object);

} // namespace vidimus::checks

#include "core/checks/engine/dnn_model.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMostOverlap = 0.3; // MediaPipe's face detection
constexpr int kBoxValues = 16; ///< centre, size and six points of each anchor
/// Cells of a side and anchors in each, in the order of the outputs (MediaPipe, face detection).
struct AnchorGrid {
    int cells;
    int perCell;
    [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(cells * cells * perCell); }
};
constexpr AnchorGrid kAnchorGrids[] {{16, 2}, {8, 6}};

Error badModel(const QString& what)
{
    return Error {ErrorCode::Unsupported, u"the model cannot be run: "_s + what.left(300), "bad_model"};
}

/// Where a picture stands in the input.
struct Fit {
    int left = 0;
    int top = 0;
};

/// The output with so many values; null when there is none.
const cv::Mat* outputOf(const std::vector<cv::Mat>& outputs, std::size_t values)
{
    const auto found = std::ranges::find_if(
        outputs, [values](const cv::Mat& output) { return output.total() == values && output.type() == CV_32F; });
    return found == outputs.end() || !found->isContinuous() ? nullptr : &*found;
}

double overlapOf(const FoundFace& a, const FoundFace& b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0;
    const double shared = width * height;
    return shared / (a.width * a.height + b.width * b.height - shared);
}

} // namespace

struct DnnModel::Impl {
    ModelManifest manifest;
    cv::dnn::Net net;
    cv::Mat input;

    Fit fill(const media::FrameView& picture);
    Result<std::vector<cv::Mat>> run(const media::FrameView& picture, Fit& fit);
};

Fit DnnModel::Impl::fill(const media::FrameView& picture)
{
    const bool nhwc = manifest.layout == ModelManifest::Layout::Nhwc;
    const auto black = static_cast<float>(manifest.offset);
    input = cv::Scalar::all(static_cast<double>(black));
    cv::Mat pixels(picture.height, picture.width, CV_8UC4);
    for (int y = 0; y < picture.height; ++y)
        std::memcpy(pixels.ptr(y), picture.planes[0].row8(y), static_cast<std::size_t>(picture.width) * 4);
    if (manifest.fit == ModelManifest::Fit::Stretch) {
        cv::Mat stretched;
        cv::resize(pixels, stretched, {manifest.width, manifest.height}, 0, 0, cv::INTER_AREA);
        pixels = stretched;
    }
    const int width = std::min(pixels.cols, manifest.width);
    const int height = std::min(pixels.rows, manifest.height);
    const Fit fit {(manifest.width - width) / 2, (manifest.height - height) / 2};
    auto* out = reinterpret_cast<float*>(input.data);
    const std::ptrdiff_t plane = std::ptrdiff_t {manifest.width} * manifest.height;
    for (int y = 0; y < height; ++y) {
        const auto* row = pixels.ptr<std::uint8_t>(y);
        for (int x = 0; x < width; ++x) {
            const std::ptrdiff_t at = std::ptrdiff_t {y + fit.top} * manifest.width + x + fit.left;
            for (int colour = 0; colour < 3; ++colour) {
                const int code = row[4 * x + (manifest.bgr ? colour : 2 - colour)];
                const auto value = static_cast<float>(code * manifest.scale + manifest.offset);
                out[nhwc ? at * 3 + colour : colour * plane + at] = value;
            }
        }
    }
    return fit;
}

Result<std::vector<cv::Mat>> DnnModel::Impl::run(const media::FrameView& picture, Fit& fit)
{
    if (picture.format != media::PixelFormat::Bgra || picture.planes[0].data == nullptr)
        return Error {ErrorCode::Internal, u"a model wants BGRA"_s, "internal"};
    try {
        fit = fill(picture);
        net.setInput(input);
        std::vector<cv::Mat> outputs;
        net.forward(outputs, net.getUnconnectedOutLayersNames());
        return outputs;
    } catch (const std::exception& problem) { // OpenCV and memory
        return badModel(QString::fromUtf8(problem.what()));
    }
}

DnnModel::DnnModel(std::unique_ptr<Impl> impl)
    : m_impl(std::move(impl))
{
}
DnnModel::DnnModel(DnnModel&&) noexcept = default;
DnnModel& DnnModel::operator=(DnnModel&&) noexcept = default;
DnnModel::~DnnModel() = default;

Result<DnnModel> DnnModel::load(const QByteArray& onnx, const ModelManifest& manifest)
{
    if (sha256Hex(onnx) != manifest.sha256.toLatin1())
        return Error {ErrorCode::Corrupt, u"the model \"%1\" is not the one its manifest names"_s.arg(manifest.name),
            "model_changed"};
    auto impl = std::make_unique<Impl>();
    impl->manifest = manifest;
    try {
        cv::setNumThreads(1);
        impl->net = cv::dnn::readNetFromONNX(onnx.constData(), static_cast<std::size_t>(onnx.size()));
        if (impl->net.empty())
            return badModel(u"there is nothing in it"_s);
        impl->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        impl->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        const int sizes[] {1, manifest.layout == ModelManifest::Layout::Nhwc ? manifest.height : 3,
            manifest.layout == ModelManifest::Layout::Nhwc ? manifest.width : manifest.height,
            manifest.layout == ModelManifest::Layout::Nhwc ? 3 : manifest.width};
        impl->input = cv::Mat(4, sizes, CV_32F);
    } catch (const std::exception& problem) {
        return badModel(QString::fromUtf8(problem.what()));
    }
    return DnnModel(std::move(impl));
}

Result<std::vector<double>> DnnModel::classify(const media::FrameView& picture)
{
    Fit fit;
    const auto outputs = m_impl->run(picture, fit);
    if (!outputs)
        return outputs.error();
    const std::size_t count = m_impl->manifest.classes.size();
    const cv::Mat* output = outputOf(*outputs, count);
    if (output == nullptr)
        return badModel(u"it has no output of %1 values"_s.arg(count));
    const auto* values = reinterpret_cast<const float*>(output->data);
    std::vector<double> scores(values, values + count);
    if (m_impl->manifest.softmax) {
        const double most = *std::ranges::max_element(scores);
        double sum = 0;
        for (double& score : scores)
            sum += score = std::exp(score - most);
        for (double& score : scores)
            score /= sum;
    }
    if (!std::ranges::all_of(scores, [](double score) { return std::isfinite(score); }))
        return badModel(u"it answers with what is no number"_s);
    return scores;
}

std::vector<FoundFace> withoutOverlaps(std::vector<FoundFace> faces, double mostOverlap)
{
    std::ranges::stable_sort(faces, std::ranges::greater(), &FoundFace::score);
    std::vector<FoundFace> kept;
    for (const FoundFace& face : faces) {
        if (std::ranges::none_of(kept, [&](const FoundFace& better) { return overlapOf(face, better) > mostOverlap; }))
            kept.push_back(face);
    }
    return kept;
}

Result<std::vector<FoundFace>> DnnModel::findFaces(const media::FrameView& picture)
{
    Fit fit;
    const auto outputs = m_impl->run(picture, fit);
    if (!outputs)
        return outputs.error();
    const ModelManifest& manifest = m_impl->manifest;
    std::vector<FoundFace> faces;
    for (const AnchorGrid& grid : kAnchorGrids) {
        const cv::Mat* scores = outputOf(*outputs, grid.count());
        const cv::Mat* boxes = outputOf(*outputs, grid.count() * kBoxValues);
        if (scores == nullptr || boxes == nullptr)
            return badModel(u"its outputs are not those of BlazeFace"_s);
        const auto* score = reinterpret_cast<const float*>(scores->data);
        const auto* box = reinterpret_cast<const float*>(boxes->data);
        for (std::size_t anchor = 0; anchor < grid.count(); ++anchor, box += kBoxValues) {
            const double certainty = 1 / (1 + std::exp(-static_cast<double>(score[anchor])));
            if (!(certainty >= manifest.threshold))
                continue;
            const int cell = static_cast<int>(anchor) / grid.perCell;
            // Centres count from the middle of their cell, in pixels of the input; so do sizes.
            const double centreX = (cell % grid.cells + 0.5) / grid.cells * manifest.width + box[0];
            const double centreY = (cell / grid.cells + 0.5) / grid.cells * manifest.height + box[1];
            const FoundFace face {certainty, (centreX - box[2] / 2.0 - fit.left) / picture.width,
                (centreY - box[3] / 2.0 - fit.top) / picture.height, box[2] / static_cast<double>(picture.width),
                box[3] / static_cast<double>(picture.height)};
            if (std::isfinite(face.x + face.y + face.width + face.height) && face.width > 0 && face.height > 0)
                faces.push_back(face);
        }
    }
    return withoutOverlaps(std::move(faces), kMostOverlap);
}

} // namespace vidimus::checks::engine

// What the checks that need a model must say, each with a network that is written here: models that people install are
// not needed for it.
#include "core/base/sha256.h"
#include "core/checks/engine/self_test.h"
#include "core/checks/onnx_writer.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDark = 40;
constexpr int kBright = 220;
constexpr int kClassifierSide = 32;
constexpr int kFaceSide = 128; ///< BlazeFace's input
constexpr qint64 kBoxValues = 16;
constexpr float kFaceBox = 40; ///< pixels of the input

ModelManifest manifestOf(const QString& check, const QByteArray& onnx, int side)
{
    return {.name = u"self-test"_s,
        .check = check,
        .file = u"self-test.onnx"_s,
        .sha256 = QString::fromLatin1(sha256Hex(onnx)),
        .licence = u"GPL-3.0-or-later"_s,
        .source = {},
        .limits = {},
        .width = side,
        .height = side,
        .scale = 1.0 / 255};
}

/// One class: how bright the picture is.
SelfTestModel brightness()
{
    const OnnxGraph graph {.name = "brightness",
        .input = {"picture", {1, 3, kClassifierSide, kClassifierSide}},
        .outputs = {{"bright", {1, 1}}},
        .nodes = {{"GlobalAveragePool", {"picture"}, "means", {}}, {"Flatten", {"means"}, "colours", {}},
            {"Gemm", {"colours", "weights", "bias"}, "bright", {{"transB", qint64(1)}}}},
        .weights = {{"weights", {1, 3}, std::vector<float>(3, 1.0F / 3)}, {"bias", {1}, {0}}}};
    const QByteArray onnx = toOnnx(graph);
    ModelManifest manifest = manifestOf(u"classifier"_s, onnx, kClassifierSide);
    manifest.classes = {{u"bright"_s, 0.6}};
    return {manifest, onnx};
}

/// Adds the scores and boxes of one grid of anchors: a bright cell is a face in the middle of it.
void addAnchors(OnnxGraph& graph, const std::string& name, qint64 cells, qint64 perCell)
{
    constexpr float kGain = 40;
    constexpr float kBias = -24; // the middle of dark and bright, about
    const qint64 step = kFaceSide / cells;
    const std::string means = name + "_means";
    graph.nodes.push_back({"AveragePool", {"picture"}, means,
        {{"kernel_shape", std::vector<qint64> {step, step}}, {"strides", std::vector<qint64> {step, step}}}});
    std::vector<float> box(static_cast<std::size_t>(kBoxValues * perCell));
    for (std::size_t anchor = 0; anchor < box.size(); anchor += kBoxValues)
        box[anchor + 2] = box[anchor + 3] = kFaceBox;
    const auto add = [&](const std::string& what, float gain, std::vector<float> bias) {
        const auto values = static_cast<qint64>(bias.size());
        const std::string output = name + what;
        graph.weights.push_back(
            {output + "_weights", {values, 3, 1, 1}, std::vector<float>(bias.size() * 3, gain / 3)});
        graph.weights.push_back({output + "_bias", {values}, std::move(bias)});
        graph.nodes.push_back({"Conv", {means, output + "_weights", output + "_bias"}, output + "_planes",
            {{"kernel_shape", std::vector<qint64> {1, 1}}}});
        // As BlazeFace gives them: all values of a cell together.
        graph.nodes.push_back(
            {"Transpose", {output + "_planes"}, output, {{"perm", std::vector<qint64> {0, 2, 3, 1}}}});
        graph.outputs.push_back({output, {1, cells, cells, values}});
    };
    add("_scores", kGain, std::vector<float>(static_cast<std::size_t>(perCell), kBias));
    add("_boxes", 0, std::move(box));
}

SelfTestModel brightFaces()
{
    OnnxGraph graph {
        .name = "faces", .input = {"picture", {1, 3, kFaceSide, kFaceSide}}, .outputs = {}, .nodes = {}, .weights = {}};
    addAnchors(graph, "near", 16, 2);
    addAnchors(graph, "far", 8, 6);
    const QByteArray onnx = toOnnx(graph);
    ModelManifest manifest = manifestOf(u"faces"_s, onnx, kFaceSide);
    manifest.kind = ModelManifest::Kind::BlazeFace;
    return {manifest, onnx};
}

SelfTestVector litForASecond()
{
    return {.width = 32,
        .height = 32,
        .frames = 100,
        .picture = [](int frame, int, int) { return SelfTestPixel {frame >= 25 && frame < 50 ? kBright : kDark}; },
        .model = brightness};
}

SelfTestVector dark()
{
    return {.width = 32,
        .height = 32,
        .frames = 50,
        .picture = [](int, int, int) { return SelfTestPixel {kDark}; },
        .model = brightness};
}

SelfTestVector faceForASecond()
{
    return {.width = kFaceSide,
        .height = 72,
        .frames = 100,
        .picture =
            [](int frame, int x, int y) {
                const bool isFace = x >= 48 && x < 64 && y >= 20 && y < 36;
                return SelfTestPixel {isFace && frame >= 25 && frame < 50 ? kBright : kDark};
            },
        .model = brightFaces};
}

SelfTestVector noFace()
{
    return {.width = kFaceSide,
        .height = 72,
        .frames = 50,
        .picture = [](int, int, int) { return SelfTestPixel {kDark}; },
        .model = brightFaces};
}

constexpr SelfTestCase kCases[] {
    {"faces", "a face for a second, to a network made for it", faceForASecond, nullptr, 25, 49, -1, -1, "face"},
    {"faces", "no face, to a network made for it", noFace, nullptr, -1, -1, -1, -1, ""},
    {"classifier", "a bright second, to a network made for it", litForASecond, "classified", 25, 49},
    {"classifier", "dark pictures, to a network made for it", dark, nullptr},
};

} // namespace

std::span<const SelfTestCase> modelSelfTests()
{
    return kCases;
}

} // namespace vidimus::checks::engine

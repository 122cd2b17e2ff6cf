#pragma once

#include <QByteArray>
#include <string>
#include <variant>
#include <vector>

namespace vidimus::checks {

/// A number, or several, that belong to an operation.
struct OnnxAttribute {
    std::string name;
    std::variant<float, qint64, std::vector<qint64>> value;
};

struct OnnxNode {
    std::string operation; ///< "Conv", "Gemm", …
    std::vector<std::string> inputs;
    std::string output;
    std::vector<OnnxAttribute> attributes;
};

struct OnnxTensor {
    std::string name;
    std::vector<qint64> shape;
    std::vector<float> values; ///< as many as the shape says
};

struct OnnxValue {
    std::string name;
    std::vector<qint64> shape;
};

/// A network of floats with one input.
struct OnnxGraph {
    std::string name;
    OnnxValue input;
    std::vector<OnnxValue> outputs;
    std::vector<OnnxNode> nodes; ///< an operation stands behind those that it reads
    std::vector<OnnxTensor> weights;
};

/// The file (onnx.proto, IR version 5, operator set 10: the last in which `Clip` and `Pad` carry their numbers as
/// attributes, which OpenCV 4.6 reads). The same graph gives the same bytes.
[[nodiscard]] QByteArray toOnnx(const OnnxGraph& graph);

} // namespace vidimus::checks

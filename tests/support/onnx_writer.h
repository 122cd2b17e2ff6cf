#pragma once

#include <QByteArray>
#include <vector>

namespace vidimus::test {

/// A small ONNX file (opset 10), byte by byte: the mean of each colour of a 1 × 3 × \a side × \a side picture, then a
/// fully connected layer: output[k] = bias[k] + Σ weights[k][c] · mean[c].
[[nodiscard]] QByteArray meanColourModel(
    int side, const std::vector<std::vector<float>>& weights, const std::vector<float>& bias);

} // namespace vidimus::test

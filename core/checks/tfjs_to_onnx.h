#pragma once

#include "core/checks/onnx_writer.h"
#include "core/checks/tfjs_model.h"

namespace vidimus::checks {

/// Writes a layers model out as the same network in ONNX, channels first: what MobileNetV2 and its like are made of
/// (InputLayer, ZeroPadding2D, Conv2D, DepthwiseConv2D, BatchNormalization, ReLU, Activation, Add, AveragePooling2D,
/// GlobalAveragePooling2D, Flatten, Dense, Dropout). What a layer says and ONNX cannot say is refused, never left out.
/// Errors: Unsupported "unknown_layer" with its name, Invalid "bad_model" (shapes that do not fit, missing weights).
[[nodiscard]] Result<OnnxGraph> toOnnxGraph(const TfjsModel& model);

} // namespace vidimus::checks

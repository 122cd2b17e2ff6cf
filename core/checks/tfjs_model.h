#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QStringList>
#include <map>
#include <vector>

namespace vidimus::checks {

/// Weights as they lie in the file: channels last.
struct TfjsTensor {
    std::vector<qint64> shape;
    std::vector<float> values;
};

struct TfjsLayer {
    QString name;
    QString kind; ///< Keras' class name
    QJsonObject config;
    QStringList inputs; ///< layers that stand before this one
};

/// A "layers model" of TensorFlow.js: the picture goes in at the first layer.
struct TfjsModel {
    std::vector<TfjsLayer> layers; ///< each behind those that it reads, so there is no circle
    QString output;
    std::map<QString, TfjsTensor> weights;
};

/// Reads the topology and its weights. \a model: `model.json`; \a weights: all shards one after another. Weights of one
/// or two bytes are spread out (value · scale + min). Strict, with bounds on layers, shapes and sizes; every byte of
/// the weights must belong to a tensor. Errors: Invalid with the place, Unsupported "model_form", LimitExceeded.
[[nodiscard]] Result<TfjsModel> readTfjsModel(const QJsonObject& model, QByteArrayView weights);

} // namespace vidimus::checks

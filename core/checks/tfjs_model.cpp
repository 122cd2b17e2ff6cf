#include "core/checks/tfjs_model.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <cmath>
#include <cstring>
#include <set>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLayers = 2000;
constexpr qsizetype kMostTensors = 10000;
constexpr qint64 kMostValues = qint64 {64} << 20; ///< of one model
constexpr qsizetype kMostDimensions = 4;

Error invalid(const QString& detail)
{
    return Error {ErrorCode::Invalid, detail, "bad_model"};
}

/// How the values of a tensor lie in the file.
struct Storage {
    enum class Type { Byte, Short, Float } type = Type::Float;
    double scale = 1;
    double minimum = 0;

    [[nodiscard]] qint64 bytes() const { return type == Type::Byte ? 1 : type == Type::Short ? 2 : 4; }
    [[nodiscard]] float valueAt(const char* at) const
    {
        double raw = 0;
        if (type == Type::Float) {
            float value = 0;
            std::memcpy(&value, at, sizeof value);
            return value;
        }
        if (type == Type::Byte) {
            raw = static_cast<unsigned char>(*at);
        } else {
            quint16 value = 0;
            std::memcpy(&value, at, sizeof value);
            raw = value;
        }
        return static_cast<float>(raw * scale + minimum);
    }
};

struct TensorPlan {
    QString name;
    std::vector<qint64> shape;
    qint64 count = 1;
    Storage storage;
};

Result<TensorPlan> readTensorPlan(const QJsonValue& value)
{
    JsonReader reader(value.toObject(), u"weights"_s);
    TensorPlan plan;
    plan.name = reader.string("name"_L1);
    const QJsonArray shape = reader.array("shape"_L1);
    if (shape.size() > kMostDimensions)
        reader.fail("shape"_L1, u"has too many sides"_s);
    for (const QJsonValue& side : shape) {
        const double size = side.toDouble(0);
        if (size < 1 || size > static_cast<double>(kMostValues) || size != std::floor(size)
            || plan.count > kMostValues / static_cast<qint64>(size)) {
            reader.fail("shape"_L1, u"is not one of a tensor"_s);
            break;
        }
        plan.shape.push_back(static_cast<qint64>(size));
        plan.count *= plan.shape.back();
    }
    if (reader.string("dtype"_L1) != "float32"_L1)
        reader.fail("dtype"_L1, u"must be float32"_s);
    if (reader.has("quantization"_L1)) {
        JsonReader quantization(reader.object("quantization"_L1), reader.pathOf("quantization"_L1));
        const QString type = quantization.string("dtype"_L1);
        if (type != "uint8"_L1 && type != "uint16"_L1)
            quantization.fail("dtype"_L1, u"must be uint8 or uint16"_s);
        plan.storage = {type == "uint8"_L1 ? Storage::Type::Byte : Storage::Type::Short,
            quantization.number("scale"_L1), quantization.number("min"_L1)};
        if (const auto done = quantization.finish(JsonReader::Unknown::Ignore); !done)
            return done.error();
    }
    if (const auto done = reader.finish(); !done)
        return done.error();
    return plan;
}

Result<std::map<QString, TfjsTensor>> readWeights(const QJsonArray& groups, QByteArrayView bytes)
{
    std::map<QString, TfjsTensor> tensors;
    qsizetype at = 0;
    qint64 total = 0;
    for (const QJsonValue& group : groups) {
        for (const QJsonValue& value : group[u"weights"].toArray()) {
            auto plan = readTensorPlan(value);
            if (!plan)
                return std::move(plan).error();
            total += plan->count;
            if (total > kMostValues || std::ssize(tensors) >= kMostTensors)
                return Error {ErrorCode::LimitExceeded, u"the model has too many weights"_s, "too_large"};
            const qint64 size = plan->count * plan->storage.bytes();
            if (bytes.size() - at < size)
                return invalid(u"the weights end within \"%1\""_s.arg(plan->name));
            TfjsTensor tensor {std::move(plan->shape), {}};
            tensor.values.resize(static_cast<std::size_t>(plan->count));
            const char* from = bytes.data() + at;
            for (float& each : tensor.values) {
                each = plan->storage.valueAt(from);
                from += plan->storage.bytes();
                if (!std::isfinite(each))
                    return invalid(u"\"%1\" holds what is no number"_s.arg(plan->name));
            }
            at += size;
            if (!tensors.emplace(plan->name, std::move(tensor)).second)
                return invalid(u"\"%1\" comes twice"_s.arg(plan->name));
        }
    }
    if (at != bytes.size())
        return invalid(u"%1 bytes of the weights belong to no tensor"_s.arg(bytes.size() - at));
    return tensors;
}

/// `[[["before", 0, 0, {}], …]]`: the first output of the first use of each.
Result<QStringList> readInputs(const QJsonArray& uses, const std::set<QString>& known)
{
    QStringList inputs;
    if (uses.size() > 1)
        return Error {ErrorCode::Unsupported, u"a layer is used more than once"_s, "model_form"};
    for (const QJsonValue& value : uses.isEmpty() ? QJsonArray() : uses[0].toArray()) {
        const QJsonArray input = value.toArray();
        const QString name = input[0].toString();
        if (!known.contains(name))
            return invalid(u"\"%1\" is read before it is made"_s.arg(name));
        if (input[1].toInt(-1) != 0 || input[2].toInt(-1) != 0)
            return Error {ErrorCode::Unsupported, u"\"%1\" has several outputs"_s.arg(name), "model_form"};
        inputs.append(name);
    }
    return inputs;
}

Result<std::vector<TfjsLayer>> readLayers(const QJsonArray& array)
{
    if (array.isEmpty() || array.size() > kMostLayers)
        return invalid(u"a model has 1 to %1 layers"_s.arg(kMostLayers));
    std::vector<TfjsLayer> layers;
    std::set<QString> known;
    for (const QJsonValue& value : array) {
        JsonReader reader(value.toObject(), u"layers[%1]"_s.arg(layers.size()));
        TfjsLayer layer {reader.string("name"_L1), reader.string("class_name"_L1), reader.object("config"_L1), {}};
        const QJsonArray uses = reader.array("inbound_nodes"_L1);
        if (const auto done = reader.finish(JsonReader::Unknown::Ignore); !done)
            return done.error();
        auto inputs = readInputs(uses, known);
        if (!inputs)
            return std::move(inputs).error();
        layer.inputs = *std::move(inputs);
        if (!known.insert(layer.name).second)
            return invalid(u"two layers are called \"%1\""_s.arg(layer.name));
        layers.push_back(std::move(layer));
    }
    return layers;
}

} // namespace

Result<TfjsModel> readTfjsModel(const QJsonObject& model, QByteArrayView weights)
{
    const QJsonObject topology = model[u"modelTopology"].toObject();
    const QJsonObject network = topology.contains("model_config"_L1) ? topology[u"model_config"].toObject() : topology;
    const QString kind = network[u"class_name"].toString();
    if (kind != "Model"_L1 && kind != "Functional"_L1)
        return Error {ErrorCode::Unsupported, u"this is no layers model of TensorFlow.js"_s, "model_form"};
    const QJsonObject config = network[u"config"].toObject();
    auto layers = readLayers(config[u"layers"].toArray());
    if (!layers)
        return std::move(layers).error();
    const QJsonArray outputs = config[u"output_layers"].toArray();
    if (outputs.size() != 1)
        return Error {ErrorCode::Unsupported, u"a model with one output is wanted"_s, "model_form"};
    auto tensors = readWeights(model[u"weightsManifest"].toArray(), weights);
    if (!tensors)
        return std::move(tensors).error();
    return TfjsModel {*std::move(layers), outputs[0][0].toString(), *std::move(tensors)};
}

} // namespace vidimus::checks

#include "core/checks/tfjs_to_onnx.h"

#include "core/base/json.h"
#include "core/checks/tfjs_window_p.h"

#include <QJsonArray>
#include <algorithm>
#include <array>
#include <set>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMostSide = 4096;
constexpr qint64 kMostChannels = 16384;
constexpr qint64 kMostPadding = 64;

struct Output {
    std::string tensor;
    LayerShape shape;
};

class Converter {
public:
    explicit Converter(const TfjsModel& model)
        : m_model(model)
    {
    }

    Result<OnnxGraph> convert()
    {
        const std::set<QString> needed = neededLayers();
        m_graph.name = "tfjs";
        for (const TfjsLayer& layer : m_model.layers) {
            if (!needed.contains(layer.name))
                continue;
            if (auto added = addLayer(layer); !added)
                return std::move(added).error();
        }
        const auto last = m_outputs.find(m_model.output);
        if (last == m_outputs.end() || m_graph.input.name.empty() || m_graph.nodes.empty())
            return Error {ErrorCode::Invalid, u"nothing leads from the input to the output"_s, "bad_model"};
        const LayerShape& shape = last->second.shape;
        m_graph.outputs = {{last->second.tensor,
            shape.isPicture() ? std::vector<qint64> {1, shape.channels, shape.height, shape.width}
                              : std::vector<qint64> {1, shape.channels}}};
        return std::move(m_graph);
    }

private:
    using Added = Result<void>;

    /// What the output depends on.
    [[nodiscard]] std::set<QString> neededLayers() const
    {
        std::set<QString> needed {m_model.output};
        for (auto layer = m_model.layers.rbegin(); layer != m_model.layers.rend(); ++layer)
            if (needed.contains(layer->name))
                needed.insert(layer->inputs.begin(), layer->inputs.end());
        return needed;
    }

    Added addLayer(const TfjsLayer& layer)
    {
        struct Kind {
            QLatin1StringView name;
            Added (Converter::*add)(const TfjsLayer&, const Output&, JsonReader&);
        };
        static constexpr std::array kKinds {Kind {"ZeroPadding2D"_L1, &Converter::addPadding},
            Kind {"Conv2D"_L1, &Converter::addConvolution}, Kind {"DepthwiseConv2D"_L1, &Converter::addConvolution},
            Kind {"BatchNormalization"_L1, &Converter::addNormalization}, Kind {"ReLU"_L1, &Converter::addRelu},
            Kind {"Activation"_L1, &Converter::addActivationLayer},
            Kind {"AveragePooling2D"_L1, &Converter::addAverage},
            Kind {"GlobalAveragePooling2D"_L1, &Converter::addGlobalAverage},
            Kind {"Flatten"_L1, &Converter::addFlatten}, Kind {"Dense"_L1, &Converter::addDense},
            Kind {"Dropout"_L1, &Converter::addNothing}};
        JsonReader reader(layer.config, layer.name);
        if (layer.kind == "InputLayer"_L1)
            return addInput(layer, reader);
        if (layer.kind == "Add"_L1)
            return addSum(layer);
        const auto kind = std::ranges::find(kKinds, layer.kind, &Kind::name);
        if (kind == kKinds.end())
            return Error {ErrorCode::Unsupported, u"\"%1\" is a %2"_s.arg(layer.name, layer.kind), "unknown_layer"};
        if (layer.inputs.size() != 1)
            return bad(layer, u"needs one input"_s);
        const Output before = m_outputs.at(layer.inputs.front());
        return (this->*kind->add)(layer, before, reader);
    }

    static Error bad(const TfjsLayer& layer, const QString& what)
    {
        return Error {ErrorCode::Invalid, u"\"%1\" %2"_s.arg(layer.name, what), "bad_model"};
    }
    static Added finished(const JsonReader& reader) { return reader.finish(JsonReader::Unknown::Ignore); }

    [[nodiscard]] std::string newTensor() { return "t" + std::to_string(++m_tensors); }
    std::string addNode(std::string operation, std::vector<std::string> inputs, std::vector<OnnxAttribute> attributes)
    {
        std::string output = newTensor();
        m_graph.nodes.push_back({std::move(operation), std::move(inputs), output, std::move(attributes)});
        return output;
    }
    std::string addWeights(std::vector<qint64> shape, std::vector<float> values)
    {
        std::string name = "w" + std::to_string(m_graph.weights.size());
        m_graph.weights.push_back({name, std::move(shape), std::move(values)});
        return name;
    }
    Added put(const TfjsLayer& layer, std::string tensor, const LayerShape& shape)
    {
        if (shape.channels < 1 || shape.channels > kMostChannels || shape.height > kMostSide || shape.width > kMostSide)
            return bad(layer, u"puts out a shape out of bounds"_s);
        m_outputs[layer.name] = {std::move(tensor), shape};
        return {};
    }
    /// The weights of a layer; null when there are none of that shape.
    const TfjsTensor* weightsOf(const TfjsLayer& layer, const QString& what, const std::vector<qint64>& shape) const
    {
        const auto found = m_model.weights.find(layer.name + u'/' + what);
        return found == m_model.weights.end() || found->second.shape != shape ? nullptr : &found->second;
    }

    Added addInput(const TfjsLayer& layer, JsonReader& reader)
    {
        const QJsonArray shape = reader.array("batch_input_shape"_L1);
        if (const auto done = finished(reader); !done)
            return done;
        const LayerShape picture {shape[3].toInteger(0), shape[1].toInteger(0), shape[2].toInteger(0)};
        if (shape.size() != 4 || picture.channels != 3 || picture.height < 1 || picture.width < 1)
            return bad(layer, u"does not take a picture of three colours"_s);
        if (!m_graph.input.name.empty())
            return Error {ErrorCode::Unsupported, u"a model with one input is wanted"_s, "model_form"};
        m_graph.input = {"picture", {1, 3, picture.height, picture.width}};
        return put(layer, m_graph.input.name, picture);
    }

    Added addSum(const TfjsLayer& layer)
    {
        if (layer.inputs.size() != 2)
            return bad(layer, u"adds what is not two layers"_s);
        const Output& a = m_outputs.at(layer.inputs[0]);
        const Output& b = m_outputs.at(layer.inputs[1]);
        if (a.shape.channels != b.shape.channels || a.shape.height != b.shape.height || a.shape.width != b.shape.width)
            return bad(layer, u"adds unequal shapes"_s);
        return put(layer, addNode("Add", {a.tensor, b.tensor}, {}), a.shape);
    }

    std::string addPad(const std::string& tensor, const Padding& padding)
    {
        return addNode("Pad", {tensor},
            {{"pads",
                std::vector<qint64> {
                    0, 0, padding.before[0], padding.before[1], 0, 0, padding.after[0], padding.after[1]}}});
    }

    Added addPadding(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const QJsonArray sides = reader.array("padding"_L1);
        if (const auto done = finished(reader); !done)
            return done;
        Padding padding;
        for (std::size_t i = 0; i < 2; ++i) {
            const QJsonArray side = sides[static_cast<qsizetype>(i)].toArray();
            padding.before[i] = side[0].toInteger(-1);
            padding.after[i] = side[1].toInteger(-1);
            if (sides.size() != 2 || side.size() != 2 || std::min(padding.before[i], padding.after[i]) < 0
                || std::max(padding.before[i], padding.after[i]) > kMostPadding)
                return bad(layer, u"pads what is no picture"_s);
        }
        if (!before.shape.isPicture())
            return bad(layer, u"pads what is no picture"_s);
        const LayerShape shape {before.shape.channels, before.shape.height + padding.before[0] + padding.after[0],
            before.shape.width + padding.before[1] + padding.after[1]};
        return put(layer, addPad(before.tensor, padding), shape);
    }

    /// [height][width][in][out] to [out][in][height][width]; a depthwise kernel has its multiplier for out.
    static std::vector<float> channelsFirst(const TfjsTensor& kernel, bool depthwise)
    {
        const auto side = [&kernel](std::size_t i) { return static_cast<std::size_t>(kernel.shape[i]); };
        const std::size_t area = side(0) * side(1);
        std::vector<float> values(kernel.values.size());
        std::size_t from = 0;
        for (std::size_t place = 0; place < area; ++place) {
            for (std::size_t in = 0; in < side(2); ++in) {
                for (std::size_t out = 0; out < side(3); ++out) {
                    const std::size_t filter = depthwise ? in * side(3) + out : out * side(2) + in;
                    values[filter * area + place] = kernel.values[from++];
                }
            }
        }
        return values;
    }

    Added addConvolution(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const bool depthwise = layer.kind == "DepthwiseConv2D"_L1;
        const LayerWindow window = LayerWindow::read(reader, "kernel_size"_L1);
        if (readPair(reader, "dilation_rate"_L1, 1) != Pair {1, 1})
            reader.fail("dilation_rate"_L1, u"must be 1"_s);
        const qint64 times = reader.integer(depthwise ? "depth_multiplier"_L1 : "filters"_L1);
        const bool hasBias = reader.boolean("use_bias"_L1, true);
        const QString activation = reader.string("activation"_L1, u"linear"_s);
        if (const auto done = finished(reader); !done)
            return done;
        const qint64 inputs = before.shape.channels;
        if (!before.shape.isPicture() || times < 1 || times > kMostChannels)
            return bad(layer, u"has no picture to look at"_s);
        const qint64 filters = depthwise ? inputs * times : times;
        const TfjsTensor* kernel = weightsOf(layer, depthwise ? u"depthwise_kernel"_s : u"kernel"_s,
            {window.kernel[0], window.kernel[1], inputs, times});
        const TfjsTensor* bias = hasBias ? weightsOf(layer, u"bias"_s, {filters}) : nullptr;
        if (kernel == nullptr || (hasBias && bias == nullptr))
            return bad(layer, u"lacks its weights"_s);
        const Padding padding = window.paddingOf(before.shape);
        const Pair sides = window.outputOf(before.shape, padding);
        if (sides[0] < 1 || sides[1] < 1)
            return bad(layer, u"has a picture smaller than its window"_s);
        // OpenCV pads both sides of a convolution alike.
        const bool apart = !padding.isEven();
        const Pair inside = apart ? Pair {} : padding.before;
        std::vector<std::string> from {apart ? addPad(before.tensor, padding) : before.tensor,
            addWeights({filters, depthwise ? 1 : inputs, window.kernel[0], window.kernel[1]},
                channelsFirst(*kernel, depthwise))};
        if (bias != nullptr)
            from.push_back(addWeights({filters}, bias->values));
        const std::string result = addNode("Conv", std::move(from),
            {{"kernel_shape", std::vector<qint64>(window.kernel.begin(), window.kernel.end())},
                {"strides", std::vector<qint64>(window.strides.begin(), window.strides.end())},
                {"pads", std::vector<qint64> {inside[0], inside[1], inside[0], inside[1]}},
                {"group", depthwise ? inputs : qint64 {1}}});
        return addActivation(layer, activation, result, {filters, sides[0], sides[1]});
    }

    Added addNormalization(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const qint64 channels = before.shape.channels;
        const QJsonValue axis = reader.value("axis"_L1);
        const double epsilon = reader.number("epsilon"_L1);
        const bool center = reader.boolean("center"_L1, true);
        const bool scale = reader.boolean("scale"_L1, true);
        if (const auto done = finished(reader); !done)
            return done;
        const qint64 place = axis.isArray() ? axis.toArray()[0].toInteger(0) : axis.toInteger(0);
        if (!before.shape.isPicture() || (place != -1 && place != 3) || epsilon < 0)
            return bad(layer, u"normalises what is no picture's channels"_s);
        std::vector<std::string> from {before.tensor};
        const auto add = [&](const QString& what, bool there, float otherwise) {
            const TfjsTensor* weights = weightsOf(layer, what, {channels});
            if (there && weights == nullptr)
                return false;
            from.push_back(addWeights({channels},
                there ? weights->values : std::vector<float>(static_cast<std::size_t>(channels), otherwise)));
            return true;
        };
        if (!add(u"gamma"_s, scale, 1) || !add(u"beta"_s, center, 0) || !add(u"moving_mean"_s, true, 0)
            || !add(u"moving_variance"_s, true, 1))
            return bad(layer, u"lacks its weights"_s);
        const auto& variance = m_graph.weights.back().values;
        if (std::ranges::any_of(variance, [epsilon](float each) { return !(each + epsilon > 0); }))
            return bad(layer, u"has a variance below nothing"_s);
        return put(layer, addNode("BatchNormalization", std::move(from), {{"epsilon", static_cast<float>(epsilon)}}),
            before.shape);
    }

    Added addRelu(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const QJsonValue most = reader.value("max_value"_L1);
        const double slope = reader.number("negative_slope"_L1, 0);
        const double threshold = reader.number("threshold"_L1, 0);
        if (const auto done = finished(reader); !done)
            return done;
        if (slope != 0 || threshold != 0 || !(most.isNull() || most.isUndefined() || most.toDouble() > 0))
            return Error {ErrorCode::Unsupported, u"\"%1\" bends in another way"_s.arg(layer.name), "unknown_layer"};
        return put(layer,
            most.isDouble() ? addClip(before.tensor, static_cast<float>(most.toDouble()))
                            : addNode("Relu", {before.tensor}, {}),
            before.shape);
    }

    std::string addClip(const std::string& tensor, float most)
    {
        return addNode("Clip", {tensor}, {{"min", 0.0F}, {"max", most}});
    }

    Added addActivationLayer(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const QString activation = reader.string("activation"_L1);
        if (const auto done = finished(reader); !done)
            return done;
        return addActivation(layer, activation, before.tensor, before.shape);
    }

    Added addActivation(
        const TfjsLayer& layer, const QString& activation, const std::string& tensor, const LayerShape& shape)
    {
        if (activation == "linear"_L1)
            return put(layer, tensor, shape);
        if (activation == "relu"_L1)
            return put(layer, addNode("Relu", {tensor}, {}), shape);
        if (activation == "relu6"_L1)
            return put(layer, addClip(tensor, 6), shape);
        if (activation == "softmax"_L1 && !shape.isPicture())
            return put(layer, addNode("Softmax", {tensor}, {{"axis", qint64 {1}}}), shape);
        return Error {ErrorCode::Unsupported, u"\"%1\" ends in %2"_s.arg(layer.name, activation), "unknown_layer"};
    }

    Added addAverage(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const LayerWindow window = LayerWindow::read(reader, "pool_size"_L1);
        if (const auto done = finished(reader); !done)
            return done;
        const Pair sides = window.outputOf(before.shape, {});
        if (!before.shape.isPicture() || sides[0] < 1 || sides[1] < 1)
            return bad(layer, u"has a picture smaller than its window"_s);
        if (window.paddingOf(before.shape) != Padding {})
            return Error {ErrorCode::Unsupported, u"\"%1\" pads a mean"_s.arg(layer.name), "unknown_layer"};
        const std::string result = addNode("AveragePool", {before.tensor},
            {{"kernel_shape", std::vector<qint64>(window.kernel.begin(), window.kernel.end())},
                {"strides", std::vector<qint64>(window.strides.begin(), window.strides.end())}});
        return put(layer, result, {before.shape.channels, sides[0], sides[1]});
    }

    Added addGlobalAverage(const TfjsLayer& layer, const Output& before, JsonReader&)
    {
        if (!before.shape.isPicture())
            return bad(layer, u"has no picture to look at"_s);
        const std::string mean = addNode("GlobalAveragePool", {before.tensor}, {});
        return put(layer, addNode("Flatten", {mean}, {{"axis", qint64 {1}}}), {before.shape.channels, 0, 0});
    }

    Added addFlatten(const TfjsLayer& layer, const Output& before, JsonReader&)
    {
        const LayerShape& shape = before.shape;
        if (!shape.isPicture())
            return put(layer, before.tensor, shape);
        // Keras counts channels fastest.
        const bool turned = shape.height * shape.width > 1;
        const std::string from = turned
            ? addNode("Transpose", {before.tensor}, {{"perm", std::vector<qint64> {0, 2, 3, 1}}})
            : before.tensor;
        return put(layer, addNode("Flatten", {from}, {{"axis", qint64 {1}}}),
            {shape.channels * shape.height * shape.width, 0, 0});
    }

    Added addDense(const TfjsLayer& layer, const Output& before, JsonReader& reader)
    {
        const qint64 units = reader.integer("units"_L1);
        const bool hasBias = reader.boolean("use_bias"_L1, true);
        const QString activation = reader.string("activation"_L1, u"linear"_s);
        if (const auto done = finished(reader); !done)
            return done;
        const qint64 inputs = before.shape.channels;
        if (before.shape.isPicture() || units < 1 || units > kMostChannels)
            return bad(layer, u"wants a row of numbers"_s);
        const TfjsTensor* kernel = weightsOf(layer, u"kernel"_s, {inputs, units});
        const TfjsTensor* bias = weightsOf(layer, u"bias"_s, {units});
        if (kernel == nullptr || (hasBias && bias == nullptr))
            return bad(layer, u"lacks its weights"_s);
        std::vector<float> turned(kernel->values.size());
        for (qint64 in = 0; in < inputs; ++in)
            for (qint64 out = 0; out < units; ++out)
                turned[static_cast<std::size_t>(out * inputs + in)]
                    = kernel->values[static_cast<std::size_t>(in * units + out)];
        const std::string weights = addWeights({units, inputs}, std::move(turned));
        const std::string offsets
            = addWeights({units}, hasBias ? bias->values : std::vector<float>(static_cast<std::size_t>(units), 0.0F));
        const std::string result = addNode("Gemm", {before.tensor, weights, offsets}, {{"transB", qint64 {1}}});
        return addActivation(layer, activation, result, {units, 0, 0});
    }

    /// Dropout does nothing once a network has learned.
    Added addNothing(const TfjsLayer& layer, const Output& before, JsonReader&)
    {
        return put(layer, before.tensor, before.shape);
    }

    const TfjsModel& m_model;
    OnnxGraph m_graph;
    std::map<QString, Output> m_outputs;
    int m_tensors = 0;
};

} // namespace

Result<OnnxGraph> toOnnxGraph(const TfjsModel& model)
{
    return Converter(model).convert();
}

} // namespace vidimus::checks

#include "core/base/sha256.h"
#include "core/checks/engine/dnn_model.h"
#include "core/checks/js_literal.h"
#include "core/checks/tfjs_to_onnx.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <cmath>
#include <cstring>

using namespace vidimus;
using namespace vidimus::checks;
using namespace vidimus::checks::engine;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSide = 9;

/// Numbers with channels fastest, as TensorFlow counts.
struct Grid {
    int height = 1;
    int width = 1;
    int channels = 1;
    std::vector<double> values = std::vector<double>(static_cast<std::size_t>(height * width * channels));
    double& at(int y, int x, int c) { return values[static_cast<std::size_t>((y * width + x) * channels + c)]; }
    double at(int y, int x, int c) const { return values[static_cast<std::size_t>((y * width + x) * channels + c)]; }
    /// Nothing beyond the edges.
    double seen(int y, int x, int c) const { return y < 0 || x < 0 || y >= height || x >= width ? 0 : at(y, x, c); }
};

/// Writes a layers model layer by layer and works out beside it, by plain loops, what each layer puts out.
class ModelMaker {
public:
    explicit ModelMaker(Grid picture)
        : m_now(std::move(picture))
    {
        add(u"InputLayer"_s, {{u"batch_input_shape"_s, QJsonArray {QJsonValue::Null, kSide, kSide, 3}}});
    }

    const Grid& now() const { return m_now; }
    const QString& last() const { return m_last; }
    QJsonArray& layers() { return m_layers; }
    QByteArray& bytes() { return m_bytes; }
    QJsonArray& tensors() { return m_tensors; }

    void pad(int top, int bottom, int left, int right)
    {
        add(u"ZeroPadding2D"_s,
            {{u"padding"_s, QJsonArray {QJsonArray {top, bottom}, QJsonArray {left, right}}},
                {u"data_format"_s, u"channels_last"_s}});
        Grid next {m_now.height + top + bottom, m_now.width + left + right, m_now.channels};
        for (int y = 0; y < next.height; ++y)
            for (int x = 0; x < next.width; ++x)
                for (int c = 0; c < next.channels; ++c)
                    next.at(y, x, c) = m_now.seen(y - top, x - left, c);
        m_now = next;
    }

    /// \a times: filters, or the multiplier of a depthwise one.
    void convolve(bool depthwise, int kernel, int stride, bool same, int times, bool bias, const QString& activation)
    {
        QJsonObject config {{u"kernel_size"_s, QJsonArray {kernel, kernel}},
            {u"strides"_s, QJsonArray {stride, stride}}, {u"padding"_s, same ? u"same"_s : u"valid"_s},
            {u"data_format"_s, u"channels_last"_s}, {u"dilation_rate"_s, QJsonArray {1, 1}}, {u"use_bias"_s, bias},
            {u"activation"_s, activation}};
        config.insert(depthwise ? u"depth_multiplier"_s : u"filters"_s, times);
        add(depthwise ? u"DepthwiseConv2D"_s : u"Conv2D"_s, config);
        const int filters = depthwise ? m_now.channels * times : times;
        const auto weights = tensor(
            depthwise ? u"depthwise_kernel"_s : u"kernel"_s, {kernel, kernel, m_now.channels, times}, -0.5, 0.5);
        const auto offsets
            = bias ? tensor(u"bias"_s, {filters}, -0.2, 0.2) : std::vector<double>(static_cast<std::size_t>(filters));
        const auto sideOf
            = [&](int side) { return same ? (side + stride - 1) / stride : (side - kernel) / stride + 1; };
        const auto before
            = [&](int side) { return same ? std::max(0, (sideOf(side) - 1) * stride + kernel - side) / 2 : 0; };
        Grid next {sideOf(m_now.height), sideOf(m_now.width), filters};
        for (int y = 0; y < next.height; ++y)
            for (int x = 0; x < next.width; ++x)
                for (int filter = 0; filter < filters; ++filter) {
                    double sum = offsets[static_cast<std::size_t>(filter)];
                    for (int ky = 0; ky < kernel; ++ky)
                        for (int kx = 0; kx < kernel; ++kx)
                            for (int in = 0; in < m_now.channels; ++in) {
                                if (depthwise && filter / times != in)
                                    continue;
                                const int out = depthwise ? filter % times : filter;
                                const int place = ((ky * kernel + kx) * m_now.channels + in) * times + out;
                                sum += weights[static_cast<std::size_t>(place)]
                                    * m_now.seen(y * stride + ky - before(m_now.height),
                                        x * stride + kx - before(m_now.width), in);
                            }
                    next.at(y, x, filter) = sum;
                }
        m_now = next;
        activate(activation);
    }

    void normalise()
    {
        add(u"BatchNormalization"_s, {{u"axis"_s, -1}, {u"epsilon"_s, 0.001}, {u"center"_s, true}, {u"scale"_s, true}});
        const auto gamma = tensor(u"gamma"_s, {m_now.channels}, 0.5, 2);
        const auto beta = tensor(u"beta"_s, {m_now.channels}, -1, 1);
        const auto mean = tensor(u"moving_mean"_s, {m_now.channels}, -0.3, 0.3);
        const auto variance = tensor(u"moving_variance"_s, {m_now.channels}, 0.1, 1);
        for (std::size_t i = 0; i < m_now.values.size(); ++i) {
            const std::size_t c = i % static_cast<std::size_t>(m_now.channels);
            m_now.values[i] = gamma[c] * (m_now.values[i] - mean[c]) / std::sqrt(variance[c] + 0.001) + beta[c];
        }
    }

    void relu(bool six)
    {
        add(u"ReLU"_s,
            {{u"max_value"_s, six ? QJsonValue(6) : QJsonValue(QJsonValue::Null)}, {u"negative_slope"_s, 0},
                {u"threshold"_s, 0}});
        activate(six ? u"relu6"_s : u"relu"_s);
    }
    void activation(const QString& name)
    {
        add(u"Activation"_s, {{u"activation"_s, name}});
        activate(name);
    }

    void addUp(const QString& other, const Grid& values)
    {
        add(u"Add"_s, {}, {other, m_last});
        for (std::size_t i = 0; i < m_now.values.size(); ++i)
            m_now.values[i] += values.values[i];
    }

    void average(int poolHeight, int poolWidth)
    {
        add(u"AveragePooling2D"_s,
            {{u"pool_size"_s, QJsonArray {poolHeight, poolWidth}}, {u"strides"_s, QJsonArray {1, 1}},
                {u"padding"_s, u"valid"_s}, {u"data_format"_s, u"channels_last"_s}});
        Grid next {m_now.height - poolHeight + 1, m_now.width - poolWidth + 1, m_now.channels};
        for (int y = 0; y < next.height; ++y)
            for (int x = 0; x < next.width; ++x)
                for (int c = 0; c < next.channels; ++c) {
                    for (int py = 0; py < poolHeight; ++py)
                        for (int px = 0; px < poolWidth; ++px)
                            next.at(y, x, c) += m_now.at(y + py, x + px, c) / (poolHeight * poolWidth);
                }
        m_now = next;
    }

    void globalAverage()
    {
        add(u"GlobalAveragePooling2D"_s, {});
        Grid next {1, 1, m_now.channels};
        for (int y = 0; y < m_now.height; ++y)
            for (int x = 0; x < m_now.width; ++x)
                for (int c = 0; c < m_now.channels; ++c)
                    next.at(0, 0, c) += m_now.at(y, x, c) / (m_now.height * m_now.width);
        m_now = next;
    }

    void flatten()
    {
        add(u"Flatten"_s, {{u"data_format"_s, u"channels_last"_s}});
        m_now.channels = static_cast<int>(m_now.values.size());
        m_now.height = m_now.width = 1;
    }

    void dense(int units, bool bias, const QString& activation)
    {
        add(u"Dense"_s, {{u"units"_s, units}, {u"use_bias"_s, bias}, {u"activation"_s, activation}});
        const int inputs = m_now.channels;
        const auto weights = tensor(u"kernel"_s, {inputs, units}, -1, 1);
        const auto offsets
            = bias ? tensor(u"bias"_s, {units}, -0.5, 0.5) : std::vector<double>(static_cast<std::size_t>(units));
        Grid next {1, 1, units};
        for (int out = 0; out < units; ++out) {
            next.at(0, 0, out) = offsets[static_cast<std::size_t>(out)];
            for (int in = 0; in < inputs; ++in)
                next.at(0, 0, out) += weights[static_cast<std::size_t>(in * units + out)] * m_now.at(0, 0, in);
        }
        m_now = next;
        activate(activation);
    }

    void dropout() { add(u"Dropout"_s, {{u"rate"_s, 0.5}}); }

    QJsonObject json() const
    {
        const QJsonObject config {{u"name"_s, u"small"_s}, {u"layers"_s, m_layers},
            {u"output_layers"_s, QJsonArray {QJsonArray {m_last, 0, 0}}}};
        return {
            {u"modelTopology"_s,
                QJsonObject {{u"model_config"_s, QJsonObject {{u"class_name"_s, u"Model"_s}, {u"config"_s, config}}}}},
            {u"weightsManifest"_s,
                QJsonArray {QJsonObject {{u"paths"_s, QJsonArray {u"shard"_s}}, {u"weights"_s, m_tensors}}}}};
    }

private:
    void add(const QString& kind, const QJsonObject& config, QStringList inputs = {})
    {
        if (inputs.isEmpty() && !m_last.isEmpty())
            inputs.append(m_last);
        m_last = u"layer_%1"_s.arg(m_layers.size());
        QJsonArray use;
        for (const QString& input : inputs)
            use.append(QJsonArray {input, 0, 0, QJsonObject()});
        m_layers.append(QJsonObject {{u"name"_s, m_last}, {u"class_name"_s, kind}, {u"config"_s, config},
            {u"inbound_nodes"_s, use.isEmpty() ? QJsonArray() : QJsonArray {use}}});
    }

    void activate(const QString& name)
    {
        double sum = 0;
        for (double& value : m_now.values) {
            if (name == u"relu" || name == u"relu6")
                value = std::clamp(value, 0.0, name == u"relu6" ? 6.0 : 1e30);
            if (name == u"softmax")
                sum += value = std::exp(value);
        }
        for (double& value : m_now.values)
            value = name == u"softmax" ? value / sum : value;
    }

    /// Random weights, stored as bytes, shorts or floats in turn; gives what a reader gets out of them.
    std::vector<double> tensor(const QString& name, const std::vector<int>& shape, double least, double most)
    {
        int count = 1;
        QJsonArray sides;
        for (const int side : shape) {
            count *= side;
            sides.append(side);
        }
        QJsonObject entry {{u"name"_s, m_last + u'/' + name}, {u"shape"_s, sides}, {u"dtype"_s, u"float32"_s}};
        const int form = static_cast<int>(m_tensors.size()) % 3;
        const int steps = form == 0 ? 255 : 65535;
        const double scale = (most - least) / steps;
        if (form < 2)
            entry.insert(u"quantization"_s,
                QJsonObject {
                    {u"min"_s, least}, {u"scale"_s, scale}, {u"dtype"_s, form == 0 ? u"uint8"_s : u"uint16"_s}});
        std::vector<double> values;
        for (int i = 0; i < count; ++i) {
            const quint32 code = m_random.bounded(quint32(steps + 1));
            const auto value = static_cast<float>(code * scale + least);
            if (form == 2)
                m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
            else
                m_bytes.append(reinterpret_cast<const char*>(&code), form + 1);
            values.push_back(static_cast<double>(value));
        }
        m_tensors.append(entry);
        return values;
    }

    QRandomGenerator m_random {7};
    Grid m_now;
    QString m_last;
    QJsonArray m_layers;
    QJsonArray m_tensors;
    QByteArray m_bytes;
};

/// A picture of noise, and the same as the model sees it.
struct Noise {
    std::vector<std::uint8_t> bytes;
    media::FrameView view;
    Grid grid {kSide, kSide, 3};

    Noise()
    {
        QRandomGenerator random(11);
        for (int y = 0; y < kSide; ++y)
            for (int x = 0; x < kSide; ++x) {
                for (int c = 2; c >= 0; --c) {
                    const quint32 code = random.bounded(256U);
                    bytes.push_back(static_cast<std::uint8_t>(code));
                    grid.at(y, x, c) = code / 255.0;
                }
                bytes.push_back(255);
            }
        view.format = media::PixelFormat::Bgra;
        view.width = view.height = kSide;
        view.planes[0] = {reinterpret_cast<const std::byte*>(bytes.data()), kSide * 4, kSide, kSide};
    }
};

/// What MobileNetV2 is made of, once each, with uneven padding and a picture that is still one when it is made flat.
ModelMaker smallMobileNet(const Grid& picture)
{
    ModelMaker maker(picture);
    maker.pad(0, 1, 0, 1);
    maker.convolve(false, 3, 2, false, 4, false, u"linear"_s);
    maker.normalise();
    maker.relu(true);
    const QString shortcut = maker.last();
    const Grid kept = maker.now();
    maker.convolve(true, 3, 1, true, 1, false, u"linear"_s);
    maker.normalise();
    maker.relu(true);
    maker.convolve(false, 1, 1, true, 4, true, u"linear"_s);
    maker.addUp(shortcut, kept);
    maker.convolve(true, 3, 2, true, 1, true, u"relu"_s);
    maker.average(1, 2);
    maker.flatten();
    maker.dense(6, true, u"relu"_s);
    maker.dropout();
    maker.dense(3, true, u"softmax"_s);
    return maker;
}

ModelMaker anotherNet(const Grid& picture)
{
    ModelMaker maker(picture);
    maker.convolve(true, 2, 1, true, 2, true, u"linear"_s);
    maker.activation(u"relu6"_s);
    maker.convolve(false, 5, 3, true, 3, true, u"relu6"_s);
    maker.relu(false);
    maker.globalAverage();
    maker.dense(4, false, u"linear"_s);
    return maker;
}

Result<QByteArray> converted(const QJsonObject& json, const QByteArray& weights)
{
    const auto model = readTfjsModel(json, weights);
    if (!model)
        return model.error();
    const auto graph = toOnnxGraph(*model);
    return graph ? Result<QByteArray>(toOnnx(*graph)) : Result<QByteArray>(graph.error());
}

} // namespace

/// Models of TensorFlow.js, written out as ONNX: the network must give what the layers give.
class TfjsModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNetworkGivesWhatTheLayersGive_data();
    void theNetworkGivesWhatTheLayersGive();
    void theSameModelGivesTheSameBytes();
    void hostileModelsAreRefused_data();
    void hostileModelsAreRefused();
    void weightsMustFit();
    void brokenTextNeverCrashes();
    void scriptsAreReadAsData_data();
    void scriptsAreReadAsData();
    void otherScriptsAreRefused_data();
    void otherScriptsAreRefused();
};

void TfjsModelTest::theNetworkGivesWhatTheLayersGive_data()
{
    QTest::addColumn<bool>("mobile");
    QTest::newRow("each layer of MobileNetV2") << true;
    QTest::newRow("multiplier, global mean, uneven windows") << false;
}

void TfjsModelTest::theNetworkGivesWhatTheLayersGive()
{
    QFETCH(bool, mobile);
    const Noise noise;
    ModelMaker maker = mobile ? smallMobileNet(noise.grid) : anotherNet(noise.grid);
    const auto onnx = converted(maker.json(), maker.bytes());
    QVERIFY2(onnx, onnx ? "" : qPrintable(onnx.error().detail));
    ModelManifest manifest {.name = u"small"_s,
        .check = u"classifier"_s,
        .file = u"m.onnx"_s,
        .sha256 = QString::fromLatin1(sha256Hex(*onnx)),
        .licence = u"CC0-1.0"_s,
        .source = {},
        .limits = {},
        .width = kSide,
        .height = kSide,
        .scale = 1.0 / 255};
    for (int i = 0; i < maker.now().channels; ++i)
        manifest.classes.push_back({u"c%1"_s.arg(i), 0.5});
    auto model = DnnModel::load(*onnx, manifest);
    QVERIFY2(model, model ? "" : qPrintable(model.error().detail));
    const auto scores = model->classify(noise.view);
    QVERIFY2(scores, scores ? "" : qPrintable(scores.error().detail));
    for (std::size_t i = 0; i < scores->size(); ++i)
        QVERIFY2(std::abs((*scores)[i] - maker.now().values[i]) < 1e-4,
            qPrintable(u"%1: %2, not %3"_s.arg(i).arg((*scores)[i]).arg(maker.now().values[i])));
}

void TfjsModelTest::theSameModelGivesTheSameBytes()
{
    const Noise noise;
    ModelMaker maker = smallMobileNet(noise.grid);
    QCOMPARE(*converted(maker.json(), maker.bytes()), *converted(maker.json(), maker.bytes()));
}

void TfjsModelTest::hostileModelsAreRefused_data()
{
    QTest::addColumn<int>("layer");
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("reason");
    const auto config = [](const char* name, int layer, const QString& member, const QJsonValue& value,
                            const QByteArray& reason = {}) {
        QTest::newRow(name) << layer << u"config/"_s + member << value << reason;
    };
    const auto own = [](const char* name, int layer, const QString& member, const QJsonValue& value,
                         const QByteArray& reason = {}) { QTest::newRow(name) << layer << member << value << reason; };
    config("a picture of one colour", 0, u"batch_input_shape"_s, QJsonArray {QJsonValue::Null, 9, 9, 1}, "bad_model");
    config("a huge picture", 0, u"batch_input_shape"_s, QJsonArray {QJsonValue::Null, 1e9, 9, 3}, "bad_model");
    config("padding below nothing", 1, u"padding"_s, QJsonArray {QJsonArray {-1, 0}, QJsonArray {0, 0}}, "bad_model");
    config("huge padding", 1, u"padding"_s, QJsonArray {QJsonArray {0, 1e15}, QJsonArray {0, 0}}, "bad_model");
    config("strides of nothing", 2, u"strides"_s, QJsonArray {0, 0});
    config("another kernel", 2, u"kernel_size"_s, QJsonArray {5, 5}, "bad_model");
    config("many filters", 2, u"filters"_s, 4e15, "bad_model");
    config("another padding", 2, u"padding"_s, u"causal"_s);
    config("channels first", 2, u"data_format"_s, u"channels_first"_s);
    config("dilation", 2, u"dilation_rate"_s, QJsonArray {2, 2});
    config("a bias that is not there", 2, u"use_bias"_s, true, "bad_model");
    config("another curve", 2, u"activation"_s, u"swish"_s, "unknown_layer");
    config("another axis", 3, u"axis"_s, 1, "bad_model");
    config("a variance below nothing", 3, u"epsilon"_s, -5, "bad_model");
    config("a leaking curve", 4, u"negative_slope"_s, 0.1, "unknown_layer");
    own("an unknown layer", 4, u"class_name"_s, u"Lambda"_s, "unknown_layer");
    own("a second name", 4, u"name"_s, u"layer_3"_s, "bad_model");
    own("a circle", 4, u"inbound_nodes"_s, QJsonArray {QJsonArray {QJsonArray {u"layer_6"_s, 0, 0, QJsonObject()}}},
        "bad_model");
    own("no input", 4, u"inbound_nodes"_s, QJsonArray(), "bad_model");
    own("a second use", 4, u"inbound_nodes"_s, QJsonArray {QJsonArray(), QJsonArray()}, "model_form");
    own("no configuration", 4, u"config"_s, 5);
    config("a dense layer of another size", 13, u"units"_s, 7, "bad_model");
    own("a dense layer on a picture", 13, u"inbound_nodes"_s,
        QJsonArray {QJsonArray {QJsonArray {u"layer_11"_s, 0, 0, QJsonObject()}}}, "bad_model");
}

void TfjsModelTest::hostileModelsAreRefused()
{
    QFETCH(int, layer);
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, reason);
    ModelMaker maker = smallMobileNet(Noise().grid);
    QJsonObject changed = maker.layers()[layer].toObject();
    if (member.startsWith(u"config/")) {
        QJsonObject config = changed[u"config"].toObject();
        config.insert(member.mid(7), value);
        changed.insert(u"config"_s, config);
    } else {
        changed.insert(member, value);
    }
    maker.layers()[layer] = changed;
    const auto onnx = converted(maker.json(), maker.bytes());
    QVERIFY(!onnx);
    if (!reason.isEmpty())
        QCOMPARE(onnx.error().reason, reason);
}

void TfjsModelTest::weightsMustFit()
{
    ModelMaker maker = smallMobileNet(Noise().grid);
    QVERIFY(!converted(maker.json(), maker.bytes().chopped(1)));
    QVERIFY(!converted(maker.json(), maker.bytes() + 'x'));
    QVERIFY(!converted(maker.json(), {}));
    // The third tensor is one of floats.
    QByteArray spoilt = maker.bytes();
    const float nothing = std::nanf("");
    std::memcpy(spoilt.data() + 3 * 3 * 3 * 4 + 2 * 4, &nothing, sizeof nothing);
    QVERIFY(!converted(maker.json(), spoilt));
    const auto withShape = [&maker](const QJsonArray& shape) {
        ModelMaker other = maker;
        QJsonObject first = other.tensors()[0].toObject();
        first.insert(u"shape"_s, shape);
        other.tensors()[0] = first;
        return converted(other.json(), other.bytes());
    };
    for (const QJsonArray& shape : {QJsonArray {1e9, 1e9, 1e9, 1e9}, QJsonArray {65536, 65536}, QJsonArray {-1, 108},
             QJsonArray {0.5, 216}, QJsonArray {0}, QJsonArray {3, 3, 3, 2, 2}, QJsonArray {u"3"_s}})
        QVERIFY(!withShape(shape));
}

void TfjsModelTest::brokenTextNeverCrashes()
{
    ModelMaker maker = smallMobileNet(Noise().grid);
    const QByteArray script = "e.exports=" + QJsonDocument(maker.json()).toJson(QJsonDocument::Compact);
    QRandomGenerator random(5);
    int read = 0;
    for (int round = 0; round < 400; ++round) {
        QByteArray broken = script;
        for (int change = 0; change <= round % 3; ++change)
            broken[random.bounded(int(broken.size()))] = "{}[]\",:0123459-.e!x"[random.bounded(19)];
        const auto literal = exportedLiteral(broken);
        if (literal && converted(literal->toObject(), maker.bytes()))
            ++read;
    }
    QVERIFY(read < 400);
    const auto whole = exportedLiteral(script);
    QVERIFY(whole);
    QCOMPARE(whole->toObject(), maker.json());
}

void TfjsModelTest::scriptsAreReadAsData_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("minified") << QByteArray(
        R"(!function(e){module.exports=e()}({1:[function(e,a){a.exports={a:!0,b_2:[!1,null,true,false],"c d":.5,$e:-1e-3}}]});)")
                              << QByteArray(R"([{"a":true,"b_2":[false,null,true,false],"c d":0.5,"$e":-0.001}])");
    QTest::newRow("text") << QByteArray("x.exports=\"QUJD/+==\"},{}]") << QByteArray(R"(["QUJD/+=="])");
    QTest::newRow("single quotes") << QByteArray("x.exports='a\"b'") << QByteArray(R"(["a\"b"])");
    QTest::newRow("nothing in it") << QByteArray("x.exports={a:{},b:[]}") << QByteArray(R"([{"a":{},"b":[]}])");
}

void TfjsModelTest::scriptsAreReadAsData()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, json);
    const auto value = exportedLiteral(script);
    QVERIFY2(value, value ? "" : qPrintable(value.error().detail));
    QCOMPARE(QJsonArray {*value}, QJsonDocument::fromJson(json).array());
}

void TfjsModelTest::otherScriptsAreRefused_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no export") << QByteArray("var a = {};");
    QTest::newRow("ends too soon") << QByteArray("a.exports=");
    QTest::newRow("a call") << QByteArray("a.exports=f()");
    QTest::newRow("not a number") << QByteArray("a.exports=NaN");
    QTest::newRow("infinity") << QByteArray("a.exports=infinity");
    QTest::newRow("an open object") << QByteArray("a.exports={a:1");
    QTest::newRow("an open text") << QByteArray("a.exports=\"abc");
    QTest::newRow("an escape") << QByteArray(R"(a.exports="a\u0041")");
    QTest::newRow("no comma") << QByteArray("a.exports=[1 2]");
    QTest::newRow("twice the same") << QByteArray("a.exports={a:1,a:2}");
    QTest::newRow("a number with a tail") << QByteArray("a.exports=[1x]");
    QTest::newRow("too deep") << "a.exports=" + QByteArray(100000, '[');
}

void TfjsModelTest::otherScriptsAreRefused()
{
    QFETCH(QByteArray, script);
    const auto value = exportedLiteral(script);
    QVERIFY(!value);
    QVERIFY(!value.error().reason.isEmpty());
}

QTEST_GUILESS_MAIN(TfjsModelTest)
#include "tst_tfjs_model.moc"

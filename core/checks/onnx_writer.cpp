#include "core/checks/onnx_writer.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace vidimus::checks {

namespace {

static_assert(std::endian::native == std::endian::little, "raw tensors of ONNX are little-endian");

constexpr std::uint64_t kIrVersion = 5;
constexpr std::uint64_t kOperatorSet = 10;
constexpr std::uint64_t kFloatType = 1; // TensorProto.DataType FLOAT

/// A message of protocol buffers, written by the fields' numbers (proto2 wire format).
class ProtoMessage {
public:
    ProtoMessage& number(int field, std::uint64_t value)
    {
        addKey(field, 0);
        addVarint(value);
        return *this;
    }
    ProtoMessage& real(int field, float value)
    {
        addKey(field, 5);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        return *this;
    }
    ProtoMessage& text(int field, QByteArrayView value)
    {
        addKey(field, 2);
        addVarint(static_cast<std::uint64_t>(value.size()));
        m_bytes.append(value);
        return *this;
    }
    ProtoMessage& part(int field, const ProtoMessage& value) { return text(field, value.m_bytes); }
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    void addKey(int field, int wireType)
    {
        addVarint(static_cast<std::uint64_t>(field) << 3 | static_cast<unsigned>(wireType));
    }
    void addVarint(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes.append(static_cast<char>(value | 0x80));
        m_bytes.append(static_cast<char>(value));
    }

    QByteArray m_bytes;
};

ProtoMessage attributeMessage(const OnnxAttribute& attribute)
{
    ProtoMessage message;
    message.text(1, attribute.name);
    // Fields f, i, ints and the number of each type (AttributeProto).
    if (const auto* real = std::get_if<float>(&attribute.value))
        return message.real(2, *real).number(20, 1);
    if (const auto* whole = std::get_if<qint64>(&attribute.value))
        return message.number(3, static_cast<std::uint64_t>(*whole)).number(20, 2);
    for (const qint64 one : std::get<std::vector<qint64>>(attribute.value))
        message.number(8, static_cast<std::uint64_t>(one));
    return message.number(20, 7);
}

ProtoMessage nodeMessage(const OnnxNode& node)
{
    ProtoMessage message;
    for (const std::string& input : node.inputs)
        message.text(1, input);
    message.text(2, node.output).text(3, node.output).text(4, node.operation);
    for (const OnnxAttribute& attribute : node.attributes)
        message.part(5, attributeMessage(attribute));
    return message;
}

ProtoMessage tensorMessage(const OnnxTensor& tensor)
{
    ProtoMessage message;
    for (const qint64 side : tensor.shape)
        message.number(1, static_cast<std::uint64_t>(side));
    message.number(2, kFloatType).text(8, tensor.name);
    return message.text(9,
        QByteArrayView(reinterpret_cast<const char*>(tensor.values.data()),
            static_cast<qsizetype>(tensor.values.size() * sizeof(float))));
}

/// ValueInfoProto: a tensor's name, type and shape.
ProtoMessage valueMessage(const OnnxValue& value)
{
    ProtoMessage sides;
    for (const qint64 side : value.shape)
        sides.part(1, ProtoMessage().number(1, static_cast<std::uint64_t>(side)));
    const ProtoMessage type = ProtoMessage().part(1, ProtoMessage().number(1, kFloatType).part(2, sides));
    return ProtoMessage().text(1, value.name).part(2, type);
}

} // namespace

QByteArray toOnnx(const OnnxGraph& graph)
{
    ProtoMessage body;
    for (const OnnxNode& node : graph.nodes)
        body.part(1, nodeMessage(node));
    body.text(2, graph.name);
    for (const OnnxTensor& tensor : graph.weights)
        body.part(5, tensorMessage(tensor));
    body.part(11, valueMessage(graph.input));
    for (const OnnxValue& output : graph.outputs)
        body.part(12, valueMessage(output));
    const ProtoMessage operators = ProtoMessage().text(1, "").number(2, kOperatorSet);
    return ProtoMessage().number(1, kIrVersion).text(2, "vidimus").part(7, body).part(8, operators).bytes();
}

} // namespace vidimus::checks

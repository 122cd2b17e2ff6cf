#include "support/onnx_writer.h"

#include <cstdint>
#include <cstring>

namespace vidimus::test {

namespace {

/// Fields of the protocol buffers in onnx.proto3, written by number.
class Message {
public:
    Message& number(int field, std::uint64_t value)
    {
        varint(static_cast<std::uint64_t>(field) << 3);
        varint(value);
        return *this;
    }
    Message& bytes(int field, const QByteArray& value)
    {
        varint(static_cast<std::uint64_t>(field) << 3 | 2);
        varint(static_cast<std::uint64_t>(value.size()));
        m_bytes += value;
        return *this;
    }
    Message& part(int field, const Message& value) { return bytes(field, value.m_bytes); }
    [[nodiscard]] const QByteArray& data() const { return m_bytes; }

private:
    void varint(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes += static_cast<char>(value | 0x80);
        m_bytes += static_cast<char>(value);
    }
    QByteArray m_bytes;
};

constexpr int kFloat = 1; // TensorProto.DataType
constexpr int kIntAttribute = 2; // AttributeProto.AttributeType

Message tensor(const char* name, const std::vector<int>& dims, const std::vector<float>& values)
{
    Message message;
    for (const int dim : dims)
        message.number(1, static_cast<std::uint64_t>(dim));
    message.number(2, kFloat).bytes(8, name);
    QByteArray raw(static_cast<qsizetype>(values.size() * sizeof(float)), '\0');
    std::memcpy(raw.data(), values.data(), values.size() * sizeof(float));
    return message.bytes(9, raw);
}

Message value(const char* name, const std::vector<int>& dims)
{
    Message shape;
    for (const int dim : dims)
        shape.part(1, Message().number(1, static_cast<std::uint64_t>(dim)));
    const Message type = Message().part(1, Message().number(1, kFloat).part(2, shape));
    return Message().bytes(1, name).part(2, type);
}

Message node(const char* operation, const std::vector<const char*>& inputs, const char* output)
{
    Message message;
    for (const char* input : inputs)
        message.bytes(1, input);
    return message.bytes(2, output).bytes(3, output).bytes(4, operation);
}

Message integerAttribute(const char* name, int number)
{
    return Message().bytes(1, name).number(3, static_cast<std::uint64_t>(number)).number(20, kIntAttribute);
}

} // namespace

QByteArray meanColourModel(int side, const std::vector<std::vector<float>>& weights, const std::vector<float>& bias)
{
    const int classes = static_cast<int>(bias.size());
    std::vector<float> matrix;
    for (const std::vector<float>& row : weights)
        matrix.insert(matrix.end(), row.begin(), row.end());
    Message gemm = node("Gemm", {"flat", "weights", "bias"}, "scores");
    gemm.part(5, integerAttribute("transB", 1));
    Message flatten = node("Flatten", {"mean"}, "flat");
    flatten.part(5, integerAttribute("axis", 1));
    const Message graph = Message()
                              .part(1, node("GlobalAveragePool", {"picture"}, "mean"))
                              .part(1, flatten)
                              .part(1, gemm)
                              .bytes(2, "mean_colour")
                              .part(5, tensor("weights", {classes, 3}, matrix))
                              .part(5, tensor("bias", {classes}, bias))
                              .part(11, value("picture", {1, 3, side, side}))
                              .part(12, value("scores", {1, classes}));
    return Message().number(1, 5).part(7, graph).part(8, Message().bytes(1, "").number(2, 10)).data();
}

} // namespace vidimus::test

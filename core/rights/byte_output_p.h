#pragma once

#include <QByteArray>
#include <QtEndian>
#include <array>

namespace vidimus::rights {

/// Numbers into bytes, little-endian, as the compiled form has them.
template<class T>
void put(QByteArray& out, T value)
{
    std::array<char, sizeof(T)> bytes {};
    qToLittleEndian(value, bytes.data());
    out.append(bytes.data(), bytes.size());
}

/// LEB128: seven bits a byte, the lowest first.
inline void putNumber(QByteArray& out, quint64 value)
{
    for (; value >= 0x80; value >>= 7)
        out.append(static_cast<char>((value & 0x7F) | 0x80));
    out.append(static_cast<char>(value));
}

/// A signed number with its sign in the lowest bit.
inline void putSigned(QByteArray& out, qint64 value)
{
    putNumber(out, static_cast<quint64>(value) << 1 ^ static_cast<quint64>(value >> 63));
}

/// A stream of bits, the lowest first; the last byte is filled with zeros.
class BitOutput {
public:
    explicit BitOutput(QByteArray& out)
        : m_out(out)
    {
    }
    void put(quint32 value, int bits)
    {
        m_bits |= static_cast<quint64>(value) << m_count;
        m_count += bits;
        for (; m_count >= 8; m_count -= 8, m_bits >>= 8)
            m_out.append(static_cast<char>(m_bits & 0xFF));
    }
    void finish()
    {
        if (m_count > 0)
            m_out.append(static_cast<char>(m_bits & 0xFF));
        m_count = 0;
        m_bits = 0;
    }

private:
    QByteArray& m_out;
    quint64 m_bits = 0;
    int m_count = 0;
};

/// How many bits tell \a count values apart.
[[nodiscard]] constexpr int bitsFor(quint64 count)
{
    int bits = 0;
    while (count > quint64 {1} << bits)
        ++bits;
    return bits;
}

} // namespace vidimus::rights

#include "core/transcode/engine/box_writer.h"

#include <QtEndian>
#include <cassert>

namespace vidimus::transcode::engine {

void BoxWriter::begin(const char (&type)[5])
{
    m_open.push_back(m_bytes.size());
    u32(0);
    m_bytes.append(type, 4);
}

void BoxWriter::beginFull(const char (&type)[5], std::uint8_t version, std::uint32_t flags)
{
    begin(type);
    u32(std::uint32_t {version} << 24 | flags);
}

void BoxWriter::end()
{
    assert(!m_open.empty());
    patch32(m_open.back(), static_cast<std::uint32_t>(m_bytes.size() - m_open.back()));
    m_open.pop_back();
}

void BoxWriter::u16(std::uint16_t value)
{
    u8(static_cast<std::uint8_t>(value >> 8));
    u8(static_cast<std::uint8_t>(value));
}

void BoxWriter::u32(std::uint32_t value)
{
    u16(static_cast<std::uint16_t>(value >> 16));
    u16(static_cast<std::uint16_t>(value));
}

void BoxWriter::u64(std::uint64_t value)
{
    u32(static_cast<std::uint32_t>(value >> 32));
    u32(static_cast<std::uint32_t>(value));
}

void BoxWriter::patch32(qsizetype at, std::uint32_t value)
{
    qToBigEndian(value, m_bytes.data() + at);
}

QByteArray BoxWriter::take()
{
    assert(m_open.empty());
    return std::exchange(m_bytes, {});
}

} // namespace vidimus::transcode::engine

#pragma once

#include <QByteArray>
#include <cstdint>
#include <vector>

namespace vidimus::transcode::engine {

/// Writes ISO base media boxes (ISO/IEC 14496-12, 4.2) into memory, big-endian; sizes are filled in by end().
class BoxWriter {
public:
    void begin(const char (&type)[5]);
    void beginFull(const char (&type)[5], std::uint8_t version, std::uint32_t flags);
    void end();

    void u8(std::uint8_t value) { m_bytes.append(static_cast<char>(value)); }
    void u16(std::uint16_t value);
    void u32(std::uint32_t value);
    void u64(std::uint64_t value);
    void zeros(int count) { m_bytes.append(count, '\0'); }
    void bytes(QByteArrayView value) { m_bytes.append(value); }

    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }
    /// Overwrites four bytes that were written before.
    void patch32(qsizetype at, std::uint32_t value);
    /// All boxes must be ended.
    [[nodiscard]] QByteArray take();

private:
    QByteArray m_bytes;
    std::vector<qsizetype> m_open;
};

} // namespace vidimus::transcode::engine

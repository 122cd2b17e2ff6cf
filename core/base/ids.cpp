#include "core/base/ids.h"

#include "core/base/random.h"

#include <QUuid>
#include <chrono>
#include <mutex>

namespace vidimus {

QString newUuid()
{
    // Within one millisecond the 12 bits after the version count up, so ids of one process keep their order.
    static std::mutex mutex;
    static std::uint64_t lastMillis = 0;
    static std::uint16_t counter = 0;

    std::array<unsigned char, 16> bytes {};
    randomBytes(std::as_writable_bytes(std::span(bytes)));
    std::uint64_t millis = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count());
    std::uint16_t sequence = 0;
    {
        const std::lock_guard lock(mutex);
        if (millis > lastMillis) {
            lastMillis = millis;
            counter = static_cast<std::uint16_t>(bytes[6] & 0x03);
        } else if (++counter > 0x0FFF) {
            ++lastMillis;
            counter = 0;
        }
        millis = lastMillis;
        sequence = counter;
    }
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(millis >> (8 * (5 - i)));
    bytes[6] = static_cast<unsigned char>(0x70 | (sequence >> 8));
    bytes[7] = static_cast<unsigned char>(sequence & 0xFF);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80);
    return QUuid::fromRfc4122(QByteArrayView(bytes)).toString(QUuid::WithoutBraces);
}

} // namespace vidimus

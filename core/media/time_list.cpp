#include "core/media/time_list.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace vidimus::media {

namespace {

constexpr int kFullWidth = 8;

int widthOf(quint64 largest)
{
    if (largest == 0)
        return 0;
    return largest <= 0xff ? 1 : largest <= 0xffff ? 2 : largest <= 0xffffffff ? 4 : kFullWidth;
}

template<class Number>
QByteArray packed(std::span<const quint64> distances)
{
    QByteArray bytes(static_cast<qsizetype>(distances.size() * sizeof(Number)), Qt::Uninitialized); // no spare room
    char* at = bytes.data();
    for (const quint64 distance : distances) {
        const auto number = static_cast<Number>(distance);
        std::memcpy(at, &number, sizeof(Number));
        at += sizeof(Number);
    }
    return bytes;
}

template<class Number>
quint64 distanceAt(const QByteArray& distances, std::size_t index)
{
    Number distance;
    std::memcpy(&distance, distances.constData() + index * sizeof(Number), sizeof(Number));
    return distance;
}

} // namespace

TimeList::TimeList(std::span<const qint64> times)
{
    for (const qint64 time : times)
        push_back(time);
}

qint64 TimeList::operator[](std::size_t index) const
{
    const std::size_t number = index / kBlock;
    const std::size_t place = index % kBlock;
    if (number == m_blocks.size())
        return m_open[place];
    const Block& block = m_blocks[number];
    quint64 distance = 0;
    if (block.width == 1)
        distance = distanceAt<quint8>(block.distances, place);
    else if (block.width == 2)
        distance = distanceAt<quint16>(block.distances, place);
    else if (block.width == 4)
        distance = distanceAt<quint32>(block.distances, place);
    else if (block.width == kFullWidth)
        distance = distanceAt<quint64>(block.distances, place);
    return static_cast<qint64>(block.base + block.step * place + distance);
}

std::vector<qint64> TimeList::dense() const
{
    std::vector<qint64> times;
    times.reserve(size());
    for (std::size_t index = 0; index < size(); ++index)
        times.push_back((*this)[index]);
    return times;
}

void TimeList::push_back(qint64 time)
{
    if (m_open.size() == kBlock)
        close();
    m_open.push_back(time);
}

void TimeList::close()
{
    const auto unsignedOf = [](qint64 value) { return static_cast<quint64>(value); };
    const quint64 first = unsignedOf(m_open.front());
    const auto way = static_cast<qint64>(unsignedOf(m_open.back()) - first);
    const auto step = unsignedOf(way / static_cast<qint64>(kBlock - 1));
    // Distances from the line through the first number, then from the least of them.
    std::array<qint64, kBlock> apart {};
    for (std::size_t n = 0; n < kBlock; ++n)
        apart[n] = static_cast<qint64>(unsignedOf(m_open[n]) - first - step * n);
    const auto least = unsignedOf(*std::ranges::min_element(apart));
    std::array<quint64, kBlock> distances {};
    for (std::size_t n = 0; n < kBlock; ++n)
        distances[n] = unsignedOf(apart[n]) - least;
    Block block {first + least, step, widthOf(*std::ranges::max_element(distances)), {}};
    if (block.width == 1)
        block.distances = packed<quint8>(distances);
    else if (block.width == 2)
        block.distances = packed<quint16>(distances);
    else if (block.width == 4)
        block.distances = packed<quint32>(distances);
    else if (block.width == kFullWidth)
        block.distances = packed<quint64>(distances);
    m_blocks.push_back(std::move(block));
    m_open.clear();
}

} // namespace vidimus::media

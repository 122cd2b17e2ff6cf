#include "core/checks/code_list.h"

#include <algorithm>
#include <cstring>

namespace vidimus::checks {

namespace {

template<class Number>
QByteArray pack(const std::vector<qint32>& codes, qint32 least)
{
    QByteArray distances(static_cast<qsizetype>(codes.size() * sizeof(Number)), Qt::Uninitialized); // no spare room
    auto* at = distances.data();
    for (const qint32 code : codes) {
        // The distance of two 32-bit numbers fits into 32 bits without a sign.
        const auto distance = static_cast<Number>(static_cast<quint32>(code) - static_cast<quint32>(least));
        std::memcpy(at, &distance, sizeof(Number));
        at += sizeof(Number);
    }
    return distances;
}

template<class Number>
quint32 distanceAt(const ColdBytes& distances, std::size_t index)
{
    Number distance;
    distances.read(
        static_cast<qsizetype>(index * sizeof(Number)), {reinterpret_cast<char*>(&distance), sizeof(Number)});
    return distance;
}

} // namespace

CodeList::CodeList(std::span<const qint32> codes)
{
    for (const qint32 code : codes)
        push_back(code);
}

qint32 CodeList::operator[](std::size_t index) const
{
    const std::size_t number = index / kBlock;
    if (number == m_blocks.size())
        return m_open[index % kBlock];
    const Block& block = m_blocks[number];
    quint32 distance = 0;
    if (block.width == 1)
        distance = distanceAt<quint8>(block.distances, index % kBlock);
    else if (block.width == 2)
        distance = distanceAt<quint16>(block.distances, index % kBlock);
    else if (block.width == 4)
        distance = distanceAt<quint32>(block.distances, index % kBlock);
    return static_cast<qint32>(static_cast<quint32>(block.least) + distance);
}

std::size_t CodeList::bytes() const
{
    std::size_t bytes = 0;
    for (const Block& block : m_blocks)
        bytes += sizeof(Block) + static_cast<std::size_t>(block.width) * kBlock;
    return bytes;
}

std::vector<qint32> CodeList::dense(std::size_t first, std::size_t last) const
{
    return {begin() + static_cast<std::ptrdiff_t>(first), begin() + static_cast<std::ptrdiff_t>(last)};
}

void CodeList::push_back(qint32 code)
{
    if (m_open.size() == kBlock)
        close();
    m_open.push_back(code);
}

void CodeList::close()
{
    const auto [least, most] = std::ranges::minmax(m_open);
    const quint32 span = static_cast<quint32>(most) - static_cast<quint32>(least);
    Block block {least, span == 0 ? 0 : span <= 0xff ? 1 : span <= 0xffff ? 2 : 4, {}};
    if (block.width == 1)
        block.distances = ColdBytes(pack<quint8>(m_open, least));
    else if (block.width == 2)
        block.distances = ColdBytes(pack<quint16>(m_open, least));
    else if (block.width == 4)
        block.distances = ColdBytes(pack<quint32>(m_open, least));
    m_blocks.push_back(std::move(block));
    m_open.clear();
}

bool operator==(const CodeList& a, const CodeList& b)
{
    return std::ranges::equal(a, b);
}

void CodeList::state(StateArchive& archive)
{
    archive(m_blocks, m_open);
    if (!archive.isReading())
        return;
    const auto fits = [](const Block& block) {
        const bool isWidth = block.width == 0 || block.width == 1 || block.width == 2 || block.width == 4;
        return isWidth && block.distances.size() == block.width * static_cast<qsizetype>(kBlock);
    };
    if (!std::ranges::all_of(m_blocks, fits) || m_open.size() > kBlock || (m_open.empty() && !m_blocks.empty()))
        archive.refuse();
}

} // namespace vidimus::checks

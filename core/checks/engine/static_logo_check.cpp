#include "core/checks/engine/static_logo_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/plane_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCell = 4; ///< pixels
constexpr int kLeastSamples = 16; ///< eight seconds
constexpr int kMostSamples = 1 << 20; ///< sums stay within 32 bits
constexpr int kLeastEdge = 5; ///< codes, mean over time
constexpr double kPersistent = 0.85;
constexpr int kAnEdge = 3; ///< codes in one sample
constexpr double kSeen = 0.8; ///< of the samples
/// With more of its cells persistent the picture stands still.
constexpr double kMostPersistent = 0.15;
constexpr std::size_t kMostLogos = 2;
constexpr double kMostBesides = 0.5; ///< persistent cells elsewhere, against those of the logos
constexpr int kReach = 2; ///< cells between parts of one logo
constexpr int kLeastCells = 10;
constexpr double kMostArea = 0.06; ///< of the picture
constexpr double kMostSide = 0.4; ///< a bar's edge crosses the whole picture

struct Group {
    int left = 0;
    int top = 0;
    int right = 0; ///< inclusive
    int bottom = 0;
    int cells = 0;
};

/// Groups of persistent cells, no more than kReach apart. \a persistent is used up.
std::vector<Group> groupsOf(ByteGrid& persistent)
{
    std::vector<Group> groups;
    std::vector<std::pair<int, int>> open;
    for (int y = 0; y < persistent.height; ++y) {
        for (int x = 0; x < persistent.width; ++x) {
            if (persistent.row(y)[x] == 0)
                continue;
            Group group {x, y, x, y, 0};
            open.assign(1, {x, y});
            persistent.row(y)[x] = 0;
            while (!open.empty()) {
                const auto [column, row] = open.back();
                open.pop_back();
                ++group.cells;
                group.left = std::min(group.left, column);
                group.right = std::max(group.right, column);
                group.top = std::min(group.top, row);
                group.bottom = std::max(group.bottom, row);
                for (int v = std::max(0, row - kReach); v <= std::min(persistent.height - 1, row + kReach); ++v) {
                    for (int u = std::max(0, column - kReach); u <= std::min(persistent.width - 1, column + kReach);
                        ++u) {
                        if (persistent.row(v)[u] == 0)
                            continue;
                        persistent.row(v)[u] = 0;
                        open.emplace_back(u, v);
                    }
                }
            }
            groups.push_back(group);
        }
    }
    return groups;
}

} // namespace

std::unique_ptr<Check> StaticLogoCheck::create()
{
    return std::make_unique<StaticLogoCheck>();
}

void StaticLogoCheck::take(const Luma& luma)
{
    const int columns = luma.width / kCell;
    const int rows = luma.height / kCell;
    m_cells.resize(columns, rows);
    m_row.resize(static_cast<std::size_t>(luma.width));
    for (int row = 0; row < rows; ++row) {
        m_sums.assign(static_cast<std::size_t>(columns), 0);
        for (int y = row * kCell; y < (row + 1) * kCell; ++y) {
            const auto* pixels = reinterpret_cast<const std::uint8_t*>(luma.data + luma.stride * y);
            if (luma.bits > 8) {
                copyRowTo8(luma, y, m_row.data());
                pixels = m_row.data();
            }
            planeOps().addNarrowSums(pixels, columns, m_sums.data());
        }
        for (int column = 0; column < columns; ++column)
            m_cells.row(row)[column]
                = static_cast<std::uint8_t>((m_sums[static_cast<std::size_t>(column)] + 8) / (kCell * kCell));
    }
}

void StaticLogoCheck::addFrame(const Picture& picture)
{
    const qint64 frame = m_next++;
    const Luma& luma = picture.luma;
    if (!picture.sample || luma.width < 4 * kCell || luma.height < 4 * kCell || m_samples >= kMostSamples)
        return;
    const int widthBefore = m_cells.width;
    const int heightBefore = m_cells.height;
    take(luma);
    if (m_cells.width != widthBefore || m_cells.height != heightBefore) {
        m_edges.assign(m_cells.values.size(), {});
        m_samples = 0;
        m_first = frame;
    }
    for (int y = 0; y + 1 < m_cells.height; ++y) {
        const std::uint8_t* here = m_cells.row(y);
        const std::uint8_t* below = m_cells.row(y + 1);
        Cell* cells = m_edges.data() + std::ptrdiff_t(y) * m_cells.width;
        for (int x = 0; x + 1 < m_cells.width; ++x) {
            const int across = here[x + 1] - here[x];
            const int down = below[x] - here[x];
            cells[x].across += across;
            cells[x].down += down;
            cells[x].size += std::abs(across) + std::abs(down);
            cells[x].seen += std::abs(across) + std::abs(down) >= kAnEdge ? 1 : 0;
        }
    }
    m_last = frame;
    ++m_samples;
}

void StaticLogoCheck::state(StateArchive& archive)
{
    archive(m_cells, m_edges, m_samples, m_next, m_first, m_last);
}

CheckMeasurement StaticLogoCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    measurement.scalars[u"samples"_s] = m_samples;
    if (m_samples < kLeastSamples)
        return measurement;
    ByteGrid persistent;
    persistent.resize(m_cells.width, m_cells.height);
    qint64 count = 0;
    for (std::size_t i = 0; i < m_edges.size(); ++i) {
        const Cell& cell = m_edges[i];
        const int kept = std::abs(cell.across) + std::abs(cell.down);
        const bool is
            = kept >= kLeastEdge * m_samples && kept >= kPersistent * cell.size && cell.seen >= kSeen * m_samples;
        persistent.values[i] = is ? 1 : 0;
        count += is ? 1 : 0;
    }
    const double share = static_cast<double>(count) / static_cast<double>(m_edges.size());
    measurement.scalars[u"persistent_share"_s] = share;
    if (share > kMostPersistent)
        return measurement;
    const FrameClock& clock = programme.clock;
    const double seconds = clock.start(m_last) - clock.start(m_first);
    for (const Group& group : groupsOf(persistent)) {
        const int width = group.right - group.left + 1;
        const int height = group.bottom - group.top + 1;
        if (group.cells < kLeastCells || width > kMostSide * m_cells.width || height > kMostSide * m_cells.height
            || static_cast<double>(width) * height > kMostArea * m_cells.width * m_cells.height
            || measurement.marks.size() >= 16)
            continue;
        measurement.marks.push_back({u"logo"_s, m_first, m_last, {{u"cells"_s, group.cells}, {u"shown_s"_s, seconds}},
            Region {group.left * kCell, group.top * kCell, (width + 1) * kCell, (height + 1) * kCell}});
    }
    // Still things beside the logos: then the logos may be still things as well.
    double inLogos = 0;
    for (const Mark& mark : measurement.marks)
        inLogos += mark.values.at(u"cells"_s);
    if (measurement.marks.size() > kMostLogos || static_cast<double>(count) - inLogos > kMostBesides * inLogos)
        measurement.marks.clear();
    return measurement;
}

} // namespace vidimus::checks::engine

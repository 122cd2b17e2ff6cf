#include "core/checks/engine/interlace_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBlock = 16;
constexpr std::uint32_t kCombedOf256 = 80;
/// Mean difference to the frame before, in 8-bit codes, from which a block moves.
constexpr std::uint32_t kMotion = 3;
constexpr double kScale = 0.001;
/// Less is chance: stored as none.
constexpr qint32 kLeastShare = 3;
/// idet's interlace threshold.
constexpr double kOrderRatio = 1.04;

/// Pixels of a block that stand out from their columns as combed ones do from their rows: noise and busy texture do
/// both.
std::uint32_t combedAcross(const Strips& strips, int strip, int column, std::uint8_t* mask)
{
    const int first = std::max(column * kBlock, 2);
    const int count = std::min((column + 1) * kBlock, strips.width() - 2) - first;
    std::uint32_t sum = 0;
    for (int y = 0; y < strips.rows(strip); ++y) {
        const std::uint8_t* row = strips.row(strip, y) + first;
        if (markCombed(std::array<const std::uint8_t*, 5> {row - 2, row - 1, row, row + 1, row + 2}, count, mask))
            sum += sumOf(mask, count);
    }
    return sum;
}

} // namespace

std::unique_ptr<Check> InterlaceCheck::create()
{
    return std::make_unique<InterlaceCheck>();
}

qint16 InterlaceCheck::combedShare(const Picture& picture)
{
    const Strips& strips = picture.strips();
    const Strips* before = picture.earlierStrips(1);
    const int columns = strips.width() / kBlock;
    if (columns < 1)
        return 0;
    m_mask.resize(static_cast<std::size_t>(strips.width()));
    qint64 combed = 0;
    qint64 all = 0;
    for (int strip = 0; strip < strips.count(); ++strip) {
        const int rows = strips.rows(strip);
        all += columns;
        m_blocks.assign(static_cast<std::size_t>(columns), 0);
        for (int y = 0; y < rows; ++y) {
            const std::array<const std::uint8_t*, 5> around {strips.row(strip, y - 2), strips.row(strip, y - 1),
                strips.row(strip, y), strips.row(strip, y + 1), strips.row(strip, y + 2)};
            if (!markCombed(around, strips.width(), m_mask.data()))
                continue;
            for (int column = 0; column < columns; ++column)
                m_blocks[static_cast<std::size_t>(column)]
                    += sumOf(m_mask.data() + std::ptrdiff_t(column) * kBlock, kBlock);
        }
        const auto area = static_cast<std::uint32_t>(rows * kBlock);
        for (int column = 0; column < columns; ++column) {
            const std::uint32_t along = m_blocks[static_cast<std::size_t>(column)];
            if (along * 256 < kCombedOf256 * area)
                continue;
            if (along * 256 < kCombedOf256 * area + combedAcross(strips, strip, column, m_mask.data()) * 256)
                continue;
            std::uint32_t difference = kMotion * area;
            if (before != nullptr) {
                difference = 0;
                const std::ptrdiff_t x = std::ptrdiff_t(column) * kBlock;
                for (int y = 0; y < rows; ++y)
                    difference += rowDifference8(strips.row(strip, y) + x, before->row(strip, y) + x, kBlock);
            }
            combed += difference >= kMotion * area ? 1 : 0;
        }
    }
    const auto share = static_cast<qint16>(combed * 1000 / std::max<qint64>(1, all));
    return share < kLeastShare ? qint16(0) : share;
}

InterlaceCheck::Order InterlaceCheck::orderOf(const Picture& next)
{
    const Strips& after = next.strips();
    const Strips* here = next.earlierStrips(1);
    const Strips* before = next.earlierStrips(2);
    if (here == nullptr || before == nullptr)
        return Order::Unknown;
    // With the top field first, the bottom field of the frame before is close to this top field and the top field of
    // the frame after to this bottom field; the other two are three fields away.
    std::uint64_t farIfTopFirst = 0;
    std::uint64_t farIfBottomFirst = 0;
    const int width = here->width();
    for (int strip = 0; strip < here->count(); ++strip) {
        for (int y = 1; y + 1 < here->rows(strip); ++y) {
            const std::uint8_t* above = here->row(strip, y - 1);
            const std::uint8_t* below = here->row(strip, y + 1);
            const std::uint64_t fromBefore = misfit(above, before->row(strip, y), below, width);
            const std::uint64_t fromAfter = misfit(above, after.row(strip, y), below, width);
            const bool bottomRow = y % 2 == 1;
            farIfTopFirst += bottomRow ? fromAfter : fromBefore;
            farIfBottomFirst += bottomRow ? fromBefore : fromAfter;
        }
    }
    const auto top = static_cast<double>(farIfTopFirst);
    const auto bottom = static_cast<double>(farIfBottomFirst);
    if (top > kOrderRatio * bottom)
        return Order::TopFirst;
    return bottom > kOrderRatio * top ? Order::BottomFirst : Order::Unknown;
}

void InterlaceCheck::addFrame(const Picture& picture)
{
    if (!m_frames.empty() && m_frames.back().combed > 0)
        m_frames.back().order = orderOf(picture);
    Frame frame;
    frame.combed = combedShare(picture);
    frame.saysInterlaced = picture.view.interlaced;
    frame.saysTopFirst = picture.view.topFieldFirst;
    m_frames.push_back(frame);
}

void InterlaceCheck::addHole()
{
    Frame frame;
    if (!m_frames.empty()) {
        frame.saysInterlaced = m_frames.back().saysInterlaced;
        frame.saysTopFirst = m_frames.back().saysTopFirst;
    }
    m_frames.push_back(frame);
}

void InterlaceCheck::state(StateArchive& archive)
{
    archive(m_frames);
}

CheckMeasurement InterlaceCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    std::vector<Frame> frames = m_frames.dense();
    const std::vector<Mark> telecine = findTelecine(frames);
    std::vector<qint32> combed(frames.size());
    double interlaced = 0;
    double top = 0;
    double bottom = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Frame& frame = frames[i];
        interlaced += frame.saysInterlaced ? 1 : 0;
        top += frame.order == Order::TopFirst ? 1 : 0;
        bottom += frame.order == Order::BottomFirst ? 1 : 0;
        combed[i] = frame.saysInterlaced ? 0 : frame.combed;
    }
    const std::vector<Mark> wrongOrder = findWrongOrder(frames);
    for (const Mark& mark : telecine)
        std::fill(combed.begin() + mark.firstFrame, combed.begin() + mark.lastFrame + 1, 0);
    measurement.series[u"combed"_s] = {0, kScale, combed};
    measurement.scalars = {
        {u"frames_marked_interlaced"_s, interlaced}, {u"frames_top_first"_s, top}, {u"frames_bottom_first"_s, bottom}};
    for (const Mark& mark : telecine) {
        for (qint64 frame = mark.firstFrame; frame <= mark.lastFrame; ++frame)
            frames[static_cast<std::size_t>(frame)].saysInterlaced = false; // it is film
    }
    for (const auto& marks : {telecine, findInterlaced(frames), wrongOrder})
        measurement.marks.insert(measurement.marks.end(), marks.begin(), marks.end());
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    measurement.marks.resize(std::min(measurement.marks.size(), CheckMeasurement::kMaxMarks));
    return measurement;
}

} // namespace vidimus::checks::engine

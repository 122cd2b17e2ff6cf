#include "core/checks/engine/interlace_check.h"

#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

using Frame = InterlaceCheck::Frame;
using Order = InterlaceCheck::Order;

constexpr qint32 kCombed = 10; ///< thousandths of the blocks: a combed frame
constexpr std::size_t kCycle = 5;
constexpr std::size_t kWindow = 6 * kCycle; ///< a second
constexpr int kLeastCombed = 6; ///< of the twelve that a window of moving film has
/// Share of the combed frames that the cadence explains.
constexpr double kCadenceShare = 0.85;
/// A stretch shows that it is interlaced when this share of its frames is combed; still pictures never are.
constexpr double kShowsFields = 0.02;
/// So many frames in the stated order, one after the other, end a stretch of the wrong one.
constexpr int kAgreeing = 3;

bool isCombed(const Frame& frame)
{
    return frame.combed >= kCombed;
}

/// Two neighbouring places of five hold nearly all combed frames.
bool hasCadence(std::span<const Frame> window, std::size_t first)
{
    std::array<int, kCycle> combed {};
    int all = 0;
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (isCombed(window[i])) {
            ++combed[(first + i) % kCycle];
            ++all;
        }
    }
    if (all < kLeastCombed)
        return false;
    for (std::size_t phase = 0; phase < kCycle; ++phase) {
        const int one = combed[phase];
        const int other = combed[(phase + 1) % kCycle];
        if (std::min(one, other) * 3 >= kLeastCombed && one + other >= kCadenceShare * all)
            return true;
    }
    return false;
}

} // namespace

std::vector<Mark> findTelecine(std::span<const Frame> frames)
{
    std::vector<Mark> marks;
    for (std::size_t first = 0; first + kWindow <= frames.size(); ++first) {
        if (!hasCadence(frames.subspan(first, kWindow), first))
            continue;
        const auto last = static_cast<qint64>(first + kWindow) - 1;
        if (!marks.empty() && static_cast<qint64>(first) <= marks.back().lastFrame + 1)
            marks.back().lastFrame = last;
        else
            marks.push_back({u"telecine"_s, static_cast<qint64>(first), last, {{u"period_frames"_s, kCycle}}, {}});
    }
    return marks;
}

std::vector<Mark> findInterlaced(std::span<const Frame> frames)
{
    std::vector<Mark> marks;
    for (std::size_t first = 0; first < frames.size();) {
        if (!frames[first].saysInterlaced) {
            ++first;
            continue;
        }
        std::size_t end = first;
        int combed = 0;
        for (; end < frames.size() && frames[end].saysInterlaced; ++end)
            combed += isCombed(frames[end]) ? 1 : 0;
        const double share = static_cast<double>(combed) / static_cast<double>(end - first);
        marks.push_back({share >= kShowsFields ? u"interlaced"_s : u"interlaced_flag"_s, static_cast<qint64>(first),
            static_cast<qint64>(end) - 1, {{u"combed_frames_share"_s, share}}, {}});
        first = end;
    }
    return marks;
}

std::vector<Mark> findWrongOrder(std::span<const Frame> frames)
{
    struct Stretch {
        qint64 first = -1;
        qint64 last = -1;
        int wrong = 0;
        int right = 0; ///< up to the last wrong one
        int pending = 0; ///< right ones since
    };
    std::vector<Mark> marks;
    Stretch stretch;
    const auto close = [&] {
        if (stretch.wrong > 0) {
            const double share = static_cast<double>(stretch.wrong) / (stretch.wrong + stretch.right);
            marks.push_back({u"wrong_field_order"_s, stretch.first, stretch.last,
                {{u"frames_share"_s, share}, {u"wrong_frames"_s, stretch.wrong}}, {}});
        }
        stretch = {};
    };
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Frame& frame = frames[i];
        if (!frame.saysInterlaced || frame.order == Order::Unknown)
            continue;
        const bool wrong = (frame.order == Order::TopFirst) != frame.saysTopFirst;
        if (!wrong) {
            if (++stretch.pending >= kAgreeing)
                close();
            continue;
        }
        const auto number = static_cast<qint64>(i);
        if (stretch.first < 0)
            stretch = {number, number, 0, 0, 0};
        stretch.last = number;
        stretch.right += stretch.pending;
        stretch.pending = 0;
        ++stretch.wrong;
    }
    close();
    return marks;
}

} // namespace vidimus::checks::engine

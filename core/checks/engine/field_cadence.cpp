#include "core/checks/engine/interlace_check.h"

#include <algorithm>
#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

using Frame = InterlaceCheck::Frame;
using Order = InterlaceCheck::Order;

constexpr qint32 kCombed = 10; ///< thousandths of the blocks: a combed frame
/// Periods of pulldown: 2:3 has two combed frames in five; 2:3:3:2 one; film that was conformed first three in six.
constexpr std::array<std::size_t, 2> kPeriods {5, 6};
constexpr std::size_t kWindow = 30; ///< a second
/// Combed frames in a window: moving film has twelve; fields of video are combed in every moving frame.
constexpr std::size_t kLeastCombed = 5;
constexpr std::size_t kMostCombed = 18;
/// Frames that are as the frame one period before.
constexpr double kCadenceShare = 0.9;
/// A stretch shows that it is interlaced when this share of its frames is combed; still pictures never are.
constexpr double kShowsFields = 0.02;
/// So many frames in the stated order, one after the other, end a stretch of the wrong one.
constexpr int kAgreeing = 3;

bool isCombed(const Frame& frame)
{
    return frame.combed >= kCombed;
}

/// Frames that are as the frame one period before, as a share of those that have one.
double agreement(std::span<const Frame> frames, std::size_t period)
{
    std::size_t same = 0;
    for (std::size_t i = period; i < frames.size(); ++i)
        same += isCombed(frames[i]) == isCombed(frames[i - period]) ? 1 : 0;
    return static_cast<double>(same) / static_cast<double>(frames.size() - period);
}

/// Frames after which combed and whole frames repeat best, in a window or more.
std::size_t periodOf(std::span<const Frame> frames)
{
    return *std::ranges::max_element(
        kPeriods, std::ranges::less(), [frames](std::size_t period) { return agreement(frames, period); });
}

bool hasCadence(std::span<const Frame> window)
{
    const auto combed = static_cast<std::size_t>(std::ranges::count_if(window, isCombed));
    return combed >= kLeastCombed && combed <= kMostCombed && agreement(window, periodOf(window)) >= kCadenceShare;
}

} // namespace

std::vector<Mark> findTelecine(std::span<const Frame> frames)
{
    std::vector<Mark> marks;
    for (std::size_t first = 0; first + kWindow <= frames.size(); ++first) {
        if (!hasCadence(frames.subspan(first, kWindow)))
            continue;
        const auto last = static_cast<qint64>(first + kWindow) - 1;
        if (!marks.empty() && static_cast<qint64>(first) <= marks.back().lastFrame + 1)
            marks.back().lastFrame = last;
        else
            marks.push_back({u"telecine"_s, static_cast<qint64>(first), last, {}, {}});
    }
    // A window holds a few frames more than show the pattern.
    for (Mark& mark : marks) {
        // Still frames hide some of the combed ones: the whole stretch knows the period better than a window.
        const auto period = static_cast<qint64>(periodOf(frames.subspan(static_cast<std::size_t>(mark.firstFrame),
            static_cast<std::size_t>(mark.lastFrame - mark.firstFrame + 1))));
        mark.values[u"period_frames"_s] = static_cast<double>(period);
        qint64 first = mark.firstFrame;
        while (!isCombed(frames[static_cast<std::size_t>(first)]))
            ++first;
        qint64 last = mark.lastFrame;
        while (!isCombed(frames[static_cast<std::size_t>(last)]))
            --last;
        mark.firstFrame = std::max(mark.firstFrame, first - period + 1);
        mark.lastFrame = std::min(mark.lastFrame, last + period - 1);
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

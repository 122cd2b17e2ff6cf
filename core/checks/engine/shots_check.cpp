#include "core/checks/engine/shots_check.h"
#include "core/checks/engine/check_state_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// A cut is judged when this many more frames are known.
constexpr std::size_t kAhead = 16;
constexpr std::size_t kKept = 80;
/// 8-bit codes of mean difference. Two shots of one scene differ by more; noise and light by less.
constexpr double kLeastCut = 6;
/// How far a cut stands out from the second largest of the three differences on either side (the largest may be another
/// cut). Among fast motion less is enough when it also stands out by difference times unlikeness: motion makes
/// differences as large as a cut's, but keeps more in its place.
constexpr double kStandsOut = 2.2;
constexpr double kStandsOutOfMotion = 1.4;
constexpr double kUnlikeOfMotion = 0.65; ///< likeness below which that is so
constexpr std::size_t kBeside = 3;
/// More alike than this it is the same shot in another light, or a little farther on.
constexpr double kSameShot = 0.9;
/// Below this standard deviation a picture is flat and has nothing to be alike.
constexpr double kFlat = 4;
constexpr double kLongestFlash = 0.3; ///< seconds
/// The picture is back when it differs from the one before by less than this part of the leap.
constexpr double kBack = 0.35;

constexpr std::array<std::size_t, 6> kLengths {8, 12, 16, 24, 32, 48}; ///< of transitions, in frames
constexpr double kLeastTransition = 12; ///< codes between its ends
constexpr double kUnlike = 0.6; ///< ends of a dissolve are less alike than this
/// What may be left between a frame and the mixture of the ends, as a part of their difference: both shots move on.
constexpr double kMixtureError = 0.25;
/// No step is larger than this many equal steps (or one code).
constexpr double kEvenSteps = 3.5;

/// Of transitions that overlap (a dissolve through black is also two fades) only the one with the largest change.
std::vector<Mark> apart(std::vector<Mark> marks)
{
    std::ranges::stable_sort(marks, {}, &Mark::firstFrame);
    std::vector<Mark> kept;
    const auto changeOf = [](const Mark& mark) { return mark.values.at(u"change"_s); };
    for (const Mark& mark : marks) {
        if (kept.empty() || mark.firstFrame > kept.back().lastFrame)
            kept.push_back(mark);
        else if (changeOf(mark) > changeOf(kept.back()))
            kept.back() = mark;
    }
    return kept;
}

} // namespace

ShotsCheck::ShotsCheck() = default;

std::unique_ptr<Check> ShotsCheck::create()
{
    return std::make_unique<ShotsCheck>();
}

void ShotsCheck::addMark(const char* kind, qint64 first, qint64 last, double change)
{
    if (m_marks.size() < CheckMeasurement::kMaxMarks / 2)
        m_marks.push_back({QString::fromLatin1(kind), first, last, {{u"change"_s, change}}, {}});
}

bool ShotsCheck::returnsAround(std::size_t at) const
{
    const Shown& here = m_shown[at];
    const Shown& before = m_shown[at - 1];
    const double back = kBack * here.difference;
    const auto isSame = [&](const SmallPicture& a, const SmallPicture& b) {
        return !a.isEmpty() && a.hasShapeOf(b) && differenceOf(a, b) < back;
    };
    for (std::size_t i = at + 1; i < m_shown.size() && m_shown[i].seconds - here.seconds <= kLongestFlash; ++i) {
        if (isSame(m_shown[i].picture, before.picture))
            return true;
    }
    for (std::size_t i = at - 1; i-- > 0 && here.seconds - m_shown[i + 1].seconds <= kLongestFlash;) {
        if (isSame(m_shown[i].picture, here.picture))
            return true;
    }
    return false;
}

bool ShotsCheck::standsOut(std::size_t at) const
{
    const auto secondBeside = [&](double Shown::* value) {
        std::array<double, 2> largest {0, 0};
        for (std::size_t i = at > kBeside ? at - kBeside : 0; i <= at + kBeside && i < m_shown.size(); ++i) {
            const double one = m_shown[i].*value;
            if (i == at || one < largest[1])
                continue;
            largest[1] = std::min(one, largest[0]);
            largest[0] = std::max(one, largest[0]);
        }
        return largest[1];
    };
    const Shown& here = m_shown[at];
    const double beside = secondBeside(&Shown::difference);
    if (here.difference >= kStandsOut * beside)
        return true;
    return here.difference >= kStandsOutOfMotion * beside && here.leap >= kStandsOut * secondBeside(&Shown::leap)
        && here.leap >= (1 - kUnlikeOfMotion) * here.difference;
}

void ShotsCheck::judgeCut(std::size_t at)
{
    const Shown& here = m_shown[at];
    if (at == 0 || here.difference < kLeastCut)
        return;
    if (!standsOut(at))
        return;
    const Shown& before = m_shown[at - 1];
    const bool flat = here.picture.deviation() < kFlat || before.picture.deviation() < kFlat;
    if (!flat && likeness(before.picture, here.picture) > kSameShot)
        return;
    if (!returnsAround(at)) {
        addMark("cut", here.frame, here.frame, here.difference);
        return;
    }
    // The way there is the event; the way back belongs to it.
    std::size_t last = at;
    while (last + 1 < m_shown.size() && !m_shown[last + 1].picture.isEmpty()
        && differenceOf(m_shown[last + 1].picture, before.picture) >= kBack * here.difference)
        ++last;
    const bool there = last + 1 < m_shown.size() && m_shown[last].seconds - here.seconds <= kLongestFlash;
    if (there)
        addMark(here.picture.mean() > before.picture.mean() ? "camera_flash" : "short_insert", here.frame,
            m_shown[last].frame, here.difference);
}

/// A transition mixes its ends in proportion to time, and stands still before and after. So the shares of the frames in
/// the middle lie on a line, which meets 0 where the transition begins and 1 where it ends (least squares).
std::pair<qint64, qint64> ShotsCheck::framesOfTransition(std::size_t begin, std::size_t end) const
{
    constexpr double kBesideLine = 0.1; ///< shares nearer to an end may be noise on what stands still
    constexpr int kLeast = 4;
    double count = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXX = 0;
    double sumXY = 0;
    for (std::size_t at = begin + 1; at < end; ++at) {
        const double share = shareOf(m_shown[at].picture, m_shown[begin].picture, m_shown[end].picture);
        if (share < kBesideLine || share > 1 - kBesideLine)
            continue;
        const auto x = static_cast<double>(at - begin);
        ++count;
        sumX += x;
        sumY += share;
        sumXX += x * x;
        sumXY += x * share;
    }
    const qint64 first = m_shown[begin].frame + 1;
    const qint64 last = m_shown[end].frame;
    const double spread = count * sumXX - sumX * sumX;
    const double slope = spread > 0 ? (count * sumXY - sumX * sumY) / spread : 0;
    if (count < kLeast || slope <= 0)
        return {first, last};
    const double start = (sumY - slope * sumX) / count; // the share at begin
    const auto from = first - 1 + static_cast<qint64>(std::floor(-start / slope)) + 1;
    const auto to = first - 1 + static_cast<qint64>(std::ceil((1 - start) / slope));
    return {std::clamp(from, first, last), std::clamp(to, first, last)};
}

void ShotsCheck::judgeTransition(std::size_t last)
{
    const SmallPicture& end = m_shown[last].picture;
    for (const std::size_t length : kLengths) {
        if (length > last || end.isEmpty())
            return;
        const SmallPicture& begin = m_shown[last - length].picture;
        const auto middle = [&](std::size_t quarter) -> const SmallPicture& {
            return m_shown[last - length + length * quarter / 4].picture;
        };
        if (begin.isEmpty() || !begin.hasShapeOf(end))
            continue;
        const double change = differenceOf(begin, end);
        if (change < kLeastTransition)
            continue;
        const double step = kEvenSteps * change / static_cast<double>(length) + 1;
        const auto first = m_shown.begin() + static_cast<std::ptrdiff_t>(last - length) + 1;
        const auto after = m_shown.begin() + static_cast<std::ptrdiff_t>(last) + 1;
        if (std::any_of(first, after, [step](const Shown& one) { return one.difference < 0 || one.difference > step; }))
            continue;
        const double error = kMixtureError * change;
        if (mixtureError(middle(2), begin, end, 0.5) > error || mixtureError(middle(1), begin, end, 0.25) > error
            || mixtureError(middle(3), begin, end, 0.75) > error)
            continue;
        const bool fromFlat = begin.deviation() < kFlat;
        const bool toFlat = end.deviation() < kFlat;
        if (fromFlat == toFlat && (fromFlat || likeness(begin, end) > kUnlike))
            continue;
        const QString kind = toFlat ? u"fade_out"_s : fromFlat ? u"fade_in"_s : u"dissolve"_s;
        const auto [from, to] = framesOfTransition(last - length, last);
        if (!m_transitions.empty() && m_transitions.back().kind == kind && from <= m_transitions.back().lastFrame + 1) {
            Mark& mark = m_transitions.back();
            mark.firstFrame = std::min(mark.firstFrame, from);
            mark.lastFrame = std::max(mark.lastFrame, to);
            mark.values[u"change"_s] = std::max(mark.values[u"change"_s], change);
        } else if (m_transitions.size() < CheckMeasurement::kMaxMarks / 2) {
            m_transitions.push_back({kind, from, to, {{u"change"_s, change}}, {}});
        }
        return;
    }
}

void ShotsCheck::add(SmallPicture picture, double seconds)
{
    Shown next {m_next++, seconds, std::move(picture), -1, 0};
    if (!m_shown.empty() && !next.picture.isEmpty() && next.picture.hasShapeOf(m_shown.back().picture)) {
        next.difference = differenceOf(m_shown.back().picture, next.picture);
        next.leap = next.difference * (1 - likeness(m_shown.back().picture, next.picture));
    }
    m_shown.push_back(std::move(next));
    if (m_shown.size() > kKept)
        m_shown.pop_front();
    judgeTransition(m_shown.size() - 1);
    if (m_shown.size() > kAhead)
        judgeCut(m_shown.size() - 1 - kAhead);
}

void ShotsCheck::addFrame(const Picture& picture)
{
    add(picture.small(), picture.seconds);
}

void ShotsCheck::addHole()
{
    add({}, m_shown.empty() ? 0 : m_shown.back().seconds);
}

void ShotsCheck::state(StateArchive& archive)
{
    archive(m_shown, m_next, m_marks, m_transitions);
}

CheckMeasurement ShotsCheck::finish(const Measurements&)
{
    for (std::size_t at = m_shown.size() > kAhead ? m_shown.size() - kAhead : 0; at < m_shown.size(); ++at)
        judgeCut(at);
    CheckMeasurement measurement;
    // A fade ends in flat pictures, where the last step may look like a cut.
    const auto isInTransition = [this](const Mark& mark) {
        return std::ranges::any_of(m_transitions, [&](const Mark& transition) {
            return mark.firstFrame >= transition.firstFrame && mark.firstFrame <= transition.lastFrame;
        });
    };
    std::ranges::copy_if(m_marks, std::back_inserter(measurement.marks), std::not_fn(isInTransition));
    const std::vector<Mark> transitions = apart(m_transitions);
    measurement.marks.insert(measurement.marks.end(), transitions.begin(), transitions.end());
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    const auto cuts = std::ranges::count(measurement.marks, u"cut"_s, &Mark::kind);
    measurement.scalars[u"cuts"_s] = static_cast<double>(cuts);
    return measurement;
}

} // namespace vidimus::checks::engine

#include "core/checks/engine/missing_cadence.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

/// The way of two frames is up to twice that of one; where the picture's detail is finer than its motion, less.
constexpr double kLeap = 1.3;
constexpr double kOverNext = 1.15; ///< beyond each of the two next to it
/// A neighbour that moves less than this part of the others is a repeat; leaps after repeats are another fault.
constexpr double kLeastNeighbour = 0.4;
constexpr std::size_t kLeastLeaps = 9;
constexpr double kLeastPeriod = 3; ///< frames
constexpr double kMostPeriod = 30;
constexpr double kOffBeat = 1; ///< frames beside the beat
/// Leaps of those that the beat asks for (the picture rests at times), and leaps beside the beat for each on it.
constexpr double kLeastShare = 0.8;
constexpr double kMostOthers = 0.2;
constexpr std::size_t kGuesses = 3; ///< distances to try: to so many of the leaps that follow

struct Leap {
    qint64 frame = 0;
    double factor = 0;
};

std::vector<Leap> leapsOf(std::span<const qint32> differences, qint32 least, qint32 most)
{
    std::vector<Leap> leaps;
    for (std::size_t at = 2; at + 2 < differences.size(); ++at) {
        std::array<qint32, 4> around {
            differences[at - 2], differences[at - 1], differences[at + 1], differences[at + 2]};
        const qint32 next = std::max(around[1], around[2]);
        std::ranges::sort(around);
        const double usual = (around[1] + around[2]) / 2.0;
        const qint32 here = differences[at];
        if (around[0] < 0 || usual < least || here > most || around[0] < kLeastNeighbour * usual)
            continue;
        if (here >= kLeap * usual && here >= kOverNext * next)
            leaps.push_back({static_cast<qint64>(at), here / usual});
    }
    return leaps;
}

/// Leaps on one beat: their places among all leaps and their numbers on the beat.
struct Beat {
    std::vector<std::size_t> places;
    std::vector<qint64> numbers;
    double period = 0;
};

/// Follows a beat from the leap \a first on; a beat may stay away once, where the picture rests.
Beat follow(std::span<const Leap> leaps, std::size_t first, double period)
{
    Beat beat {{first}, {0}, period};
    const auto frameOf = [&](std::size_t place) { return static_cast<double>(leaps[place].frame); };
    for (;;) {
        const double here = frameOf(beat.places.back());
        std::size_t found = 0;
        qint64 steps = 0;
        for (std::size_t place = beat.places.back() + 1; place < leaps.size(); ++place) {
            const double way = frameOf(place) - here;
            if (way > 2 * beat.period + kOffBeat)
                break;
            const qint64 number = std::max<qint64>(1, std::llround(way / beat.period));
            if (std::abs(way - static_cast<double>(number) * beat.period) > kOffBeat)
                continue;
            found = place;
            steps = number;
            break;
        }
        if (found == 0)
            return beat;
        beat.places.push_back(found);
        beat.numbers.push_back(beat.numbers.back() + steps);
        beat.period = (frameOf(found) - frameOf(first)) / static_cast<double>(beat.numbers.back());
    }
}

bool isCadence(std::span<const Leap> leaps, const Beat& beat)
{
    if (beat.places.size() < kLeastLeaps || beat.period < kLeastPeriod || beat.period > kMostPeriod)
        return false;
    const auto count = static_cast<double>(beat.places.size());
    const auto others = static_cast<double>(beat.places.back() - beat.places.front() + 1) - count;
    if (count < kLeastShare * static_cast<double>(beat.numbers.back() + 1) || others > kMostOthers * count)
        return false;
    const auto first = static_cast<double>(leaps[beat.places.front()].frame);
    for (std::size_t i = 0; i < beat.places.size(); ++i) {
        const double foretold = first + beat.period * static_cast<double>(beat.numbers[i]);
        if (std::abs(static_cast<double>(leaps[beat.places[i]].frame) - foretold) > kOffBeat)
            return false;
    }
    return true;
}

Mark markOf(std::span<const Leap> leaps, const Beat& beat)
{
    std::vector<double> factors;
    for (const std::size_t place : beat.places)
        factors.push_back(leaps[place].factor);
    const auto middle = factors.begin() + static_cast<std::ptrdiff_t>(factors.size() / 2);
    std::ranges::nth_element(factors, middle);
    return {u"skip_pattern"_s, leaps[beat.places.front()].frame, leaps[beat.places.back()].frame,
        {{u"period_frames"_s, std::round(beat.period * 100) / 100},
            {u"missing_frames"_s, static_cast<double>(beat.places.size())},
            {u"leap"_s, std::round(*middle * 1000) / 1000}},
        {}};
}

} // namespace

std::vector<Mark> findMissingCadence(std::span<const qint32> differences, qint32 least, qint32 most)
{
    const std::vector<Leap> leaps = leapsOf(differences, least, most);
    std::vector<Mark> marks;
    for (std::size_t first = 0; first + kLeastLeaps <= leaps.size();) {
        Beat best;
        for (std::size_t next = first + 1; next < std::min(leaps.size(), first + 1 + kGuesses); ++next) {
            const auto period = static_cast<double>(leaps[next].frame - leaps[first].frame);
            if (period < kLeastPeriod - kOffBeat || period > kMostPeriod)
                continue;
            Beat beat = follow(leaps, first, period);
            if (isCadence(leaps, beat) && beat.places.size() > best.places.size())
                best = std::move(beat);
        }
        if (best.places.empty()) {
            ++first;
            continue;
        }
        marks.push_back(markOf(leaps, best));
        first = best.places.back() + 1;
    }
    return marks;
}

} // namespace vidimus::checks::engine

#include "core/matching/alignment.h"

#include "core/matching/hash_scan.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace vidimus::matching {

namespace {

constexpr double kOffsetBin = 0.5; ///< seconds
constexpr double kSpeedStep = 0.01;
/// How far a hash may lie from where the line says, seconds: pictures are kept at least every second, and between two
/// that are kept nothing has moved much.
constexpr double kLoose = 1.0;
constexpr double kTight = 0.3;

struct Pair {
    double a = 0; ///< seconds
    double b = 0;
    double weight = 0;
    std::size_t fromA = 0; ///< position of its hash in a
};

/// b = offset + speed · a, seconds.
struct Line {
    double offset = 0;
    double speed = 1;
    [[nodiscard]] double at(double a) const { return offset + speed * a; }
};

double secondsOf(Milliseconds time)
{
    return static_cast<double>(time.count()) / 1000.0;
}

Milliseconds millisecondsOf(double seconds)
{
    return Milliseconds(std::llround(seconds * 1000.0));
}

std::vector<Pair> pairsOf(std::span<const TimedHash> a, std::span<const TimedHash> b, int maxDistance)
{
    std::vector<PdqHash> hashes;
    hashes.reserve(b.size());
    for (const TimedHash& each : b)
        hashes.push_back(each.hash);
    std::vector<Pair> pairs;
    for (std::size_t n = 0; n < a.size(); ++n) {
        const std::size_t first = pairs.size();
        scanHashes(hashes, a[n].hash, maxDistance, [&](std::size_t position, int apart) {
            pairs.push_back(
                {secondsOf(a[n].time), secondsOf(b[position].time), 1.0 - double(apart) / (maxDistance + 1), n});
        });
        // A picture that stands for long is like many others and says little about the offset.
        const double share = 1.0 / std::sqrt(double(std::max<std::size_t>(pairs.size() - first, 1)));
        for (std::size_t pair = first; pair < pairs.size(); ++pair)
            pairs[pair].weight *= share;
    }
    return pairs;
}

/// The offset and speed that most pairs vote for. Every pair votes for two neighbouring bins, so that none is cut.
std::optional<Line> voteForLine(const std::vector<Pair>& pairs, double maxSpeedChange)
{
    std::optional<Line> best;
    double bestVotes = 0;
    const int steps = static_cast<int>(maxSpeedChange / kSpeedStep + 0.5);
    for (int step = 0; step <= 2 * steps; ++step) {
        // The plain speed first: it wins a draw.
        const double speed = 1.0 + kSpeedStep * ((step + 1) / 2) * (step % 2 == 0 ? 1 : -1);
        std::map<int, double> votes;
        for (const Pair& pair : pairs) {
            const int bin = static_cast<int>(std::floor((pair.b - speed * pair.a) / kOffsetBin));
            votes[bin] += pair.weight;
            votes[bin + 1] += pair.weight;
        }
        for (const auto& [bin, sum] : votes) {
            if (sum > bestVotes * 1.001) {
                bestVotes = sum;
                best = Line {bin * kOffsetBin, speed};
            }
        }
    }
    return best;
}

/// The line through the pairs near \a line, by weighted least squares; \a line itself when they cannot say.
Line fitted(
    const std::vector<Pair>& pairs, const Line& line, double from, double to, double reach, double maxSpeedChange)
{
    double sum = 0;
    double sumA = 0;
    double sumB = 0;
    for (const Pair& pair : pairs) {
        if (pair.a < from || pair.a > to || std::abs(pair.b - line.at(pair.a)) > reach)
            continue;
        sum += pair.weight;
        sumA += pair.weight * pair.a;
        sumB += pair.weight * pair.b;
    }
    if (sum <= 0)
        return line;
    const double middleA = sumA / sum;
    const double middleB = sumB / sum;
    double spread = 0;
    double slope = 0;
    for (const Pair& pair : pairs) {
        if (pair.a < from || pair.a > to || std::abs(pair.b - line.at(pair.a)) > reach)
            continue;
        spread += pair.weight * (pair.a - middleA) * (pair.a - middleA);
        slope += pair.weight * (pair.a - middleA) * (pair.b - middleB);
    }
    Line result = line;
    if (spread > sum) // at least a second about the middle
        result.speed = std::clamp(slope / spread, 1.0 - maxSpeedChange, 1.0 + maxSpeedChange);
    result.offset = middleB - result.speed * middleA;
    return result;
}

/// The hash of \a b that stands at \a time: the last one that has begun, or one within kTight, whichever is nearer.
int distanceAt(std::span<const TimedHash> b, double time, const PdqHash& hash)
{
    const auto seconds = [](const TimedHash& each) { return secondsOf(each.time); };
    auto end = std::ranges::upper_bound(b, time + kTight, {}, seconds);
    int least = kPdqBits;
    double begun = -1;
    while (end != b.begin()) {
        --end;
        const double at = secondsOf(end->time);
        if (at < time - kTight && (at < time - kLoose - kTight || (begun >= 0 && at < begun)))
            break;
        if (at <= time && begun < 0)
            begun = at;
        least = std::min(least, distance(hash, end->hash));
    }
    return least;
}

struct Agreement {
    std::size_t position = 0; ///< in a
    int distance = 0;
};

/// The best run of hashes of \a a along \a line: the one with most agreeing hashes.
std::vector<Agreement> longestRun(std::span<const TimedHash> a, const std::vector<bool>& used,
    std::span<const TimedHash> b, double bLength, const Line& line, const AlignmentOptions& options)
{
    std::vector<Agreement> best;
    std::vector<Agreement> run;
    std::size_t passed = 0; // hashes without agreement since the last agreeing one
    const double maxGap = secondsOf(options.maxGap);
    const auto finish = [&] {
        if (run.size() > best.size())
            best = run;
        run.clear();
        passed = 0;
    };
    std::size_t end = 0;
    for (std::size_t n = 0; n < a.size(); n = end) {
        const double time = line.at(secondsOf(a[n].time));
        const bool inB = time >= -kTight && time <= bLength + kTight;
        int apart = kPdqBits;
        for (end = n; end < a.size() && a[end].time == a[n].time; ++end) {
            if (inB && !used[n])
                apart = std::min(apart, distanceAt(b, time, a[end].hash));
        }
        if (used[n])
            finish();
        if (used[n] || !inB)
            continue;
        if (apart > options.maxDistance) {
            ++passed;
            continue;
        }
        const bool broken = !run.empty()
            && (secondsOf(a[n].time - a[run.back().position].time) > maxGap + 1.0 || passed > run.size() + 2);
        if (broken)
            finish();
        passed = 0;
        run.push_back({n, apart});
    }
    finish();
    return best;
}

class Aligner {
public:
    Aligner(std::span<const TimedHash> a, double aLength, std::span<const TimedHash> b, double bLength,
        const AlignmentOptions& options)
        : m_a(a)
        , m_b(b)
        , m_aLength(aLength)
        , m_bLength(bLength)
        , m_options(options)
        , m_minLength(std::min({secondsOf(options.minLength), aLength / 2, bLength / 2}))
        , m_used(a.size())
        , m_pairs(pairsOf(a, b, options.maxDistance))
    {
    }

    std::vector<MatchSegment> run()
    {
        std::vector<MatchSegment> segments;
        // Twice as many lines as segments: a line may turn out to be nothing.
        for (int attempt = 0; attempt < 2 * m_options.maxSegments && !m_pairs.empty(); ++attempt) {
            const auto voted = voteForLine(m_pairs, m_options.maxSpeedChange);
            if (!voted || int(segments.size()) == m_options.maxSegments)
                break;
            if (const auto segment = follow(*voted))
                segments.push_back(*segment);
            else
                dropPairsNear(*voted);
        }
        std::ranges::sort(segments, {}, &MatchSegment::aStart);
        return segments;
    }

private:
    /// The segment along the line; its hashes take no further part. Nothing when it is too short or too unlike.
    std::optional<MatchSegment> follow(Line line)
    {
        line = fitted(m_pairs, line, -1, m_aLength + 1, kOffsetBin * 1.5, m_options.maxSpeedChange);
        std::vector<Agreement> agreements = longestRun(m_a, m_used, m_b, m_bLength, line, m_options);
        for (const double reach : {1.0, 0.6, 0.4}) {
            if (agreements.empty())
                return std::nullopt;
            // The segment's own pairs know its speed better than the vote; then it may reach further.
            line = fitted(m_pairs, line, timeOf(agreements.front()) - 2, timeOf(agreements.back()) + 2, reach,
                m_options.maxSpeedChange);
            agreements = longestRun(m_a, m_used, m_b, m_bLength, line, m_options);
        }
        // One picture alone has no neighbours that agree: it must be the same beyond doubt.
        if (agreements.empty() || (agreements.size() == 1 && agreements.front().distance > kPdqMatchDistance))
            return std::nullopt;
        std::vector<int> distances;
        for (const Agreement& agreement : agreements)
            distances.push_back(agreement.distance);
        const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        const double start = timeOf(agreements.front());
        const double end = endOf(agreements.back().position, line);
        if (*middle > m_options.maxMiddleDistance || end - start < m_minLength)
            return std::nullopt;
        take(agreements);
        const auto inB = [&](double time) { return millisecondsOf(std::clamp(line.at(time), 0.0, m_bLength)); };
        return MatchSegment {millisecondsOf(start), millisecondsOf(end), inB(start), inB(end), *middle};
    }

    /// A kept picture stands until the next one of another time; the last until the end of both.
    double endOf(std::size_t position, const Line& line) const
    {
        double end = m_aLength;
        for (std::size_t n = position + 1; n < m_a.size(); ++n) {
            if (m_a[n].time > m_a[position].time) {
                end = secondsOf(m_a[n].time);
                break;
            }
        }
        const double bEnds = (m_bLength - line.offset) / line.speed;
        return std::max(secondsOf(m_a[position].time), std::min(end, bEnds));
    }

    double timeOf(const Agreement& agreement) const { return secondsOf(m_a[agreement.position].time); }

    void take(const std::vector<Agreement>& agreements)
    {
        for (std::size_t n = agreements.front().position; n < m_a.size(); ++n) {
            if (m_a[n].time > m_a[agreements.back().position].time)
                break;
            m_used[n] = true;
        }
        std::erase_if(m_pairs, [this](const Pair& pair) { return m_used[pair.fromA]; });
    }

    void dropPairsNear(const Line& line)
    {
        std::erase_if(
            m_pairs, [&](const Pair& pair) { return std::abs(pair.b - line.at(pair.a)) <= kOffsetBin * 1.5; });
    }

    std::span<const TimedHash> m_a;
    std::span<const TimedHash> m_b;
    double m_aLength = 0;
    double m_bLength = 0;
    const AlignmentOptions& m_options;
    double m_minLength = 0;
    std::vector<bool> m_used; ///< hashes of a that are in a segment
    std::vector<Pair> m_pairs;
};

} // namespace

std::vector<MatchSegment> align(std::span<const TimedHash> a, Milliseconds aLength, std::span<const TimedHash> b,
    Milliseconds bLength, const AlignmentOptions& options)
{
    return Aligner(a, secondsOf(aLength), b, secondsOf(bLength), options).run();
}

} // namespace vidimus::matching

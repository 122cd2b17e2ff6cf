#include "core/matching/near_duplicates.h"

#include "core/matching/candidates.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

/// Hits of an image at most this far apart are one stretch.
constexpr Milliseconds kImageGap {1500};
/// Pairs of hashes that one comparison may cost; longer videos are compared by a part of their hashes.
constexpr double kMaxPairs = 8e6;

std::vector<TimedHash> mirroredOf(std::vector<TimedHash> hashes)
{
    for (TimedHash& each : hashes)
        each.hash = mirrored(each.hash);
    return hashes;
}

std::vector<TimedHash> thinned(const std::vector<TimedHash>& hashes, std::size_t others)
{
    const double pairs = double(hashes.size()) * double(others);
    const auto step = static_cast<std::size_t>(std::ceil(pairs / kMaxPairs));
    if (step <= 1)
        return hashes;
    std::vector<TimedHash> result;
    for (std::size_t n = 0; n < hashes.size(); n += step)
        result.push_back(hashes[n]);
    return result;
}

/// Length that the segments cover on one side; they may overlap there.
Milliseconds covered(
    const std::vector<MatchSegment>& segments, Milliseconds MatchSegment::* start, Milliseconds MatchSegment::* end)
{
    std::vector<std::pair<Milliseconds, Milliseconds>> parts;
    for (const MatchSegment& segment : segments)
        parts.emplace_back(segment.*start, segment.*end);
    std::ranges::sort(parts);
    Milliseconds sum {0};
    Milliseconds reached {0};
    for (const auto& [from, to] : parts) {
        sum += std::max(Milliseconds(0), to - std::max(from, reached));
        reached = std::max(reached, to);
    }
    return sum;
}

double shareOf(Milliseconds part, Milliseconds whole)
{
    return whole.count() > 0 ? std::min(1.0, double(part.count()) / double(whole.count())) : 1.0;
}

NearDuplicate describe(std::uint64_t document, bool isMirrored, std::vector<MatchSegment> segments,
    Milliseconds queryLength, Milliseconds documentLength)
{
    NearDuplicate found {.document = document, .mirrored = isMirrored, .segments = std::move(segments)};
    std::vector<int> distances;
    for (const MatchSegment& segment : found.segments)
        distances.push_back(segment.distance);
    std::ranges::sort(distances);
    found.distance = distances[distances.size() / 2];
    found.share = shareOf(covered(found.segments, &MatchSegment::aStart, &MatchSegment::aEnd), queryLength);
    found.shareOfDocument
        = shareOf(covered(found.segments, &MatchSegment::bStart, &MatchSegment::bEnd), documentLength);
    return found;
}

/// Marks those that consist of moments that many documents have.
void markCommonPassages(std::vector<NearDuplicate>& found, const SearchOptions& options)
{
    constexpr qint64 kStep = 500; // ms
    std::map<qint64, int> documents; // moments of the query
    const auto eachMoment = [](const NearDuplicate& match, const auto& visit) {
        for (const MatchSegment& segment : match.segments) {
            for (qint64 moment = segment.aStart.count() / kStep; moment * kStep < segment.aEnd.count(); ++moment)
                visit(moment);
        }
    };
    for (const NearDuplicate& match : found)
        eachMoment(match, [&](qint64 moment) { ++documents[moment]; });
    for (NearDuplicate& match : found) {
        qint64 rare = 0;
        eachMoment(match, [&](qint64 moment) { rare += documents[moment] < options.commonDocuments ? 1 : 0; });
        const bool nearlyAll = match.share >= options.nearlyAll || match.shareOfDocument >= options.nearlyAll;
        match.commonPassage = !nearlyAll && rare * kStep < options.alignment.minLength.count();
    }
}

void sortByLikeness(std::vector<NearDuplicate>& found)
{
    std::ranges::sort(found, [](const NearDuplicate& a, const NearDuplicate& b) {
        const auto key = [](const NearDuplicate& each) {
            return std::tuple(each.commonPassage, -each.share, each.distance, each.document);
        };
        return key(a) < key(b);
    });
}

class Search {
public:
    Search(const HashIndex& index, std::uint64_t except, const SearchOptions& options, const CancelToken& cancel)
        : m_index(index)
        , m_except(except)
        , m_options(options)
        , m_cancel(cancel)
    {
    }

    Result<std::vector<NearDuplicate>> forVideo(const Fingerprint& query)
    {
        const auto plain = hashesOf(query);
        const auto turned = mirroredOf(plain);
        const Milliseconds length = query.duration;
        std::map<std::uint64_t, NearDuplicate> best;
        for (const bool isMirrored : {false, true}) {
            const auto& hashes = isMirrored ? turned : plain;
            const auto candidates = findCandidates(hashes, m_index, m_except, m_options, m_cancel);
            if (!candidates)
                return candidates.error();
            for (const std::uint64_t document : *candidates) {
                if (m_cancel.isCanceled())
                    return Error {ErrorCode::Canceled, u"the search was cancelled"_s, "canceled"};
                const auto other = m_index.document(document);
                auto segments = other ? compare(hashes, length, *other) : std::vector<MatchSegment> {};
                if (segments.empty())
                    continue;
                NearDuplicate found = describe(document, isMirrored, std::move(segments), length, other->length);
                const auto known = best.find(document);
                if (known == best.end() || known->second.share < found.share)
                    best.insert_or_assign(document, std::move(found));
            }
        }
        return inOrder(best);
    }

    Result<std::vector<NearDuplicate>> forImage(const Fingerprint& query)
    {
        std::map<std::uint64_t, NearDuplicate> best;
        for (const FingerprintFrame& frame : query.frames) {
            if (frame.quality < kPdqMinQuality)
                continue;
            addMoments(frame.hash, false, best);
            if (frame.content != frame.hash)
                addMoments(frame.content, false, best);
            for (const PdqHash& turned : query.turned)
                addMoments(turned, true, best);
        }
        return inOrder(best);
    }

private:
    std::vector<MatchSegment> compare(
        const std::vector<TimedHash>& hashes, Milliseconds length, const IndexedDocument& other) const
    {
        if (other.length.count() == 0)
            return momentsOfImage(hashes, other.hashes);
        return align(thinned(hashes, other.hashes.size()), length, other.hashes, other.length, m_options.alignment);
    }

    /// Where a video shows an image that is in the library.
    std::vector<MatchSegment> momentsOfImage(
        const std::vector<TimedHash>& hashes, const std::vector<TimedHash>& image) const
    {
        std::vector<MatchSegment> segments;
        for (const TimedHash& each : hashes) {
            int apart = kPdqBits;
            for (const TimedHash& other : image)
                apart = std::min(apart, distance(each.hash, other.hash));
            if (apart > m_options.distance)
                continue;
            if (!segments.empty() && each.time - segments.back().aEnd <= kImageGap) {
                segments.back().aEnd = each.time;
                segments.back().distance = std::min(segments.back().distance, apart);
            } else {
                segments.push_back({each.time, each.time, Milliseconds(0), Milliseconds(0), apart});
            }
        }
        return segments;
    }

    void addMoments(const PdqHash& hash, bool isTurned, std::map<std::uint64_t, NearDuplicate>& best) const
    {
        std::vector<HashHit> hits;
        m_index.find(hash, m_options.distance, hits);
        std::ranges::sort(hits, {}, [](const HashHit& hit) { return std::pair(hit.document, hit.time); });
        std::map<std::uint64_t, std::vector<MatchSegment>> segments;
        for (const HashHit& hit : hits) {
            if (hit.document == m_except)
                continue;
            auto& its = segments[hit.document];
            if (!its.empty() && hit.time - its.back().bEnd <= kImageGap) {
                its.back().bEnd = hit.time;
                its.back().distance = std::min(its.back().distance, hit.distance);
            } else {
                its.push_back({Milliseconds(0), Milliseconds(0), hit.time, hit.time, hit.distance});
            }
        }
        for (auto& [document, its] : segments) {
            NearDuplicate found {.document = document, .mirrored = isTurned, .share = 1, .segments = std::move(its)};
            found.distance = std::ranges::min(found.segments, {}, &MatchSegment::distance).distance;
            const auto known = best.find(document);
            if (known == best.end() || known->second.distance > found.distance)
                best.insert_or_assign(document, std::move(found));
        }
    }

    std::vector<NearDuplicate> inOrder(std::map<std::uint64_t, NearDuplicate>& best) const
    {
        std::vector<NearDuplicate> result;
        for (auto& [document, found] : best)
            result.push_back(std::move(found));
        markCommonPassages(result, m_options);
        sortByLikeness(result);
        return result;
    }

    const HashIndex& m_index;
    std::uint64_t m_except = 0;
    const SearchOptions& m_options;
    const CancelToken& m_cancel;
};

} // namespace

std::vector<TimedHash> hashesOf(const Fingerprint& fingerprint)
{
    std::vector<TimedHash> result;
    for (const FingerprintFrame& frame : fingerprint.frames) {
        if (frame.quality < kPdqMinQuality)
            continue;
        result.push_back({frame.time, frame.content});
        if (frame.content != frame.hash)
            result.push_back({frame.time, frame.hash});
    }
    return result;
}

IndexedDocument documentOf(const Fingerprint& fingerprint, std::uint64_t number)
{
    const bool isImage = fingerprint.kind == FingerprintKind::Image;
    return {number, isImage ? Milliseconds(0) : std::max(fingerprint.duration, Milliseconds(1)), hashesOf(fingerprint)};
}

Result<std::vector<NearDuplicate>> findNearDuplicates(const Fingerprint& query, const HashIndex& index,
    std::uint64_t except, const SearchOptions& options, const CancelToken& cancel)
{
    Search search(index, except, options, cancel);
    return query.kind == FingerprintKind::Image ? search.forImage(query) : search.forVideo(query);
}

QJsonObject toJson(const MatchSegment& segment)
{
    const auto seconds = [](Milliseconds time) { return double(time.count()) / 1000.0; };
    return {{u"a_start"_s, seconds(segment.aStart)}, {u"a_end"_s, seconds(segment.aEnd)},
        {u"b_start"_s, seconds(segment.bStart)}, {u"b_end"_s, seconds(segment.bEnd)},
        {u"distance"_s, segment.distance}};
}

std::optional<MatchSegment> segmentFromJson(const QJsonObject& object)
{
    constexpr double kLongest = 1e7; // seconds
    const auto time = [&object](const QString& name) {
        const double seconds = object.value(name).toDouble(-1);
        return seconds >= 0 && seconds <= kLongest ? Milliseconds(std::llround(seconds * 1000)) : Milliseconds(-1);
    };
    const MatchSegment segment {time(u"a_start"_s), time(u"a_end"_s), time(u"b_start"_s), time(u"b_end"_s),
        object.value(u"distance"_s).toInt(-1)};
    const bool sound = segment.aStart.count() >= 0 && segment.bStart.count() >= 0 && segment.aEnd >= segment.aStart
        && segment.bEnd >= segment.bStart && segment.distance >= 0 && segment.distance <= 256;
    return sound ? std::optional(segment) : std::nullopt;
}

} // namespace vidimus::matching

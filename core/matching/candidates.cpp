#include "core/matching/candidates.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vidimus::matching {

using namespace Qt::StringLiterals;

namespace {

/// Every n-th so that \a count are left at most; hashes that repeat the one before say nothing new.
std::vector<PdqHash> spread(std::span<const TimedHash> query, int count)
{
    std::vector<PdqHash> distinct;
    for (const TimedHash& each : query) {
        if (distinct.empty() || distance(distinct.back(), each.hash) > 2)
            distinct.push_back(each.hash);
    }
    if (distinct.size() <= std::size_t(count))
        return distinct;
    std::vector<PdqHash> result;
    for (int n = 0; n < count; ++n)
        result.push_back(distinct[std::size_t(n) * distinct.size() / std::size_t(count)]);
    return result;
}

} // namespace

Result<std::vector<std::uint64_t>> findCandidates(std::span<const TimedHash> query, const HashIndex& index,
    std::uint64_t except, const SearchOptions& options, const CancelToken& cancel)
{
    std::unordered_map<std::uint64_t, double> scores;
    std::unordered_map<std::uint64_t, int> nearest; // of one hash
    std::vector<HashHit> hits;
    for (const PdqHash& hash : spread(query, options.lookUps)) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"the search was cancelled"_s, "canceled"};
        hits.clear();
        nearest.clear();
        index.find(hash, options.reach, hits);
        for (const HashHit& hit : hits) {
            if (hit.document == except)
                continue;
            auto& least = nearest.try_emplace(hit.document, kPdqBits).first->second;
            least = std::min(least, hit.distance);
        }
        const double rarity = 1.0 / std::sqrt(double(std::max<std::size_t>(nearest.size(), 1)));
        for (const auto& [document, least] : nearest)
            scores[document] += rarity * (1.0 - double(least) / (options.reach + 8));
    }
    std::vector<std::pair<double, std::uint64_t>> ranked;
    for (const auto& [document, score] : scores)
        ranked.emplace_back(-score, document);
    std::ranges::sort(ranked);
    if (ranked.size() > std::size_t(options.candidates))
        ranked.resize(std::size_t(options.candidates));
    std::vector<std::uint64_t> result;
    for (const auto& [score, document] : ranked)
        result.push_back(document);
    return result;
}

} // namespace vidimus::matching

#include "core/matching/hash_index.h"
#include "core/matching/near_duplicates.h"
#include "core/workbench/bench.h"

#include <QTemporaryDir>
#include <ctime>
#include <random>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHashesAVideo = 100; // one a second
constexpr int kLookUps = 1'000;
constexpr int kVideos = 20; // that are searched for
constexpr std::size_t kAtOnce = 5'000;

/// CPU of this thread: the machine may be shared.
double threadMilliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// The n-th made-up hash, always the same: half of its bits set, at random, as PDQ's are by their definition.
matching::PdqHash hashOf(std::uint64_t number)
{
    matching::PdqHash hash;
    std::uint64_t state = number * 4;
    for (std::uint64_t& word : hash.words) {
        // SplitMix64 (Steele, Lea, Flood 2014)
        std::uint64_t mixed = (state += 0x9e3779b97f4a7c15ULL);
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        word = mixed ^ (mixed >> 31);
    }
    return hash;
}

/// The same hash with \a bits other bits.
matching::PdqHash changed(matching::PdqHash hash, int bits, std::mt19937_64& random)
{
    std::array<int, matching::kPdqBits> places {};
    for (int i = 0; i < matching::kPdqBits; ++i)
        places[std::size_t(i)] = i;
    std::ranges::shuffle(places, random);
    for (int i = 0; i < bits; ++i) {
        const int place = places[std::size_t(i)];
        hash.words[std::size_t(place) / 64] ^= std::uint64_t(1) << (place % 64);
    }
    return hash;
}

matching::IndexedDocument videoOf(std::uint64_t number)
{
    matching::IndexedDocument video {.number = number, .length = Milliseconds(kHashesAVideo * 1000), .hashes = {}};
    for (int i = 0; i < kHashesAVideo; ++i)
        video.hashes.push_back({Milliseconds(i * 1000), hashOf(number * kHashesAVideo + std::uint64_t(i))});
    return video;
}

Result<void> fill(matching::HashIndex& index, int videos, const CancelToken& cancel)
{
    std::vector<matching::IndexedDocument> batch;
    for (int number = 1; number <= videos; ++number) {
        if (cancel.isCanceled())
            return Error {ErrorCode::Canceled, u"stopped"_s, "canceled"};
        batch.push_back(videoOf(std::uint64_t(number)));
        if (batch.size() < kAtOnce && number < videos)
            continue;
        if (auto added = index.addAll(batch); !added)
            return added;
        batch.clear();
    }
    return {};
}

Error wrongAnswer(const QString& what)
{
    return {ErrorCode::Internal, what, "wrong_answer"};
}

/// Each hash looked for was changed by up to the stated distance, and must be found.
Result<void> lookUp(const matching::HashIndex& index, int videos, std::mt19937_64& random, FigureList& figures)
{
    std::vector<double> times;
    std::vector<matching::HashHit> hits;
    for (int i = 0; i < kLookUps; ++i) {
        const std::uint64_t video = 1 + random() % std::uint64_t(videos);
        const std::uint64_t at = random() % kHashesAVideo;
        const auto wanted = changed(hashOf(video * kHashesAVideo + at), i % (matching::kPdqMatchDistance + 1), random);
        hits.clear();
        const double before = threadMilliseconds();
        index.find(wanted, matching::kPdqMatchDistance, hits);
        times.push_back(threadMilliseconds() - before);
        const bool found = std::ranges::any_of(hits, [&](const matching::HashHit& hit) {
            return hit.document == video && hit.time == Milliseconds(qint64(at) * 1000);
        });
        if (!found)
            return wrongAnswer(u"hash %1 of video %2 was not found"_s.arg(at).arg(video));
    }
    figures.addSpread(u"look_up"_s, times);
    figures.add(u"look_up_p99"_s, percentileOf(times, 99), u"ms"_s);
    return {};
}

/// Reading every hash instead, on the same hashes: what the index saves.
Result<double> scanMilliseconds(int videos, const matching::PdqHash& wanted)
{
    std::vector<matching::PdqHash> hashes(std::size_t(videos) * kHashesAVideo);
    for (std::size_t i = 0; i < hashes.size(); ++i)
        hashes[i] = hashOf(kHashesAVideo + i);
    int near = 0;
    const double before = threadMilliseconds();
    for (const matching::PdqHash& hash : hashes)
        near += matching::distance(hash, wanted) <= matching::kPdqMatchDistance ? 1 : 0;
    const double took = threadMilliseconds() - before;
    return near == 1 ? Result<double>(took) : wrongAnswer(u"reading every hash found %1"_s.arg(near));
}

/// Whole videos whose every hash was changed by a re-encode's few bits.
Result<void> searchVideos(const matching::HashIndex& index, int videos, std::mt19937_64& random, FigureList& figures)
{
    constexpr int kBits = 12;
    std::vector<double> times;
    for (int i = 0; i < kVideos; ++i) {
        const std::uint64_t number = 1 + random() % std::uint64_t(videos);
        matching::Fingerprint query;
        query.duration = Milliseconds(kHashesAVideo * 1000);
        for (int at = 0; at < kHashesAVideo; ++at) {
            const auto hash = changed(hashOf(number * kHashesAVideo + std::uint64_t(at)), kBits, random);
            query.frames.push_back({Milliseconds(at * 1000), at * 25, hash, hash, 100});
        }
        const double before = threadMilliseconds();
        const auto found = matching::findNearDuplicates(query, index);
        times.push_back(threadMilliseconds() - before);
        if (!found)
            return found.error();
        if (found->empty() || found->front().document != number || found->size() != 1)
            return wrongAnswer(u"video %1 was not found, or not it alone"_s.arg(number));
    }
    figures.addSpread(u"video"_s, times);
    return {};
}

} // namespace

Result<FigureList> benchMatching(const BenchOptions& options, const CancelToken& cancel)
{
    const QTemporaryDir folder;
    auto index = matching::HashIndex::open(folder.filePath(u"index"_s));
    if (!index)
        return std::move(index).error();
    FigureList figures;
    const BenchClock clock;
    if (auto filled = fill(**index, options.videos, cancel); !filled)
        return std::move(filled).error();
    figures.add(u"hashes"_s, double((*index)->hashCount()), u"hashes"_s);
    figures.add(u"adding_s"_s, clock.milliseconds() / 1000, u"s"_s);
    std::mt19937_64 random(20'260'713);
    if (auto looked = lookUp(**index, options.videos, random, figures); !looked)
        return std::move(looked).error();
    const auto scan = scanMilliseconds(options.videos, hashOf(kHashesAVideo + 1));
    if (!scan)
        return scan.error();
    figures.add(u"scan"_s, *scan, u"ms"_s);
    for (const Figure& figure : std::vector<Figure>(figures.figures())) {
        if (figure.name == u"look_up_p50"_s)
            figures.addRatio(u"scan_against_look_up"_s, *scan, figure.value);
    }
    if (auto searched = searchVideos(**index, options.videos, random, figures); !searched)
        return std::move(searched).error();
    return figures;
}

} // namespace vidimus::workbench

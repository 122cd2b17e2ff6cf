#include "core/matching/bank_matcher.h"

#include <algorithm>
#include <map>

namespace vidimus::matching {

namespace {

/// Frames that hit one label of one bank.
struct Hits {
    int distance = kPdqBits;
    bool plain = false; ///< some frame hit as it is
    std::vector<MatchSegment> segments;
    int frames = 0;
    Milliseconds lastTime {-1};
};

/// Frames are kept at least every second: a longer silence ends a segment.
constexpr Milliseconds kMaxGap {1500};

void addFrame(Hits& hits, Milliseconds time, int apart, bool isPlain)
{
    hits.distance = std::min(hits.distance, apart);
    hits.plain = hits.plain || isPlain;
    if (hits.lastTime == time) {
        hits.segments.back().distance = std::min(hits.segments.back().distance, apart);
        return;
    }
    ++hits.frames;
    if (!hits.segments.empty() && time - hits.segments.back().aEnd <= kMaxGap) {
        hits.segments.back().aEnd = time;
        hits.segments.back().distance = std::min(hits.segments.back().distance, apart);
    } else {
        hits.segments.push_back({time, time, Milliseconds(0), Milliseconds(0), apart});
    }
    hits.lastTime = time;
}

} // namespace

BankMatcher::BankMatcher(std::vector<HashBank> banks)
    : m_banks(std::move(banks))
{
    std::vector<IndexedDocument> documents;
    for (std::size_t bank = 0; bank < m_banks.size(); ++bank) {
        IndexedDocument document {.number = bank + 1, .hashes = {}};
        const auto& entries = m_banks[bank].entries;
        for (std::size_t n = 0; n < entries.size(); ++n) {
            if (entries[n].quality >= kPdqMinQuality)
                document.hashes.push_back({Milliseconds(static_cast<qint64>(n)), entries[n].hash});
        }
        documents.push_back(std::move(document));
    }
    m_hashes = HashSegment::build(documents);
}

std::vector<BankMatch> BankMatcher::match(const Fingerprint& fingerprint, int reach) const
{
    std::map<std::pair<std::size_t, QString>, Hits> found;
    std::vector<HashHit> hits;
    int usable = 0;
    const auto lookUp = [&](const PdqHash& hash, Milliseconds time, bool isPlain) {
        hits.clear();
        m_hashes->find(hash, reach, hits);
        for (const HashHit& hit : hits) {
            const std::size_t bank = hit.document - 1;
            const BankEntry& entry = m_banks[bank].entries[static_cast<std::size_t>(hit.time.count())];
            addFrame(found[{bank, entry.label}], time, hit.distance, isPlain);
        }
    };
    for (const FingerprintFrame& frame : fingerprint.frames) {
        if (frame.quality < kPdqMinQuality)
            continue;
        ++usable;
        lookUp(frame.hash, frame.time, true);
        if (frame.content != frame.hash)
            lookUp(frame.content, frame.time, true);
        if (fingerprint.kind == FingerprintKind::Video)
            lookUp(mirrored(frame.content), frame.time, false);
        for (const PdqHash& turned : fingerprint.turned)
            lookUp(turned, frame.time, false);
    }
    std::vector<BankMatch> result;
    for (auto& [place, its] : found) {
        result.push_back({.bank = place.first,
            .label = place.second,
            .distance = its.distance,
            .mirrored = !its.plain,
            .share = double(its.frames) / std::max(usable, 1),
            .segments = std::move(its.segments)});
    }
    std::ranges::stable_sort(result, [this](const BankMatch& a, const BankMatch& b) {
        const auto key = [this](const BankMatch& match) {
            return std::pair(-static_cast<int>(m_banks[match.bank].severity), match.distance);
        };
        return key(a) < key(b);
    });
    return result;
}

} // namespace vidimus::matching

#include "made_up_video.h"

#include <cmath>

namespace vidimus::test {

using namespace matching;

PdqHash randomHash(std::mt19937_64& random)
{
    PdqHash hash;
    for (auto& word : hash.words)
        word = random();
    return hash;
}

PdqHash disturbed(PdqHash hash, int bits, std::mt19937_64& random)
{
    PdqHash changed;
    for (int n = 0; n < bits;) {
        const int bit = int(random() % kPdqBits);
        if (changed.bit(bit))
            continue;
        changed.setBit(bit);
        ++n;
    }
    for (std::size_t word = 0; word < hash.words.size(); ++word)
        hash.words[word] ^= changed.words[word];
    return hash;
}

PdqHash MadeUpVideo::at(double seconds) const
{
    constexpr double kStep = 0.125;
    const auto shot = static_cast<unsigned>(std::floor(seconds / m_cutEvery));
    std::mt19937_64 random(m_seed * 1'000'003ULL + shot);
    PdqHash hash = randomHash(random);
    for (double moment = shot * m_cutEvery + kStep; moment <= seconds; moment += kStep)
        hash = disturbed(hash, 4, random);
    return hash;
}

Fingerprint MadeUpVideo::fingerprint(const Changes& changes) const
{
    std::mt19937_64 random(m_seed + 17);
    Fingerprint result;
    result.duration = Milliseconds(std::llround(changes.length * 1000));
    for (double time = 0; time < changes.length; time += 0.25) {
        PdqHash hash = disturbed(at(changes.start + time * changes.speed), changes.noise, random);
        if (changes.mirrored)
            hash = mirrored(hash);
        result.frames.push_back({.time = Milliseconds(std::llround(time * 1000)),
            .frame = std::llround(time * 25),
            .hash = hash,
            .content = hash,
            .quality = 100});
    }
    return result;
}

Fingerprint joined(const Fingerprint& first, const Fingerprint& second)
{
    Fingerprint result = first;
    result.duration += second.duration;
    for (FingerprintFrame frame : second.frames) {
        frame.time += first.duration;
        frame.frame += first.frames.size();
        result.frames.push_back(frame);
    }
    return result;
}

} // namespace vidimus::test

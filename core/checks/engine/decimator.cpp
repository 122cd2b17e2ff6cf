#include "core/checks/engine/decimator.h"

#include "core/checks/engine/sample_math.h"

#include <numbers>

namespace vidimus::checks::engine {

namespace {

constexpr int kTapsPerFactor = 10;

} // namespace

Decimator::Decimator(int sampleRate, int targetRate)
    : m_factor(std::max(1, sampleRate / targetRate))
{
    const int last = m_factor > 1 ? kTapsPerFactor * m_factor : 0;
    const double cutoff = 0.5 / m_factor; // cycles a sample
    double sum = 0;
    for (int i = 0; i <= last; ++i) {
        const double x = i - last / 2.0;
        const double sinc
            = x == 0 ? 1 : std::sin(2 * std::numbers::pi * cutoff * x) / (2 * std::numbers::pi * cutoff * x);
        const double angle = last > 0 ? 2 * std::numbers::pi * i / last : std::numbers::pi;
        const double tap = sinc * (0.42 - 0.5 * std::cos(angle) + 0.08 * std::cos(2 * angle));
        m_taps.push_back(static_cast<float>(tap));
        sum += tap;
    }
    for (float& tap : m_taps)
        tap = static_cast<float>(static_cast<double>(tap) / sum);
}

qint64 Decimator::feed(const float* samples, std::size_t count, qint64 position, std::vector<float>& out)
{
    if (position != m_start + static_cast<qint64>(m_samples.size())) {
        m_samples.clear();
        m_start = (position + m_factor - 1) / m_factor * m_factor;
        const auto skip = static_cast<std::size_t>(std::min<qint64>(m_start - position, static_cast<qint64>(count)));
        samples += skip;
        count -= skip;
    }
    m_samples.insert(m_samples.end(), samples, samples + count);
    const qint64 first = m_start / m_factor;
    std::size_t used = 0;
    for (; m_samples.size() - used >= m_taps.size(); used += static_cast<std::size_t>(m_factor)) {
        const float* from = m_samples.data() + used;
        const float* taps = m_taps.data();
        out.push_back(static_cast<float>(sumOf(m_taps.size(), [from, taps](auto at) { return at(from) * at(taps); })));
    }
    m_samples.erase(m_samples.begin(), m_samples.begin() + static_cast<std::ptrdiff_t>(used));
    m_start += static_cast<qint64>(used);
    return first;
}

} // namespace vidimus::checks::engine

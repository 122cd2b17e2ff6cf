#include "core/matching/engine/tent_weights.h"

#include <algorithm>

namespace vidimus::matching::engine {

namespace {

struct Window {
    int first = 0;
    int last = 0;
    [[nodiscard]] double share() const { return 1.0 / (last - first + 1); }
};

/// The inputs that one box averages: of a width with an even number one more lies to the right; cut at the borders.
Window windowAt(int position, int width, int inputs)
{
    const int half = (width + 2) / 2;
    return {std::max(0, position - (width - half)), std::min(inputs - 1, position + half - 1)};
}

} // namespace

TentWeights::TentWeights(int inputs)
    : m_inputs(inputs)
{
    // Half of a 64th part, rounded up: two passes then reach over the whole part.
    const int width = (inputs + 2 * kOutputs - 1) / (2 * kOutputs);
    for (int output = 0; output < kOutputs; ++output) {
        const int position = static_cast<int>((output + 0.5) * inputs / kOutputs);
        const Window outer = windowAt(position, width, inputs);
        const int first = windowAt(outer.first, width, inputs).first;
        const int last = windowAt(outer.last, width, inputs).last;
        std::vector<double> weights(static_cast<std::size_t>(last - first + 1));
        for (int middle = outer.first; middle <= outer.last; ++middle) {
            const Window inner = windowAt(middle, width, inputs);
            for (int input = inner.first; input <= inner.last; ++input)
                weights[static_cast<std::size_t>(input - first)] += outer.share() * inner.share();
        }
        m_samples.push_back({first, last - first + 1, static_cast<int>(m_weights.size())});
        m_weights.insert(m_weights.end(), weights.begin(), weights.end());
        m_weights.resize((m_weights.size() + kLanes - 1) / kLanes * kLanes);
    }
}

} // namespace vidimus::matching::engine

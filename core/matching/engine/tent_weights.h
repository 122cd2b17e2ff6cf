#pragma once

#include <vector>

namespace vidimus::matching::engine {

/// How one side of a picture is brought to 64 samples: two passes of a box filter and then every sample at the middle
/// of its 64th part (Jarosz' approximation of a tent, as PDQ prescribes). Each output is a weighted sum of neighbours.
class TentWeights {
public:
    static constexpr int kOutputs = 64;
    static constexpr int kLanes = 8; ///< each list of weights is filled up with zeros to a multiple of this

    /// \a inputs: at least 1.
    explicit TentWeights(int inputs);

    struct Sample {
        int first = 0; ///< input of the first weight
        int count = 0; ///< inputs that count
        int start = 0; ///< where its weights begin in weights()
    };
    [[nodiscard]] const Sample& sample(int output) const { return m_samples[static_cast<std::size_t>(output)]; }
    [[nodiscard]] const float* weights(const Sample& sample) const { return m_weights.data() + sample.start; }
    [[nodiscard]] int inputs() const { return m_inputs; }

private:
    int m_inputs = 0;
    std::vector<Sample> m_samples;
    std::vector<float> m_weights;
};

} // namespace vidimus::matching::engine

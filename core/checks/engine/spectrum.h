#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace vidimus::checks::engine {

/// The power of one windowed frame of sound at evenly spaced frequencies. Keeps its buffers; one thread at a time.
class Spectrum {
public:
    enum class Window {
        Hann, ///< lines are 4 bins wide; what is farther away falls by 18 dB an octave
        BlackmanHarris, ///< lines are 8 bins wide; 92 dB down beyond
    };
    Spectrum() = default;
    Spectrum(std::size_t frameLength, double sampleRate, Window window);

    /// \a frame has frameLength samples. Errors of memory are thrown as std::exception.
    void analyze(std::span<const float> frame);

    [[nodiscard]] std::size_t bins() const { return m_power.size(); }
    [[nodiscard]] double hertzPerBin() const { return m_hertzPerBin; }
    /// Of one bin; the sum over a sine's line is its amplitude squared, times 1 for a full-scale sine.
    [[nodiscard]] double power(std::size_t bin) const { return m_power[bin]; }
    /// Sum over bins [first, last], cut to what there is.
    [[nodiscard]] double power(std::ptrdiff_t first, std::ptrdiff_t last) const;

private:
    std::vector<float> m_window;
    std::vector<float> m_padded;
    std::vector<float> m_result;
    std::vector<double> m_power;
    double m_hertzPerBin = 0;
    double m_unit = 0; ///< of a bin's squared magnitude
};

} // namespace vidimus::checks::engine

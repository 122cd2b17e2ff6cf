#include "core/checks/engine/spectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>

namespace vidimus::checks::engine {

namespace {

double windowAt(Spectrum::Window window, double share)
{
    const double angle = 2 * std::numbers::pi * share;
    switch (window) {
    case Spectrum::Window::Hann:
        return 0.5 - 0.5 * std::cos(angle);
    case Spectrum::Window::BlackmanHarris: // F. J. Harris 1978: four terms, -92 dB
        return 0.35875 - 0.48829 * std::cos(angle) + 0.14128 * std::cos(2 * angle) - 0.01168 * std::cos(3 * angle);
    }
    return 0;
}

} // namespace

Spectrum::Spectrum(std::size_t frameLength, double sampleRate, Window window)
{
    const auto size = static_cast<std::size_t>(cv::getOptimalDFTSize(static_cast<int>(frameLength)));
    m_window.resize(frameLength);
    double squares = 0;
    for (std::size_t i = 0; i < frameLength; ++i) {
        const double weight = windowAt(window, static_cast<double>(i) / static_cast<double>(frameLength));
        m_window[i] = static_cast<float>(weight);
        squares += weight * weight;
    }
    m_padded.assign(size, 0.0F);
    m_result.resize(size);
    m_power.resize(size / 2);
    m_hertzPerBin = sampleRate / static_cast<double>(size);
    // Parseval: one side of a sine's spectrum sums to size · Σ window² · amplitude² / 4.
    m_unit = 4 / (static_cast<double>(size) * squares);
}

void Spectrum::analyze(std::span<const float> frame)
{
    for (std::size_t i = 0; i < m_window.size(); ++i)
        m_padded[i] = frame[i] * m_window[i];
    const int size = static_cast<int>(m_padded.size());
    const cv::Mat in(1, size, CV_32F, m_padded.data());
    cv::Mat out(1, size, CV_32F, m_result.data());
    cv::dft(in, out); // packed: Re 0, Re 1, Im 1, Re 2, Im 2, …
    m_power[0] = m_unit * std::pow(static_cast<double>(m_result[0]), 2) / 2;
    for (std::size_t bin = 1; bin < m_power.size(); ++bin) {
        const auto re = static_cast<double>(m_result[2 * bin - 1]);
        const auto im = static_cast<double>(m_result[2 * bin]);
        m_power[bin] = m_unit * (re * re + im * im);
    }
}

double Spectrum::power(std::ptrdiff_t first, std::ptrdiff_t last) const
{
    double sum = 0;
    const auto end = std::min<std::ptrdiff_t>(last, static_cast<std::ptrdiff_t>(m_power.size()) - 1);
    for (std::ptrdiff_t bin = std::max<std::ptrdiff_t>(first, 0); bin <= end; ++bin)
        sum += m_power[static_cast<std::size_t>(bin)];
    return sum;
}

} // namespace vidimus::checks::engine

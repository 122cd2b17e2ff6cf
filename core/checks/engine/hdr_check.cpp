#include "core/checks/engine/hdr_check.h"

#include "core/checks/engine/cell_rows_p.h"
#include "core/checks/engine/check_state_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kRows = 96;
constexpr int kSteps = 4096;

/// What \a values does not say is taken from \a more.
void complete(media::HdrValues& values, const media::HdrValues& more)
{
    if (!values.maxLuminance && more.maxLuminance) {
        values.minLuminance = more.minLuminance;
        values.maxLuminance = more.maxLuminance;
    }
    if (values.maxContentLight.value_or(0) <= 0 && more.maxContentLight)
        values.maxContentLight = more.maxContentLight;
    if (values.maxFrameAverageLight.value_or(0) <= 0 && more.maxFrameAverageLight)
        values.maxFrameAverageLight = more.maxFrameAverageLight;
}

int missingIn(const media::HdrValues& values)
{
    return (values.maxContentLight.value_or(0) <= 0 ? 1 : 0) + (values.maxFrameAverageLight.value_or(0) <= 0 ? 1 : 0)
        + (values.maxLuminance ? 0 : 1);
}

} // namespace

double pqLight(double signal)
{
    constexpr double m1 = 2610.0 / 16384;
    constexpr double m2 = 2523.0 / 4096 * 128;
    constexpr double c1 = 3424.0 / 4096;
    constexpr double c2 = 2413.0 / 4096 * 32;
    constexpr double c3 = 2392.0 / 4096 * 32;
    const double power = std::pow(std::clamp(signal, 0.0, 1.0), 1 / m2);
    return 10000 * std::pow(std::max(power - c1, 0.0) / (c2 - c3 * power), 1 / m1);
}

HdrCheck::HdrCheck()
{
    for (int step = 0; step <= kSteps; ++step)
        m_light.push_back(static_cast<float>(pqLight(static_cast<double>(step) / kSteps)));
}

std::unique_ptr<Check> HdrCheck::create()
{
    return std::make_unique<HdrCheck>();
}

void HdrCheck::startProgramme(const media::engine::PassStart& start)
{
    if (const media::VideoStream* video = start.facts.programmeVideo()) {
        m_kind = video->hdr;
        m_declared = video->hdrValues;
    }
}

void HdrCheck::addFrame(const Picture& picture)
{
    const Luma& luma = picture.luma;
    const int all = cellRows(luma);
    if (m_kind != media::HdrKind::Pq || all < 1)
        return;
    if (missingIn(m_declared) > 0)
        complete(m_declared, picture.hdrValues());
    const int gap = (all + kRows - 1) / kRows;
    const int shift = static_cast<int>(m_frames++ % gap);
    const RgbFactors factors = rgbFactors(picture.view.color, luma.height, luma.bits);
    const double black = static_cast<double>(luma.blackCode()) * kCellOne;
    const double perCode = static_cast<double>(kSteps) / ((luma.whiteCode() - luma.blackCode()) * double(kCellOne));
    double sum = 0;
    qint64 cells = 0;
    CellRow row;
    for (int y = shift; y < all; y += gap) {
        takeCellRow(picture, y, row);
        m_brightest.resize(static_cast<std::size_t>(row.count()));
        takeBrightest(row, factors, m_brightest.data());
        for (const std::int32_t one : m_brightest) {
            const double step = (one - black) * perCode;
            const double light = m_light[static_cast<std::size_t>(std::clamp(step, 0.0, double(kSteps)))];
            m_maxLight = std::max(m_maxLight, light);
            sum += light;
        }
        cells += row.count();
    }
    if (cells > 0)
        m_maxMean = std::max(m_maxMean, sum / static_cast<double>(cells));
}

void HdrCheck::state(StateArchive& archive)
{
    archive(m_maxLight, m_maxMean, m_frames, m_declared.minLuminance, m_declared.maxLuminance,
        m_declared.maxContentLight, m_declared.maxFrameAverageLight);
}

CheckMeasurement HdrCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    if (m_kind == media::HdrKind::Sdr) {
        measurement.cause = u"not_hdr"_s;
        return measurement;
    }
    Values& values = measurement.scalars;
    values[u"missing_metadata"_s] = 0;
    if (m_kind != media::HdrKind::Pq)
        return measurement;
    const double declaredLight = m_declared.maxContentLight.value_or(0);
    const double declaredMean = m_declared.maxFrameAverageLight.value_or(0);
    values[u"max_cll_cd_m2"_s] = std::round(m_maxLight);
    values[u"max_fall_cd_m2"_s] = std::round(m_maxMean);
    values[u"missing_metadata"_s] = missingIn(m_declared);
    if (declaredLight > 0) {
        values[u"declared_max_cll_cd_m2"_s] = declaredLight;
        values[u"max_cll_ratio"_s] = m_maxLight / declaredLight;
    }
    if (declaredMean > 0) {
        values[u"declared_max_fall_cd_m2"_s] = declaredMean;
        values[u"max_fall_ratio"_s] = m_maxMean / declaredMean;
    }
    return measurement;
}

} // namespace vidimus::checks::engine

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
    const int rows = std::min(all, kRows);
    const int gap = all / rows;
    const int shift = static_cast<int>(m_frames++ % gap);
    const RgbFactors factors = rgbFactors(picture.view.color, luma.height, luma.bits);
    const double black = static_cast<double>(luma.blackCode()) * kCellOne;
    const double perCode = static_cast<double>(kSteps) / ((luma.whiteCode() - luma.blackCode()) * double(kCellOne));
    double sum = 0;
    qint64 cells = 0;
    CellRow row;
    for (int i = 0; i < rows; ++i) {
        takeCellRow(picture, i * gap + shift, row);
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
    archive(m_maxLight, m_maxMean, m_frames);
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
    values[u"missing_metadata"_s]
        = (declaredLight <= 0 ? 1 : 0) + (declaredMean <= 0 ? 1 : 0) + (m_declared.maxLuminance ? 0 : 1);
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

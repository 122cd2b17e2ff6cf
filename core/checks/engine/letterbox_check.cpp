#include "core/checks/engine/letterbox_check.h"

#include "core/checks/engine/bars.h"
#include "core/checks/engine/check_state_p.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> LetterboxCheck::create()
{
    return std::make_unique<LetterboxCheck>();
}

void LetterboxCheck::addFrame(const Picture& picture)
{
    const Luma& luma = picture.luma;
    const Bars bars = measureBars(luma);
    m_top.codes.push_back(bars.top);
    m_right.codes.push_back(bars.right);
    m_bottom.codes.push_back(bars.bottom);
    m_left.codes.push_back(bars.left);
}

void LetterboxCheck::addHole()
{
    for (Series* edge : {&m_top, &m_right, &m_bottom, &m_left})
        edge->codes.push_back(kUnknownBar);
}

void LetterboxCheck::state(StateArchive& archive)
{
    archive(m_top, m_right, m_bottom, m_left);
}

CheckMeasurement LetterboxCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    measurement.series[u"top"_s] = std::move(m_top);
    measurement.series[u"right"_s] = std::move(m_right);
    measurement.series[u"bottom"_s] = std::move(m_bottom);
    measurement.series[u"left"_s] = std::move(m_left);
    return measurement;
}

} // namespace vidimus::checks::engine

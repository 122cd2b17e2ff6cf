#include "core/checks/engine/decode_errors_check.h"
#include "core/checks/engine/check_state_p.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> DecodeErrorsCheck::create()
{
    return std::make_unique<DecodeErrorsCheck>();
}

void DecodeErrorsCheck::startProgramme(const media::engine::PassStart& start)
{
    m_truncated = start.container != nullptr && start.container->truncated;
}

void DecodeErrorsCheck::state(StateArchive& archive)
{
    archive(m_missingFrames);
}

CheckMeasurement DecodeErrorsCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    measurement.scalars[u"damaged_frames"_s] = static_cast<double>(m_missingFrames);
    measurement.scalars[u"truncated"_s] = m_truncated ? 1 : 0;
    if (m_truncated) {
        measurement.scalars[u"tail_start_s"_s] = programme.duration();
        measurement.scalars[u"tail_end_s"_s] = std::max(programme.duration(), programme.facts.declaredDuration);
    }
    return measurement;
}

} // namespace vidimus::checks::engine

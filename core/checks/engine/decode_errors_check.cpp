#include "core/checks/engine/decode_errors_check.h"

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

std::unique_ptr<Check> DecodeErrorsCheck::create()
{
    return std::make_unique<DecodeErrorsCheck>();
}

CheckMeasurement DecodeErrorsCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    measurement.scalars[u"damaged_frames"_s] = static_cast<double>(m_missingFrames);
    return measurement;
}

} // namespace vidimus::checks::engine

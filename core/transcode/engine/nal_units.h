#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

namespace vidimus::transcode::engine {

/// The NAL units of a byte stream with start codes (ITU-T H.264, annex B), without their start codes and trailing zero
/// bytes. The views point into \a stream.
[[nodiscard]] QList<QByteArrayView> splitByteStream(QByteArrayView stream);

/// The parameter sets of an encoder's global header.
struct AvcParameterSets {
    QByteArray sequence;
    QByteArray picture;
};
/// Errors: Internal when either is missing.
[[nodiscard]] Result<AvcParameterSets> parameterSetsOf(QByteArrayView globalHeader);

/// AVCDecoderConfigurationRecord with four-byte lengths (ISO/IEC 14496-15, 5.3.3.1.2) for 4:2:0 pictures of 8 bit.
[[nodiscard]] QByteArray avcConfiguration(const AvcParameterSets& sets);

/// One access unit with lengths instead of start codes, without delimiters, parameter sets (they are in the init
/// segment) and the encoder's note about itself (an unregistered user data SEI that holds no picture).
[[nodiscard]] QByteArray toLengthPrefixed(QByteArrayView accessUnit);

} // namespace vidimus::transcode::engine

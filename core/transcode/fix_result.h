#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <vector>

namespace vidimus::transcode {

/// What became of one stream of the source.
struct FixedStream {
    int index = 0; ///< in the source
    QString treatment; ///< "copied", "encoded", "dropped"
    QString codec; ///< in the new file; of a dropped one: in the source
    QString detail; ///< why it was dropped, or which encoder; may be empty

    friend bool operator==(const FixedStream&, const FixedStream&) = default;
};

/// A corrected file as the worker tells of it.
struct FixedFile {
    QString container; ///< libavformat's name: "mp4", "matroska"
    qint64 bytes = 0;
    qint64 frames = 0; ///< pictures encoded anew
    double gainDb = 0; ///< that the sound got in the end
    std::vector<FixedStream> streams;

    friend bool operator==(const FixedFile&, const FixedFile&) = default;
};

[[nodiscard]] QJsonObject toJson(const FixedFile& file);
/// Strict: it comes from the worker. Errors: Invalid.
[[nodiscard]] Result<FixedFile> fixedFileFromJson(const QJsonObject& object);

} // namespace vidimus::transcode

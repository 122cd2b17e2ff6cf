#pragma once

#include "core/checks/finding.h"

namespace vidimus::checks {

/// What a pass of checks says about one file under one profile. The same file and profile give the same report,
/// byte for byte, whatever the thread count; the time it took is therefore no part of it.
struct Report {
    QString profile; ///< id
    qint64 frames = 0; ///< pictures shown
    double duration = 0; ///< seconds: the longer of picture and sound
    std::vector<CheckResult> checks; ///< enabled checks in descriptor order

    friend bool operator==(const Report&, const Report&) = default;
};

/// Fail before not evaluated before warn before pass. A check that does not apply ("no_audio", "no_video", "not_hdr",
/// "no_stereo_pair", "still_picture") does not count, unless no check could be evaluated at all. What a model says
/// (CheckDescriptor::needsModel) never makes a verdict worse or better.
[[nodiscard]] CheckOutcome verdict(const Report& report);

/// The JSON of `vidimus check` ("vidimus.check/1"). \a seconds, the time the pass took, is added when given.
[[nodiscard]] QJsonObject toJson(const Report& report, std::optional<double> seconds = {});
/// Strict: from the worker. Errors: Invalid with the place.
[[nodiscard]] Result<Report> reportFromJson(const QJsonObject& object);

} // namespace vidimus::checks

#pragma once

#include "core/checks/measurements.h"
#include "core/checks/profile.h"

#include <QStringList>

namespace vidimus::checks {

/// Which part of a file a look was at.
enum class LookKind {
    Head, ///< the first seconds, whole
    Tail, ///< the last ones
    Sample, ///< one picture
    Range, ///< what somebody asked for, whole
};
/// "head", "tail", "sample", "range".
[[nodiscard]] QString lookKindName(LookKind kind);

/// A part of a file that was looked at by itself.
struct Look {
    LookKind kind = LookKind::Sample;
    double start = 0; ///< seconds of the programme, half-open; equal for a sample
    double end = 0;
    QString problem; ///< stable token, when it could not be looked at: "cannot_seek", "nothing_there"; else empty
    Measurements measurements; ///< its frames are counted from its own first one

    friend bool operator==(const Look&, const Look&) = default;
};

/// What a few looks at a file say before it is read as a whole. Never a pass: what was not looked at is not known.
struct FirstVerdict {
    struct LookedAt {
        LookKind kind = LookKind::Sample;
        double start = 0; ///< seconds
        double end = 0;
        qint64 frames = 0;
        QString problem; ///< as in Look
        friend bool operator==(const LookedAt&, const LookedAt&) = default;
    };

    QString profile; ///< id
    double duration = 0; ///< seconds, as the headers claim
    std::vector<LookedAt> lookedAt;
    std::vector<Finding> findings; ///< in what was looked at whole; without frame numbers, which need the whole index
    std::vector<Finding> suspects; ///< in single pictures: may be a moment, may be minutes; warnings

    friend bool operator==(const FirstVerdict&, const FirstVerdict&) = default;
};

/// Fail or Warn for what was found, Warn also for a part that could not be looked at; else NotEvaluated.
[[nodiscard]] CheckOutcome verdict(const FirstVerdict& verdict);

/// The checks of \a profile that can say something of a part of a file (not loudness over all, nor duration).
[[nodiscard]] Profile partProfile(const Profile& profile);
/// Those that can say something of one picture, however short it is shown.
[[nodiscard]] Profile sampleProfile(const Profile& profile);

/// Judges looks: pure, any thread.
[[nodiscard]] FirstVerdict firstVerdict(const std::vector<Look>& looks, double duration, const Profile& profile);

/// Where to look first: head, tail, then single pictures spread evenly between. All of a short file is its head.
struct PlannedLook {
    LookKind kind = LookKind::Sample;
    double start = 0;
    double end = 0;
    friend bool operator==(const PlannedLook&, const PlannedLook&) = default;
};
[[nodiscard]] std::vector<PlannedLook> planLooks(double duration, bool hasPicture);

/// Where to look next, whole: around the suspects, where most of them are together first.
[[nodiscard]] std::vector<PlannedLook> planRisks(const FirstVerdict& first);
/// What both say; a suspect inside a part that \a more looked at whole is settled by that.
[[nodiscard]] FirstVerdict joined(FirstVerdict first, const FirstVerdict& more);

/// "vidimus.check_first/1", with "provisional": true.
[[nodiscard]] QJsonObject toJson(const FirstVerdict& verdict, std::optional<double> seconds = {});

/// The answer of a worker: {"duration", "looks": […]}.
[[nodiscard]] QJsonObject looksToJson(const std::vector<Look>& looks, double duration);
struct Looks {
    double duration = 0; ///< seconds
    std::vector<Look> looks;
};
/// Strict and bounded: from a worker, which reads untrusted files. Errors: Invalid, Corrupt, LimitExceeded.
[[nodiscard]] Result<Looks> looksFromJson(const QJsonObject& object);

} // namespace vidimus::checks

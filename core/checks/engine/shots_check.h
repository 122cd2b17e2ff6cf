#pragma once

#include "core/checks/engine/check.h"
#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/small_picture.h"

#include <deque>
#include <memory>

namespace vidimus::checks::engine {

/// Finds where one shot becomes another: marks of kind "cut" (the first frame of the new shot), "dissolve", "fade_out"
/// and "fade_in" (the frames of the transition) and "camera_flash", which is no cut.
///
/// All is measured on a picture of about 64 columns. A cut is a difference to the frame before that is large, stands
/// out from the frames around it, and changes what is where rather than how bright it is. It is no cut when the
/// picture is back within kLongestFlash: a camera's flash, a frame of damage. In a transition the frames between are
/// mixtures of its ends, in equal steps; a picture that only moves is no such mixture.
class ShotsCheck : public Check {
public:
    ShotsCheck();
    [[nodiscard]] static std::unique_ptr<Check> create();
    void addFrame(const Picture& picture) override;
    void addHole() override;
    void state(StateArchive& archive) override;
    [[nodiscard]] CheckMeasurement finish(const Measurements& programme) override;

private:
    struct Shown {
        qint64 frame = 0;
        double seconds = 0;
        SmallPicture picture; ///< empty for a hole
        double difference = 0; ///< to the frame before; -1 when unknown
        double leap = 0; ///< difference times unlikeness
        void state(StateArchive& archive) { archive(frame, seconds, picture, difference, leap); }
    };
    [[nodiscard]] bool standsOut(std::size_t at) const;
    void judgeCut(std::size_t at);
    void judgeTransition(std::size_t last);
    /// The frames of a transition: what is left of those after \a begin up to \a end when its ends are taken off.
    [[nodiscard]] std::pair<qint64, qint64> framesOfTransition(std::size_t begin, std::size_t end) const;
    [[nodiscard]] bool returnsAround(std::size_t at) const;
    void add(SmallPicture picture, double seconds);
    void addMark(const char* kind, qint64 first, qint64 last, double change);

    std::deque<Shown> m_shown;
    qint64 m_next = 0;
    std::vector<Mark> m_marks;
    std::vector<Mark> m_transitions;
};

} // namespace vidimus::checks::engine

#pragma once

#include "core/checks/check_rule.h"

#include <QString>
#include <optional>
#include <span>

namespace vidimus::checks {

/// What a check looks at. Without that stream it is not evaluated, never passed.
enum class CheckKind { Picture, Sound, Container };

/// "picture", "sound", "container".
[[nodiscard]] QString checkKindName(CheckKind kind);

/// One threshold a profile may set. Bounds are inclusive.
struct CheckParameter {
    const char* id;
    const char* title; ///< QT_TRANSLATE_NOOP, context "checks"
    const char* unit; ///< "s", "dBFS", "LUFS", "LU", "dBTP", "fraction", "px", "frames", "switch"
    double fallback; ///< used when no profile says otherwise
    double minimum;
    double maximum;
    /// When not empty only these values are allowed: the measurement is stored once for each.
    std::span<const double> choices = {};
    /// When not empty: a word for each choice, which a profile may use instead of the number.
    std::span<const char* const> choiceNames = {};

    /// The choice that a word stands for.
    [[nodiscard]] std::optional<double> choiceNamed(QStringView name) const;
};

/// All that the rest of the program knows about a check. Profile editor, findings list, CLI and reports read this.
struct CheckDescriptor {
    const char* id; ///< a contract; never renamed
    const char* title; ///< QT_TRANSLATE_NOOP, context "checks"
    const char* meaning; ///< QT_TRANSLATE_NOOP, context "checks": what a finding means to a viewer
    CheckKind kind;
    std::span<const CheckParameter> parameters;
    std::span<const Rule> rules;
    const char* standard; ///< where the defaults come from
    const char* clause;
    bool needsModel = false; ///< a tier of its own: off until a profile or a person asks for it
    bool isExtra = false; ///< the same without a model: it costs more than the checks of every pass

    [[nodiscard]] bool isTierOfItsOwn() const { return needsModel || isExtra; }
    [[nodiscard]] const CheckParameter* parameter(QStringView parameterId) const;
};

/// Every check, in the order of reports. Lives as long as the program; any thread.
[[nodiscard]] std::span<const CheckDescriptor> checkDescriptors();
/// Null for an unknown id.
[[nodiscard]] const CheckDescriptor* findDescriptor(QStringView id);

} // namespace vidimus::checks

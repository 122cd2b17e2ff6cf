// Checks that need a model: tiers of their own, off until a profile asks for them. They put things in order and choose
// pictures; they decide nothing.
#include "core/checks/check_tables_p.h"

#include <QtGlobal>

namespace vidimus::checks {

namespace {

constexpr Rule kFacesRules[] {TrackRule {.kind = "face", .count = "faces"}};
constexpr Rule kClassifierRules[] {MarkRule {.kind = "classified", .detail = "classified"}};

constexpr CheckDescriptor kDescriptors[] {
    {.id = "faces",
        .title = QT_TRANSLATE_NOOP("checks", "Faces"),
        .meaning = QT_TRANSLATE_NOOP("checks",
            "Where a face was seen, in one picture a second. Small, turned and covered faces are missed; shown as a "
            "track, not judged."),
        .kind = CheckKind::Picture,
        .parameters = {},
        .rules = kFacesRules,
        .standard = "BlazeFace",
        .clause = "the installed model's manifest",
        .needsModel = true},
    {.id = "classifier",
        .title = QT_TRANSLATE_NOOP("checks", "Classifier"),
        .meaning = QT_TRANSLATE_NOOP("checks",
            "A model gave a picture a high score. It is often wrong: a reason to look sooner, never a verdict."),
        .kind = CheckKind::Picture,
        .parameters = {},
        .rules = kClassifierRules,
        .standard = "ONNX",
        .clause = "the installed model's manifest",
        .needsModel = true},
};

} // namespace

std::span<const CheckDescriptor> modelDescriptors()
{
    return kDescriptors;
}

} // namespace vidimus::checks

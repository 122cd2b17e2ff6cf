#include "core/checks/engine/freeze_check.h"

#include "core/checks/engine/luma_ops_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = 1e-5;
/// Beyond this multiple of its level a difference only says "moves" and is stored as one code. Above the break factor.
constexpr double kMoves = 4;

qint32 codeOf(double difference, double level)
{
    // Rounded up: a code at the limit is a difference at or below it.
    return static_cast<qint32>(std::ceil(std::min(difference, level * kMoves) / kScale - 1e-9));
}

} // namespace

struct FreezeCheck::Reference {
    cv::Mat picture;
};

FreezeCheck::FreezeCheck() = default;
FreezeCheck::~FreezeCheck() = default;

std::unique_ptr<Check> FreezeCheck::create()
{
    return std::make_unique<FreezeCheck>();
}

std::shared_ptr<FreezeCheck::Reference> FreezeCheck::keep(const Luma& luma)
{
    auto reference = std::move(m_spare);
    if (!reference)
        reference = std::make_shared<Reference>();
    toMat(luma).copyTo(reference->picture);
    return reference;
}

void FreezeCheck::addFrame(const Luma& luma)
{
    const cv::Mat picture = toMat(luma);
    std::shared_ptr<Reference> current;
    std::array<double, std::size(kFreezeLevels)> differences {};
    for (std::size_t level = 0; level < m_references.size(); ++level) {
        const auto& reference = m_references[level];
        if (!reference || reference->picture.size() != picture.size() || reference->picture.type() != picture.type())
            differences[level] = 1; // the first frame, or the first of another size, repeats nothing
        else if (level > 0 && reference == m_references[level - 1])
            differences[level] = differences[level - 1];
        else
            differences[level] = meanDifference(reference->picture, picture, luma.bits);
    }
    for (std::size_t level = 0; level < m_references.size(); ++level) {
        m_differences[level].codes.push_back(codeOf(differences[level], kFreezeLevels[level]));
        if (differences[level] <= kFreezeLevels[level])
            continue;
        // Freed first: when it was the last user its memory takes the new picture.
        if (m_references[level].use_count() == 1)
            m_spare = std::move(m_references[level]);
        m_references[level].reset();
    }
    for (auto& reference : m_references) {
        if (!reference) {
            if (!current)
                current = keep(luma);
            reference = current;
        }
    }
}

void FreezeCheck::addHole()
{
    // Neither a repetition nor a new reference.
    for (std::size_t level = 0; level < m_differences.size(); ++level)
        m_differences[level].codes.push_back(codeOf(1, kFreezeLevels[level]));
}

CheckMeasurement FreezeCheck::finish(const Measurements&)
{
    CheckMeasurement measurement;
    for (std::size_t level = 0; level < m_differences.size(); ++level) {
        m_differences[level].scale = kScale;
        measurement.series[seriesName("difference", kFreezeLevels[level])] = std::move(m_differences[level]);
    }
    return measurement;
}

} // namespace vidimus::checks::engine

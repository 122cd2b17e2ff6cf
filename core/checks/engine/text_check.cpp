#include "core/checks/engine/text_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/text_lines.h"

#include <algorithm>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int kColumns = 960; ///< of the grid: letters of 7 places are 14 pixels of 1080p, smaller than any caption
constexpr int kLeastSamples = 3; ///< a second
constexpr int kMostMissed = 1; ///< a picture behind it may hide a line for one sample
constexpr double kSamePlace = 0.6; ///< shared area against all that either covers
constexpr std::size_t kMostLines = 64; ///< of one picture

double overlap(const Region& a, const Region& b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0;
    const double shared = width * height;
    return shared / (double(a.width) * a.height + double(b.width) * b.height - shared);
}

} // namespace

std::unique_ptr<Check> TextCheck::create()
{
    return std::make_unique<TextCheck>();
}

void TextCheck::addFrame(const Picture& picture)
{
    const qint64 frame = m_next++;
    if (!picture.sample)
        return;
    const int side = makeTextGrid(picture.luma, kColumns, m_grid);
    std::vector<TextLine> lines = findTextLines(m_grid);
    if (lines.size() > kMostLines)
        lines.clear(); // a texture, not a page
    for (Shown& shown : m_shown)
        ++shown.missed;
    for (const TextLine& line : lines) {
        const Region region {line.left * side, line.top * side, (line.right - line.left + 1) * side,
            (line.bottom - line.top + 1) * side};
        const auto same = std::ranges::find_if(m_shown,
            [&](const Shown& shown) { return shown.missed > 0 && overlap(shown.region, region) >= kSamePlace; });
        if (same == m_shown.end()) {
            m_shown.push_back({region, frame, frame, 1, 0});
            continue;
        }
        same->lastFrame = frame;
        ++same->samples;
        same->missed = 0;
    }
    for (const Shown& shown : m_shown) {
        if (shown.missed > kMostMissed)
            close(shown);
    }
    std::erase_if(m_shown, [](const Shown& shown) { return shown.missed > kMostMissed; });
}

void TextCheck::close(const Shown& shown)
{
    if (shown.samples >= kLeastSamples && m_marks.size() < CheckMeasurement::kMaxMarks)
        m_marks.push_back({u"text"_s, shown.firstFrame, shown.lastFrame, {}, shown.region});
}

void TextCheck::state(StateArchive& archive)
{
    archive(m_shown, m_marks, m_next);
}

CheckMeasurement TextCheck::finish(const Measurements&)
{
    for (const Shown& shown : m_shown)
        close(shown);
    CheckMeasurement measurement;
    measurement.marks = std::move(m_marks);
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    return measurement;
}

} // namespace vidimus::checks::engine

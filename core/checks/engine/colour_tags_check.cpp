#include "core/checks/engine/colour_tags_check.h"

#include "core/checks/engine/check_state_p.h"
#include "core/checks/engine/strip_ops_p.h"
#include "core/checks/engine/strips.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;
using media::ColorTags;

namespace {

constexpr int kHighDefinition = 720; ///< lines
constexpr int kBt601a = 5; // H.273, table 4
constexpr int kBt601b = 6;
constexpr int kBt2020 = 9;
constexpr int kBt2020c = 10;
/// Share of a sample's pixels beyond the limited range from which it looks full: R 103 allows 1 % within ±5 %.
constexpr double kMuchBeyond = 0.05;
/// One pixel in so many lies at the ends of the limited range when that is what the picture fills.
constexpr qint64 kEndsPart = 200;
constexpr int kLeastSamples = 10;
/// Shapes of pictures that people make: 4:3, 3:2, 16:9, 1.85, 2:1, 2.2 to 2.4, squares, and the same upright.
constexpr std::array kAspects {1.0, 5.0 / 4, 4.0 / 3, 3.0 / 2, 1.6, 5.0 / 3, 16.0 / 9, 1.85, 2.0, 2.2, 2.35, 2.39};
constexpr double kAspectTolerance = 0.025;

bool isUnusual(double aspect)
{
    const double wide = std::max(aspect, 1 / aspect);
    return std::ranges::none_of(
        kAspects, [wide](double usual) { return std::abs(wide - usual) <= kAspectTolerance * usual; });
}

bool isMixed(const ColorTags& tags, int bits)
{
    const bool wideMatrix = tags.matrix == kBt2020 || tags.matrix == kBt2020c;
    const bool wide = tags.primaries == kBt2020;
    const bool hdr = media::hdrKindOf(tags) != media::HdrKind::Sdr;
    const bool known = tags.primaries != ColorTags::kUnspecified && tags.matrix != ColorTags::kUnspecified;
    return (known && wide != wideMatrix) || (hdr && (tags.primaries == 1 || bits < 10));
}

} // namespace

std::unique_ptr<Check> ColourTagsCheck::create()
{
    return std::make_unique<ColourTagsCheck>();
}

void ColourTagsCheck::startProgramme(const media::engine::PassStart& start)
{
    if (const media::VideoStream* video = start.facts.programmeVideo())
        m_stream = *video;
}

void ColourTagsCheck::addFrame(const Picture& picture)
{
    const qint64 frame = m_next++;
    const ColorTags& said = picture.view.color;
    const bool same = said.primaries == m_stream.color.primaries && said.transfer == m_stream.color.transfer
        && said.matrix == m_stream.color.matrix;
    if (!same && m_firstChange < 0)
        m_firstChange = frame;
    m_fullRange = picture.luma.fullRange;
    if (!picture.sample)
        return;
    const Strips& strips = picture.strips();
    qint64 outside = 0;
    qint64 ends = 0;
    for (int strip = 0; strip < strips.count(); ++strip) {
        for (int y = 0; y < strips.rows(strip); ++y) {
            outside += countOutside(strips.row(strip, y), strips.width(), 15, 237);
            ends += countOutside(strips.row(strip, y), strips.width(), 20, 230);
        }
    }
    const qint64 pixels = strips.pixels();
    m_beyond += pixels > 0 && static_cast<double>(outside) > kMuchBeyond * static_cast<double>(pixels) ? 1 : 0;
    m_outside += outside;
    m_pixels += pixels;
    m_atEnds += ends - outside;
    ++m_samples;
}

void ColourTagsCheck::state(StateArchive& archive)
{
    archive(m_next, m_firstChange, m_samples, m_beyond, m_pixels, m_outside, m_atEnds, m_fullRange);
}

CheckMeasurement ColourTagsCheck::finish(const Measurements& programme)
{
    CheckMeasurement measurement;
    const qint64 last = std::max<qint64>(0, programme.clock.count() - 1);
    const auto add = [&](const char* kind, Values values, qint64 first = 0) {
        measurement.marks.push_back({QString::fromLatin1(kind), first, last, std::move(values), {}});
    };
    const ColorTags& tags = m_stream.color;
    const Values said {{u"primaries"_s, tags.primaries}, {u"transfer"_s, tags.transfer}, {u"matrix"_s, tags.matrix}};
    measurement.scalars = said;
    if (programme.clock.count() == 0)
        return measurement;
    if (tags.primaries == ColorTags::kUnspecified || tags.transfer == ColorTags::kUnspecified
        || tags.matrix == ColorTags::kUnspecified)
        add("untagged", said);
    const int lines = std::min(m_stream.width, m_stream.height);
    if (lines >= kHighDefinition && (tags.matrix == kBt601a || tags.matrix == kBt601b))
        add("wrong_matrix", said);
    if (isMixed(tags, m_stream.bitDepth))
        add("mixed_tags", said);
    if (m_samples >= kLeastSamples) {
        const double beyond = static_cast<double>(m_beyond) / m_samples;
        if (!m_fullRange && beyond >= 0.5)
            add("range_looks_full", {{u"samples_share"_s, beyond}});
        if (m_fullRange && m_outside == 0 && m_atEnds * kEndsPart >= m_pixels)
            add("range_looks_limited", {{u"pixels_at_ends"_s, static_cast<double>(m_atEnds)}});
    }
    const Values size {{u"w"_s, m_stream.displayWidth}, {u"h"_s, m_stream.displayHeight}};
    if (m_stream.width % 2 != 0 || m_stream.height % 2 != 0)
        add("odd_size", {{u"w"_s, m_stream.width}, {u"h"_s, m_stream.height}});
    if (m_stream.displayWidth > 0 && m_stream.displayHeight > 0
        && isUnusual(static_cast<double>(m_stream.displayWidth) / m_stream.displayHeight))
        add("unusual_aspect", size);
    if (m_firstChange >= 0)
        add("tags_change", said, std::min(m_firstChange, last));
    std::ranges::stable_sort(measurement.marks, {}, &Mark::firstFrame);
    return measurement;
}

} // namespace vidimus::checks::engine

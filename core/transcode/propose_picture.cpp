// Flashing, levels, black ends and bars.
#include "core/transcode/propose_fix_p.h"

#include <algorithm>
#include <cmath>

namespace vidimus::transcode {

using namespace Qt::StringLiterals;

namespace {

FixStep rangeStep(const FixContext& context, const QString& check, const QString& action,
    const std::vector<FrameSpan>& spans, checks::Values values)
{
    qint64 frames = 0;
    for (const FrameSpan& span : spans)
        frames += span.last - span.first + 1;
    values[u"frames"_s] = static_cast<double>(frames);
    const checks::FrameClock& clock = context.measurements.clock;
    return {check, action, std::move(values), clock.start(spans.front().first), clock.start(spans.back().last + 1)};
}

/// The time from which on, or up to which, the sound is not silent; nothing when it is silent throughout or absent.
struct Heard {
    double first = 0;
    double last = 0;
};
/// False when nothing is known of the sound.
bool findHeard(const FixContext& context, std::optional<Heard>& heard)
{
    heard.reset();
    if (!context.measurements.facts.hasSound)
        return true;
    const auto found = context.measurements.checks.find(u"silence"_s);
    if (found == context.measurements.checks.end())
        return false;
    const auto series = found->second.series.find(u"level_mix"_s);
    if (series == found->second.series.end() || series->second.step <= 0)
        return false;
    const double silence = context.threshold(u"silence"_s, u"max_level"_s);
    const double start = context.measurements.facts.soundStart;
    for (std::size_t i = 0; i < series->second.codes.size(); ++i) {
        if (series->second.value(i) <= silence)
            continue;
        const double at = start + static_cast<double>(i) * series->second.step;
        if (!heard)
            heard = Heard {at, at};
        heard->last = at + series->second.step;
    }
    return true;
}

} // namespace

void proposeFlash(const FixContext& context, const FixDraft& draft)
{
    const auto flashes = context.findings(u"flash"_s);
    const qint64 frames = context.measurements.clock.count();
    const auto spans = spansOf(flashes, 1, frames);
    if (spans.empty()) {
        draft.refuse(u"flash"_s, u"no_place"_s, u"The finding names no frames."_s);
        return;
    }
    draft.plan().flash = FlashFix {.spans = spans, .standard = context.threshold(u"flash"_s, u"standard"_s)};
    draft.add(rangeStep(context, u"flash"_s, u"dim"_s, spans, {}));
}

void proposeRedFlash(const FixContext& context, const FixDraft& draft)
{
    const auto spans = spansOf(context.findings(u"red_flash"_s), 1, context.measurements.clock.count());
    if (spans.empty()) {
        draft.refuse(u"red_flash"_s, u"no_place"_s, u"The finding names no frames."_s);
        return;
    }
    draft.plan().red = RedFix {spans};
    draft.add(rangeStep(context, u"red_flash"_s, u"calm_red"_s, spans, {}));
}

void proposeLevels(const FixContext& context, const FixDraft& draft)
{
    for (const char* lost : {"crushed_blacks", "clipped_whites"}) {
        if (!context.findings(u"levels"_s, QString::fromLatin1(lost)).empty())
            draft.refuse(u"levels"_s, QString::fromLatin1(lost),
                u"Detail that was cut off at the end of the range cannot be brought back."_s);
    }
    const auto spans
        = spansOf(context.findings(u"levels"_s, u"outside_range"_s), 1, context.measurements.clock.count());
    if (spans.empty())
        return;
    draft.plan().levels = LevelsFix {spans};
    draft.add(rangeStep(context, u"levels"_s, u"legalise"_s, spans, {}));
}

void proposeTrim(const FixContext& context, const FixDraft& draft)
{
    const checks::FrameClock& clock = context.measurements.clock;
    const qint64 frames = clock.count();
    std::optional<Heard> heard;
    const bool known = findHeard(context, heard);
    const double shortest = context.threshold(u"black"_s, u"min_duration"_s);
    TrimFix trim {.frames = {0, frames - 1}, .start = 0, .end = 0};
    bool changed = false;
    for (const checks::Finding& finding : context.findings(u"black"_s)) {
        const bool head = finding.firstFrame == 0;
        const bool tail = finding.lastFrame == frames - 1;
        if (head == tail) {
            draft.refuse(u"black"_s, head ? u"all_black"_s : u"inside_programme"_s,
                head ? u"All of it is black."_s
                     : u"Black inside the programme is part of it; only head and tail can be cut."_s);
            continue;
        }
        if (!known) {
            draft.refuse(u"black"_s, u"sound_unknown"_s, u"Whether there is sound under the black was not measured."_s);
            continue;
        }
        FrameSpan cut {finding.firstFrame, finding.lastFrame};
        // What is heard stays, with the black over it.
        if (head && heard && clock.start(cut.last + 1) > heard->first)
            cut.last = clock.frameAt(heard->first) - 1;
        if (tail && heard && clock.start(cut.first) < heard->last)
            cut.first = clock.frameAt(heard->last) + 1;
        const double left = head ? clock.start(finding.lastFrame + 1) - clock.start(cut.last + 1)
                                 : clock.start(cut.first) - clock.start(finding.firstFrame);
        if (cut.last < cut.first || left >= std::max(shortest, 1e-3)) {
            draft.refuse(u"black"_s, u"sound_under_black"_s,
                u"The programme is heard while the picture is black; cutting it would lose sound."_s);
            continue;
        }
        (head ? trim.frames.first : trim.frames.last) = head ? cut.last + 1 : cut.first - 1;
        changed = true;
        draft.add(rangeStep(context, u"black"_s, u"trim"_s, {cut}, {}));
    }
    if (!changed)
        return;
    trim.start = clock.start(trim.frames.first);
    trim.end = clock.start(trim.frames.last + 1);
    draft.plan().trim = trim;
}

void proposeCrop(const FixContext& context, const FixDraft& draft)
{
    const auto bars = context.findings(u"letterbox"_s);
    const auto& facts = context.measurements.facts;
    const bool changes = std::ranges::any_of(
        bars, [](const checks::Finding& finding) { return finding.detail == "active_area_change"_L1; });
    const bool whole = bars.size() == 1
        && bars.front().lastFrame - bars.front().firstFrame + 1 >= context.measurements.clock.count() * 99 / 100;
    if (changes || !whole) {
        draft.refuse(u"letterbox"_s, u"bars_change"_s,
            u"The bars are not the same from start to end; one crop would cut into the picture."_s);
        return;
    }
    const auto& region = bars.front().region;
    if (!region || region->width < 16 || region->height < 16) {
        draft.refuse(u"letterbox"_s, u"no_place"_s, u"The finding names no picture inside the bars."_s);
        return;
    }
    // Inwards to what chroma and fields can express.
    const media::VideoStream& video = *context.facts.programmeVideo();
    const bool interlaced
        = video.fieldOrder == media::FieldOrder::TopFirst || video.fieldOrder == media::FieldOrder::BottomFirst;
    const int rows = interlaced ? 4 : 2;
    const auto up = [](int value, int step) { return (value + step - 1) / step * step; };
    checks::Region crop {up(region->x, 2), up(region->y, rows), 0, 0};
    crop.width = (region->x + region->width - crop.x) / 2 * 2;
    crop.height = (region->y + region->height - crop.y) / rows * rows;
    draft.plan().crop = crop;
    const double end = context.measurements.clock.start(context.measurements.clock.count());
    draft.add({u"letterbox"_s, u"crop"_s,
        {{u"x"_s, crop.x}, {u"y"_s, crop.y}, {u"w"_s, crop.width}, {u"h"_s, crop.height}, {u"was_w"_s, facts.width},
            {u"was_h"_s, facts.height}},
        0, end});
}

} // namespace vidimus::transcode

#include "ui/moderation/timeline_facts.h"

#include "core/checks/check_descriptor.h"
#include "ui/moderation/player.h"

#include <QLocale>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

FrameSpan spanOf(const FindingRow& row, const Player& player)
{
    const qint64 last = std::max<qint64>(0, player.frameCount() - 1);
    qint64 first = row.firstFrame >= 0 ? row.firstFrame : player.frameAt(row.start);
    qint64 end = row.lastFrame >= 0 ? row.lastFrame + 1 : player.frameAt(row.end) + 1;
    first = std::clamp<qint64>(first, 0, last);
    end = std::clamp<qint64>(end, first + 1, last + 1);
    return {first, end};
}

std::vector<TimelineLane> findingLanes(const std::vector<FindingRow>& rows, const Player& player)
{
    std::vector<TimelineLane> lanes;
    for (const checks::CheckDescriptor& check : checks::checkDescriptors()) {
        TimelineLane lane {
            .name = checkTitle(QLatin1StringView(check.id)), .colorIndex = laneColor(QLatin1StringView(check.id))};
        for (const FindingRow& row : rows) {
            if (row.checkId != QLatin1StringView(check.id))
                continue;
            QStringList words {row.kind};
            for (const QString& word : {row.detail, row.severity, row.measured}) {
                if (!word.isEmpty())
                    words << word;
            }
            lane.bars.push_back({row.id, spanOf(row, player), row.pattern, words.join(u", ")});
        }
        if (!lane.bars.empty())
            lanes.push_back(std::move(lane));
    }
    return lanes;
}

std::vector<TimelineLane> seenLanes(const checks::Report& report, const Player& player)
{
    std::vector<TimelineLane> lanes;
    for (const checks::CheckResult& result : report.checks) {
        const checks::CheckDescriptor* check = checks::findDescriptor(result.id);
        if (check == nullptr || !check->isTierOfItsOwn() || result.track.empty())
            continue;
        TimelineLane lane {.name = checkTitle(result.id), .colorIndex = laneColor(result.id)};
        for (const checks::TrackItem& item : result.track) {
            const qint64 first = std::clamp<qint64>(item.firstFrame, 0, player.frameCount());
            const qint64 end = std::clamp<qint64>(item.lastFrame + 1, first, player.frameCount());
            if (first == end)
                continue;
            if (!lane.bars.empty() && first <= lane.bars.back().span.end)
                lane.bars.back().span.end = std::max(lane.bars.back().span.end, end);
            else
                lane.bars.push_back({{}, {first, end}, SeverityPattern::Solid, checkTitle(result.id)});
        }
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

std::vector<qint64> shotStarts(const checks::Report& report, const Player& player)
{
    const auto shots = std::ranges::find(report.checks, u"shots"_s, &checks::CheckResult::id);
    if (shots == report.checks.end() || shots->outcome == checks::CheckOutcome::NotEvaluated)
        return {};
    std::vector<qint64> starts {0};
    for (const checks::TrackItem& item : shots->track) {
        // A slow transition belongs to both shots; the new one is there when it ends. A fade in begins with its shot.
        const bool slow = item.kind == u"dissolve"_s;
        if (!slow && item.kind != u"cut"_s && item.kind != u"fade_in"_s)
            continue;
        const qint64 start = slow ? item.lastFrame : item.firstFrame;
        if (start > starts.back() && start < player.frameCount())
            starts.push_back(start);
    }
    return starts;
}

QString loudnessText(const std::optional<checks::Report>& report)
{
    if (!report)
        return {};
    for (const checks::CheckResult& check : report->checks) {
        if (const auto found = check.measured.find(u"integrated_lufs"_s); found != check.measured.end())
            return QLocale().toString(found->second, 'f', 0).replace(u'-', u'−');
    }
    return {};
}

} // namespace vidimus::ui::moderation

#include "ui/publishing/job_panel.h"
#include "ui/publishing/words.h"
#include "ui/widgets/error_text.h"

#include <QDateTime>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using jobs::JobState;
using P = Publishing;

std::vector<JobLine> jobLines(const jobs::Job& job, const QTimeZone& zone)
{
    const auto timeOf = [&zone](Instant at) {
        return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), zone).toString(u"HH:mm:ss"_s);
    };
    std::vector<JobLine> lines {{timeOf(job.createdAt), P::tr("added to the queue"), false}};
    if (job.startedAt != Instant {})
        lines.push_back({timeOf(job.startedAt), P::tr("started, attempt %1").arg(std::max(1, job.attempts)), false});
    const bool over = job.endedAt != Instant {} && job.endedAt >= job.startedAt;
    switch (job.state) {
    case JobState::Done:
        lines.push_back({timeOf(job.endedAt), P::tr("finished"), false});
        break;
    case JobState::Canceled:
        lines.push_back({timeOf(job.endedAt), P::tr("canceled; what was finished is kept"), false});
        break;
    case JobState::Failed:
        lines.push_back({timeOf(job.endedAt), widgets::errorText(job.error).what, true});
        break;
    case JobState::Parked:
        lines.push_back({timeOf(job.endedAt), widgets::errorText(job.error).what, true});
        lines.push_back({timeOf(job.endedAt), P::tr("set aside after %n attempt(s)", nullptr, job.attempts), true});
        break;
    case JobState::Queued:
        if (over)
            lines.push_back({timeOf(job.endedAt), P::tr("stopped; will be tried again"), true});
        break;
    case JobState::Running:
    case JobState::Paused:
        break;
    }
    if ((job.state == JobState::Failed || job.state == JobState::Parked) && !job.error.detail.isEmpty())
        lines.push_back({timeOf(job.endedAt), job.error.detail, true});
    return lines;
}

} // namespace vidimus::ui::publishing

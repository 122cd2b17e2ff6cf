#include "core/checks/engine/first_look.h"

#include "core/checks/engine/check_sink.h"
#include "core/media/engine/pass.h"
#include "core/media/engine/probe.h"
#include "core/media/engine/sink_thread.h"

#include <array>

namespace vidimus::checks::engine {

using namespace Qt::StringLiterals;
namespace me = media::engine;

namespace {

/// Not a fault of the part that is looked at.
bool isOfTheFile(const Error& error)
{
    return error.code == ErrorCode::Canceled || error.reason == "no_decoder" || error.reason == "no_streams";
}

Result<Look> lookAt(me::Input& input, const PlannedLook& planned, const Profile& profile, const CancelToken& cancel)
{
    const bool isSample = planned.kind == LookKind::Sample;
    const auto attempt = [&](me::PassOptions options) -> Result<Look> {
        CheckSink sink(isSample ? sampleProfile(profile) : partProfile(profile));
        me::SinkThread beside(sink);
        const std::array<me::FrameSink*, 1> sinks {&beside};
        options.only = me::TimeRange {planned.start, planned.end};
        options.sound = !isSample;
        const auto summary = me::runPass(input, sinks, options, cancel);
        if (!summary)
            return summary.error();
        Look look {planned.kind, planned.start, planned.end, {}, {}};
        Measurements measured = sink.takeMeasurements();
        const bool heard = measured.facts.soundEnd > measured.facts.soundStart;
        if (summary->frames == 0 && !heard)
            look.problem = u"nothing_there"_s;
        else
            look.measurements = std::move(measured);
        return look;
    };
    auto look = me::withRepeatableDamage(attempt);
    if (look || isOfTheFile(look.error()))
        return look;
    const QString problem = QString::fromLatin1(look.error().reason);
    return Look {planned.kind, planned.start, planned.end, problem.isEmpty() ? u"unreadable"_s : problem, {}};
}

} // namespace

Result<Looks> lookFirst(me::Input& input, const Profile& profile, std::vector<PlannedLook> wanted,
    const CancelToken& cancel, const ProgressSink& progress)
{
    const media::MediaFacts claimed = me::declaredFacts(input);
    Looks looks {claimed.durationSeconds, {}};
    if (wanted.empty())
        wanted = planLooks(claimed.durationSeconds, claimed.programmeVideo() != nullptr);
    for (const PlannedLook& planned : wanted) {
        auto look = lookAt(input, planned, profile, cancel);
        if (!look)
            return std::move(look).error();
        looks.looks.push_back(*std::move(look));
        if (progress)
            progress({.done = double(looks.looks.size()), .total = double(wanted.size())});
    }
    return looks;
}

} // namespace vidimus::checks::engine

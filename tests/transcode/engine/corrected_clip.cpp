#include "corrected_clip.h"

#include "core/base/unique_fd.h"
#include "core/media/engine/probe.h"

extern "C" {
#include <libavformat/avformat.h>
}

#include <QFile>
#include <fcntl.h>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

UniqueFd openFile(const QString& path, int flags)
{
    return UniqueFd(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
}

} // namespace

Result<checks::engine::CheckRun> checkFile(const QString& path, const checks::Profile& profile)
{
    const UniqueFd fd = openFile(path, O_RDONLY);
    auto input = media::engine::Input::open(fd.get());
    if (!input)
        return std::move(input).error();
    return checks::engine::runChecks(**input, profile);
}

bool CorrectedClip::write(const GeneratedClip& clip)
{
    const auto written = clip.write(before);
    failure = written ? QString() : written.error().detail;
    return failure.isEmpty();
}

bool CorrectedClip::propose(const QStringList& ids)
{
    const auto wanted = transcode::profileForFix(profile, ids);
    if (!wanted) {
        failure = wanted.error().detail;
        return false;
    }
    const UniqueFd fd = openFile(before, O_RDONLY);
    const auto facts = media::engine::probe(fd.get());
    const auto run = checkFile(before, *wanted);
    if (!facts || !run) {
        failure = facts ? run.error().detail : facts.error().detail;
        return false;
    }
    report = run->report;
    proposal = transcode::proposeFix(*facts, run->measurements, run->report, *wanted, ids);
    profile = *wanted;
    return true;
}

bool CorrectedClip::correct()
{
    const UniqueFd from = openFile(before, O_RDONLY);
    const UniqueFd to = openFile(after, O_RDWR | O_CREAT | O_TRUNC);
    const auto fixed = transcode::engine::fixFile(from.get(), to.get(), proposal.plan);
    if (!fixed) {
        failure = fixed.error().detail;
        return false;
    }
    file = *fixed;
    const auto run = checkFile(after, profile);
    if (!run) {
        failure = run.error().detail;
        return false;
    }
    reportAfter = run->report;
    return true;
}

const transcode::FixRefusal* CorrectedClip::refusal(const QString& check) const
{
    const auto found = std::ranges::find(proposal.refusals, check, &transcode::FixRefusal::check);
    return found == proposal.refusals.end() ? nullptr : &*found;
}

checks::CheckOutcome CorrectedClip::outcome(const checks::Report& report, const QString& id)
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    return found == report.checks.end() ? checks::CheckOutcome::NotEvaluated : found->outcome;
}

double CorrectedClip::measured(const checks::Report& report, const QString& id, const QString& name)
{
    const auto found = std::ranges::find(report.checks, id, &checks::CheckResult::id);
    return found == report.checks.end() || !found->measured.contains(name) ? -1e9 : found->measured.at(name);
}

std::vector<QByteArray> packetsOf(const QString& path, int stream)
{
    std::vector<QByteArray> packets;
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, QFile::encodeName(path).constData(), nullptr, nullptr) < 0)
        return packets;
    AVPacket* packet = av_packet_alloc();
    while (av_read_frame(context, packet) >= 0) {
        if (packet->stream_index == stream)
            packets.emplace_back(reinterpret_cast<const char*>(packet->data), packet->size);
        av_packet_unref(packet);
    }
    av_packet_free(&packet);
    avformat_close_input(&context);
    return packets;
}

} // namespace vidimus::test

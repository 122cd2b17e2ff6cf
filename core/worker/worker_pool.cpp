#include "core/worker/worker_pool.h"

#include "core/transcode/fix_plan.h"
#include "core/transcode/fix_result.h"
#include "core/transcode/transcode_request.h"
#include "core/transcode/transcode_result.h"
#include "core/worker/exchange.h"
#include "core/worker/output_hand_over.h"
#include "core/worker/parked_files.h"
#include "core/worker/pass_states.h"
#include "core/worker/sandboxed_frame_source.h"
#include "core/worker/worker_exit.h"
#include "core/worker/worker_launcher.h"

#include <QJsonArray>
#include <chrono>
#include <mutex>
#include <sys/stat.h>

namespace vidimus::worker {

using namespace Qt::StringLiterals;

namespace {

void judge(CheckedFile& checked, const checks::Profile& profile, std::chrono::steady_clock::time_point start)
{
    checked.report = checks::judge(checked.measurements, profile);
    checked.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What a worker answers to Check. Untrusted.
Result<CheckedFile> checkedFileFromJson(const QJsonObject& answer, checks::MeasurementParts& parts)
{
    auto measurements = parts.join(answer["measurements"_L1].toObject());
    if (!measurements)
        return std::move(measurements).error();
    auto costs = checks::checkCostsFromJson(answer["costs"_L1].toArray());
    if (!costs)
        return std::move(costs).error();
    CheckedFile checked;
    checked.measurements = *std::move(measurements);
    checked.costs = *std::move(costs);
    checked.resumedAt = answer["resumed_at"_L1].toInteger();
    return checked;
}

Result<CheckedFile> wholeAnswer(const QJsonObject& answer)
{
    checks::MeasurementParts none;
    return checkedFileFromJson(answer, none);
}

/// Called with a message between a request and its answer, and who sent it.
using PartHandler = std::function<Result<void>(WorkerProcess&, const Message&)>;

/// Takes what a worker sends of a pass before it answers.
Result<void> takePart(
    WorkerProcess& worker, const Message& message, checks::MeasurementParts& parts, PassStates& states)
{
    if (message.type == MessageType::OutputRequest) {
        const int scratch = states.takeScratch();
        return scratch < 0 ? Result<void>(protocolError(u"a request for a file that was not offered"_s))
                           : worker.send(Message {MessageType::OutputOpened, {}}, scratch);
    }
    if (message.type != MessageType::Measured)
        return states.take(message);
    const auto object = jsonPayload(message);
    if (!object)
        return object.error();
    const auto added = parts.add(*object);
    return added ? added : protocolError(added.error().detail);
}

} // namespace

struct WorkerPool::Impl {
    explicit Impl(WorkerOptions options)
        : launcher(std::move(options))
    {
    }

    [[nodiscard]] Result<SelfProbeOutcome> tryForbidden(const char* name);
    /// One worker, one request with \a input, and \a parse over the answer, which is untrusted.
    template<class Parse>
    auto attempt(const InputFile& input, JobClass jobClass, const Message& request, const CancelToken& cancel,
        const ProgressSink& progress, Parse parse, const PartHandler& handler)
        -> std::invoke_result_t<Parse, const QJsonObject&>;
    /// attempt(), once more after a crash, unless the file is parked.
    template<class Parse>
    auto ask(int input, JobClass jobClass, const Message& request, const CancelToken& cancel,
        const ProgressSink& progress, Parse parse, const PartHandler& handler = {})
        -> std::invoke_result_t<Parse, const QJsonObject&>
    {
        return askEach(input, jobClass, [&request] { return request; }, cancel, progress, parse, handler);
    }
    /// The same with a request that is made anew for each attempt.
    template<class MakeRequest, class Parse>
    auto askEach(int input, JobClass jobClass, const MakeRequest& makeRequest, const CancelToken& cancel,
        const ProgressSink& progress, Parse parse, const PartHandler& handler)
        -> std::invoke_result_t<Parse, const QJsonObject&>;

    ParkedFiles parked;
    std::mutex statusMutex;
    std::optional<SandboxStatus> status;
    WorkerLauncher launcher;
};

template<class Parse>
auto WorkerPool::Impl::attempt(const InputFile& input, JobClass jobClass, const Message& request,
    const CancelToken& cancel, const ProgressSink& progress, Parse parse, const PartHandler& handler)
    -> std::invoke_result_t<Parse, const QJsonObject&>
{
    auto worker = launcher.launch(limitsFor(jobClass, input.identity().bytes));
    if (!worker)
        return std::move(worker).error();
    MessageHandler handleFrom;
    if (handler)
        handleFrom = [&](const Message& message) { return handler(*worker->process, message); };
    const auto answer = exchange(*worker->process, request, input.fd(), cancel, progress, handleFrom);
    if (!answer)
        return answer.error();
    auto value = parse(*answer);
    if (!value)
        return worker->process->refuse(value.error().detail);
    return value;
}

template<class MakeRequest, class Parse>
auto WorkerPool::Impl::askEach(int input, JobClass jobClass, const MakeRequest& makeRequest, const CancelToken& cancel,
    const ProgressSink& progress, Parse parse, const PartHandler& handler)
    -> std::invoke_result_t<Parse, const QJsonObject&>
{
    const auto file = InputFile::reopen(input);
    if (!file)
        return file.error();
    for (;;) {
        if (const auto allowed = parked.check(file->identity()); !allowed)
            return allowed.error();
        auto value = attempt(*file, jobClass, makeRequest(), cancel, progress, parse, handler);
        if (value || !isWorkersFault(value.error()))
            return value;
        parked.addCrash(file->identity());
        if (value.error().reason != "worker_crashed")
            return value;
    }
}

Result<SelfProbeOutcome> WorkerPool::Impl::tryForbidden(const char* name)
{
    auto worker = launcher.launch(limitsFor(JobClass::SelfProbe, 0));
    if (!worker)
        return std::move(worker).error();
    const Message request = jsonMessage(MessageType::SelfProbe, QJsonObject {{u"name"_s, QString::fromLatin1(name)}});
    const auto answer = exchange(*worker->process, request, -1, {});
    if (answer) {
        auto outcome = selfProbeOutcomeFromJson(*answer);
        if (!outcome)
            return worker->process->refuse(outcome.error().detail);
        return outcome;
    }
    const Error& error = answer.error();
    const bool killed = error.detail.contains("forbidden system call"_L1) || error.reason == "worker_limit_memory";
    return SelfProbeOutcome {name, killed, killed ? u"killed: "_s + error.detail : error.detail};
}

WorkerPool::WorkerPool(WorkerOptions options)
    : m_impl(std::make_unique<Impl>(std::move(options)))
{
}

WorkerPool::~WorkerPool() = default;

void WorkerPool::warmUp()
{
    m_impl->launcher.warmUp();
}

Result<SandboxStatus> WorkerPool::sandboxStatus()
{
    const std::scoped_lock lock(m_impl->statusMutex);
    if (!m_impl->status) {
        auto worker = m_impl->launcher.launch(limitsFor(JobClass::SelfProbe, 0));
        if (!worker)
            return std::move(worker).error();
        m_impl->status = worker->sandbox;
    }
    return *m_impl->status;
}

Result<QList<SelfProbeOutcome>> WorkerPool::selfProbe()
{
    QList<SelfProbeOutcome> outcomes;
    for (const char* name : kForbiddenThings) {
        auto outcome = m_impl->tryForbidden(name);
        if (!outcome)
            return std::move(outcome).error();
        outcome->name = name;
        outcomes.append(*std::move(outcome));
    }
    return outcomes;
}

Result<std::vector<checks::SelfTestRow>> WorkerPool::selfTest(const CancelToken& cancel, const ProgressSink& progress)
{
    auto worker = m_impl->launcher.launch(limitsFor(JobClass::Check, 0));
    if (!worker)
        return std::move(worker).error();
    const auto answer = exchange(*worker->process, jsonMessage(MessageType::SelfTest, {}), -1, cancel, progress);
    if (!answer)
        return answer.error();
    auto rows = checks::selfTestRowsFromJson(*answer);
    if (!rows)
        return worker->process->refuse(rows.error().detail);
    return rows;
}

Result<media::MediaFacts> WorkerPool::probe(int input, const CancelToken& cancel)
{
    return m_impl->ask(input, JobClass::Probe, jsonMessage(MessageType::Probe, {}), cancel, {}, media::factsFromJson);
}

namespace {

/// Takes the fingerprint out of a FingerprintReply; of a repeated request the last one counts.
PartHandler fingerprintReader(std::optional<matching::Fingerprint>& fingerprint)
{
    return [&fingerprint](WorkerProcess&, const Message& message) -> Result<void> {
        if (message.type != MessageType::FingerprintReply)
            return protocolError(u"a message that is no fingerprint"_s);
        auto read = matching::fingerprintFromBytes(message.payload);
        if (!read)
            return protocolError(read.error().detail);
        fingerprint = *std::move(read);
        return {};
    };
}

} // namespace

Result<CheckedFile> WorkerPool::check(int input, const checks::Profile& profile, const CancelToken& cancel,
    const ProgressSink& progress, PassKeeper* keeper)
{
    const auto start = std::chrono::steady_clock::now();
    PassStates states(MessageType::Check, checks::toJson(profile), keeper);
    checks::MeasurementParts parts;
    const auto request = [&] {
        parts = {};
        return states.request();
    };
    auto checked = m_impl->askEach(
        input, JobClass::Check, request, cancel, progress,
        [&parts](const QJsonObject& answer) { return checkedFileFromJson(answer, parts); },
        [&](WorkerProcess& worker, const Message& message) { return takePart(worker, message, parts, states); });
    if (!checked)
        return checked;
    states.finish();
    judge(*checked, profile, start);
    return checked;
}

Result<checks::FirstVerdict> WorkerPool::lookFirst(int input, const checks::Profile& profile,
    const std::optional<checks::PlannedLook>& range, const CancelToken& cancel, const ProgressSink& progress)
{
    QJsonArray wanted;
    if (range)
        wanted.append(QJsonObject {{u"start"_s, range->start}, {u"end"_s, range->end}});
    const Message request = jsonMessage(
        MessageType::LookFirst, QJsonObject {{u"profile"_s, checks::toJson(profile)}, {u"ranges"_s, wanted}});
    const auto looks = m_impl->ask(input, JobClass::Check, request, cancel, progress,
        [](const QJsonObject& answer) { return checks::looksFromJson(answer); });
    if (!looks)
        return looks.error();
    return checks::firstVerdict(looks->looks, looks->duration, profile);
}

Result<matching::Fingerprint> WorkerPool::fingerprint(
    int input, const CancelToken& cancel, const ProgressSink& progress)
{
    std::optional<matching::Fingerprint> fingerprint;
    const auto whole = [&](const QJsonObject&) -> Result<matching::Fingerprint> {
        if (!fingerprint)
            return protocolError(u"it ended without a fingerprint"_s);
        return *std::move(fingerprint);
    };
    return m_impl->ask(input, JobClass::Check, jsonMessage(MessageType::Fingerprint, {}), cancel, progress, whole,
        fingerprintReader(fingerprint));
}

Result<CheckedFile> WorkerPool::checkAndFingerprint(int input, const checks::Profile& profile,
    const CancelToken& cancel, const ProgressSink& progress, PassKeeper* keeper)
{
    const auto start = std::chrono::steady_clock::now();
    std::optional<matching::Fingerprint> fingerprint;
    checks::MeasurementParts parts;
    const auto whole = [&](const QJsonObject& answer) -> Result<CheckedFile> {
        if (!fingerprint)
            return protocolError(u"it ended without a fingerprint"_s);
        return checkedFileFromJson(answer, parts);
    };
    PassStates states(MessageType::CheckAndFingerprint, checks::toJson(profile), keeper);
    const auto request = [&] {
        parts = {};
        return states.request();
    };
    const auto takeMessage = [&, read = fingerprintReader(fingerprint)](WorkerProcess& worker, const Message& message) {
        return message.type == MessageType::FingerprintReply ? read(worker, message)
                                                             : takePart(worker, message, parts, states);
    };
    auto checked = m_impl->askEach(input, JobClass::Check, request, cancel, progress, whole, takeMessage);
    if (!checked)
        return checked;
    states.finish();
    judge(*checked, profile, start);
    checked->fingerprint = *std::move(fingerprint);
    return checked;
}

Result<transcode::TranscodeResult> WorkerPool::transcode(int input, const transcode::TranscodeRequest& request,
    transcode::OutputSink& outputs, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto file = InputFile::reopen(input);
    if (!file)
        return file.error();
    if (const auto allowed = m_impl->parked.check(file->identity()); !allowed)
        return allowed.error();
    const auto plan = transcode::makePlan(request.source, request.ladder);
    if (!plan)
        return plan.error();
    auto worker = m_impl->launcher.launch(limitsFor(JobClass::Encode, file->identity().bytes));
    if (!worker)
        return std::move(worker).error();
    OutputHandOver handOver(*worker->process, *plan, outputs);
    const auto answer = exchange(*worker->process, jsonMessage(MessageType::Transcode, toJson(request)), file->fd(),
        cancel, progress, [&handOver](const Message& message) { return handOver.handle(message); });
    if (!answer) {
        if (isWorkersFault(answer.error()))
            m_impl->parked.addCrash(file->identity());
        return answer.error();
    }
    auto result = transcode::transcodeResultFromJson(*answer);
    if (!result)
        return worker->process->refuse(result.error().detail);
    if (handOver.hasOpen())
        return worker->process->refuse(u"it ended with unfinished files"_s);
    if (!handOver.hasMaster())
        return worker->process->refuse(u"it ended without the master playlist"_s);
    return result;
}

Result<transcode::FixedFile> WorkerPool::fix(
    int input, int output, const transcode::FixPlan& plan, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto file = InputFile::reopen(input);
    if (!file)
        return file.error();
    if (const auto allowed = m_impl->parked.check(file->identity()); !allowed)
        return allowed.error();
    auto worker = m_impl->launcher.launch(limitsFor(JobClass::Fix, file->identity().bytes));
    if (!worker)
        return std::move(worker).error();
    bool handed = false;
    const auto handOver = [&](const Message& message) -> Result<void> {
        if (message.type != MessageType::OutputRequest || handed)
            return protocolError(u"a message that does not belong to a correction"_s);
        handed = true;
        return worker->process->send(Message {MessageType::OutputOpened, {}}, output);
    };
    const auto answer = exchange(
        *worker->process, jsonMessage(MessageType::Fix, toJson(plan)), file->fd(), cancel, progress, handOver);
    if (!answer) {
        if (isWorkersFault(answer.error()))
            m_impl->parked.addCrash(file->identity());
        return answer.error();
    }
    auto fixed = transcode::fixedFileFromJson(*answer);
    if (!fixed)
        return worker->process->refuse(fixed.error().detail);
    worker->process.reset(); // ended: what is looked at now stays as it is
    struct stat status {};
    if (fstat(output, &status) != 0 || status.st_size != fixed->bytes || status.st_size == 0)
        return protocolError(u"a corrected file of another size than it says"_s);
    return fixed;
}

Result<CheckedFile> WorkerPool::checkRange(int input, const checks::Profile& profile,
    const transcode::FrameSpan& frames, const CancelToken& cancel, const ProgressSink& progress)
{
    const auto start = std::chrono::steady_clock::now();
    const Message request = jsonMessage(MessageType::CheckRange,
        QJsonObject {
            {u"profile"_s, checks::toJson(profile)}, {u"first_frame"_s, frames.first}, {u"last_frame"_s, frames.last}});
    auto checked = m_impl->ask(input, JobClass::Check, request, cancel, progress, wholeAnswer);
    if (!checked)
        return checked;
    judge(*checked, profile, start);
    for (checks::CheckResult& result : checked->report.checks) {
        for (checks::Finding& finding : result.findings) {
            finding.firstFrame += finding.firstFrame < 0 ? 0 : frames.first;
            finding.lastFrame += finding.lastFrame < 0 ? 0 : frames.first;
        }
    }
    return checked;
}

Result<ModelRun> WorkerPool::runModel(int input, int model, const checks::ModelManifest& manifest,
    const CancelToken& cancel, const ProgressSink& progress)
{
    const auto file = InputFile::reopen(input);
    const auto modelFile = InputFile::reopen(model);
    if (!file || !modelFile)
        return file ? modelFile.error() : file.error();
    for (const InputFile* each : {&*file, &*modelFile}) {
        if (const auto allowed = m_impl->parked.check(each->identity()); !allowed)
            return allowed.error();
    }
    auto worker = m_impl->launcher.launch(limitsFor(JobClass::Check, file->identity().bytes));
    if (!worker)
        return std::move(worker).error();
    bool handed = false;
    const auto handOver = [&](const Message& message) -> Result<void> {
        if (message.type != MessageType::OutputRequest || handed)
            return protocolError(u"a message that does not belong to a model"_s);
        handed = true;
        return worker->process->send(Message {MessageType::OutputOpened, {}}, modelFile->fd());
    };
    const auto answer = exchange(
        *worker->process, jsonMessage(MessageType::RunModel, toJson(manifest)), file->fd(), cancel, progress, handOver);
    if (!answer) {
        // The same pictures were decoded for the other checks: it is the model that is new here.
        if (isWorkersFault(answer.error()))
            m_impl->parked.addCrash(modelFile->identity());
        return answer.error();
    }
    auto seen = wholeAnswer(*answer);
    if (!seen || !seen->measurements.checks.contains(manifest.check) || seen->costs.size() != 1)
        return worker->process->refuse(seen ? u"no answer of the model"_s : seen.error().detail);
    return ModelRun {std::move(seen->measurements.checks[manifest.check]), seen->costs.front().cpuSeconds};
}

Result<QByteArray> WorkerPool::readSheets(int input, const CancelToken& cancel)
{
    const auto file = InputFile::reopen(input);
    if (!file)
        return file.error();
    if (const auto allowed = m_impl->parked.check(file->identity()); !allowed)
        return allowed.error();
    auto worker = m_impl->launcher.launch(limitsFor(JobClass::Probe, file->identity().bytes));
    if (!worker)
        return std::move(worker).error();
    std::optional<QByteArray> sheets;
    const auto answer = exchange(*worker->process, jsonMessage(MessageType::ReadSheets, {}), file->fd(), cancel, {},
        [&sheets](const Message& message) -> Result<void> {
            if (message.type != MessageType::Sheets || sheets)
                return protocolError(u"a message that is not the sheets"_s);
            sheets = message.payload;
            return {};
        });
    if (!answer) {
        if (isWorkersFault(answer.error()))
            m_impl->parked.addCrash(file->identity());
        return answer.error();
    }
    if (!sheets)
        return worker->process->refuse(u"it ended without the sheets"_s);
    return *std::move(sheets);
}

Result<std::unique_ptr<media::FrameSource>> WorkerPool::openFrames(int input, const CancelToken& cancel)
{
    auto file = InputFile::reopen(input);
    if (!file)
        return std::move(file).error();
    auto source = SandboxedFrameSource::open(m_impl->launcher, m_impl->parked, *std::move(file), cancel);
    if (!source)
        return std::move(source).error();
    return std::unique_ptr<media::FrameSource>(*std::move(source));
}

void WorkerPool::release(int input)
{
    if (const auto file = InputFile::reopen(input))
        m_impl->parked.release(file->identity());
}

} // namespace vidimus::worker

#include "core/base/sha256.h"
#include "core/workbench/bench.h"
#include "core/workbench/demo.h"
#include "core/workbench/open_input.h"
#include "core/workbench/verb_table.h"

#include <QFileInfo>
#include <array>
#include <cstdlib>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRuns = 99;

using BenchFunction = Result<FigureList> (*)(const BenchOptions&, const CancelToken&);

struct BenchRow {
    QLatin1StringView name;
    BenchFunction run = nullptr;
    const char* clip = nullptr; ///< of the demo; null: works on no file
};

constexpr std::array kBenches {
    BenchRow {"start"_L1, benchStart, nullptr},
    BenchRow {"queue"_L1, benchQueue, nullptr},
    BenchRow {"availability"_L1, benchAvailability, nullptr},
    BenchRow {"matching"_L1, benchMatching, nullptr},
    BenchRow {"restore"_L1, benchRestore, nullptr},
    BenchRow {"seek"_L1, benchSeek, "noaudio_1080p24.mp4"},
    BenchRow {"checks"_L1, benchChecks, "bbb_720p25_5.1.mp4"},
    BenchRow {"ladder"_L1, benchLadder, "bbb_720p25_5.1.mp4"},
};

/// What the figures depend on beside the program: the machine and how busy it was.
QJsonObject machine()
{
    std::array<double, 1> load {};
    getloadavg(load.data(), 1);
    return {{u"processors"_s, static_cast<int>(std::thread::hardware_concurrency())},
        {u"load_one_minute"_s, load.front()}, {u"version"_s, QStringLiteral(VIDIMUS_VERSION)}};
}

Result<QJsonObject> workload(const QString& file, const CancelToken& cancel)
{
    const auto input = openInput(file);
    if (!input)
        return input.error();
    const auto hash = sha256HexOfFile(input->get(), cancel);
    if (!hash)
        return hash.error();
    return QJsonObject {{u"file"_s, QFileInfo(file).fileName()}, {u"sha256"_s, QString::fromLatin1(*hash)}};
}

} // namespace

Result<VerbReply> runBench(const VerbContext& context)
{
    const QString name = context.request.operands.first();
    const auto row = std::ranges::find_if(kBenches, [&name](const BenchRow& each) { return name == each.name; });
    if (row == kBenches.end())
        return Error {ErrorCode::Invalid,
            u"\"bench\" knows start, queue, availability, matching, restore, seek, checks and ladder"_s, "usage"};
    BenchOptions options;
    options.file = context.request.options.value(u"file"_s);
    if (context.request.has(u"runs"_s)) {
        bool fine = false;
        options.repeats = context.request.options.value(u"runs"_s).toInt(&fine);
        if (!fine || options.repeats < 1 || options.repeats > kMostRuns)
            return Error {ErrorCode::Invalid, u"--runs is a number from 1 to %1"_s.arg(kMostRuns), "usage"};
    }
    QJsonObject json {{u"bench"_s, name}, {u"machine"_s, machine()}};
    if (row->clip) {
        if (options.file.isEmpty())
            options.file = demoMediaFolder() + u'/' + QLatin1StringView(row->clip);
        const auto worked = workload(options.file, context.cancel);
        if (!worked)
            return worked.error();
        json.insert(u"workload"_s, *worked);
    }
    if (context.notes)
        context.notes(-1, u"Measuring %1"_s.arg(name));
    const auto figures = row->run(options, context.cancel);
    if (!figures)
        return figures.error();
    json.insert(u"figures"_s, figures->toJson());
    return VerbReply {ExitCode::Done, json};
}

} // namespace vidimus::workbench

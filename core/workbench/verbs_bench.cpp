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
constexpr int kFewestTitles = 2000; // of which the delta changes a hundred
constexpr int kMostTitles = 5'000'000;

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

/// \a fallback where the option is not given.
Result<int> numberOf(const VerbRequest& request, const QString& option, int from, int to, int fallback)
{
    if (!request.has(option))
        return fallback;
    bool fine = false;
    const int number = request.options.value(option).toInt(&fine);
    if (!fine || number < from || number > to)
        return Error {ErrorCode::Invalid, u"--%1 is a number from %2 to %3"_s.arg(option).arg(from).arg(to), "usage"};
    return number;
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
    const auto runs = numberOf(context.request, u"runs"_s, 1, kMostRuns, options.repeats);
    const auto titles = numberOf(context.request, u"titles"_s, kFewestTitles, kMostTitles, options.titles);
    if (!runs || !titles)
        return runs ? titles.error() : runs.error();
    options.repeats = *runs;
    options.titles = *titles;
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

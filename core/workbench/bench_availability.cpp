#include "core/availability_reader/availability_reader.h"
#include "core/workbench/availability_sqlite.h"
#include "core/workbench/bench.h"
#include "core/workbench/bench_save.h"
#include "core/workbench/workload_image.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>
#include <ctime>
#include <memory>
#include <optional>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kPublishedTitles = 300'000; // of the workload that the checksums belong to
constexpr int kPoints = 1'000'000;
constexpr int kFirstPoints = 100'000;
constexpr int kLists = 200;
constexpr int kFirstLists = 40;
constexpr std::size_t kListed = 50;
constexpr int kScans = 20;
constexpr int kRepeats = 15; // of what takes milliseconds
constexpr double kMicro = 1000;

/// Milliseconds of this thread's own CPU since it was made, so that a busy machine disturbs less.
class CpuClock {
public:
    [[nodiscard]] double milliseconds() const { return now() - m_start; }

private:
    static double now()
    {
        timespec time {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    double m_start = now();
};

Error wrong(const QString& what, qint64 expected, qint64 actual)
{
    return {ErrorCode::Internal, u"%1 gave %2 instead of %3: the engine is wrong"_s.arg(what).arg(actual).arg(expected),
        "wrong_checksum"};
}

/// Straight from the generator, for workloads without published answers.
bool answerFromSource(const AvailabilityWorkload& workload, const WorkQuestion& question)
{
    bool allowed = false, denied = false;
    for (const WorkWindow& window : workload.windowsOf(question.title, 0))
        (window.deny ? denied : allowed) |= window.covers(question);
    return allowed && !denied;
}

struct CloseReader {
    void operator()(vav_reader* reader) const { vav_close(reader); }
};
struct FreePlanes {
    void operator()(vav_planes* planes) const { vav_free_planes(planes); }
};

/// A state that is held, with every cell's names looked up once, as a backend does when it starts.
class Held {
public:
    explicit Held(vav_reader* reader)
        : m_state(vav_acquire(reader))
    {
        for (quint32 country = 0; country < kWorkCountries; ++country) {
            for (quint32 site = 0; site < kWorkSites; ++site) {
                for (quint32 offer = 0; offer < kWorkOffers; ++offer)
                    m_cells.push_back(cell(country, site, offer));
            }
        }
    }
    ~Held() { vav_release(m_state); }
    Q_DISABLE_COPY_MOVE(Held)

    [[nodiscard]] const vav_state* state() const { return m_state; }
    [[nodiscard]] vav_cell cellOf(const WorkQuestion& question) const
    {
        vav_cell cell = m_cells[(question.country * kWorkSites + question.site) * kWorkOffers + question.offer];
        vav_set_time(m_state, &cell, question.at * 1000);
        return cell;
    }

private:
    [[nodiscard]] vav_cell cell(quint32 country, quint32 site, quint32 offer) const
    {
        const auto text = [](const QByteArray& bytes) {
            return vav_text {bytes.constData(), static_cast<std::size_t>(bytes.size())};
        };
        return vav_make_cell(
            m_state, text(workCountry(country)), {"", 0}, text(workSite(site)), text(workOffer(offer)), 0);
    }

    const vav_state* m_state;
    std::vector<vav_cell> m_cells;
};

class AvailabilityBench {
public:
    AvailabilityBench(quint32 titles, const QString& prefix, const CancelToken& cancel, FigureList& figures)
        : m_workload(titles)
        , m_prefix(prefix)
        , m_published(titles == kPublishedTitles)
        , m_cancel(cancel)
        , m_figures(figures)
        , m_points(m_workload.points(kPoints))
        , m_lists(m_workload.lists(kLists))
        , m_scans(m_workload.scans(kScans))
    {
    }

    Result<void> run()
    {
        using Step = Result<void> (AvailabilityBench::*)();
        for (const Step step : {&AvailabilityBench::make, &AvailabilityBench::load, &AvailabilityBench::askPoints,
                 &AvailabilityBench::askLists, &AvailabilityBench::askScans, &AvailabilityBench::askPlanes,
                 &AvailabilityBench::follow}) {
            if (m_cancel.isCanceled())
                return Error {ErrorCode::Canceled, u"measuring was cancelled"_s, {}};
            if (auto done = (this->*step)(); !done)
                return done;
        }
        return {};
    }

    /// Rates and milliseconds, for ratios to others in the same run.
    struct Speed {
        double points = 0, lists = 0, scan = 0, planes = 0;
    };
    [[nodiscard]] const Speed& speed() const { return m_speed; }
    [[nodiscard]] const AvailabilityWorkload& workload() const { return m_workload; }

private:
    void add(const QString& name, double value, const QString& unit) { m_figures.add(m_prefix + name, value, unit); }

    /// The published value where there is one; else the first that was found has to come again.
    Result<void> expect(const QString& what, qint64 actual, qint64 published, qint64& found)
    {
        const qint64 expected = m_published ? published : found < 0 ? actual : found;
        found = actual;
        return actual == expected ? Result<void>() : wrong(m_prefix + what, expected, actual);
    }

    Result<void> make()
    {
        if (m_published && countWorkload(m_workload, m_workload.titles()) != kPublishedCounts)
            return Error {ErrorCode::Internal, u"the workload is not the published one"_s, "wrong_checksum"};
        const CpuClock imageClock;
        auto created = WorkloadImage::create(m_workload);
        if (!created)
            return std::move(created).error();
        m_image.emplace(std::move(*created));
        add(u"compile"_s, imageClock.milliseconds(), u"ms"_s);
        const CpuClock encodeClock;
        auto snapshot = m_image->snapshot(m_key);
        if (!snapshot)
            return std::move(snapshot).error();
        add(u"encode"_s, encodeClock.milliseconds(), u"ms"_s);
        add(u"snapshot"_s, static_cast<double>(snapshot->size()), u"bytes"_s);
        const CpuClock stepClock;
        auto delta = m_image->change(m_workload, m_key);
        if (!delta)
            return std::move(delta).error();
        add(u"delta_compile"_s, stepClock.milliseconds(), u"ms"_s);
        add(u"delta"_s, static_cast<double>(delta->forward.size()), u"bytes"_s);
        add(u"reverse_delta"_s, static_cast<double>(delta->reverse.size()), u"bytes"_s);
        m_delta = std::move(*delta);
        QFile file(m_folder.filePath(u"snapshot"_s));
        if (!file.open(QFile::WriteOnly) || file.write(*snapshot) != snapshot->size())
            return Error {ErrorCode::Io, file.errorString(), {}};
        return {};
    }

    Result<void> load()
    {
        const QByteArray path = QFile::encodeName(m_folder.filePath(u"snapshot"_s));
        const auto* key = reinterpret_cast<const std::uint8_t*>(m_key.publicKey().constData());
        std::vector<double> times;
        for (int i = 0; i < kRepeats; ++i) {
            m_reader.reset();
            vav_reader* reader = nullptr;
            const CpuClock clock;
            const vav_status status = vav_open_file(&reader, path.constData(), key);
            times.push_back(clock.milliseconds());
            m_reader.reset(reader);
            if (status != VAV_OK)
                return wrong(u"loading"_s, VAV_OK, status);
        }
        m_figures.addSpread(m_prefix + u"load"_s, times);
        m_held = std::make_unique<Held>(m_reader.get());
        add(u"memory"_s, static_cast<double>(vav_memory(m_held->state())), u"bytes"_s);
        return {};
    }

    /// How many of the points are available; the time of the first 100,000 plays no part.
    qint64 countPoints(const Held& held, qint64& first) const
    {
        const vav_state* state = held.state();
        qint64 available = 0;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            if (i == kFirstPoints)
                first = available;
            const vav_cell cell = held.cellOf(m_points[i]);
            available += vav_ask(state, vav_find_number(state, m_points[i].title), &cell).available;
        }
        return available;
    }

    Result<void> askPoints()
    {
        std::vector<double> own, cached;
        for (int i = 0; i < kRepeats; ++i) {
            qint64 first = 0;
            const CpuClock clock;
            const qint64 available = countPoints(*m_held, first);
            own.push_back(clock.milliseconds());
            if (auto right = expect(u"points"_s, available, kPublishedAnswers.points, m_pointsFound); !right)
                return right;
            if (m_published && first != kPublishedAnswers.points100k)
                return wrong(u"the first points"_s, kPublishedAnswers.points100k, first);
        }
        std::vector<vav_cell> cells;
        for (const WorkQuestion& point : m_points)
            cells.push_back(m_held->cellOf(point));
        const vav_state* state = m_held->state();
        for (int i = 0; i < kRepeats; ++i) {
            qint64 available = 0;
            const CpuClock clock;
            for (std::size_t at = 0; at < m_points.size(); ++at)
                available += vav_ask(state, vav_find_number(state, m_points[at].title), &cells[at]).available;
            cached.push_back(clock.milliseconds());
            if (available != m_pointsFound)
                return wrong(u"points"_s, m_pointsFound, available);
        }
        std::vector<std::uint32_t> titles(m_points.size());
        const auto answers = std::make_unique<bool[]>(m_points.size());
        std::vector<double> many;
        for (int i = 0; i < kRepeats; ++i) {
            const CpuClock clock;
            for (std::size_t at = 0; at < titles.size(); ++at)
                titles[at] = vav_find_number(state, m_points[at].title);
            vav_ask_many(state, titles.data(), cells.data(), titles.size(), answers.get());
            many.push_back(clock.milliseconds());
            const qint64 available = std::count(answers.get(), answers.get() + titles.size(), true);
            if (available != m_pointsFound)
                return wrong(u"points at once"_s, m_pointsFound, available);
        }
        addRates(u"points_at_once"_s, kPoints, many);
        addRates(u"points_time_looked_up"_s, kPoints, own);
        m_speed.points = addRates(u"points"_s, kPoints, cached);
        for (std::size_t i = 0; i < 20'000; ++i) {
            const bool actual = vav_is_available(state, vav_find_number(state, m_points[i].title), &cells[i]);
            if (actual != answerFromSource(m_workload, m_points[i]))
                return wrong(u"point %1"_s.arg(i), !actual, actual);
        }
        return {};
    }

    /// Median and best of the passes; the median is given back.
    double addRates(const QString& name, int count, const std::vector<double>& milliseconds)
    {
        const double rate = count / (medianOf(milliseconds) / 1e3);
        add(name, rate, u"1/s"_s);
        add(name + u"_best"_s, count / (percentileOf(milliseconds, 0) / 1e3), u"1/s"_s);
        return rate;
    }

    /// By the ids of the catalogue, as the workload says it; \a lookUpAll: every candidate is looked up before.
    WorkAnswers listAll(const std::vector<std::vector<std::uint64_t>>& ids, bool lookUpAll) const
    {
        const vav_state* state = m_held->state();
        WorkAnswers answers;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const vav_cell cell = m_held->cellOf(m_lists[i].cell);
            std::size_t visited = 0, got = 0;
            std::array<std::uint64_t, kListed> found;
            if (lookUpAll) {
                std::array<std::uint32_t, 1000> candidates; // NOLINT: filled below
                std::array<std::uint32_t, kListed> places;
                for (std::size_t at = 0; at < candidates.size(); ++at)
                    candidates[at] = vav_find_number(state, ids[i][at]);
                got = vav_list(
                    state, &cell, candidates.data(), candidates.size(), places.data(), places.size(), &visited);
                std::copy_n(places.begin(), got, found.begin()); // numbers in a row: the place is the id
            } else {
                got = vav_list_numbers(
                    state, &cell, ids[i].data(), ids[i].size(), found.data(), found.size(), &visited);
            }
            answers.listed += static_cast<qint64>(got);
            answers.visited += static_cast<qint64>(visited);
            for (std::size_t at = 0; at < got; ++at)
                answers.listedIds += static_cast<qint64>(found[at]);
            if (i + 1 == kFirstLists)
                answers.listedIds40 = answers.listedIds;
        }
        return answers;
    }

    Result<void> askLists()
    {
        std::vector<std::vector<std::uint64_t>> ids;
        for (const WorkList& list : m_lists)
            ids.emplace_back(list.picks.begin(), list.picks.end());
        std::vector<double> times[2];
        WorkAnswers answers;
        for (int repeat = 0; repeat < kRepeats; ++repeat) {
            for (const bool lookUpAll : {false, true}) {
                const CpuClock clock;
                answers = listAll(ids, lookUpAll);
                times[lookUpAll ? 1 : 0].push_back(clock.milliseconds());
                for (const auto& [actual, expected] : {std::pair(answers.listed, kPublishedAnswers.listed),
                         {answers.visited, kPublishedAnswers.visited}, {answers.listedIds, kPublishedAnswers.listedIds},
                         {answers.listedIds40, kPublishedAnswers.listedIds40}}) {
                    if (m_published && actual != expected)
                        return wrong(u"lists"_s, expected, actual);
                }
            }
        }
        addRates(u"lists_all_looked_up"_s, kLists, times[1]);
        m_speed.lists = addRates(u"lists"_s, kLists, times[0]);
        return {};
    }

    Result<void> askScans()
    {
        std::vector<double> times;
        qint64 available = 0;
        for (const WorkQuestion& scan : m_scans) {
            const vav_cell cell = m_held->cellOf(scan);
            std::vector<double> passes;
            qint64 count = 0;
            for (int i = 0; i < 3; ++i) {
                const CpuClock clock;
                count = vav_count(m_held->state(), &cell);
                passes.push_back(clock.milliseconds());
            }
            times.push_back(medianOf(passes));
            available += count;
        }
        m_figures.addSpread(m_prefix + u"scan"_s, times);
        m_speed.scan = medianOf(times);
        return expect(u"scans"_s, available, kPublishedAnswers.scanned, m_scansFound);
    }

    Result<void> askPlanes()
    {
        const CpuClock clock;
        m_planes.reset(vav_make_planes(m_held->state()));
        add(u"planes_build"_s, clock.milliseconds(), u"ms"_s);
        if (!m_planes)
            return Error {ErrorCode::Internal, u"no scan planes"_s, {}};
        add(u"planes_memory_in_all"_s,
            static_cast<double>(vav_planes_memory(m_planes.get()) + vav_memory(m_held->state())), u"bytes"_s);
        std::vector<double> times, ticks;
        const auto available = countWithPlanes(*m_held, times, ticks);
        m_figures.addSpread(m_prefix + u"planes_new_time"_s, ticks);
        add(u"planes_scan"_s, medianOf(times) * kMicro, u"us"_s);
        add(u"planes_scan_worst"_s, percentileOf(times, 100) * kMicro, u"us"_s);
        m_speed.planes = medianOf(times);
        return expect(u"scans with planes"_s, available, kPublishedAnswers.scanned, m_scansFound);
    }

    /// Each scan 15 times; the median counts, as it does for the other engines.
    qint64 countWithPlanes(const Held& held, std::vector<double>& times, std::vector<double>& ticks)
    {
        qint64 available = 0;
        for (const WorkQuestion& scan : m_scans) {
            const CpuClock tick;
            vav_planes_set_time(m_planes.get(), scan.at * 1000);
            ticks.push_back(tick.milliseconds());
            const vav_cell cell = held.cellOf(scan);
            std::vector<double> passes;
            qint64 count = 0;
            for (int i = 0; i < kRepeats; ++i) {
                const CpuClock clock;
                count = vav_planes_count(m_planes.get(), held.state(), &cell);
                passes.push_back(clock.milliseconds());
            }
            times.push_back(medianOf(passes));
            available += count;
        }
        return available;
    }

    Result<void> apply(const QByteArray& delta, std::vector<double>& times)
    {
        const CpuClock clock;
        const vav_status status
            = vav_apply_bytes(m_reader.get(), delta.constData(), static_cast<std::size_t>(delta.size()));
        times.push_back(clock.milliseconds());
        return status == VAV_OK ? Result<void>() : wrong(u"a delta"_s, VAV_OK, status);
    }

    /// Forward and back many times, and the answers at both ends.
    Result<void> follow()
    {
        std::vector<double> forward, back;
        for (int i = 0; i < kRepeats; ++i) {
            if (auto done = apply(m_delta.forward, forward); !done)
                return done;
            if (auto done = apply(m_delta.reverse, back); !done)
                return done;
        }
        m_figures.addSpread(m_prefix + u"delta_apply"_s, forward);
        m_figures.addSpread(m_prefix + u"reverse_delta_apply"_s, back);
        qint64 ignored = 0;
        {
            const Held again(m_reader.get());
            if (auto right = expect(
                    u"points after going back"_s, countPoints(again, ignored), kPublishedAnswers.points, m_pointsFound);
                !right)
                return right;
        }
        if (auto done = apply(m_delta.forward, forward); !done)
            return done;
        const Held after(m_reader.get());
        qint64 scanned = 0, found = -1;
        for (const WorkQuestion& scan : m_scans) {
            const vav_cell cell = after.cellOf(scan);
            scanned += vav_count(after.state(), &cell);
        }
        std::vector<double> times, ticks;
        const qint64 withPlanes = countWithPlanes(after, times, ticks);
        add(u"planes_scan_after_delta"_s, medianOf(times) * kMicro, u"us"_s);
        if (withPlanes != scanned)
            return wrong(u"scans with planes after the delta"_s, scanned, withPlanes);
        if (auto right = expect(u"points after"_s, countPoints(after, ignored), kPublishedPointsAfter, found); !right)
            return right;
        found = -1;
        return expect(u"scans after"_s, scanned, kPublishedScannedAfter, found);
    }

private:
    AvailabilityWorkload m_workload;
    QString m_prefix;
    bool m_published;
    const CancelToken& m_cancel;
    FigureList& m_figures;
    std::vector<WorkQuestion> m_points;
    std::vector<WorkList> m_lists;
    std::vector<WorkQuestion> m_scans;
    SigningKey m_key = SigningKey::generate();
    QTemporaryDir m_folder;
    std::optional<WorkloadImage> m_image;
    rights::DeltaPair m_delta;
    std::unique_ptr<vav_reader, CloseReader> m_reader;
    std::unique_ptr<vav_planes, FreePlanes> m_planes;
    std::unique_ptr<Held> m_held; // released before planes and reader go
    qint64 m_pointsFound = -1, m_scansFound = -1;
    Speed m_speed;
};

/// The same questions to SQLite, fewer of them.
Result<void> compareSqlite(const AvailabilityBench& ours, const CancelToken& cancel, FigureList& figures)
{
    constexpr int scanCount = 5;
    const AvailabilityWorkload& workload = ours.workload();
    auto made = AvailabilitySqlite::create(workload);
    if (!made)
        return std::move(made).error();
    AvailabilitySqlite& sqlite = **made;
    figures.add(u"sqlite_memory"_s, static_cast<double>(sqlite.bytes()), u"bytes"_s);
    std::vector<double> copies, deltas, scans;
    for (int i = 0; i < 5; ++i) {
        const CpuClock clock;
        if (!sqlite.copyPages())
            return Error {ErrorCode::Internal, u"SQLite copies no pages"_s, {}};
        copies.push_back(clock.milliseconds());
    }
    figures.addSpread(u"sqlite_page_copy"_s, copies);
    const CpuClock pointClock;
    qint64 available = 0;
    for (const WorkQuestion& point : workload.points(kFirstPoints))
        available += sqlite.isAvailable(point);
    const double points = kFirstPoints / (pointClock.milliseconds() / 1e3);
    figures.add(u"sqlite_points"_s, points, u"1/s"_s);
    if (available != kPublishedAnswers.points100k)
        return wrong(u"SQLite's points"_s, kPublishedAnswers.points100k, available);
    const CpuClock listClock;
    qint64 ids = 0;
    for (const WorkList& list : workload.lists(kFirstLists)) {
        WorkQuestion question = list.cell;
        std::size_t found = 0;
        for (std::size_t i = 0; i < list.picks.size() && found < kListed; ++i) {
            question.title = list.picks[i];
            if (sqlite.isAvailable(question)) {
                ids += question.title;
                ++found;
            }
        }
    }
    const double lists = kFirstLists / (listClock.milliseconds() / 1e3);
    figures.add(u"sqlite_lists"_s, lists, u"1/s"_s);
    if (ids != kPublishedAnswers.listedIds40)
        return wrong(u"SQLite's lists"_s, kPublishedAnswers.listedIds40, ids);
    for (const WorkQuestion& scan : workload.scans(scanCount)) {
        const CpuClock clock;
        if (sqlite.count(scan) < 0)
            return Error {ErrorCode::Internal, u"SQLite counts nothing"_s, {}};
        scans.push_back(clock.milliseconds());
    }
    figures.addSpread(u"sqlite_scan"_s, scans);
    for (int i = 0; i < 3; ++i) {
        for (const quint32 version : {1U, 0U}) {
            const CpuClock clock;
            if (!sqlite.change(workload, version))
                return Error {ErrorCode::Internal, u"SQLite takes no delta"_s, {}};
            deltas.push_back(clock.milliseconds());
        }
    }
    figures.addSpread(u"sqlite_delta"_s, deltas);
    figures.addRatio(u"points_against_sqlite"_s, ours.speed().points, points);
    figures.addRatio(u"lists_against_sqlite"_s, ours.speed().lists, lists);
    figures.addRatio(u"sqlite_scan_against_ours"_s, medianOf(scans), ours.speed().scan);
    figures.addRatio(u"sqlite_scan_against_planes"_s, medianOf(scans), ours.speed().planes);
    return cancel.isCanceled() ? Result<void>(Error {ErrorCode::Canceled, u"measuring was cancelled"_s, {}})
                               : Result<void>();
}

} // namespace

Result<FigureList> benchAvailability(const BenchOptions& options, const CancelToken& cancel)
{
    FigureList figures;
    const QString folder = options.programs.isEmpty() ? QCoreApplication::applicationDirPath() : options.programs;
    const bool hasPrograms
        = QFileInfo(folder + u"/vidimus"_s).isExecutable() && QFileInfo(folder + u"/vidimus-catalogd"_s).isExecutable();
    const quint32 titles = options.titles > 0 ? static_cast<quint32>(options.titles) : kPublishedTitles;
    {
        AvailabilityBench bench(titles, {}, cancel, figures);
        if (auto done = bench.run(); !done)
            return std::move(done).error();
        if (auto done = titles == kPublishedTitles ? compareSqlite(bench, cancel, figures) : Result<void>(); !done)
            return std::move(done).error();
    }
    if (auto done
        = hasPrograms ? measureSaves({.titles = titles, .programs = folder}, cancel, figures) : Result<void>();
        !done)
        return std::move(done).error();
    if (options.titles > 0)
        return figures;
    AvailabilityBench large(10 * kPublishedTitles, u"3m_"_s, cancel, figures);
    if (auto done = large.run(); !done)
        return std::move(done).error();
    return figures;
}

} // namespace vidimus::workbench

#include "core/workbench/bench_save.h"

#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/catalog/curl_transport.h"
#include "core/sql/handle_lease.h"
#include "core/workbench/catalog_link.h"
#include "core/workbench/events.h"
#include "core/workbench/rights_desk.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/workload_image.h"
#include "core/workbench/workload_workspace.h"
#include "core/workbench/workspace.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <atomic>
#include <optional>
#include <thread>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kLook = 2ms; // between two looks for what changed
constexpr double kLongest = 60'000; // ms that a changed answer may take
constexpr int kNewTitles = 8;
constexpr auto kFirstAnswer = 900s; // and the first one of millions of titles

Error stopped()
{
    return {ErrorCode::Canceled, u"stopped"_s, "canceled"};
}

/// An edit whose effect can be asked for: one window of a title ends before a moment at which it alone lets it play.
struct Edit {
    rights::Rule before, after;
    WorkQuestion cell;
};

std::optional<Edit> editOf(const AvailabilityWorkload& workload, const WorkloadRules& rules, quint32 title)
{
    const std::vector<WorkWindow> windows = workload.windowsOf(title, 0);
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (windows[i].deny || windows[i].start > kWorkNow || windows[i].end <= kWorkNow)
            continue;
        WorkQuestion cell {.title = title, .at = kWorkNow};
        while ((windows[i].countries[cell.country / 64] >> cell.country % 64 & 1) == 0)
            ++cell.country;
        while ((windows[i].sites >> cell.site & 1) == 0)
            ++cell.site;
        while ((windows[i].offers >> cell.offer & 1) == 0)
            ++cell.offer;
        const auto covering = std::ranges::count_if(windows, [&](const WorkWindow& one) { return one.covers(cell); });
        if (covering != 1)
            continue;
        Edit edit {.before = rules.rulesOf(title)[i], .after = {}, .cell = cell};
        edit.after = edit.before;
        edit.after.window.end = Instant {Milliseconds {kWorkNow * 1000}};
        return edit;
    }
    return std::nullopt;
}

/// Spread over the whole catalogue: rich titles and clips by turns.
std::vector<Edit> editsOf(const AvailabilityWorkload& workload, int count)
{
    const WorkloadRules rules(workload);
    std::vector<Edit> edits;
    SplitMix random(kWorkNow);
    while (std::ssize(edits) < count) {
        const bool rich = edits.size() % 2 == 0;
        const quint32 title = rich ? random.below(workload.richTitles())
                                   : workload.richTitles() + random.below(workload.titles() - workload.richTitles());
        const auto isTaken = [&](const Edit& edit) { return edit.cell.title == title; };
        if (auto edit = editOf(workload, rules, title); edit && std::ranges::none_of(edits, isTaken))
            edits.push_back(*std::move(edit));
    }
    return edits;
}

/// A program that prints where it listens, killed when this goes.
class Reader {
public:
    ~Reader()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    Result<void> start(const QString& program, const QStringList& arguments, const CancelToken& cancel)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, arguments);
        if (!m_process.waitForStarted())
            return Error {ErrorCode::Missing, m_process.errorString(), "no_program"};
        const BenchClock clock;
        while (!m_process.canReadLine() && m_process.state() == QProcess::Running && !cancel.isCanceled()
            && clock.milliseconds() < kLongest)
            m_process.waitForReadyRead(100);
        const auto line = parseJsonObject(m_process.readLine());
        if (!line)
            return cancel.isCanceled() ? stopped()
                                       : Error {ErrorCode::Unavailable, u"the reader does not start"_s, "no_reader"};
        m_url = line->value("listening"_L1).toString().toUtf8();
        return {};
    }
    [[nodiscard]] const QByteArray& url() const { return m_url; }

private:
    QProcess m_process;
    QByteArray m_url;
};

/// One GET that is read as JSON.
Result<QJsonObject> get(catalog::HttpTransport& transport, const QByteArray& url, const QByteArray& token = {})
{
    catalog::HttpRequest request {.url = url, .headers = {}, .body = {}, .cancel = {}};
    if (!token.isEmpty())
        request.headers.emplace_back("Authorization", "Bearer " + token);
    const auto response = transport.perform(request);
    if (!response)
        return response.error();
    if (response->status != 200)
        return Error {
            ErrorCode::Unavailable, u"%1 answered %2"_s.arg(QString::fromUtf8(url)).arg(response->status), "answer"};
    return parseJsonObject(response->body);
}

/// Milliseconds since a save began until each leg was done.
struct Legs {
    std::vector<double> stored, announced, accepted, answered;
};

class Chain {
public:
    Chain(quint32 titles, QString programs, const CancelToken& cancel)
        : m_workload(titles)
        , m_programs(std::move(programs))
        , m_cancel(cancel)
    {
    }

    Result<void> prepare(FigureList& figures)
    {
        const BenchClock fillClock;
        for (const auto step : {&Chain::fillStore, &Chain::fillServer}) {
            if (auto done = (this->*step)(); !done)
                return done;
        }
        figures.add(u"save_fill"_s, fillClock.milliseconds() / 1e3, u"s"_s);
        for (const QString& name : {u"save_catalog_first_answer"_s, u"save_catalog_answer_after_restart"_s}) {
            m_workspace.reset();
            if (auto left = waitUntilCatalogLeft(); !left)
                return left;
            if (auto opened = open(); !opened)
                return opened;
            const BenchClock clock;
            if (auto done = startCatalog(); !done)
                return done;
            figures.add(name, clock.milliseconds() / 1e3, u"s"_s);
        }
        const BenchClock readerClock;
        if (auto done = startReader(); !done)
            return done;
        figures.add(u"save_reader_start"_s, readerClock.milliseconds() / 1e3, u"s"_s);
        return {};
    }

    Result<void> measure(int saves, Legs& legs)
    {
        QObject receiver;
        QObject::connect(
            &m_workspace->events(), &WorkspaceEvents::sent, &receiver, [this] { m_sentAt = m_clock.milliseconds(); },
            Qt::DirectConnection);
        m_workspace->catalog().startBackground();
        SplitMix random(1);
        for (const Edit& edit : editsOf(m_workload, saves)) {
            // The reader looks twice a second: saves must fall anywhere in between.
            std::this_thread::sleep_for(std::chrono::milliseconds(700 + random.below(500)));
            if (auto done = saveOne(edit, legs); !done)
                return done;
        }
        return {};
    }

    /// A title that nobody knows yet, with one window for everybody, from the save to the reader's answer.
    Result<void> measureNewTitles(int count, std::vector<double>& answered)
    {
        for (int i = 0; i < count; ++i) {
            const WorkQuestion cell {.title = m_workload.titles() + static_cast<quint32>(i), .at = kWorkNow};
            rights::Rule rule;
            rule.id = WindowId(WorkloadRules::titleId(cell.title).toString() + u"-w"_s);
            rule.scope = WorkloadRules::titleId(cell.title);
            rule.territory.include = {QString::fromLatin1(workCountry(cell.country))};
            rule.sites.all = rule.offers.all = true;
            m_clock = BenchClock();
            const auto saved = applyRightsPlan(
                *m_workspace, {.put = {rule}, .titles = {WorkloadRules::title(cell.title)}, .seen = {}, .why = {}});
            if (!saved)
                return saved;
            for (;;) {
                const auto now = isAvailable(cell);
                if (!now)
                    return now.error();
                if (*now)
                    break;
                if (m_cancel.isCanceled() || m_clock.milliseconds() > kLongest)
                    return m_cancel.isCanceled()
                        ? stopped()
                        : Error {ErrorCode::TimedOut, u"the reader does not learn of a new title"_s, "no_change"};
                std::this_thread::sleep_for(kLook);
            }
            answered.push_back(m_clock.milliseconds());
        }
        return {};
    }

private:
    Result<void> open()
    {
        auto opened = Workspace::open(
            {.folder = m_folder.filePath(u"workspace"_s), .catalogProgram = m_programs + u"/vidimus-catalogd"_s});
        if (!opened)
            return std::move(opened).error();
        m_workspace = *std::move(opened);
        return {};
    }

    Result<void> fillStore()
    {
        if (auto opened = open(); !opened)
            return opened;
        // Once, so that the catalog's database is made.
        if (const auto client = m_workspace->catalog().client(); !client)
            return client.error();
        auto filled = fillWorkspace(*m_workspace, m_workload, m_cancel);
        m_workspace.reset();
        return filled;
    }

    Result<void> fillServer()
    {
        const BenchClock clock;
        for (;;) { // it leaves soon after its last client
            auto filled = fillCatalog(m_folder.filePath(u"workspace/catalog"_s), m_workload, m_cancel);
            if (filled || filled.error().code != ErrorCode::Conflict || clock.milliseconds() > kLongest)
                return filled;
            std::this_thread::sleep_for(100ms);
        }
    }

    /// It goes soon after its last client; until then its database is held.
    Result<void> waitUntilCatalogLeft()
    {
        const BenchClock clock;
        for (;;) {
            const auto free = sql::HandleLease::take(m_folder.filePath(u"workspace/catalog/catalog.db"_s));
            if (free || clock.milliseconds() > kLongest)
                return free ? Result<void>() : Result<void>(free.error());
            std::this_thread::sleep_for(100ms);
        }
    }

    Result<void> startCatalog()
    {
        const BenchClock clock;
        for (;;) {
            auto version = announcedVersion();
            if (version)
                return {};
            if (m_cancel.isCanceled())
                return stopped();
            if (clock.milliseconds() > std::chrono::duration<double, std::milli>(kFirstAnswer).count())
                return std::move(version).error();
        }
    }

    Result<void> startReader()
    {
        const auto client = m_workspace->catalog().client();
        if (!client)
            return client.error();
        const QString token = m_folder.filePath(u"token"_s);
        if (auto written = writeFileDurably(token, (*client)->address().token); !written)
            return written;
        return m_reader.start(m_programs + u"/vidimus"_s,
            {u"availability"_s, u"serve"_s, QString::fromUtf8((*client)->address().url), u"--token-file"_s, token,
                u"--cache"_s, m_folder.filePath(u"reader"_s)},
            m_cancel);
    }

    Result<qint64> announcedVersion()
    {
        const auto client = m_workspace->catalog().client();
        if (!client)
            return client.error();
        const auto json
            = get(m_transport, (*client)->address().url + "/v1/availability/announcement", (*client)->address().token);
        return json ? Result<qint64>(json->value("version"_L1).toInteger()) : json.error();
    }

    Result<bool> isAvailable(const WorkQuestion& cell)
    {
        const QByteArray at = toRfc3339(Instant {Milliseconds {cell.at * 1000}}).toUtf8();
        const auto json = get(m_transport,
            m_reader.url() + "/v1/availability?title=" + WorkloadRules::titleId(cell.title).toString().toUtf8()
                + "&country=" + workCountry(cell.country) + "&site=" + workSite(cell.site)
                + "&offer=" + workOffer(cell.offer) + "&at=" + at);
        return json ? Result<bool>(json->value("available"_L1).toBool()) : json.error();
    }

    Result<void> saveOne(const Edit& edit, Legs& legs)
    {
        const auto before = isAvailable(edit.cell);
        const auto version = announcedVersion();
        if (!before || !version)
            return before ? version.error() : before.error();
        if (!*before)
            return Error {ErrorCode::Internal, u"the reader does not know a window of the workload"_s, "wrong_answer"};
        m_sentAt = 0;
        m_clock = BenchClock();
        const auto saved = applyRightsPlan(*m_workspace, {.put = {edit.after}, .seen = {edit.before}});
        if (!saved)
            return saved;
        legs.stored.push_back(m_clock.milliseconds());
        std::optional<double> announced;
        for (;;) {
            if (m_cancel.isCanceled())
                return stopped();
            if (m_clock.milliseconds() > kLongest)
                return Error {ErrorCode::TimedOut, u"the reader's answer does not change"_s, "no_change"};
            if (!announced) {
                const auto now = announcedVersion();
                if (!now)
                    return now.error();
                if (*now > *version)
                    announced = m_clock.milliseconds();
            }
            const auto after = isAvailable(edit.cell);
            if (!after)
                return after.error();
            if (!*after && announced && m_sentAt > 0)
                break;
            std::this_thread::sleep_for(kLook);
        }
        legs.answered.push_back(m_clock.milliseconds());
        legs.announced.push_back(*announced);
        legs.accepted.push_back(m_sentAt);
        return {};
    }

    AvailabilityWorkload m_workload;
    QString m_programs;
    const CancelToken& m_cancel;
    QTemporaryDir m_folder;
    catalog::CurlTransport m_transport;
    BenchClock m_clock; ///< since the save
    std::atomic<double> m_sentAt {0};
    std::unique_ptr<Workspace> m_workspace;
    Reader m_reader;
};

} // namespace

Result<void> measureSaves(const SaveBench& bench, const CancelToken& cancel, FigureList& figures)
{
    Chain chain(bench.titles, bench.programs, cancel);
    if (auto ready = chain.prepare(figures); !ready)
        return ready;
    Legs legs;
    if (auto measured = chain.measure(bench.saves, legs); !measured)
        return measured;
    figures.addSpread(u"save_stored"_s, legs.stored);
    figures.addSpread(u"save_announced"_s, legs.announced);
    figures.addSpread(u"save_accepted"_s, legs.accepted);
    figures.addSpread(u"save_to_answer"_s, legs.answered);
    std::vector<double> fresh;
    if (auto measured = chain.measureNewTitles(kNewTitles, fresh); !measured)
        return measured;
    figures.addSpread(u"save_new_title_to_answer"_s, fresh);
    return {};
}

} // namespace vidimus::workbench

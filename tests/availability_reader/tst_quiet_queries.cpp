#include "core/rights/snapshot_decoder.h"
#include "core/rights/snapshot_encoder.h"
#include "sample_world.h"
#include "support/opened_snapshot.h"

#include <QTest>
#include <array>
#include <atomic>
#include <cerrno>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

#if !defined(__SANITIZE_ADDRESS__)
namespace {
std::atomic<bool> g_counts {false};
std::atomic<int> g_allocations {0};
void noteAllocation()
{
    if (g_counts.load(std::memory_order_relaxed))
        g_allocations.fetch_add(1, std::memory_order_relaxed);
}
} // namespace

// In place of the C library's, which does the work under its other names.
extern "C" {
void* __libc_malloc(std::size_t size); // NOLINT(bugprone-reserved-identifier): glibc's
void* __libc_calloc(std::size_t count, std::size_t size); // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* old, std::size_t size); // NOLINT(bugprone-reserved-identifier)
void* malloc(std::size_t size)
{
    noteAllocation();
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size)
{
    noteAllocation();
    return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size)
{
    noteAllocation();
    return __libc_realloc(old, size);
}
}
#endif

/// No question allocates, and none can wait: it is asked where every system call but read, write and exit is death, so
/// that a lock that is taken, a page that is mapped or a clock that is slept on would show.
class QuietQueriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTrapSnaps();
    void questionsAllocateNothingAndCallNobody_data();
    void questionsAllocateNothingAndCallNobody();
};

namespace {

constexpr int kRounds = 2000;
constexpr int kAskedWell = 0, kAllocated = 1, kWrongAnswer = 2, kNoSeccomp = 3;

/// Every question that the header has, over and over.
int askEverything(vav_reader* reader, const vav_planes* planes)
{
    std::array<std::uint32_t, 64> found {}, titles {};
    std::array<std::uint64_t, 4> numbers {1, 2, 3, 4}, foundNumbers {};
    std::array<vav_cell, 64> cells {};
    std::array<bool, 64> answers {};
    std::array<std::uint32_t, VAV_COUNTRY_CODES> counts {};
    std::array<char, 64> id {};
    for (int round = 0; round < kRounds; ++round) {
        const vav_state* state = vav_acquire(reader);
        vav_cell cell = vav_make_cell(state, textOf("FR"), textOf(""), textOf("web"), textOf("svod"), 100);
        vav_set_time(state, &cell, 2500);
        const std::uint32_t title = vav_find_title(state, textOf("t1"));
        cells.fill(cell);
        titles.fill(title);
        std::size_t visited = 0;
        std::uint32_t cursor = 0;
        vav_ask_many(state, titles.data(), cells.data(), titles.size(), answers.data());
        const bool right = vav_ask(state, title, &cell).available && vav_is_available(state, title, &cell)
            && vav_query(state, textOf("t1"), textOf("FR"), textOf("web"), textOf("svod"), 2500).available
            && answers[63]
            && vav_list(state, &cell, titles.data(), titles.size(), found.data(), found.size(), &visited) == 64
            && vav_list_from(state, &cell, &cursor, found.data(), found.size()) > 0 && vav_count(state, &cell) > 0
            && vav_count_played(state, &cell) > 0 && vav_title_id(state, title, id.data(), id.size()) == 2;
        (void)vav_list_numbers(
            state, &cell, numbers.data(), numbers.size(), foundNumbers.data(), foundNumbers.size(), nullptr);
        (void)vav_find_number(state, 1);
        vav_count_countries(state, &cell, counts.data());
        (void)vav_title_count(state);
        (void)vav_memory(state);
        (void)vav_version(state);
        (void)vav_partition(state);
        const bool same = !planes || vav_planes_count(planes, state, &cell) == vav_count(state, &cell);
        vav_release(state);
        if (!right || !same)
            return kWrongAnswer;
    }
    return kAskedWell;
}

template<class Work>
int inTheTrap(Work work)
{
    const pid_t child = fork();
    if (child == 0) {
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
            _exit(kNoSeccomp);
#if !defined(__SANITIZE_ADDRESS__)
        g_counts = true;
#endif
        int status = work();
#if !defined(__SANITIZE_ADDRESS__)
        g_counts = false;
        status = status == kAskedWell && g_allocations > 0 ? kAllocated : status;
#endif
        syscall(SYS_exit, status); // not exit_group, which is death as well
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return status;
}

/// One window of t1 less and one title more, so that the state has rows of its own.
QByteArray sampleDelta(const QByteArray& snapshot)
{
    auto decoded = vidimus::rights::decodeSnapshot(snapshot);
    auto& image = decoded->image;
    auto content = image.titles()[*image.findTitle("t1")];
    image.set(image.title("new"), content);
    content.windows.front().end = image.date(900'000);
    image.set(*image.findTitle("t1"), content);
    return vidimus::rights::encodeStep(image, image.takeStep(), 1, 2)->forward;
}

} // namespace

void QuietQueriesTest::theTrapSnaps()
{
#if !defined(__SANITIZE_ADDRESS__)
    const int allocated = inTheTrap([] {
        std::free(std::malloc(8)); // from what is there already, so no system call tells of it
        return kAskedWell;
    });
    if (WIFEXITED(allocated) && WEXITSTATUS(allocated) == kNoSeccomp)
        QSKIP("no seccomp here");
    QVERIFY(WIFEXITED(allocated));
    QCOMPARE(WEXITSTATUS(allocated), kAllocated);
#endif
    QVERIFY(WIFSIGNALED(inTheTrap([] {
        syscall(SYS_sched_yield);
        return kAskedWell;
    })));
}

void QuietQueriesTest::questionsAllocateNothingAndCallNobody_data()
{
    QTest::addColumn<bool>("afterDelta");
    QTest::addColumn<bool>("withPlanes");
    QTest::newRow("a snapshot") << false << false;
    QTest::newRow("after a delta") << true << false;
    QTest::newRow("with planes") << false << true;
    QTest::newRow("with planes, after a delta") << true << true;
}

void QuietQueriesTest::questionsAllocateNothingAndCallNobody()
{
    QFETCH(bool, afterDelta);
    QFETCH(bool, withPlanes);
    const QByteArray snapshot = sampleSnapshot(300, 1);
    OpenedSnapshot opened(snapshot);
    QCOMPARE(opened.status, VAV_OK);
    vav_planes* planes = withPlanes ? vav_make_planes(opened.state) : nullptr;
    QCOMPARE(planes != nullptr, withPlanes);
    if (afterDelta)
        QCOMPARE(opened.apply(sampleDelta(snapshot)), VAV_OK);
    if (planes)
        vav_planes_set_time(planes, 2500);
    const int status = inTheTrap([&] { return askEverything(opened.reader, planes); });
    vav_free_planes(planes);
    if (WIFEXITED(status) && WEXITSTATUS(status) == kNoSeccomp)
        QSKIP("no seccomp here");
    QVERIFY2(WIFEXITED(status), "a question called the system");
    QCOMPARE(WEXITSTATUS(status), kAskedWell);
}

QTEST_GUILESS_MAIN(QuietQueriesTest)
#include "tst_quiet_queries.moc"

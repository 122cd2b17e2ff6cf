#include "sample_world.h"
#include "support/opened_snapshot.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <sys/stat.h>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

/// How a player backend uses the reader: from C, from many threads, over files that are replaced while in use.
class BackendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void plainCReads();
    void pythonReads();
    void pythonSaysWhyItCannot();
    void plainCSaysWhyItCannot();
    void manyThreadsGetTheSameAnswers();
    void openSnapshotOutlivesItsFile();
    void pipeIsRefusedAtOnce();
    void listsInOrderAndStopsAtTheLimit();
    void pagesThroughAllTitles();
    void cellOfAnotherSnapshotIsHarmless();
    void textsNeedNoEnd();
    void findsEveryTitleAndNoOther();

private:
    QTemporaryDir m_folder;
    QString m_path;
};

namespace {

vav_cell cellAt(const vav_state* state, std::int64_t at)
{
    return vav_make_cell(state, {"FR", 2}, {"", 0}, {"web", 3}, {"svod", 4}, at);
}

} // namespace

void BackendTest::initTestCase()
{
    m_path = m_folder.filePath(u"a.snapshot"_s);
    writeFile(m_path, sampleSnapshot(300, 1));
}

void BackendTest::plainCReads()
{
    QProcess program;
    const QString name = QStringLiteral(VIDIMUS_BIN_DIR) + u"/availability_c_reader"_s;
    program.start(name, {m_path, u"FR"_s, u"web"_s, u"svod"_s, u"2500"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
    QByteArrayList lines = program.readAllStandardOutput().split('\n');
    std::sort(lines.begin(), lines.end());
    QCOMPARE(lines, (QByteArrayList {"", "t0 r0", "t1 r1", "t2 r2"}));
    program.start(name, {m_path, u"DE"_s, u"web"_s, u"svod"_s, u"2500"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

void BackendTest::pythonReads()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("Python cannot load a library that was built with AddressSanitizer");
#endif
    QProcess program;
    program.start(u"python3"_s,
        {QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/core/availability_reader/examples/reader.py"_s,
            QStringLiteral(VIDIMUS_BIN_DIR) + u"/../lib/libvidimus-availability.so"_s, m_path, u"FR"_s, u"web"_s,
            u"svod"_s, u"2500"_s});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QCOMPARE(program.exitCode(), 0);
    QByteArrayList lines = program.readAllStandardOutput().split('\n');
    std::sort(lines.begin(), lines.end());
    QCOMPARE(lines, (QByteArrayList {"", "t0 r0", "t1 r1", "t2 r2"}));
}

void BackendTest::pythonSaysWhyItCannot()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("Python cannot load a library that was built with AddressSanitizer");
#endif
    const QString reader = QStringLiteral(VIDIMUS_SOURCE_DIR) + u"/core/availability_reader/examples/reader.py"_s;
    const QString library = QStringLiteral(VIDIMUS_BIN_DIR) + u"/../lib/libvidimus-availability.so"_s;
    const QString none = m_folder.filePath(u"none"_s);
    const QStringList cell {u"FR"_s, u"web"_s, u"svod"_s, u"2500"_s};
    const QList<std::tuple<QStringList, int, QByteArray>> cases {
        {QStringList {library, none} + cell, VAV_IO, "cannot be opened"},
        {QStringList {library, m_path} + cell + QStringList {m_path}, VAV_NOT_A_SNAPSHOT, "no snapshot and no delta"},
        {QStringList {none, m_path} + cell, 64, "none"}, {{library, m_path}, 64, "reader.py LIBRARY"}};
    for (const auto& [arguments, status, sentence] : cases) {
        QProcess program;
        program.start(u"python3"_s, QStringList {reader} + arguments);
        QVERIFY(program.waitForFinished());
        const QByteArray said = program.readAllStandardError();
        QVERIFY2(said.contains(sentence) && !said.contains("Traceback"), said.constData());
        QCOMPARE(program.exitCode(), status);
    }
}

void BackendTest::plainCSaysWhyItCannot()
{
    const QString broken = m_folder.filePath(u"broken"_s);
    QByteArray bytes = sampleSnapshot(3, 1);
    bytes[200] = static_cast<char>(bytes[200] + 1);
    writeFile(broken, bytes);
    const QList<std::pair<QString, int>> cases {{m_folder.filePath(u"none"_s), VAV_IO}, {broken, VAV_BAD_CHECKSUM}};
    for (const auto& [path, status] : cases) {
        QProcess program;
        program.start(QStringLiteral(VIDIMUS_BIN_DIR) + u"/availability_c_reader"_s,
            {path, u"FR"_s, u"web"_s, u"svod"_s, u"0"_s});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.exitCode(), status);
    }
}

void BackendTest::manyThreadsGetTheSameAnswers()
{
    const OpenedSnapshot file(m_path);
    QCOMPARE(file.status, VAV_OK);
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> viewers;
        for (int viewer = 0; viewer < 8; ++viewer) {
            viewers.emplace_back([&, viewer] {
                for (int i = 0; i < 2000; ++i) {
                    const int at = (viewer * 37 + i * 101) % 300;
                    const vav_cell cell = cellAt(file.state, at * 1000 + 500);
                    const QByteArray id = "t" + QByteArray::number(i % 300);
                    const auto title
                        = vav_find_title(file.state, {id.constData(), static_cast<std::size_t>(id.size())});
                    wrong += vav_ask(file.state, title, &cell).available != (i % 300 <= at);
                }
            });
        }
    }
    QCOMPARE(wrong.load(), 0);
}

/// A publisher puts the next state in place by renaming; who reads the old one goes on reading the old one.
void BackendTest::openSnapshotOutlivesItsFile()
{
    const QString path = m_folder.filePath(u"live"_s);
    const QString next = m_folder.filePath(u"next"_s);
    writeFile(path, sampleSnapshot(5, 1));
    const OpenedSnapshot old(path);
    QCOMPARE(old.status, VAV_OK);
    writeFile(next, sampleSnapshot(9, 2));
    QCOMPARE(std::rename(QFile::encodeName(next).constData(), QFile::encodeName(path).constData()), 0);
    const OpenedSnapshot fresh(path);
    QCOMPARE(fresh.status, VAV_OK);
    const vav_cell oldCell = cellAt(old.state, 900'000);
    const vav_cell freshCell = cellAt(fresh.state, 900'000);
    QCOMPARE(vav_version(old.state), 1U);
    QCOMPARE(vav_count(old.state, &oldCell), 5U);
    QCOMPARE(vav_version(fresh.state), 2U);
    QCOMPARE(vav_count(fresh.state, &freshCell), 9U);
    QVERIFY(QFile::remove(path));
    QCOMPARE(vav_count(fresh.state, &freshCell), 9U);
}

void BackendTest::pipeIsRefusedAtOnce()
{
    const QString path = m_folder.filePath(u"pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const OpenedSnapshot file(path); // nobody writes: waiting would last for ever
    QCOMPARE(file.status, VAV_IO);
    const OpenedSnapshot empty(u"/dev/null"_s);
    QCOMPARE(empty.status, VAV_IO);
}

void BackendTest::listsInOrderAndStopsAtTheLimit()
{
    const OpenedSnapshot file(m_path);
    const vav_cell cell = cellAt(file.state, 10'500); // t0 to t10 are available
    const auto title = [&](const char* id) { return vav_find_title(file.state, {id, std::strlen(id)}); };
    const std::uint32_t candidates[]
        = {title("t9"), title("t200"), title("t3"), VAV_NO_TITLE, title("t9"), title("t0")};
    std::uint32_t found[6] = {};
    QCOMPARE(vav_list(file.state, &cell, candidates, 6, found, 6, nullptr), 4U);
    QCOMPARE(found[0], title("t9"));
    QCOMPARE(found[1], title("t3"));
    QCOMPARE(found[2], title("t9"));
    QCOMPARE(found[3], title("t0"));
    found[2] = 77;
    QCOMPARE(vav_list(file.state, &cell, candidates, 6, found, 2, nullptr), 2U);
    QCOMPARE(found[2], 77U); // nothing is written past the limit
    QCOMPARE(vav_list(file.state, &cell, candidates, 6, nullptr, 0, nullptr), 0U);
    QCOMPARE(vav_list(file.state, &cell, nullptr, 0, found, 6, nullptr), 0U);
}

void BackendTest::pagesThroughAllTitles()
{
    const OpenedSnapshot file(m_path);
    const vav_cell cell = cellAt(file.state, 123'500);
    std::vector<std::uint32_t> all(vav_title_count(file.state));
    for (std::uint32_t i = 0; i < all.size(); ++i)
        all[i] = i;
    std::vector<std::uint32_t> seen;
    for (std::size_t at = 0; at < all.size();) {
        std::uint32_t page[7];
        const std::size_t got = vav_list(file.state, &cell, all.data() + at, all.size() - at, page, 7, nullptr);
        seen.insert(seen.end(), page, page + got);
        if (got < 7)
            break;
        at = page[6] + 1; // the next page begins behind the last one shown
    }
    QCOMPARE(seen.size(), 124U);
    QCOMPARE(vav_count(file.state, &cell), 124U);
    QVERIFY(std::adjacent_find(seen.begin(), seen.end(), std::greater_equal<>()) == seen.end());
}

void BackendTest::cellOfAnotherSnapshotIsHarmless()
{
    const OpenedSnapshot file(m_path);
    vav_cell cell = cellAt(file.state, 900'000);
    const auto title = vav_find_title(file.state, {"t0", 2});
    QVERIFY(vav_ask(file.state, title, &cell).available);
    for (std::uint32_t vav_cell::* member : {&vav_cell::column, &vav_cell::site, &vav_cell::offer}) {
        for (const std::uint32_t value : {5000U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
            vav_cell foreign = cell;
            foreign.*member = value;
            QVERIFY(!vav_ask(file.state, title, &foreign).available);
            QCOMPARE(vav_count(file.state, &foreign), 0U);
        }
    }
    cell.time_rank = 0xFFFFFFFF;
    QVERIFY(!vav_ask(file.state, title, &cell).available);
}

void BackendTest::textsNeedNoEnd()
{
    const OpenedSnapshot file(m_path);
    const QByteArray line = "t12FRwebsvod"; // a backend points into the request it received
    const auto part = [&line](qsizetype at, std::size_t length) { return vav_text {line.constData() + at, length}; };
    QVERIFY(vav_query(file.state, part(0, 3), part(3, 2), part(5, 3), part(8, 4), 12'000).available);
    QVERIFY(vav_query(file.state, part(0, 2), part(3, 2), part(5, 3), part(8, 4), 1'000).available); // "t1"
    QVERIFY(!vav_query(file.state, part(0, 3), part(3, 2), part(5, 3), part(8, 4), 11'999).available);
    QVERIFY(!vav_query(file.state, part(0, 0), part(3, 2), part(5, 3), part(8, 4), 12'000).available);
}

void BackendTest::findsEveryTitleAndNoOther()
{
    const OpenedSnapshot file(m_path);
    for (int i = 0; i < 600; ++i) {
        const QByteArray id = "t" + QByteArray::number(i);
        const auto title = vav_find_title(file.state, {id.constData(), static_cast<std::size_t>(id.size())});
        QCOMPARE(title != VAV_NO_TITLE, i < 300);
        if (title == VAV_NO_TITLE)
            continue;
        char found[16];
        const std::size_t length = vav_title_id(file.state, title, found, sizeof found);
        QCOMPARE(QByteArray(found, static_cast<qsizetype>(length)), id);
    }
    QCOMPARE(vav_title_id(file.state, VAV_NO_TITLE, nullptr, 0), 0U);
}

QTEST_GUILESS_MAIN(BackendTest)
#include "tst_backend.moc"

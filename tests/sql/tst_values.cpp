#include "open_new.h"

#include <QTest>
#include <limits>

using namespace vidimus;
using namespace vidimus::sql;
using namespace Qt::StringLiterals;

/// What is bound comes back as it was, bit for bit, and NULL is not empty.
class TestValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void integersRoundTrip_data();
    void integersRoundTrip();
    void realsRoundTrip_data();
    void realsRoundTrip();
    void textsRoundTrip_data();
    void textsRoundTrip();
    void bytesRoundTrip_data();
    void bytesRoundTrip();
    void optionalsKnowNullFromNothing();
    void idsAreNullWhenEmpty();
    void statementIsUsedAgain();
    void rowsAreCopiedAsTheyAre();
    void wrongNumberOfValuesIsAnError();
    void rowsChangedCounts();
};

namespace {

const QString kTable = u"CREATE TABLE t (v)"_s;

/// Stores one value and reads it back with \a read.
template<class Value, class Read>
auto stored(const Value& value, Read read)
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    if (const auto done = connection.execute(u"INSERT INTO t VALUES (?)"_s, value); !done)
        qFatal("%s", qPrintable(done.error().detail));
    return connection.one(u"SELECT v, typeof(v) FROM t"_s, read)->value();
}

} // namespace

void TestValues::integersRoundTrip_data()
{
    QTest::addColumn<qint64>("value");
    for (const qint64 value : {qint64 {0}, qint64 {-1}, qint64 {1} << 31, (qint64 {1} << 53) + 1,
             std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
        QTest::addRow("%lld", static_cast<long long>(value)) << value;
}

void TestValues::integersRoundTrip()
{
    QFETCH(qint64, value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.integer(0); }), value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.text(1); }), u"integer"_s);
    const Instant instant {Milliseconds {value}};
    QCOMPARE(stored(instant, [](const Statement& row) { return row.instant(0); }), instant);
}

void TestValues::realsRoundTrip_data()
{
    QTest::addColumn<double>("value");
    for (const double value :
        {0.0, 0.1, -1e-300, 1.7976931348623157e308, 5e-324, 29.97, std::numeric_limits<double>::infinity()})
        QTest::addRow("%g", value) << value;
}

void TestValues::realsRoundTrip()
{
    QFETCH(double, value);
    QVERIFY(stored(value, [](const Statement& row) { return row.real(0); }) == value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.text(1); }), u"real"_s);
}

void TestValues::textsRoundTrip_data()
{
    QTest::addColumn<QString>("value");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("null string") << QString();
    QTest::newRow("quotes") << u"it's \"so\"; DROP TABLE t; --"_s;
    QTest::newRow("question mark") << u"a ? b ?1 :c @d $e"_s;
    QTest::newRow("other planes") << u"天空の城 \U0001F600 \u202E"_s;
    QTest::newRow("looks like a number") << u"007"_s;
    QTest::newRow("looks like NULL") << u"NULL"_s;
    QTest::newRow("zero inside") << QString::fromUtf8("a\0b", 3);
    QTest::newRow("long") << QString(1'000'000, u'x');
}

void TestValues::textsRoundTrip()
{
    QFETCH(QString, value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.text(0); }), value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.text(1); }), u"text"_s); // never NULL
}

void TestValues::bytesRoundTrip_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("null bytes") << QByteArray();
    QTest::newRow("zeros") << QByteArray(3, '\0');
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all.append(static_cast<char>(i));
    QTest::newRow("every byte") << all;
    QTest::newRow("a megabyte") << all.repeated(4096);
}

void TestValues::bytesRoundTrip()
{
    QFETCH(QByteArray, value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.bytes(0); }), value);
    QCOMPARE(stored(value, [](const Statement& row) { return row.text(1); }), u"blob"_s);
}

void TestValues::optionalsKnowNullFromNothing()
{
    const auto read = [](const Statement& row) {
        return std::tuple(
            row.isNull(0), row.optionalInteger(0), row.optionalReal(0), row.optionalText(0), row.optionalInstant(0));
    };
    const auto [isNull, integer, real, text, instant] = stored(std::optional<qint64>(), read);
    QVERIFY(isNull && !integer && !real && !text && !instant);
    const auto [zeroIsNull, zero, zeroReal, zeroText, epoch] = stored(std::optional<qint64>(0), read);
    QVERIFY(!zeroIsNull && zero == 0 && zeroReal == 0.0 && zeroText == u"0"_s && epoch == Instant {});
    const auto [emptyIsNull, a, b, empty, c] = stored(std::optional<QString>(u""_s), read);
    QVERIFY(!emptyIsNull && empty && empty->isEmpty());
    QVERIFY(std::get<0>(stored(std::nullopt, read)));
    QVERIFY(stored(true, [](const Statement& row) { return row.boolean(0); }));
    QVERIFY(!stored(std::nullopt, [](const Statement& row) { return row.boolean(0); }));
}

void TestValues::idsAreNullWhenEmpty()
{
    QVERIFY(stored(TitleId(), [](const Statement& row) { return row.isNull(0); }));
    QCOMPARE(stored(TitleId(u"md:1"_s), [](const Statement& row) { return row.id<TitleId>(0); }), TitleId(u"md:1"_s));
    QVERIFY(stored(TitleId(), [](const Statement& row) { return row.id<TitleId>(0); }).isEmpty());
}

void TestValues::statementIsUsedAgain()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    auto insert = connection.prepare(u"INSERT INTO t VALUES (?)"_s);
    QVERIFY(insert);
    for (int i = 0; i < 100; ++i)
        QVERIFY(insert->bind(i).run());
    auto find = connection.prepare(u"SELECT v FROM t WHERE v >= ? ORDER BY v"_s);
    QVERIFY(find);
    for (const int from : {97, 10, 99, 100}) {
        find->bind(from); // also in the middle of an answer
        int rows = 0;
        for (auto there = find->next(); *there; there = find->next(), ++rows) {
            QCOMPARE(find->integer(0), from + rows);
            if (from == 10)
                break;
        }
        QCOMPARE(rows, from == 10 ? 0 : 100 - from);
    }
}

void TestValues::rowsAreCopiedAsTheyAre()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir,
        u"CREATE TABLE a (x, y, z); CREATE TABLE b (x, y, z);"
        "INSERT INTO a VALUES (NULL, '', x'00ff'), (9223372036854775807, 0.5, 'é')"_s);
    auto from = connection.prepare(u"SELECT x, y, z FROM a"_s);
    auto into = connection.prepare(u"INSERT INTO b VALUES (?, ?, ?)"_s);
    while (*from->next())
        QVERIFY(into->bindRow(*from, 3).run());
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM (SELECT quote(x), quote(y), quote(z) FROM a EXCEPT "
                                 "SELECT quote(x), quote(y), quote(z) FROM b)"_s),
        0);
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM b"_s), 2);
}

void TestValues::wrongNumberOfValuesIsAnError()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable);
    QVERIFY(!connection.execute(u"INSERT INTO t VALUES (?, ?)"_s, 1, 2));
    QVERIFY(!connection.execute(u"INSERT INTO t VALUES (?)"_s, 1, 2));
    QCOMPARE(*connection.integer(u"SELECT count(*) FROM t"_s), 0);
}

void TestValues::rowsChangedCounts()
{
    const QTemporaryDir dir;
    Connection connection = openNew(dir, kTable + u"; INSERT INTO t VALUES (1), (2), (3)"_s);
    QCOMPARE(*connection.execute(u"UPDATE t SET v = v + 1 WHERE v > ?"_s, 1), 2);
    QCOMPARE(*connection.execute(u"DELETE FROM t WHERE v > ?"_s, 100), 0);
    QCOMPARE(*connection.integer(u"SELECT v FROM t WHERE v > ?"_s, 100), 0); // no row at all
}

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"

#include "core/matching/bank_import.h"
#include "made_up_video.h"

#include <QJsonObject>
#include <QTest>

using namespace vidimus;
using namespace vidimus::matching;
using namespace vidimus::test;
using namespace Qt::StringLiterals;

namespace {

// Published by PDQ's authors for their bridge pictures.
const QByteArray kOne = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
const QByteArray kTwo = "30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af";

PdqHash one()
{
    return pdqHashFromHex(QString::fromLatin1(kOne)).value();
}

HashBank madeUpBank()
{
    std::mt19937_64 random(1);
    HashBank bank {.id = u"b"_s, .name = u"Known"_s, .severity = BankSeverity::Block, .entries = {}};
    for (const QString& label : {u"plain"_s, u"with, comma"_s, u"a \"quoted\" word"_s, u"=HYPERLINK(\"x\")"_s,
             u"-1 case"_s, u"größe 影"_s, QString()})
        bank.entries.push_back({randomHash(random), int(random() % 101), label});
    return bank;
}

} // namespace

class TestBankFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryForm_data();
    void readsEveryForm();
    void reportsBadLinesAndKeepsTheOthers();
    void reportsAtMostAHundredErrors();
    void refusesListsWithoutAHash_data();
    void refusesListsWithoutAHash();
    void leavesOutOtherKindsOfHashes();
    void tidiesLabels();
    void formulasGoOutAndComeInHarmless();
    void csvAndJsonComeBackAsTheyWere_data();
    void csvAndJsonComeBackAsTheyWere();
    void survivesAnyBytes();
};

void TestBankFile::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("quality");
    QTest::addColumn<QString>("label");
    QTest::newRow("our CSV") << "hash,quality,label\n" + kOne + ",87,bridge\n" << 87 << u"bridge"_s;
    QTest::newRow("columns in another order") << "Label,Quality,Hash\nbridge,87," + kOne << 87 << u"bridge"_s;
    QTest::newRow("no header") << kOne + ",87,bridge" << 87 << u"bridge"_s;
    QTest::newRow("hash alone") << kOne << 100 << QString();
    QTest::newRow("a byte order mark, CRLF, a comment, an empty line")
        << "\xef\xbb\xbfhash,quality,label\r\n# note\r\n\r\n" + kOne + ",87,bridge\r\n"
        << 87 << u"bridge"_s;
    QTest::newRow("upper case and spaces") << "hash , quality\n " + kOne.toUpper() + " , 87 " << 87 << QString();
    QTest::newRow("quoted") << kOne + ",87,\"the \"\"old\"\" bridge, left\"" << 87 << u"the \"old\" bridge, left"_s;
    QTest::newRow("HMA's CSV") << kOne + ",0000000000000001,2020-07-31T18:47:52+0000,tag1 tag2" << 100
                               << u"tag1 tag2"_s;
    QTest::newRow("local file exchange") << "pdq " + kOne + "\n" << 100 << QString();
    QTest::newRow("ThreatExchange, threat updates") << R"({"data":[{"id":"1","type":"HASH_PDQ","indicator":")" + kOne
            + R"(","tags":["a","b"],"should_delete":false}]})"
                                                    << 100 << u"a b"_s;
    QTest::newRow("ThreatExchange, descriptors") << R"({"data":[{"indicator":{"indicator":")" + kOne
            + R"(","type":"HASH_PDQ"},"tags":{"data":[{"id":"9","text":"a"}]}}]})"
                                                 << 100 << u"a"_s;
    QTest::newRow("ThreatExchange, raw") << R"([{"raw_indicator":")" + kOne
            + R"(","type":"HASH_PDQ","description":"x y"}])"
                                         << 100 << u"x y"_s;
    QTest::newRow("HMA, bank content") << R"([{"id":3,"bank":"B","enabled":true,"signals":{"pdq":")" + kOne + R"("}}])"
                                       << 100 << QString();
    QTest::newRow("our JSON") << R"({"data":[{"hash":")" + kOne + R"(","quality":87,"label":"bridge"}]})" << 87
                              << u"bridge"_s;
}

void TestBankFile::readsEveryForm()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, quality);
    QFETCH(QString, label);
    const auto file = readBankFile(bytes);
    QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
    QCOMPARE(file->rejected, 0);
    QCOMPARE(file->lines, 1);
    QCOMPARE(file->entries.size(), std::size_t(1));
    const BankEntry expected {one(), quality, label};
    QVERIFY2(file->entries[0] == expected, qPrintable(file->entries[0].label));
}

void TestBankFile::reportsBadLinesAndKeepsTheOthers()
{
    const QByteArray bytes = "hash,quality,label\n" + kOne + ",90,good\n" + kOne.chopped(1) + ",90,short\n" + kTwo
        + ",101,too much\n" + kTwo + ",many,no number\n" + kTwo + ",50,\"open\n" + kTwo + ",50,\xff\xfe\n"
        + QByteArray(5000, 'a') + "\n" + kTwo + ",70,good\n";
    const auto file = readBankFile(bytes);
    QVERIFY(file);
    QCOMPARE(file->entries.size(), std::size_t(2));
    QCOMPARE(file->rejected, 6);
    QCOMPARE(file->lines, 8);
    const std::vector<std::pair<qint64, QByteArray>> expected {{3, "bad_hash"}, {4, "bad_quality"}, {5, "bad_quality"},
        {6, "bad_text"}, {7, "bad_text"}, {8, "line_too_long"}};
    QCOMPARE(file->errors.size(), expected.size());
    for (std::size_t n = 0; n < expected.size(); ++n) {
        QCOMPARE(file->errors[n].line, expected[n].first);
        QCOMPARE(file->errors[n].code, expected[n].second);
        QVERIFY(!file->errors[n].message.isEmpty());
    }
    const QJsonObject json = toJson(file->errors).first().toObject();
    QCOMPARE(json.keys(), (QStringList {u"code"_s, u"line"_s, u"message"_s}));
}

void TestBankFile::reportsAtMostAHundredErrors()
{
    QByteArray bytes = kOne + '\n';
    for (int n = 0; n < 5000; ++n)
        bytes += "not a hash\"\n";
    for (int n = 0; n < 5000; ++n)
        bytes += "nothing\n";
    const auto file = readBankFile(bytes);
    QVERIFY(file);
    QCOMPARE(file->errors.size(), std::size_t(kMaxReportedErrors));
    QVERIFY(file->rejected >= 5000);
    QCOMPARE(file->entries.size(), std::size_t(1));
}

void TestBankFile::refusesListsWithoutAHash_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a header alone") << QByteArray("hash,quality,label\n");
    QTest::newRow("prose") << QByteArray("Dear all,\nplease find attached\n");
    QTest::newRow("binary") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    QTest::newRow("broken JSON") << QByteArray("{\"data\":[");
    QTest::newRow("JSON of something else") << QByteArray("{\"name\":\"x\"}");
    QTest::newRow("deep JSON") << QByteArray(200'000, '[');
    QTest::newRow("numbers in JSON") << QByteArray("[1,2,3]");
}

void TestBankFile::refusesListsWithoutAHash()
{
    QFETCH(QByteArray, bytes);
    const auto file = readBankFile(bytes);
    QVERIFY(!file);
    QCOMPARE(file.error().reason, "bad_list");
    QCOMPARE(file.error().code, ErrorCode::Invalid);
}

void TestBankFile::leavesOutOtherKindsOfHashes()
{
    const auto text = readBankFile("pdq " + kOne + "\nmd5 0123456789abcdef0123456789abcdef\n");
    QVERIFY(text);
    QCOMPARE(text->otherKinds, 1);
    QCOMPARE(text->rejected, 0);
    const auto json = readBankFile(R"({"data":[{"type":"HASH_MD5","indicator":"00"},{"type":"HASH_PDQ","indicator":")"
        + kOne + R"("},{"type":"HASH_PDQ","should_delete":true,"indicator":")" + kTwo
        + R"("},{"enabled":false,"signals":{"pdq":")" + kTwo + R"("}},{"type":"HASH_PDQ","indicator":7},"x"]})");
    QVERIFY(json);
    QCOMPARE(json->otherKinds, 3);
    QCOMPARE(json->entries.size(), std::size_t(1));
    QCOMPARE(json->rejected, 2);
}

void TestBankFile::tidiesLabels()
{
    const auto file
        = readBankFile(kOne + ",90,two\twords\x01 \xe2\x80\xaeright to left\n" + kTwo + ",90," + QByteArray(3000, 'x'));
    QVERIFY(file);
    QVERIFY(!file->entries[0].label.contains(QChar(0x01)));
    QVERIFY(!file->entries[0].label.contains(QChar(0x202e)));
    QVERIFY(file->entries[0].label.startsWith(u"two words"));
    QCOMPARE(file->entries[1].label.size(), kMaxBankLabel);
}

void TestBankFile::formulasGoOutAndComeInHarmless()
{
    HashBank bank;
    bank.entries = {{one(), 90, u"=1+1"_s}};
    const QByteArray csv = writeBankFile(bank, BankFormat::Csv);
    QVERIFY(csv.contains(",'=1+1\n"));
    QCOMPARE(readBankFile(csv).value().entries[0].label, u"=1+1"_s);
}

void TestBankFile::csvAndJsonComeBackAsTheyWere_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("csv") << u"csv"_s;
    QTest::newRow("json") << u"json"_s;
}

void TestBankFile::csvAndJsonComeBackAsTheyWere()
{
    QFETCH(QString, format);
    const HashBank bank = madeUpBank();
    const auto read = readBankFile(writeBankFile(bank, bankFormatFromName(format).value()));
    QVERIFY(read);
    QVERIFY(read->entries == bank.entries);
    const auto text = readBankFile(writeBankFile(bank, BankFormat::Text));
    QVERIFY(text);
    QCOMPARE(text->entries.size(), bank.entries.size());
    QVERIFY(text->entries[3].hash == bank.entries[3].hash);
    QVERIFY(!bankFormatFromName(u"xlsx"));
}

void TestBankFile::survivesAnyBytes()
{
    const QByteArray good
        = writeBankFile(madeUpBank(), BankFormat::Csv) + writeBankFile(madeUpBank(), BankFormat::Text);
    const QByteArray json = writeBankFile(madeUpBank(), BankFormat::Json);
    std::mt19937 random(9);
    for (int round = 0; round < 1000; ++round) {
        QByteArray bytes = round % 2 == 0 ? good : json;
        for (int change = 0; change < 6; ++change)
            bytes[qsizetype(random() % std::size_t(bytes.size()))] = char(random());
        if (const auto file = readBankFile(bytes))
            QVERIFY(qint64(file->entries.size()) + file->rejected + file->otherKinds <= file->lines);
    }
}

QTEST_GUILESS_MAIN(TestBankFile)
#include "tst_bank_file.moc"

#include "catalog_server/running_catalog.h"
#include "core/catalog/operation_payload.h"

#include <QTest>

using namespace vidimus;
using namespace vidimus::catalog;
using namespace Qt::StringLiterals;
using test::RunningCatalog;
using Kind = SendOutcome::Kind;

namespace {

/// Performs requests and loses the answers of those whose method it was told.
class LosingTransport : public HttpTransport {
public:
    Result<HttpResponse> perform(const HttpRequest& request) override
    {
        auto response = m_real.perform(request);
        if (request.method != losing)
            return response;
        ++lost;
        return Error {ErrorCode::Unavailable, u"the connection was cut"_s, "connection_lost"};
    }
    QByteArray losing;
    int lost = 0;

private:
    CurlTransport m_real;
};

UpsertTitle titleNamed(const QString& name)
{
    return {.id = TitleId(u"t"_s), .name = name, .rights = {{u"kind"_s, u"film"_s}}, .baseVersion = std::nullopt};
}

} // namespace

/// An answer that is lost on its way is asked for again, and the change is made once.
class TestLostAnswer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTitleWithoutBaseIsWrittenOnce_data();
    void aTitleWithoutBaseIsWrittenOnce();
};

void TestLostAnswer::aTitleWithoutBaseIsWrittenOnce_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("exists");
    QTest::addColumn<qint64>("version");
    QTest::newRow("new, made") << QByteArray("POST") << false << qint64 {1};
    QTest::newRow("known, refused creation lost") << QByteArray("POST") << true << qint64 {2};
    QTest::newRow("known, change lost") << QByteArray("PATCH") << true << qint64 {2};
}

void TestLostAnswer::aTitleWithoutBaseIsWrittenOnce()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, exists);
    QFETCH(qint64, version);
    RunningCatalog catalog;
    if (exists)
        QCOMPARE(catalog.send(makeOperation(titleNamed(u"Before"_s), SystemClock::read())).kind, Kind::Done);
    LosingTransport transport;
    CatalogClient client(transport, {catalog.url(), RunningCatalog::kToken});
    CatalogOperationSender sender(client, catalog.folder());
    const Operation operation = makeOperation(titleNamed(u"After"_s), SystemClock::read());
    transport.losing = method;
    for (int time = 0; time < 3; ++time)
        QCOMPARE(sender.send(operation, {}).kind, Kind::Retry);
    QCOMPARE(transport.lost, 3);
    transport.losing.clear();
    QCOMPARE(sender.send(operation, {}).kind, Kind::Done);
    const auto title = catalog.client().title(TitleId(u"t"_s));
    QCOMPARE(title->name, u"After"_s);
    QCOMPARE(title->version, version);
}

QTEST_GUILESS_MAIN(TestLostAnswer)
#include "tst_lost_answer.moc"

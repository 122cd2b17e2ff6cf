#include "catalog_server/running_catalog.h"
#include "core/catalog_server/access_tokens.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace vidimus;
using namespace Qt::StringLiterals;
using test::RunningCatalog;

/// resources/openapi.yaml against the routes there are, and every scope against every route.
class TestContract : public QObject {
    Q_OBJECT

    static QMap<QString, QString> scopesInContract()
    {
        QFile file(QStringLiteral(VIDIMUS_SOURCE_DIR "/resources/openapi.yaml"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QMap<QString, QString> scopes;
        QString path;
        QString method;
        for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            if (line.startsWith(u"components:"))
                break;
            static const QRegularExpression pathLine(u"^  (/[^:]*(?::[a-z]+)?):$"_s);
            static const QRegularExpression methodLine(u"^    (get|put|post|patch|delete|head|options):$"_s);
            static const QRegularExpression scopeLine(u"^      x-scope: (.*)$"_s);
            if (const auto match = pathLine.match(line); match.hasMatch())
                path = match.captured(1);
            else if (const auto verb = methodLine.match(line); verb.hasMatch())
                method = verb.captured(1).toUpper();
            else if (const auto scope = scopeLine.match(line); scope.hasMatch())
                scopes[method + u' ' + path] = scope.captured(1);
        }
        return scopes;
    }

private Q_SLOTS:
    void everyRouteIsInTheContractAndTheOtherWayRound();
    void contractIsServed();
    void everyScopeOpensItsRoutesAndNoOther();
};

void TestContract::everyRouteIsInTheContractAndTheOtherWayRound()
{
    RunningCatalog catalog;
    QMap<QString, QString> routes;
    for (const catalog_server::Route& route : catalog.service().router().routes()) {
        routes[QString::fromLatin1(route.method + ' ' + route.pattern)]
            = route.scope.isEmpty() ? u"none"_s : route.scope;
    }
    QVERIFY(routes.size() > 30);
    QCOMPARE(scopesInContract(), routes);
}

void TestContract::contractIsServed()
{
    RunningCatalog catalog;
    const auto response = catalog.ask("GET", "/v1/openapi.yaml", {}, {}, {});
    QCOMPARE(response.status, 200);
    QVERIFY(response.body.startsWith("openapi: 3.1.0"));
    for (const QByteArray path : {"/", "/site/site.css", "/site/page.js", "/site/player.js"}) {
        const auto page = catalog.ask("GET", path, {}, {}, {});
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.size() > 500);
        QVERIFY(page.header("Content-Security-Policy").contains("script-src 'self'"));
    }
}

void TestContract::everyScopeOpensItsRoutesAndNoOther()
{
    RunningCatalog catalog;
    for (const QString& scope : catalog_server::allScopes()) {
        const auto made = catalog.change("POST", "/v1/tokens", {{u"name"_s, scope}, {u"scopes"_s, QJsonArray {scope}}});
        QCOMPARE(made.status, 201);
        const QByteArray token = test::jsonOf(made.body).value("token"_L1).toString().toLatin1();
        for (const catalog_server::Route& route : catalog.service().router().routes()) {
            if (route.scope.isEmpty() || route.pattern.contains("{token}"))
                continue;
            QByteArray path = route.pattern;
            path.replace("{sha256}", QByteArray(64, '0'));
            static const QRegularExpression parameter(u"\\{[a-z0-9]+\\}"_s);
            path = QString::fromLatin1(path).replace(parameter, u"x"_s).toLatin1();
            const int status = catalog.ask(route.method, path, {}, {}, token).status;
            const QString what = QString::fromLatin1(route.method + ' ' + path) + u" with "_s + scope;
            QVERIFY2((status == 403) == (route.scope != scope), qPrintable(what + u": %1"_s.arg(status)));
            QCOMPARE(catalog.ask(route.method, path, {}, {}, {}).status, 401);
            QCOMPARE(catalog.ask(route.method, path, {}, {}, "wrong").status, 401);
        }
    }
    QVERIFY(!catalog.ask("GET", "/v1/tokens").body.contains("\"token\""));
}

QTEST_GUILESS_MAIN(TestContract)
#include "tst_contract.moc"

#include "team_catalog.h"

#include "core/base/ids.h"
#include "core/base/json.h"
#include "tests/support/patience.h"

#include <QFile>
#include <QJsonArray>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vidimus::ui::rights::tests {

using namespace Qt::StringLiterals;

namespace {

QByteArray urlIn(const QByteArray& line)
{
    const auto json = parseJsonObject(line);
    return json ? json->value("listening"_L1).toString().toUtf8() : QByteArray();
}

/// Hands the line to whoever connects, and keeps every connection until the end.
void handOut(int listener, const QByteArray& line, const std::stop_token& stop)
{
    std::vector<UniqueFd> clients;
    while (!stop.stop_requested()) {
        pollfd waiting {listener, POLLIN, 0};
        if (poll(&waiting, 1, 50) <= 0)
            continue;
        UniqueFd client(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (client.isValid() && send(client.get(), line.constData(), static_cast<std::size_t>(line.size()), 0) > 0)
            clients.push_back(std::move(client));
    }
}

} // namespace

TeamCatalog::TeamCatalog()
{
    m_program.start(QStringLiteral(VIDIMUS_BIN_DIR) + u"/vidimus-catalogd"_s,
        {u"--data"_s, m_folder.path(), u"--listen"_s, u"127.0.0.1:0"_s, u"--dark-share"_s, u"20"_s});
    while (!m_program.canReadLine() && m_program.waitForReadyRead(kPatienceMs)) { }
    const QByteArray url = urlIn(m_program.readLine());
    QFile token(m_folder.filePath(u"admin-token"_s));
    if (url.isEmpty() || !token.open(QIODevice::ReadOnly))
        qFatal("the catalog does not start: %s", m_program.readAllStandardError().constData());
    m_admin = std::make_unique<catalog::CatalogClient>(
        m_transport, catalog::CatalogAddress {url, token.readAll().trimmed()});
}

TeamCatalog::~TeamCatalog()
{
    m_thread = {};
    m_program.terminate();
    if (!m_program.waitForFinished(kPatienceMs))
        m_program.kill();
}

catalog::CatalogReply TeamCatalog::change(const QByteArray& method, const QByteArray& path, const QJsonObject& body)
{
    const auto reply = m_admin->change(method, path, body, newUuid().toLatin1(), {{"If-Match", "*"}});
    if (!reply)
        qFatal("%s: %s", path.constData(), qPrintable(reply.error().detail));
    return *reply;
}

void TeamCatalog::fill(int count)
{
    QJsonObject titles;
    QJsonArray rules;
    for (int i = 0; i < count; ++i) {
        const QString id = u"t%1"_s.arg(i);
        titles.insert(id, QJsonObject {{u"kind"_s, u"film"_s}});
        rules.append(QJsonObject {{u"id"_s, u"r"_s + id}, {u"effect"_s, u"allow"_s}, {u"scope"_s, id},
            {u"territory"_s, QJsonObject {{u"include"_s, QJsonArray {u"FR"_s}}}}, {u"sites"_s, QJsonArray {u"web"_s}},
            {u"offers"_s, QJsonArray {u"svod"_s}}});
    }
    const QJsonObject context {
        {u"sites"_s, QJsonArray {u"web"_s}}, {u"offers"_s, QJsonArray {u"svod"_s}}, {u"titles"_s, titles}};
    const auto reply = change("PUT", "/v1/rights",
        {{u"version"_s, 1}, {u"context"_s, context}, {u"deals"_s, QJsonObject()}, {u"rules"_s, rules}});
    if (!reply.isSuccess())
        qFatal("the rights are refused: %s", toJson(reply.body).constData());
    (void)m_admin->availability(
        {.title = TitleId(u"t0"_s), .country = u"FR"_s, .site = u"web"_s, .offer = u"svod"_s, .at = {}});
}

int TeamCatalog::clear(int title)
{
    return change("PUT", "/v1/titles/t" + QByteArray::number(title) + "/windows", {{u"rules"_s, QJsonArray()}}).status;
}

qsizetype TeamCatalog::holds()
{
    const auto list = m_admin->get("/v1/availability/holds");
    return list ? list->value("items"_L1).toArray().size() : -1;
}

void TeamCatalog::handOver(const QString& folder)
{
    const auto token = change("POST", "/v1/tokens",
        {{u"name"_s, u"second"_s}, {u"scopes"_s, QJsonArray {u"feed:announce"_s, u"feed:read"_s}}});
    const QByteArray line = toJson(QJsonObject {{u"url"_s, QString::fromUtf8(m_admin->address().url)},
                                {u"token"_s, token.body.value("token"_L1).toString()}})
        + '\n';
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(folder + u"/catalog.sock"_s);
    if (path.size() >= static_cast<qsizetype>(sizeof(address.sun_path)))
        qFatal("the folder's name is too long");
    std::copy(path.begin(), path.end(), address.sun_path);
    m_listener = UniqueFd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind(m_listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0
        || listen(m_listener.get(), 8) != 0)
        qFatal("no socket at %s", path.constData());
    m_thread = std::jthread([fd = m_listener.get(), line](const std::stop_token& stop) { handOut(fd, line, stop); });
}

} // namespace vidimus::ui::rights::tests

#pragma once

#include "core/base/unique_fd.h"
#include "core/catalog/catalog_client.h"
#include "core/catalog/curl_transport.h"

#include <QProcess>
#include <QTemporaryDir>
#include <thread>

namespace vidimus::ui::rights::tests {

/// A catalogd of a team, as its own program, with the guard against silent mass removal on: one person may darken a
/// fifth of a site in an hour. The administrator is one person; whoever comes through handOver() is another.
class TeamCatalog {
public:
    TeamCatalog();
    ~TeamCatalog();

    /// Titles t0 … t<count - 1>, each with rights on "web" in France.
    void fill(int count);
    /// As the administrator: takes all rights of a title away. The HTTP status.
    int clear(int title);
    [[nodiscard]] qsizetype holds();
    /// A workspace in this folder finds the team's catalog where it looks for its own, as a second person.
    void handOver(const QString& folder);

private:
    catalog::CatalogReply change(const QByteArray& method, const QByteArray& path, const QJsonObject& body);

    QTemporaryDir m_folder;
    QProcess m_program;
    catalog::CurlTransport m_transport;
    std::unique_ptr<catalog::CatalogClient> m_admin;
    UniqueFd m_listener;
    std::jthread m_thread;
};

} // namespace vidimus::ui::rights::tests

#include "app/catalogd/hand_over.h"
#include "app/catalogd/options.h"
#include "app/catalogd/stop_signals.h"
#include "core/base/durable_file.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/catalog_server/catalog_copy.h"
#include "core/catalog_server/follow_service.h"
#include "core/catalog_server/service.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <cstdio>
#include <poll.h>
#include <sys/stat.h>

using namespace vidimus;
using namespace Qt::StringLiterals;

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitLocked = 4;
constexpr int kExitBadData = 6;
constexpr int kExitInternal = 70;

int fail(const Error& error)
{
    std::fprintf(stderr, "vidimus-catalogd: %s\n", qUtf8Printable(error.detail));
    switch (error.code) {
    case ErrorCode::Conflict:
        return kExitLocked;
    case ErrorCode::Invalid:
        return error.reason == "usage" ? kExitUsage : kExitBadData;
    case ErrorCode::Internal:
        return kExitInternal;
    default:
        return kExitBadData;
    }
}

/// An ordinary server's first token is in a file for its owner alone; the database keeps only its digest.
Result<QByteArray> administratorToken(const QString& folder)
{
    const QString path = folder + u"/admin-token"_s;
    if (QFileInfo::exists(path)) {
        auto token = readFile(path, 4096);
        return token ? Result<QByteArray>(token->trimmed()) : token;
    }
    const QByteArray token = randomToken();
    if (auto written = writeFileDurably(path, token + '\n'); !written)
        return std::move(written).error();
    return token;
}

void announce(const QByteArray& url)
{
    const QByteArray line = toJson({{u"listening"_s, QString::fromLatin1(url)}}) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
}

/// A copy out of or into the data folder, told in one line of JSON.
int copyCatalog(const app::Options& options)
{
    const bool isBackup = options.task == app::Options::Task::Backup;
    const auto copy = isBackup ? catalog_server::backupCatalog(options.dataFolder, options.file)
                               : catalog_server::restoreCatalog(options.dataFolder, options.file, SystemClock::read());
    if (!copy)
        return fail(copy.error());
    QJsonObject json {{u"schema"_s, isBackup ? u"vidimus.catalogd.backup/1"_s : u"vidimus.catalogd.restore/1"_s},
        {u"path"_s, copy->path}, {u"bytes"_s, copy->bytes}, {u"titles"_s, copy->titles},
        {u"missing_objects"_s, copy->missingObjects}};
    if (!isBackup) {
        json.insert(u"epoch"_s, copy->epoch);
        json.insert(u"replaced"_s, copy->aside);
    }
    std::fprintf(stdout, "%s\n", toJson(json).constData());
    return 0;
}

/// A reader process, until it is told to stop.
int follow(const app::Options& options, int stopFd)
{
    const bool isCatalog = options.file.startsWith(u"http://") || options.file.startsWith(u"https://");
    catalog_server::FollowOptions follow {.source = {}, .listenAddress = options.address, .port = options.port};
    follow.source.publicKey = options.publicKey;
    if (isCatalog) {
        if (auto made = makeFolderDurably(options.dataFolder); !made)
            return fail(made.error());
        follow.source.url = options.file.toUtf8();
        follow.source.cacheFolder = options.dataFolder;
    } else {
        follow.source.snapshot = options.file;
    }
    if (!options.tokenFile.isEmpty()) {
        const auto token = readFile(options.tokenFile, 4096);
        if (!token)
            return fail(token.error());
        follow.source.token = token->trimmed();
    }
    const SystemClock clock;
    const auto service = catalog_server::FollowService::start(std::move(follow), clock);
    if (!service)
        return fail(service.error());
    announce((*service)->url());
    pollfd waiting {stopFd, POLLIN, 0};
    while (poll(&waiting, 1, -1) < 0) { }
    return 0;
}

/// Where the studio and the verbs of a workspace look for its catalog; empty when the data are no workspace's.
QString socketOfWorkspace(const QString& dataFolder)
{
    const QDir folder(QFileInfo(dataFolder).absoluteFilePath());
    const QString workspace = QFileInfo(folder.path()).path();
    const bool isOfWorkspace = folder.dirName() == u"catalog" && QFileInfo::exists(workspace + u"/workspace.db"_s);
    return isOfWorkspace ? workspace + u"/catalog.sock"_s : QString();
}

int serve(const app::Options& options, int stopFd, std::optional<app::Background> background)
{
    if (const QFileInfo parent(QFileInfo(options.dataFolder).absolutePath()); !parent.isDir())
        return fail(Error {
            ErrorCode::NotFound, u"there is no folder %1 to make the data in"_s.arg(parent.filePath()), "no_folder"});
    if (auto made = makeFolderDurably(options.dataFolder); !made)
        return fail(made.error());
    const bool isEmbedded = !options.embeddedSocket.isEmpty();
    const QString socket = isEmbedded ? options.embeddedSocket : socketOfWorkspace(options.dataFolder);
    const auto token = isEmbedded ? Result<QByteArray>(randomToken()) : administratorToken(options.dataFolder);
    if (!token)
        return fail(token.error());
    const SystemClock clock;
    auto service
        = catalog_server::Service::start({.dataFolder = options.dataFolder,
                                             .listenAddress = options.address,
                                             .port = options.port,
                                             .limits = {},
                                             .sessionToken = *token,
                                             // One machine, one person: there is no second one to ask.
                                             .darkShare = options.darkShare.value_or(socket.isEmpty() ? 0.2 : 1.0),
                                             .sessionName = socket.isEmpty() ? u"admin"_s : u"workspace"_s},
            clock);
    if (!service)
        return fail(service.error());
    const QByteArray url = (*service)->url();
    if (socket.isEmpty()) {
        announce(url);
        pollfd waiting {stopFd, POLLIN, 0};
        while (poll(&waiting, 1, -1) < 0) { }
        return 0;
    }
    auto handOver = app::HandOver::listen(socket);
    if (!handOver)
        return fail(handOver.error());
    announce(url);
    if (background)
        background->announceReady();
    const QByteArray line
        = toJson({{u"url"_s, QString::fromLatin1(url)}, {u"token"_s, QString::fromLatin1(*token)}}) + '\n';
    handOver->run(line, isEmbedded ? std::optional(options.linger) : std::nullopt, stopFd);
    return 0;
}

} // namespace

int main(int argc, char* argv[])
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto options = app::readOptions(arguments);
    if (!options)
        return fail(options.error());
    if (options->wantsHelp) {
        std::fputs(qUtf8Printable(app::helpText()), stdout);
        return 0;
    }
    umask(0077);
    const auto stopFd = app::openStopSignals();
    if (!stopFd)
        return fail(stopFd.error());
    std::optional<app::Background> background;
    if (options->detach) {
        auto entered = app::Background::enter();
        if (!entered)
            return fail(entered.error());
        background.emplace(std::move(*entered));
    }
    const QCoreApplication application(argc, argv); // after the fork; Qt SQL looks for its drivers through it
    if (options->task == app::Options::Task::Follow)
        return follow(*options, stopFd->get());
    if (options->task != app::Options::Task::Serve)
        return copyCatalog(*options);
    return serve(*options, stopFd->get(), std::move(background));
}

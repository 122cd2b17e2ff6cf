#include "app/catalogd/options.h"

namespace vidimus::app {

using namespace Qt::StringLiterals;

namespace {

Result<void> readListen(const QString& text, Options& options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    options.port = text.mid(colon + 1).toUShort(&isNumber);
    options.address = text.first(std::max<qsizetype>(colon, 0));
    if (options.address.startsWith(u'[') && options.address.endsWith(u']'))
        options.address = options.address.mid(1).chopped(1);
    if (colon < 0 || !isNumber || options.address.isEmpty())
        return Error {ErrorCode::Invalid, u"--listen wants ADDRESS:PORT, not \"%1\""_s.arg(text), "usage"};
    return {};
}

Result<void> readLinger(const QString& text, Options& options)
{
    bool isNumber = false;
    options.linger = std::chrono::milliseconds(text.toUInt(&isNumber));
    if (!isNumber)
        return Error {ErrorCode::Invalid, u"--linger-ms wants a number, not \"%1\""_s.arg(text), "usage"};
    return {};
}

Result<void> readDarkShare(const QString& text, Options& options)
{
    bool isNumber = false;
    const double share = text.toDouble(&isNumber) / 100;
    if (!isNumber || share < 0 || share > 1)
        return Error {ErrorCode::Invalid, u"--dark-share wants 0 to 100 per cent, not \"%1\""_s.arg(text), "usage"};
    options.darkShare = share;
    return {};
}

} // namespace

Result<Options> readOptions(const QStringList& arguments)
{
    Options options;
    options.dataFolder = qEnvironmentVariable("VIDIMUS_CATALOG_DATA");
    QString listen = qEnvironmentVariable("VIDIMUS_CATALOG_LISTEN");
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& word = arguments[i];
        if (word == u"--help" || word == u"-h") {
            options.wantsHelp = true;
            return options;
        }
        if (i == 0 && (word == u"backup" || word == u"restore" || word == u"follow")) {
            if (arguments.size() < 2 || arguments[1].startsWith(u'-'))
                return Error {ErrorCode::Invalid, u"%1 needs a file"_s.arg(word), "usage"};
            options.task = word == u"backup" ? Options::Task::Backup
                : word == u"follow"          ? Options::Task::Follow
                                             : Options::Task::Restore;
            options.file = arguments[++i];
            continue;
        }
        if (word == u"--detach") {
            options.detach = true;
            continue;
        }
        if (word != u"--data" && word != u"--listen" && word != u"--embedded" && word != u"--linger-ms"
            && word != u"--dark-share" && word != u"--token-file" && word != u"--public-key")
            return Error {ErrorCode::Invalid, u"unknown argument \"%1\"; see --help"_s.arg(word), "usage"};
        if (i + 1 >= arguments.size())
            return Error {ErrorCode::Invalid, u"%1 needs a value"_s.arg(word), "usage"};
        const QString& value = arguments[++i];
        if (word == u"--data")
            options.dataFolder = value;
        else if (word == u"--listen")
            listen = value;
        else if (word == u"--embedded")
            options.embeddedSocket = value;
        else if (word == u"--token-file")
            options.tokenFile = value;
        else if (word == u"--public-key") {
            options.publicKey = QByteArray::fromHex(value.toLatin1());
            if (options.publicKey.size() != 32)
                return Error {ErrorCode::Invalid, u"--public-key wants 64 hexadecimal digits"_s, "usage"};
        } else if (word == u"--dark-share") {
            if (auto read = readDarkShare(value, options); !read)
                return std::move(read).error();
        } else if (auto read = readLinger(value, options); !read)
            return std::move(read).error();
    }
    if (!options.embeddedSocket.isEmpty() && listen.isEmpty())
        options.port = 0;
    if (!listen.isEmpty()) {
        if (auto read = readListen(listen, options); !read)
            return std::move(read).error();
    }
    const bool followsCatalog = options.file.startsWith(u"http://") || options.file.startsWith(u"https://");
    if (options.task == Options::Task::Follow && listen.isEmpty())
        options.port = 0;
    if (options.dataFolder.isEmpty() && (options.task != Options::Task::Follow || followsCatalog))
        return Error {ErrorCode::Invalid, u"--data DIR is needed"_s, "usage"};
    if (options.detach && options.embeddedSocket.isEmpty())
        return Error {ErrorCode::Invalid, u"--detach goes with --embedded"_s, "usage"};
    return options;
}

QString helpText()
{
    return u"Usage: vidimus-catalogd --data DIR [options]\n"
           "       vidimus-catalogd backup FILE --data DIR\n"
           "       vidimus-catalogd restore FILE --data DIR\n"
           "       vidimus-catalogd follow SNAPSHOT|URL [--data DIR] [--token-file FILE] [--public-key HEX]\n"
           "\n"
           "The catalog backend. Prints one line of JSON, {\"listening\": \"http://…\"}, when it is ready.\n"
           "\n"
           "  --data DIR             database, objects and keys; made when missing, its parent not   "
           "(VIDIMUS_CATALOG_DATA)\n"
           "  --listen ADDRESS:PORT  127.0.0.1:8470; port 0 takes a free one          (VIDIMUS_CATALOG_LISTEN)\n"
           "  --dark-share PERCENT   how much of a site one person may darken in an hour; more waits for a second "
           "(20)\n"
           "  --embedded SOCKET      serve one workspace: hand address and token to each client of this Unix\n"
           "                         socket, leave after the last one\n"
           "  --detach               with --embedded: go into the background once the socket listens\n"
           "  --linger-ms N          with --embedded: stay this long after the last client (2000)\n"
           "  --help                 this text\n"
           "\n"
           "backup writes a checked copy of the database, restore puts one back under a new epoch, so that clients "
           "read\n"
           "everything anew; the replaced database is kept. Both want the catalog stopped and print one line of JSON.\n"
           "\n"
           "follow answers \"may this be played here, now\" from compiled availability alone, and goes on as its "
           "publisher "
           "does:\n"
           "SNAPSHOT is what \"vidimus availability compile\" writes, with the deltas beside it; URL is a catalog, "
           "whose "
           "signed\n"
           "feed wants a token with the scope feed:read (FILE) and a folder for its snapshots (DIR). Without HEX the "
           "first "
           "key\n"
           "that a catalog announces is trusted from then on.\n"
           "\n"
           "Without --embedded, the first start writes an administrator's token to DIR/admin-token (mode 0600). Where "
           "DIR "
           "is the\n"
           "catalog folder of a workspace, its studio and its verbs use this server while it runs.\n"
           "Put a proxy with TLS in front of any address that is not loopback.\n"
           "\n"
           "Exit codes: 0 stopped as asked, 2 usage, 4 another process holds the database, 6 the data cannot be\n"
           "used, 70 internal fault.\n"_s;
}

} // namespace vidimus::app

#include "core/catalog_server/http_head.h"

#include <QDateTime>
#include <QLocale>
#include <array>

namespace vidimus::catalog_server {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kPhrases {std::pair {200, "OK"}, std::pair {201, "Created"}, std::pair {204, "No Content"},
    std::pair {206, "Partial Content"}, std::pair {304, "Not Modified"}, std::pair {400, "Bad Request"},
    std::pair {401, "Unauthorized"}, std::pair {403, "Forbidden"}, std::pair {404, "Not Found"},
    std::pair {405, "Method Not Allowed"}, std::pair {409, "Conflict"}, std::pair {410, "Gone"},
    std::pair {411, "Length Required"}, std::pair {412, "Precondition Failed"}, std::pair {413, "Content Too Large"},
    std::pair {415, "Unsupported Media Type"}, std::pair {416, "Range Not Satisfiable"},
    std::pair {422, "Unprocessable Content"}, std::pair {423, "Locked"}, std::pair {428, "Precondition Required"},
    std::pair {431, "Request Header Fields Too Large"}, std::pair {460, "Checksum Mismatch"},
    std::pair {500, "Internal Server Error"}, std::pair {501, "Not Implemented"},
    std::pair {503, "Service Unavailable"}, std::pair {507, "Insufficient Storage"}};

const char* phraseOf(int status)
{
    for (const auto& [code, phrase] : kPhrases) {
        if (code == status)
            return phrase;
    }
    return "Status";
}

QByteArray withoutBreaks(QByteArray value)
{
    value.replace('\r', "").replace('\n', "").replace('\0', "");
    return value;
}

QString decoded(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

} // namespace

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

QByteArray responseHead(const ApiResponse& response, const WireOptions& options)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + ' ' + phraseOf(response.status) + "\r\n";
    head += "Date: " + QLocale::c().toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss"_s).toLatin1()
        + " GMT\r\nX-Content-Type-Options: nosniff\r\n";
    for (const auto& [name, value] : response.headers)
        head += name + ": " + withoutBreaks(value) + "\r\n";
    if (mayHaveBody(response.status)) {
        const qint64 length = response.file ? response.file->length : response.body.size();
        const qint64 said = options.isHead && response.headLength >= 0 ? response.headLength : length;
        head += "Content-Length: " + QByteArray::number(said) + "\r\n";
    }
    head += options.keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return head;
}

std::vector<std::pair<QString, QString>> parseQuery(QByteArrayView text)
{
    std::vector<std::pair<QString, QString>> values;
    for (const QByteArray& part : text.toByteArray().split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        if (equals < 0)
            values.emplace_back(decoded(part), QString());
        else
            values.emplace_back(decoded(part.first(equals)), decoded(part.mid(equals + 1)));
    }
    return values;
}

} // namespace vidimus::catalog_server

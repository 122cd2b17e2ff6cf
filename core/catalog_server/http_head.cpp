#include "core/catalog_server/http_head.h"

#include <QDateTime>
#include <QLocale>
#include <QStringDecoder>
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

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

Result<QString> percentDecoded(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
        if (at + 2 >= text.size() || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2]))
            return Error {ErrorCode::Invalid, u"a % wants two hexadecimal digits after it"_s, "bad_query"};
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString decoded = utf8.decode(QByteArray::fromPercentEncoding(text.toByteArray()));
    if (utf8.hasError())
        return Error {ErrorCode::Invalid, u"the address is not UTF-8"_s, "bad_query"};
    return decoded;
}

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

Result<std::vector<std::pair<QString, QString>>> parseQuery(QByteArrayView text)
{
    std::vector<std::pair<QString, QString>> values;
    for (QByteArray& part : text.toByteArray().replace('+', ' ').split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        auto name = percentDecoded(equals < 0 ? part : part.first(equals));
        auto value = equals < 0 ? Result<QString>(QString()) : percentDecoded(part.sliced(equals + 1));
        if (!name || !value)
            return name ? std::move(value).error() : std::move(name).error();
        values.emplace_back(*std::move(name), *std::move(value));
    }
    return values;
}

} // namespace vidimus::catalog_server

#include "commands.h"

#include "core/avails/file_kind.h"
#include "core/avails/sheet_import.h"
#include "core/avails/xlsx_reader.h"
#include "core/avails/xml_reader.h"
#include "core/base/posix_error.h"

#include <cerrno>
#include <unistd.h>

namespace vidimus::mediaworker {

using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> readAll(int fd)
{
    QByteArray bytes;
    constexpr qsizetype kPart = 1 << 20;
    for (;;) {
        const qsizetype size = bytes.size();
        if (size > avails::kMaxWorkbookBytes)
            return Error {ErrorCode::LimitExceeded,
                u"the file is larger than %1 bytes"_s.arg(avails::kMaxWorkbookBytes), "too_large"};
        bytes.resize(size + kPart);
        const ssize_t got = read(fd, bytes.data() + size, kPart);
        if (got < 0 && errno != EINTR)
            return posixError("read", errno, u"input"_s);
        bytes.resize(size + std::max<qsizetype>(got, 0));
        if (got == 0)
            return bytes;
    }
}

Result<std::vector<avails::SheetTable>> sheetsOf(const QByteArray& bytes, const CancelToken& cancel)
{
    switch (avails::fileKindOf(bytes.first(std::min(bytes.size(), avails::kFileKindBytes)))) {
    case avails::FileKind::Workbook:
        return avails::readXlsx(bytes, cancel);
    case avails::FileKind::Xml:
        return avails::readAvailsXml(bytes, cancel);
    case avails::FileKind::OldWorkbook:
        return Error {ErrorCode::Unsupported,
            u"an old or encrypted Excel file (.xls); save it as .xlsx without a password"_s, "old_workbook"};
    case avails::FileKind::Text:
        break;
    }
    return Error {ErrorCode::Unsupported, u"neither an XLSX workbook nor an Avails XML file"_s, "no_workbook"};
}

} // namespace

worker::Message runReadSheets(Session& session, worker::Received request)
{
    const auto bytes = readAll(request.descriptor.get());
    if (!bytes)
        return worker::failureMessage(bytes.error());
    const auto sheets = sheetsOf(*bytes, session.inbox().cancelToken());
    if (!sheets)
        return worker::failureMessage(sheets.error());
    session.send({worker::MessageType::Sheets, avails::toBytes(*sheets)});
    return worker::jsonMessage(worker::MessageType::Result, {});
}

} // namespace vidimus::mediaworker

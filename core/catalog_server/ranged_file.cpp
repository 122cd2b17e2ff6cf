#include "core/catalog_server/ranged_file.h"

#include "core/catalog_server/byte_range.h"
#include "core/catalog_server/problem.h"

namespace vidimus::catalog_server {

bool hasVersion(const ApiRequest& request, const QByteArray& etag)
{
    return request.header("If-None-Match") == etag;
}

ApiResponse rangedFile(
    const ApiRequest& request, ApiResponse response, UniqueFd fd, qint64 bytes, const QByteArray& etag)
{
    response.with("ETag", etag).with("Accept-Ranges", "bytes");
    if (hasVersion(request, etag)) {
        response.status = 304;
        return response;
    }
    const QByteArray condition = request.header("If-Range");
    const bool wantsPart = condition.isEmpty() || condition == etag;
    const RangeAnswer answer = wantsPart ? readRange(request.header("Range"), bytes) : RangeAnswer {};
    ByteRange range {0, bytes};
    if (answer.kind == RangeKind::Unsatisfiable) {
        ApiResponse refusal = problem("range_not_satisfiable");
        refusal.with("Content-Range", "bytes */" + QByteArray::number(bytes));
        return refusal;
    }
    if (answer.kind == RangeKind::Part) {
        range = answer.range;
        response.status = 206;
        response.with("Content-Range",
            "bytes " + QByteArray::number(range.first) + '-' + QByteArray::number(range.first + range.length - 1) + '/'
                + QByteArray::number(bytes));
    }
    response.file = std::make_shared<FilePart>(FilePart {std::move(fd), range.first, range.length});
    return response;
}

} // namespace vidimus::catalog_server

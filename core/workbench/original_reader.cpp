#include "core/workbench/original_reader.h"

#include "core/base/read_at.h"
#include "core/workbench/open_input.h"

#include <algorithm>
#include <fcntl.h>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kPieceBytes = 1 << 20;
}

OriginalReader::OriginalReader(UniqueFd file, store::StoredOriginal original)
    : m_file(std::move(file))
    , m_original(std::move(original))
    , m_piece(kPieceBytes, Qt::Uninitialized)
{
}

Result<OriginalReader> OriginalReader::open(const WorkspacePaths& paths, const store::StoredOriginal& original)
{
    auto file
        = openOriginalFile(paths, {.sha256 = original.sha256, .bytes = original.bytes, .originalName = original.name});
    if (!file)
        return std::move(file).error();
    posix_fadvise(file->get(), 0, 0, POSIX_FADV_DONTNEED);
    posix_fadvise(file->get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return OriginalReader(*std::move(file), original);
}

Result<bool> OriginalReader::readOn(qint64 bytes)
{
    for (qint64 left = bytes; left > 0;) {
        const qint64 wanted = std::min(left, kPieceBytes);
        const auto got = readAt(
            m_file.get(), std::span(m_piece.data(), static_cast<std::size_t>(wanted)), m_position, m_original.name);
        if (!got)
            return damage("original_unreadable",
                u"cannot be read from byte %1 on (%2)"_s.arg(m_position).arg(got.error().detail));
        m_hash.add(QByteArrayView(m_piece.constData(), *got));
        posix_fadvise(m_file.get(), m_position, *got, POSIX_FADV_DONTNEED);
        m_position += *got;
        left -= wanted;
        if (*got == wanted)
            continue;
        if (m_hash.finish().toHex() != m_original.sha256)
            return damage("original_damaged", u"is not what was ingested"_s);
        return true;
    }
    return false;
}

Error OriginalReader::damage(const char* reason, const QString& what) const
{
    return {ErrorCode::Corrupt,
        u"the original of \"%1\" (media/%2…) %3"_s.arg(
            m_original.name, QString::fromLatin1(m_original.sha256.left(12)), what),
        reason};
}

} // namespace vidimus::workbench

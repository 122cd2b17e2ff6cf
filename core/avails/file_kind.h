#pragma once

#include <QByteArrayView>

namespace vidimus::avails {

/// What a licensor's file is by its content, never by its name.
enum class FileKind {
    Text, ///< CSV or anything else; read as text without a worker
    Workbook, ///< a zip: XLSX
    Xml, ///< begins with an opening bracket, in UTF-8 or UTF-16
    OldWorkbook, ///< an OLE file: .xls, or an encrypted workbook
};

/// How many bytes of a file's beginning fileKindOf() needs.
inline constexpr qsizetype kFileKindBytes = 64;
/// \a head is the beginning of the file. Pure; any thread.
[[nodiscard]] FileKind fileKindOf(QByteArrayView head);

} // namespace vidimus::avails

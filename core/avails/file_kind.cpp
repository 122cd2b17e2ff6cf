#include "core/avails/file_kind.h"

namespace vidimus::avails {

FileKind fileKindOf(QByteArrayView head)
{
    // APPNOTE.TXT 4.3.7 and 4.3.16: a local header, or the end of an archive without files.
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return FileKind::Workbook;
    if (head.startsWith("\xD0\xCF\x11\xE0")) // MS-CFB 2.2
        return FileKind::OldWorkbook;
    if (head.startsWith("\xFF\xFE") || head.startsWith("\xFE\xFF"))
        return FileKind::Xml;
    const QByteArrayView text = (head.startsWith("\xEF\xBB\xBF") ? head.sliced(3) : head).trimmed();
    return text.startsWith('<') ? FileKind::Xml : FileKind::Text;
}

} // namespace vidimus::avails

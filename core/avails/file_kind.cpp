#include "core/avails/file_kind.h"

namespace vidimus::avails {

FileKind fileKindOf(QByteArrayView head)
{
    // APPNOTE.TXT 4.3.7 and 4.3.16: a local header, or the end of an archive without files.
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return FileKind::Workbook;
    if (head.startsWith("\xD0\xCF\x11\xE0")) // MS-CFB 2.2
        return FileKind::OldWorkbook;
    const bool littleEndian = head.startsWith("\xFF\xFE");
    if (littleEndian || head.startsWith("\xFE\xFF")) { // UTF-16: XML, or what Excel calls "Unicode text"
        for (qsizetype at = littleEndian ? 2 : 3; at < head.size(); at += 2) {
            const char letter = head[at];
            if (letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n')
                return letter == '<' ? FileKind::Xml : FileKind::Text;
        }
        return FileKind::Text;
    }
    const QByteArrayView text = (head.startsWith("\xEF\xBB\xBF") ? head.sliced(3) : head).trimmed();
    return text.startsWith('<') ? FileKind::Xml : FileKind::Text;
}

} // namespace vidimus::avails

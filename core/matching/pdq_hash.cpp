#include "core/matching/pdq_hash.h"

namespace vidimus::matching {

using namespace Qt::StringLiterals;

QString toHex(const PdqHash& hash)
{
    QString text;
    text.reserve(kPdqBits / 4);
    for (int digit = kPdqBits / 4 - 1; digit >= 0; --digit) {
        const auto nibble = hash.words[std::size_t(digit) / 16] >> (digit % 16 * 4) & 0xF;
        text += QLatin1Char("0123456789abcdef"[nibble]);
    }
    return text;
}

Result<PdqHash> pdqHashFromHex(QStringView text)
{
    const Error wrong {ErrorCode::Invalid, u"a PDQ hash has 64 hexadecimal digits"_s, "bad_hash"};
    if (text.size() != kPdqBits / 4)
        return wrong;
    PdqHash hash;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        std::uint64_t nibble = 0;
        if (c >= u'0' && c <= u'9')
            nibble = c - u'0';
        else if (c >= u'a' && c <= u'f')
            nibble = 10U + c - u'a';
        else if (c >= u'A' && c <= u'F')
            nibble = 10U + c - u'A';
        else
            return wrong;
        const auto digit = std::size_t(kPdqBits / 4 - 1 - i);
        hash.words[digit / 16] |= nibble << (digit % 16 * 4);
    }
    return hash;
}

PdqHash mirrored(const PdqHash& hash)
{
    // Column j holds frequency j+1: the columns with even j are odd functions of x.
    constexpr std::uint64_t kEvenColumns = 0x5555'5555'5555'5555;
    PdqHash result = hash;
    for (auto& word : result.words)
        word ^= kEvenColumns;
    return result;
}

} // namespace vidimus::matching

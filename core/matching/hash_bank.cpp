#include "core/matching/hash_bank.h"

namespace vidimus::matching {

const char* bankSeverityName(BankSeverity severity)
{
    switch (severity) {
    case BankSeverity::Notice:
        return "notice";
    case BankSeverity::Review:
        return "review";
    case BankSeverity::Block:
        return "block";
    }
    return "review";
}

std::optional<BankSeverity> bankSeverityFromName(QStringView name)
{
    for (const BankSeverity severity : kAllBankSeverities) {
        if (name == QLatin1StringView(bankSeverityName(severity)))
            return severity;
    }
    return std::nullopt;
}

} // namespace vidimus::matching

#include "core/avails/rating_age_p.h"

#include <QLatin1StringView>
#include <QRegularExpression>
#include <array>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

namespace {

constexpr int kOldest = 21;

struct Letters {
    QLatin1StringView value;
    int age;
};
constexpr std::array kForAll {"G"_L1, "U"_L1, "PG"_L1, "AL"_L1, "TP"_L1, "TV-G"_L1, "TV-PG"_L1, "TV-Y"_L1};
/// Motion Picture Association, and TV Parental Guidelines of the United States.
constexpr std::array kAmerican {Letters {"R"_L1, 17}, Letters {"NC-17"_L1, 18}, Letters {"TV-MA"_L1, 17}};

} // namespace

std::optional<int> ageOfRating(const QString& system, const QString& value)
{
    const QString word = value.trimmed().toUpper();
    const QString body = system.trimmed().toUpper();
    const bool american = body.isEmpty() || body.startsWith("MPA"_L1) || body.startsWith("TVPG"_L1);
    for (const Letters& letters : kAmerican) {
        if (american && word == letters.value)
            return letters.age;
    }
    for (const QLatin1StringView all : kForAll) {
        if (word == all)
            return 0;
    }
    static const QRegularExpression number(u"(?<!\\d)(\\d{1,2})(?!\\d)"_s);
    const auto match = number.match(word);
    if (!match.hasMatch() || number.match(word, match.capturedEnd()).hasMatch())
        return std::nullopt;
    const int age = match.capturedView(1).toInt();
    return age <= kOldest ? std::optional(age) : std::nullopt;
}

} // namespace vidimus::avails

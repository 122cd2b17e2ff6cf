#include "ui/shell/palette_filter.h"

namespace vidimus::ui::shell {

namespace {

constexpr int kHit = 4;
constexpr int kWordStart = 14;
constexpr int kRun = 10;
constexpr int kTextStart = 8;
constexpr int kPiece = 12; // the whole query as one piece at the start of a word
constexpr int kMaxGapCost = 6;

/// Case and accents folded, one character for one, so that positions stay true.
QString folded(QStringView text)
{
    QString result(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QString parts = text[i].decomposition();
        const QChar base = parts.isEmpty() || !parts.front().isLetter() ? text[i] : parts.front();
        result[i] = base.toCaseFolded();
    }
    return result;
}

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

/// Matches greedily from \a from for the first character.
std::optional<FuzzyMatch> matchFrom(QStringView query, QStringView text, qsizetype from)
{
    FuzzyMatch match;
    qsizetype at = from;
    qsizetype last = -2;
    for (const QChar wanted : query) {
        if (wanted.isSpace()) {
            last = -2;
            continue;
        }
        // A word start is taken when one comes; otherwise the next occurrence.
        qsizetype found = -1;
        for (qsizetype i = at; i < text.size(); ++i) {
            if (text[i] != wanted)
                continue;
            if (i == last + 1 || startsWord(text, i)) {
                found = i;
                break;
            }
            if (found < 0)
                found = i;
        }
        if (found < 0)
            return std::nullopt;
        match.score += kHit;
        if (found == last + 1)
            match.score += kRun;
        else if (startsWord(text, found))
            match.score += kWordStart;
        else if (last >= 0)
            match.score -= static_cast<int>(std::min<qsizetype>(kMaxGapCost, found - last));
        match.positions.push_back(static_cast<int>(found));
        last = found;
        at = found + 1;
    }
    if (!match.positions.empty() && match.positions.front() == 0)
        match.score += kTextStart;
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView query, QStringView text)
{
    const QString wanted = folded(query.trimmed());
    if (wanted.isEmpty())
        return FuzzyMatch {};
    const QString plain = folded(text);
    std::optional<FuzzyMatch> best;
    const auto consider = [&best](std::optional<FuzzyMatch> match) {
        if (match && (!best || match->score > best->score))
            best = std::move(match);
    };
    // The whole query in one piece is tried first, then a subsequence from the start.
    for (qsizetype at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + 1)) {
        auto match = matchFrom(wanted, plain, at);
        if (match && startsWord(plain, at))
            match->score += kPiece;
        consider(std::move(match));
    }
    consider(matchFrom(wanted, plain, 0));
    if (best)
        best->score -= static_cast<int>(std::min<qsizetype>(8, text.size() / 12)); // shorter texts first
    return best;
}

} // namespace vidimus::ui::shell

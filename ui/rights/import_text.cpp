#include "ui/rights/import_text.h"

#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <array>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

struct Meaning {
    QLatin1StringView code;
    const char* sentence;
};

constexpr std::array kErrors {Meaning {"BAD_DATE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "this is no date")},
    Meaning {"BAD_DURATION"_L1, QT_TRANSLATE_NOOP("RightsProblem", "this is no duration; P30D, P1Y or PT48H is one")},
    Meaning {"BAD_ZONE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the time zone is not known")},
    Meaning {"COLUMN_MISSING"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the column is missing")},
    Meaning {
        "CONDITION_NEEDS_EVENT"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the date depends on an event without a date")},
    Meaning {"DUPLICATE_ROW"_L1, QT_TRANSLATE_NOOP("RightsProblem", "repeats another row")},
    Meaning {"END_BEFORE_START"_L1, QT_TRANSLATE_NOOP("RightsProblem", "ends before it starts")},
    Meaning {"FORMULA"_L1, QT_TRANSLATE_NOOP("RightsProblem", "formulas are not read")},
    Meaning {"ID_TAKEN"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the id belongs to something else already")},
    Meaning {"LAG_WITHOUT_CONDITION"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a lag counts from a condition such as Theatrical, and there is none")},
    Meaning {"MISSING"_L1, QT_TRANSLATE_NOOP("RightsProblem", "is missing")},
    Meaning {"NOT_ALLOWED"_L1, QT_TRANSLATE_NOOP("RightsProblem", "has no place in a row of this kind")},
    Meaning {"NOTHING_TO_DELETE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "there is nothing to delete")},
    Meaning {"UNKNOWN_TERRITORY"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the territory is not known")},
    Meaning {"UNKNOWN_VALUE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the value is not known")}};

constexpr std::array kNotes {
    Meaning {"AVAIL_ID_SHARED"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "another licensor has a window of this id; both are kept apart")},
    Meaning {
        "AVAIL_ID_TWICE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "an earlier row has this id too; both are kept apart")},
    Meaning {"BUNDLE_IS_TEXT"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the parts of a bundle get no rights by its row")},
    Meaning {"CAPTION_MISSING"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a row for the United States says whether captions are there")},
    Meaning {"CONDITION_RESOLVED"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a condition is counted from the date of its event")},
    Meaning {"CONTRACT_OF_ANOTHER"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "the contract is known as another licensor's, and its terms stay")},
    Meaning {"DATE_READ_AS"_L1, QT_TRANSLATE_NOOP("RightsProblem", "can be read in more than one way")},
    Meaning {"EMPTY_ROWS_SKIPPED"_L1, QT_TRANSLATE_NOOP("RightsProblem", "empty rows are passed over")},
    Meaning {"END_FROM_DURATION"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the end is counted from the start")},
    Meaning {"END_INCLUDES_DAY"_L1, QT_TRANSLATE_NOOP("RightsProblem", "a date alone counts as its whole day")},
    Meaning {"END_OF_DAY_ROUNDED"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the last minute of a day means its end")},
    Meaning {"ID_READ_AS"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the id is read as the registry writes it")},
    Meaning {"KEPT_ELSEWHERE"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a window stays for the countries that the extract does not name")},
    Meaning {"LOCAL_TIME_SKIPPED"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "clocks skip this time; the instant of the change is taken")},
    Meaning {"LOCAL_TIME_TWICE"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "clocks show this time twice; the instant inside the licence is taken")},
    Meaning {"NEW_LICENSOR"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "no licensor of this name is known yet; applying the plan makes it one")},
    Meaning {"NOTE_ROW_SKIPPED"_L1, QT_TRANSLATE_NOOP("RightsProblem", "notes are passed over")},
    Meaning {"NOT_KEPT"_L1, QT_TRANSLATE_NOOP("RightsProblem", "some cells are not kept, for no window can hold them")},
    Meaning {
        "ONE_LANGUAGE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "a row that sells or rents names one language at most")},
    Meaning {"OWNER_UNKNOWN"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a window came without a licensor, so no extract replaces it")},
    Meaning {"PRE_ORDER_ONLY"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "may be ordered beforehand, and nothing is played by it")},
    Meaning {"PRICE_MISSING"_L1, QT_TRANSLATE_NOOP("RightsProblem", "a row that sells or rents needs a price")},
    Meaning {"RATING_DIFFERS"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "the title is rated otherwise already, and that stays")},
    Meaning {"RATING_IS_TEXT"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the rating is kept as text and limits nobody")},
    Meaning {"READ_BY_A_PERSON"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the licensor asks a person to read the row")},
    Meaning {"REMOVALS_HELD_BACK"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "rows are left out, so nothing is removed; correct them first")},
    Meaning {"REQUIRED_EMPTY"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the standard wants something here")},
    Meaning {"SAME_EDIT"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "the same edit stands under another ALID; both are one title")},
    Meaning {"SHEET_SKIPPED"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "a sheet without a heading row holds no rights and is passed over")},
    Meaning {"SUPPRESSED_UNTIL"_L1,
        QT_TRANSLATE_NOOP("RightsProblem", "it is announced when the suppression is lifted, not before")},
    Meaning {"UNUSED_COLUMN"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the column is not read")},
    Meaning {
        "UNUSUAL_VALUE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "is no value of the standard and is kept as it is")},
    Meaning {"VOLUME_TWICE"_L1, QT_TRANSLATE_NOOP("RightsProblem", "the episode is in another volume already")},
    Meaning {"YEAR_MEANS_OPEN"_L1, QT_TRANSLATE_NOOP("RightsProblem", "so far away means no end")}};

QString tr(const char* text)
{
    return QCoreApplication::translate("RightsProblem", text);
}

template<std::size_t Size>
QString meaningOf(const std::array<Meaning, Size>& meanings, const avails::CellMessage& message)
{
    const auto known = std::ranges::find(meanings, message.code, &Meaning::code);
    return known == meanings.end() ? message.message : tr(known->sentence);
}

/// The instant that a note says a cell was read as; the last one, for a note may name what it counted from.
QString readAs(const avails::CellMessage& note)
{
    static const QRegularExpression instant(u"\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"_s);
    QString last;
    for (auto each = instant.globalMatch(note.message); each.hasNext();)
        last = each.next().captured();
    const auto at = parseRfc3339(last);
    return at ? instantText(*at) : QString();
}

struct Group {
    const avails::CellMessage* first = nullptr;
    QList<int> others; ///< rows
};

QString otherRows(const QList<int>& rows)
{
    constexpr qsizetype kShown = 5;
    QStringList shown;
    for (const int row : rows.first(std::min(rows.size(), kShown)))
        shown.append(QString::number(row));
    const QString list = shown.join(u", "_s);
    return rows.size() > kShown ? tr("also rows %1 and %2 more").arg(list).arg(rows.size() - kShown)
                                : tr("also rows %1").arg(list);
}

QString sentenceOf(const Group& group)
{
    const avails::CellMessage& note = *group.first;
    const QString meaning = meaningOf(kNotes, note);
    QString sentence = note.column.isEmpty() ? meaning : tr("%1: %2").arg(note.column, meaning);
    const QString as = readAs(note);
    if (!note.value.isEmpty())
        sentence = as.isEmpty() ? tr("%1 (“%2”)").arg(sentence, note.value)
                                : tr("%1 (“%2” is read as %3)").arg(sentence, note.value, as);
    return group.others.isEmpty() ? sentence : tr("%1; %2").arg(sentence, otherRows(group.others));
}

} // namespace

QString importErrorText(const avails::CellMessage& message)
{
    const QString place = message.column.isEmpty()
        ? tr("Row %1").arg(message.row)
        : tr("Row %1, %2 “%3”").arg(QString::number(message.row), message.column, message.value);
    static const QRegularExpression ordered(u"^\\s*\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}"_s);
    if (message.code == u"BAD_DATE" && ordered.match(message.value).hasMatch())
        return tr("%1: %2").arg(
            place, tr("this is no date in the way chosen above; say there whether day or month stands first"));
    return tr("%1: %2").arg(place, meaningOf(kErrors, message));
}

std::vector<ImportNote> importNotes(const std::vector<avails::CellMessage>& notes)
{
    std::vector<Group> groups;
    QHash<QString, std::size_t> places;
    for (const avails::CellMessage& note : notes) {
        const QString key = note.sheet + u'\n' + note.code + u'\n' + note.column;
        const auto place = places.constFind(key);
        if (place != places.constEnd()) {
            groups[*place].others.append(note.row);
            continue;
        }
        places.insert(key, groups.size());
        groups.push_back({&note, {}});
    }
    std::vector<ImportNote> lines;
    for (const Group& group : groups)
        lines.push_back({group.first->row, sentenceOf(group)});
    std::ranges::stable_sort(lines, {}, &ImportNote::firstRow);
    return lines;
}

} // namespace vidimus::ui::rights

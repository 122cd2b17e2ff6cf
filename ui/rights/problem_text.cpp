#include "ui/rights/problem_text.h"

#include "ui/widgets/error_text.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RightsProblem", text);
}

} // namespace

QString problemSentence(const Error& error)
{
    const auto with = [&error](const QString& sentence) { return u"%1 (%2)"_s.arg(sentence, error.detail); };
    if (error.reason == "stale_plan")
        return tr(
            "Somebody changed one of these windows meanwhile. Nothing was saved; the plan shows both sides, choose for "
            "each row what stands.");
    if (error.reason == "unknown_territory")
        return with(tr("This territory is not known. Write codes like DE, GB or CA-QC, a group, or WORLD."));
    if (error.reason == "no_territory")
        return tr("A window needs at least one territory.");
    if (error.reason == "bad_date")
        return with(tr("This is no instant. Write it like 2026-12-01 or 2026-12-01T00:00:00Z, or leave it empty."));
    if (error.reason == "bad_id")
        return with(tr("This cannot be a contract's id."));
    if (error.reason == "too_few")
        return tr("Select the windows that shall become one.");
    if (error.reason == "differ")
        return tr("These windows differ in more than their time: title, territory, right, contract or terms.");
    if (error.reason == "apart")
        return tr("There is time between these windows. Close the gap first, or copy one end to the other start.");
    if (error.reason == "empty_paste")
        return tr("There are no cells to paste. Copy them in the spreadsheet first.");
    if (error.reason == "no_target")
        return tr("Choose the first window that the cells shall go to.");
    if (error.reason == "paste_too_long")
        return tr("That is too much to paste at once; 10,000 lines go. Save it as a file and import it.");
    if (error.reason == "second_person_needed")
        return tr("The contract %1 demands a second person. Nothing was saved; ask one for approval.")
            .arg(error.detail);
    if (error.reason == "same_person")
        return tr("Who made a plan cannot approve it. Another content manager has to.");
    if (error.reason == "no_version_before")
        return tr("The catalog keeps no version before this one, so there is nothing to put back.");
    if (error.reason == "no_licensor")
        return tr("The window's contract names no licensor, so there is nobody whose template it could be.");
    if (error.reason == "not_editable")
        return tr("The state follows from the window; change its start or end.");
    if (error.reason == "year_out_of_range")
        return with(tr("The year is too far away. Leave the end empty for a window without end."));
    if (error.reason == "unknown_deal")
        return with(tr("A window names a contract that does not exist."));
    if (error.code == ErrorCode::Invalid)
        return with(tr("The plan cannot be saved as it is. Nothing was changed."));
    const widgets::FivePartText text = widgets::errorText(error);
    return u"%1 %2 %3"_s.arg(text.what, text.safe, text.action);
}

} // namespace vidimus::ui::rights

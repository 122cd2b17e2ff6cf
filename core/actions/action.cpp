#include "core/actions/action.h"

#include <QtGlobal>
#include <array>

namespace vidimus::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr auto T = Group::Transport;
constexpr auto M = Group::Marks;
constexpr auto C = Group::Talk;
constexpr auto D = Group::Decide;
constexpr auto Q = Group::Queue;
constexpr auto R = Group::Rights;
constexpr auto P = Group::Publish;
constexpr auto J = Group::Jobs;
constexpr auto E = Group::Everywhere;
constexpr auto kReview = KeyMode::Review;
constexpr auto kList = KeyMode::List;
constexpr auto kAny = KeyMode::Any;

#define TEXT(text) QT_TRANSLATE_NOOP("Actions", text)

// clang-format off
const std::array kActions {
    Action {"transport.play"_L1, T, TEXT("Play or pause"), TEXT("Starts the picture and sound, or holds the frame."), "play"_L1, {kReview, "Space"_L1}, {}},
    Action {"transport.shuttleBack"_L1, T, TEXT("Shuttle backwards"), TEXT("Each press doubles the speed, to 16×."), "backward"_L1, {kReview, "J"_L1}, {}},
    Action {"transport.stop"_L1, T, TEXT("Stop"), TEXT("Stops and returns the speed to 1×."), "stop"_L1, {kReview, "K"_L1}, {}},
    Action {"transport.shuttleForward"_L1, T, TEXT("Shuttle forwards"), TEXT("Each press doubles the speed, to 16×."), "forward"_L1, {kReview, "L"_L1}, {}},
    Action {"transport.frameBack"_L1, T, TEXT("One frame back"), TEXT("Shows the frame before this one."), "step-back"_L1, {kReview, "Left ,"_L1}, {}},
    Action {"transport.frameForward"_L1, T, TEXT("One frame forward"), TEXT("Shows the frame after this one."), "step-forward"_L1, {kReview, "Right ."_L1}, {}},
    Action {"transport.tenFramesBack"_L1, T, TEXT("Ten frames back"), TEXT("Hops ten frames back."), "step-back"_L1, {kReview, "Alt+Left"_L1}, {}},
    Action {"transport.tenFramesForward"_L1, T, TEXT("Ten frames forward"), TEXT("Hops ten frames forward."), "step-forward"_L1, {kReview, "Alt+Right"_L1}, {}},
    Action {"transport.secondBack"_L1, T, TEXT("One second back"), TEXT("Jumps one second back."), "step-back"_L1, {kReview, "Shift+Left"_L1}, {}},
    Action {"transport.secondForward"_L1, T, TEXT("One second forward"), TEXT("Jumps one second forward."), "step-forward"_L1, {kReview, "Shift+Right"_L1}, {}},
    Action {"transport.tenSecondsBack"_L1, T, TEXT("Ten seconds back"), TEXT("Jumps ten seconds back."), "step-back"_L1, {kReview, "Ctrl+Left"_L1}, {}},
    Action {"transport.tenSecondsForward"_L1, T, TEXT("Ten seconds forward"), TEXT("Jumps ten seconds forward."), "step-forward"_L1, {kReview, "Ctrl+Right"_L1}, {}},
    Action {"transport.start"_L1, T, TEXT("Go to the first frame"), TEXT("Shows the first frame."), "skip-back"_L1, {kReview, "Home"_L1}, {}},
    Action {"transport.end"_L1, T, TEXT("Go to the last frame"), TEXT("Shows the last frame."), "skip-forward"_L1, {kReview, "End"_L1}, {}},
    Action {"transport.loop"_L1, T, TEXT("Loop between in and out"), TEXT("Plays the marked range again and again."), "loop"_L1, {kReview, "\\"_L1}, {}},
    Action {"transport.mute"_L1, T, TEXT("Quiet"), TEXT("Switches the sound off and on."), "volume"_L1, {kReview, "Q"_L1}, {}},
    Action {"transport.fullScreen"_L1, T, TEXT("Full screen"), TEXT("Gives the picture the whole screen."), "fullscreen"_L1, {kReview, "F"_L1}, {}},
    Action {"transport.goTo"_L1, T, TEXT("Go to timecode or frame"), TEXT("Type a timecode or a frame number."), "clock"_L1, {kReview, "G"_L1}, {}},
    Action {"transport.previousEvidence"_L1, T, TEXT("Previous evidence point"), TEXT("Jumps to the finding, mark or comment before."), "chevron-up"_L1, {kReview, "Up"_L1}, {}},
    Action {"transport.nextEvidence"_L1, T, TEXT("Next evidence point"), TEXT("Jumps to the finding, mark or comment after."), "chevron-down"_L1, {kReview, "Down"_L1}, {}},

    Action {"marks.in"_L1, M, TEXT("Mark in"), TEXT("The range of the decision begins at this frame."), "mark-in"_L1, {kReview, "I"_L1}, {}},
    Action {"marks.out"_L1, M, TEXT("Mark out"), TEXT("The range of the decision ends at this frame."), "mark-out"_L1, {kReview, "O"_L1}, {}},
    Action {"marks.goIn"_L1, M, TEXT("Go to mark in"), TEXT("Shows the first frame of the range."), "mark-in"_L1, {kReview, "Shift+I"_L1}, {}},
    Action {"marks.goOut"_L1, M, TEXT("Go to mark out"), TEXT("Shows the last frame of the range."), "mark-out"_L1, {kReview, "Shift+O"_L1}, {}},
    Action {"marks.clear"_L1, M, TEXT("Clear both marks"), TEXT("The decision is about the whole item again."), "cross"_L1, {kReview, "Alt+X"_L1}, {}},

    Action {"talk.comment"_L1, C, TEXT("Comment at this frame"), TEXT("Opens the draft of a comment bound to this frame."), "comment"_L1, {kReview, "C"_L1}, {}},

    Action {"findings.allow"_L1, D, TEXT("Allow this finding here"), TEXT("Say why it is fine; kept with the content, also when it is uploaded again."), "check"_L1, {kReview, "Shift+A"_L1}, "checks"_L1},
    Action {"findings.fix"_L1, D, TEXT("Fix this finding"), TEXT("Proposes the smallest correction; once more makes a corrected copy and proves it."), "edit"_L1, {kReview, "Shift+F"_L1}, "fix"_L1},
    Action {"decide.pass"_L1, D, TEXT("Pass"), TEXT("Stages a pass. Nothing is saved before Enter."), "check"_L1, {kReview, "P"_L1}, "decide"_L1},
    Action {"decide.reject"_L1, D, TEXT("Reject"), TEXT("Stages a reject; choose a reason with a digit."), "cross"_L1, {kReview, "X"_L1}, "decide"_L1},
    Action {"decide.escalate"_L1, D, TEXT("Escalate"), TEXT("Hands the item to the second line."), "arrow-up"_L1, {kReview, "E"_L1}, "decide"_L1},
    Action {"decide.duplicate"_L1, D, TEXT("Duplicate of…"), TEXT("Says that the item repeats another one."), "copy"_L1, {kReview, "D"_L1}, "decide"_L1},
    Action {"decide.note"_L1, D, TEXT("Note of the decision"), TEXT("Words that go with the decision to the site."), "edit"_L1, {kReview, "Ctrl+N"_L1}, {}},
    Action {"decide.snooze"_L1, D, TEXT("Snooze"), TEXT("Puts the item back and shows it later."), "clock"_L1, {kReview, "S"_L1}, "queue"_L1},
    Action {"decide.drop"_L1, D, TEXT("Drop the staged decision"), TEXT("Nothing is staged any more."), "cross"_L1, {kReview, "U"_L1}, {}},
    Action {"decide.reason"_L1, D, TEXT("Reason 1 to 9"), TEXT("Chooses the reason of the staged decision."), "shield"_L1, {kReview, "1 2 3 4 5 6 7 8 9"_L1}, {}},
    Action {"decide.commit"_L1, D, TEXT("Commit the decision"), TEXT("Saves it here; it leaves after ten seconds."), "check"_L1, {kReview, "Return Enter"_L1}, "decide"_L1},
    Action {"decide.rejectLast"_L1, D, TEXT("Reject with last reason"), TEXT("Stages a reject with the reason used before."), "cross"_L1, {kReview, "Shift+X"_L1}, "decide"_L1},

    Action {"queue.next"_L1, Q, TEXT("Next item"), TEXT("Opens the next item of the queue."), "chevron-down"_L1, {kReview, "N PgDown"_L1}, "queue"_L1},
    Action {"queue.previous"_L1, Q, TEXT("Previous item"), TEXT("Opens the item before this one."), "chevron-up"_L1, {kReview, "Shift+N PgUp"_L1}, "queue"_L1},
    Action {"queue.ingest"_L1, Q, TEXT("Add files…"), TEXT("Copies files into the workspace and checks them."), "plus"_L1, {kAny, "Ctrl+O"_L1}, "ingest"_L1},

    Action {"rights.edit"_L1, R, TEXT("Edit the cell"), TEXT("Opens the cell for typing."), "edit"_L1, {kList, "F2"_L1}, {}},
    Action {"rights.explain"_L1, R, TEXT("Explain"), TEXT("Says why the title may or may not be shown here, now."), "help"_L1, {kList, "E"_L1}, "rights"_L1},
    Action {"rights.nextConflict"_L1, R, TEXT("Next conflict"), TEXT("Jumps to the next window in conflict."), "warning"_L1, {kList, "C"_L1}, "rights"_L1},
    Action {"rights.today"_L1, R, TEXT("Today"), TEXT("Brings the present instant into view."), "calendar"_L1, {kList, "T"_L1}, {}},
    Action {"rights.zoomIn"_L1, R, TEXT("Zoom in"), TEXT("Shows less time, larger."), "plus"_L1, {kList, "+"_L1}, {}},
    Action {"rights.zoomOut"_L1, R, TEXT("Zoom out"), TEXT("Shows more time, smaller."), "minus"_L1, {kList, "-"_L1}, {}},
    Action {"rights.nudgeEarlier"_L1, R, TEXT("Edge earlier"), TEXT("Moves the edge a day back; with Shift a month, with Alt an hour."), "chevron-left"_L1, {kList, "[ { Shift+[ Alt+["_L1}, {}},
    Action {"rights.nudgeLater"_L1, R, TEXT("Edge later"), TEXT("Moves the edge a day on; with Shift a month, with Alt an hour."), "chevron-right"_L1, {kList, "] } Shift+] Alt+]"_L1}, {}},
    Action {"rights.moveEarlier"_L1, R, TEXT("Windows earlier"), TEXT("Moves the selected windows a day back; with Shift a month, with Alt an hour."), "chevron-left"_L1, {kList, "Ctrl+[ Ctrl+Shift+{ Ctrl+Shift+[ Ctrl+Alt+["_L1}, {}},
    Action {"rights.moveLater"_L1, R, TEXT("Windows later"), TEXT("Moves the selected windows a day on; with Shift a month, with Alt an hour."), "chevron-right"_L1, {kList, "Ctrl+] Ctrl+Shift+} Ctrl+Shift+] Ctrl+Alt+]"_L1}, {}},
    Action {"rights.groups"_L1, R, TEXT("Close or open all groups"), TEXT("A closed group is one line of the chart, darker where more windows act."), "list"_L1, {kList, "O"_L1}, {}},
    Action {"rights.fillDown"_L1, R, TEXT("Fill down"), TEXT("Gives the selected windows the value of the first."), "arrow-down"_L1, {kList, "Ctrl+D"_L1}, {}},
    Action {"rights.pin"_L1, R, TEXT("Put the version before back"), TEXT("Visitors get the rights as they stood before the last change; the rules here stay."), "pin"_L1, {}, "availability"_L1},
    Action {"rights.unpin"_L1, R, TEXT("Go on with the newest version"), TEXT("Visitors get the newest rights again."), "play"_L1, {}, "availability"_L1},
    Action {"rights.draft"_L1, R, TEXT("Ask a second person"), TEXT("Leaves the plan to another person, who approves or drops it."), "people"_L1, {}, {}},
    Action {"rights.keepTemplate"_L1, R, TEXT("Keep as the licensor's template"), TEXT("New windows of the licensor can be made like this one."), "copy"_L1, {}, {}},
    Action {"rights.addFromTemplate"_L1, R, TEXT("Add from the licensor's template"), TEXT("Stages a window like the template, for the title of the selected one."), "plus"_L1, {kList, "Shift+Ins"_L1}, {}},
    Action {"rights.nextView"_L1, R, TEXT("Next view"), TEXT("Timeline, plan, explain, contracts, and round again."), "layers"_L1, {kList, "V"_L1}, {}},
    Action {"rights.shift"_L1, R, TEXT("Move windows by…"), TEXT("Moves starts, ends or both of the selected windows by days, months or hours."), "calendar"_L1, {kList, "S"_L1}, {}},
    Action {"rights.replace"_L1, R, TEXT("Find and replace a date"), TEXT("Puts another date where the selected windows have a given one."), "search"_L1, {kList, "Ctrl+H"_L1}, {}},
    Action {"rights.copyTo"_L1, R, TEXT("Copy rights to another title"), TEXT("Stages the windows of a season, parts included, for the next one."), "copy"_L1, {kList, "Y"_L1}, {}},
    Action {"rights.copy"_L1, R, TEXT("Copy the windows"), TEXT("Puts the selected windows on the clipboard as cells of a spreadsheet."), "copy"_L1, {kList, "Ctrl+C"_L1}, {}},
    Action {"rights.paste"_L1, R, TEXT("Paste cells"), TEXT("Lays cells of a spreadsheet over the windows from the cursor on."), "arrow-down"_L1, {kList, "Ctrl+V"_L1}, {}},
    Action {"rights.merge"_L1, R, TEXT("Merge the windows"), TEXT("Stages one window in place of the selected ones that touch."), "link"_L1, {kList, "M"_L1}, {}},
    Action {"rights.cut"_L1, R, TEXT("Cut into two windows"), TEXT("Divides the window at the as-of line."), "scissors"_L1, {kList, "X"_L1}, {}},
    Action {"rights.add"_L1, R, TEXT("Add a window"), TEXT("Stages a new window like the selected one."), "plus"_L1, {kList, "Ins"_L1}, {}},
    Action {"rights.remove"_L1, R, TEXT("Remove the window"), TEXT("Stages the removal of the selected windows."), "trash"_L1, {kList, "Del"_L1}, {}},
    Action {"rights.drop"_L1, R, TEXT("Drop the plan"), TEXT("Nothing is staged any more; Ctrl+Z brings it back."), "cross"_L1, {}, {}},
    Action {"rights.apply"_L1, R, TEXT("Apply plan"), TEXT("Saves all staged edits as one change."), "check"_L1, {kList, "Ctrl+Return"_L1}, "rights"_L1},
    Action {"rights.keepMine"_L1, R, TEXT("Keep mine"), TEXT("Of what somebody else changed meanwhile, the plan's own values stand."), "check"_L1, {kList, "K"_L1}, {}},
    Action {"rights.takeTheirs"_L1, R, TEXT("Take theirs"), TEXT("Of what somebody else changed meanwhile, their values stand; the plan's are dropped."), "people"_L1, {kList, "H"_L1}, {}},
    Action {"rights.import"_L1, R, TEXT("Import rights…"), TEXT("Reads a licensor's list and shows what it would change."), "upload"_L1, {kAny, "Ctrl+I"_L1}, "rights"_L1},

    Action {"publish.publish"_L1, P, TEXT("Publish"), TEXT("Sends the title through its gates to the site."), "upload"_L1, {kList, "Ctrl+Return"_L1}, "publish"_L1},
    Action {"publish.withdraw"_L1, P, TEXT("Take down"), TEXT("Withdraws the title from the site at once."), "cross"_L1, {kList, "Shift+Del"_L1}, "withdraw"_L1},
    Action {"publish.recheck"_L1, P, TEXT("Check the gates again"), TEXT("Reads every gate anew."), "refresh"_L1, {kList, "F5"_L1}, "publication"_L1},

    Action {"jobs.pause"_L1, J, TEXT("Pause or resume the job"), TEXT("A paused job keeps its finished segments."), "pause"_L1, {kList, "Space"_L1}, "jobs"_L1},
    Action {"jobs.cancel"_L1, J, TEXT("Cancel the job"), TEXT("Stops the job; what is finished is kept."), "cross"_L1, {kList, "Del"_L1}, "jobs"_L1},
    Action {"jobs.retry"_L1, J, TEXT("Try the job again"), TEXT("Continues from the last finished segment."), "refresh"_L1, {kList, "R"_L1}, "jobs"_L1},
    Action {"outbox.sendNow"_L1, J, TEXT("Send now"), TEXT("Sends what waits in the outbox."), "upload"_L1, {kAny, "Ctrl+Shift+S"_L1}, "sync"_L1},

    Action {"app.palette"_L1, E, TEXT("Find or run a command"), TEXT("Opens the command palette."), "search"_L1, {kAny, "Ctrl+K Ctrl+Shift+P"_L1}, {}},
    Action {"app.keys"_L1, E, TEXT("Keys"), TEXT("Shows this sheet."), "help"_L1, {kReview, "?"_L1}, {}},
    Action {"app.filter"_L1, E, TEXT("Filter the list"), TEXT("Puts the cursor into the filter field."), "filter"_L1, {kReview, "/"_L1}, {}},
    Action {"app.undo"_L1, E, TEXT("Undo"), TEXT("Takes the last decision or edit back."), "undo"_L1, {kAny, "Ctrl+Z"_L1}, {}},
    Action {"app.redo"_L1, E, TEXT("Redo"), TEXT("Does again what was undone."), "redo"_L1, {kAny, "Ctrl+Shift+Z"_L1}, {}},
    Action {"app.help"_L1, E, TEXT("Help"), TEXT("Opens the manual at this place."), "help"_L1, {kAny, "F1"_L1}, {}},
    Action {"app.nextPane"_L1, E, TEXT("Next pane"), TEXT("Moves the focus to the next pane."), "chevron-right"_L1, {kAny, "F6"_L1}, {}},
    Action {"app.table"_L1, E, TEXT("As a table"), TEXT("Shows the timeline or chart as a table with the same facts."), "list"_L1, {kAny, "F7"_L1}, {}},
    Action {"app.attention"_L1, E, TEXT("Needs attention"), TEXT("Opens the list of what a person must look at."), "warning"_L1, {kAny, "F8"_L1}, {}},
    Action {"app.moderation"_L1, E, TEXT("Moderation"), TEXT("Shows the moderation workspace."), "shield"_L1, {kAny, "Ctrl+1"_L1}, {}},
    Action {"app.rights"_L1, E, TEXT("Rights"), TEXT("Shows the rights workspace."), "rights"_L1, {kAny, "Ctrl+2"_L1}, {}},
    Action {"app.publishing"_L1, E, TEXT("Publishing"), TEXT("Shows the publishing workspace."), "upload"_L1, {kAny, "Ctrl+3"_L1}, {}},
    Action {"app.jobs"_L1, E, TEXT("Jobs"), TEXT("Shows the jobs and the outbox."), "layers"_L1, {kAny, "Ctrl+4"_L1}, {}},
    Action {"app.quality"_L1, E, TEXT("Quality"), TEXT("Shows the check profiles and the banks of known content."), "pulse"_L1, {kAny, "Ctrl+5"_L1}, {}},
    Action {"app.settings"_L1, E, TEXT("Settings"), TEXT("Shows the settings, with search."), "settings"_L1, {kAny, "Ctrl+,"_L1}, {}},
    Action {"app.people"_L1, E, TEXT("Profiles and people"), TEXT("Shows who works here, in which role, on which catalog."), "person"_L1, {}, {}},
    Action {"app.backup"_L1, E, TEXT("Backup and restore"), TEXT("Makes a verified copy of the workspace, or brings one back."), "disk"_L1, {}, "backup"_L1},
    Action {"app.doctor"_L1, E, TEXT("What is here"), TEXT("Shows versions, the sandbox, encoders and the catalog."), "cpu"_L1, {}, "doctor"_L1},
    Action {"app.theme"_L1, E, TEXT("Dark or light"), TEXT("Switches the theme."), "moon"_L1, {kAny, "Ctrl+Shift+T"_L1}, {}},
    Action {"app.quit"_L1, E, TEXT("Quit"), TEXT("Closes the window. Everything is saved already."), "cross"_L1, {kAny, "Ctrl+Q"_L1}, {}},
};
// clang-format on

} // namespace

std::span<const Action> allActions()
{
    return kActions;
}

const Action* findAction(QLatin1StringView id)
{
    const auto found = std::ranges::find(kActions, id, &Action::id);
    return found == kActions.end() ? nullptr : &*found;
}

const char* groupTitle(Group group)
{
    switch (group) {
    case Group::Transport:
        return TEXT("Transport");
    case Group::Marks:
        return TEXT("Marks");
    case Group::Talk:
        return TEXT("Talk");
    case Group::Decide:
        return TEXT("Decide");
    case Group::Queue:
        return TEXT("Queue");
    case Group::Rights:
        return TEXT("Rights");
    case Group::Publish:
        return TEXT("Publish");
    case Group::Jobs:
        return TEXT("Jobs");
    case Group::Everywhere:
        return TEXT("Everywhere");
    }
    return "";
}

} // namespace vidimus::actions

#include "ui/widgets/error_text.h"

#include <QCoreApplication>
#include <QHash>

namespace vidimus::ui::widgets {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ErrorText", text);
}

struct Words {
    const char* what;
    const char* effect;
    const char* safe;
    const char* action;
};

#define TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

Words wordsOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid:
        return {TEXT("The input is not right."), TEXT("Nothing was done with it."), TEXT("Nothing was changed."),
            TEXT("Correct the place named in the details and try again.")};
    case ErrorCode::NotFound:
        return {TEXT("It is no longer there."), TEXT("The action had nothing to act on."),
            TEXT("Everything else is unchanged."), TEXT("Refresh the list, or look in the history.")};
    case ErrorCode::Conflict:
        return {TEXT("Somebody else was first."), TEXT("Your change did not take effect."),
            TEXT("Your work is kept as a draft."), TEXT("Look at the other change, then decide again.")};
    case ErrorCode::Denied:
        return {TEXT("Your role does not allow this."), TEXT("Nothing was done."), TEXT("Nothing was changed."),
            TEXT("Ask a person who has the role, or an administrator.")};
    case ErrorCode::Unavailable:
        return {TEXT("The other side cannot be reached."), TEXT("What you do waits here until it can be sent."),
            TEXT("Everything is stored on this machine."), TEXT("Go on working. Sending resumes by itself.")};
    case ErrorCode::Unsupported:
        return {TEXT("This kind of file or request is not supported."), TEXT("It cannot be processed here."),
            TEXT("The original is kept unchanged."), TEXT("Ask for another format, or hand it on.")};
    case ErrorCode::Corrupt:
        return {TEXT("The data is damaged."), TEXT("The damaged part cannot be used."),
            TEXT("The original is kept unchanged."), TEXT("Ask for the file again, or restore a backup.")};
    case ErrorCode::Io:
        return {TEXT("The system could not read or write a file."), TEXT("The step did not finish."),
            TEXT("What was saved before is unchanged."), TEXT("Check the disk and the permissions, then try again.")};
    case ErrorCode::DiskFull:
        return {TEXT("The disk is full."), TEXT("New previews and renditions are paused."),
            TEXT("Decisions keep their own reserve."), TEXT("Delete what can be made again, or move the cache.")};
    case ErrorCode::Canceled:
        return {TEXT("It was stopped."), TEXT("The step is not complete."), TEXT("What was finished is kept."),
            TEXT("Start it again when you want it.")};
    case ErrorCode::TimedOut:
        return {TEXT("It took too long."), TEXT("The step was ended."), TEXT("What was finished is kept."),
            TEXT("Try again; if it happens twice, look at the details.")};
    case ErrorCode::LimitExceeded:
        return {TEXT("A limit was reached."), TEXT("The step was ended to protect this machine."),
            TEXT("The original is kept unchanged."), TEXT("Look at the limit in the details before trying again.")};
    case ErrorCode::Missing:
        return {TEXT("A part that this needs is not installed."), TEXT("This function is off."),
            TEXT("Everything else works."), TEXT("Open “What is here” to see what is missing.")};
    case ErrorCode::Internal:
        return {TEXT("Vidimus made a mistake."), TEXT("The step did not finish."),
            TEXT("What was saved before is unchanged."), TEXT("Try again. Copy the details for a report.")};
    }
    return {TEXT("Vidimus made a mistake."), "", "", ""};
}

// Reasons that other modules give and that deserve a closer first sentence.
const char* whatOfReason(const QByteArray& reason)
{
    static const QHash<QByteArray, const char*> sentences {
        {"truncated", TEXT("The file is cut off.")},
        {"moov_missing", TEXT("The file ends before its index; the upload was probably cut off.")},
        {"no_streams", TEXT("The file has neither picture nor sound.")},
        {"no_frames", TEXT("The file lists frames, but none of them can be read.")},
        {"implausible_facts", TEXT("The file says of itself what cannot be.")},
        {"index_damaged", TEXT("The file's index does not fit what it holds.")},
        {"backup_damaged", TEXT("A backup could not be restored.")},
        {"decode_failed", TEXT("The picture data cannot be decoded.")},
        {"worker_crashed", TEXT("The media worker stopped and was restarted.")},
        {"sandbox_unavailable", TEXT("This machine cannot open media safely.")},
        {"insecure_address", TEXT("A token is sent over https only.")},
        {"bad_token", TEXT("This is not a token of a catalog.")},
        {"lease_expired", TEXT("Your time for this item ran out.")},
        {"already_decided", TEXT("Somebody else decided this item.")},
        {"stale_plan", TEXT("The plan was made on data that has changed since.")},
        {"unknown_territory", TEXT("A territory code is not known, so the rule cannot be evaluated.")},
    };
    return sentences.value(reason, nullptr);
}

/// Reasons whose effect and way out differ from what their code says.
const Words* wordsOfReason(const QByteArray& reason)
{
    static const QHash<QByteArray, Words> words {
        {"no_permission",
            {TEXT("This machine does not allow it."), TEXT("The file or folder was neither read nor written."),
                TEXT("What was saved before is unchanged."),
                TEXT("Look at the permissions of the file or folder in the details, or choose another one.")}},
        {"unauthorized",
            {TEXT("The catalog does not know this token."), TEXT("It takes no changes from here."),
                TEXT("What waits is kept in the outbox."),
                TEXT("Sign in under Profiles and people with a token of this catalog.")}},
        {"original_missing",
            {TEXT("The original is not in the workspace any more."), TEXT("It can be neither watched nor made again."),
                TEXT("Decisions, findings and finished renditions are kept."),
                TEXT("Add the same file again, or put it back into the folder “media”. Then try again.")}},
        {"original_changed",
            {TEXT("The original in the workspace has lost bytes."),
                TEXT("It is not opened, so that nothing wrong is shown."),
                TEXT("Decisions, findings and finished renditions are kept."),
                TEXT("Add the same file again: it replaces the damaged copy. Then try again.")}},
        {"original_damaged",
            {TEXT("The original is no longer the file that was ingested."),
                TEXT("It can be neither transcoded nor published."),
                TEXT("Decisions, findings and finished renditions are kept."),
                TEXT("Add the same file again, or put it back from a backup. Then check it again.")}},
        {"original_unreadable",
            {TEXT("The disk does not give the original back."), TEXT("It can be neither transcoded nor published."),
                TEXT("Decisions, findings and finished renditions are kept."),
                TEXT("Look at the disk. Add the same file again, or put it back from a backup.")}},
        {"file_parked",
            {TEXT("No picture of the file can be decoded."), TEXT("It cannot be watched, so it cannot be passed."),
                TEXT("The original is kept unchanged."),
                TEXT("Ask for the file again. Escalate or snooze the item meanwhile.")}},
        {"hash_near_match",
            {TEXT("This file shows content that a bank knows."), TEXT("It stands before others in the queue."),
                TEXT("Nothing was decided about it."), TEXT("Open it and decide. The details name the bank.")}},
        {"disk_low",
            {TEXT("The disk is nearly full."), TEXT("New renditions may stop before they are finished."),
                TEXT("Decisions keep their own reserve."), TEXT("Delete what can be made again, or move the cache.")}},
    };
    const auto found = words.constFind(reason);
    return found == words.constEnd() ? nullptr : &*found;
}

#undef TEXT

} // namespace

QString FivePartText::toClipboardText() const
{
    QString text;
    const auto add = [&text](const QString& label, const QString& part) {
        if (!part.isEmpty())
            text += label + u": "_s + part + u'\n';
    };
    add(tr("What"), what);
    add(tr("Effect"), effect);
    add(tr("Safe"), safe);
    add(tr("Do"), action);
    add(tr("Details"), details);
    return text;
}

FivePartText errorText(const Error& error)
{
    const Words* closer = wordsOfReason(error.reason);
    const Words words = closer ? *closer : wordsOf(error.code);
    const char* what = whatOfReason(error.reason);
    QString details = QString::fromLatin1(errorCodeName(error.code));
    if (!error.reason.isEmpty())
        details += u" · "_s + QString::fromUtf8(error.reason);
    if (!error.detail.isEmpty())
        details += u" · "_s + error.detail;
    return {tr(what ? what : words.what), tr(words.effect), tr(words.safe), tr(words.action), details};
}

} // namespace vidimus::ui::widgets

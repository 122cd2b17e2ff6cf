#include "app/cli/advice.h"

#include <QHash>

namespace vidimus::cli {

using namespace Qt::StringLiterals;

namespace {

const QString kNotMedia
    = u"Give a video, a sound or a picture file itself; \"vidimus probe\" says what is in one. Nothing was changed."_s;
const QString kDamaged
    = u"The file is kept as it is. Fetch it again from where it came, or see with \"vidimus probe\" how much of it can be read."_s;

QString byReason(const QString& reason)
{
    static const QHash<QString, QString> sentences {
        {u"no_permission"_s,
            u"Look at the permissions of the file or folder, or choose another one. Nothing was changed."_s},
        {u"database_damaged"_s,
            u"Nothing was written over it. Restore a backup (\"vidimus restore\"), or let the studio salvage what can be read."_s},
        {u"reason_required"_s, u"\"vidimus policy list\" shows the codes for --reason. Nothing was changed."_s},
        {u"unknown_reason"_s, u"\"vidimus policy list\" shows the codes for --reason. Nothing was changed."_s},
        {u"unauthorized"_s,
            u"Nothing is lost: what waits stays in the outbox. Give a token of the catalog with --catalog-token, or sign in under Profiles and people in the studio."_s},
        {u"no_file"_s, u"Check the name and the folder. Nothing was changed."_s},
        {u"not_a_file"_s, u"Name a file, not a folder or a device. Nothing was changed."_s},
        {u"empty_file"_s, u"Its upload or copy may not have ended; fetch it again. Nothing was changed."_s},
        {u"not_media"_s, kNotMedia},
        {u"program"_s, kNotMedia},
        {u"playlist_refused"_s, kNotMedia},
        {u"format_not_supported"_s, kNotMedia},
        {u"moov_missing"_s, kDamaged},
        {u"unreadable"_s, kDamaged},
        {u"damaged"_s, kDamaged},
        {u"original_damaged"_s,
            u"Ingest the same file again, or put it back from a backup; findings and decisions are kept. Nothing was published of it."_s},
        {u"original_missing"_s,
            u"Ingest the same file again, or put it back from a backup; findings and decisions are kept."_s},
        {u"hdr_source"_s,
            u"Give a master in standard dynamic range; the checks work on this one. Nothing was changed."_s},
        {u"file_parked"_s,
            u"The file made the sandboxed reader fail twice and is left alone. Fetch it again or ask for another master."_s},
        {u"worker_crashed"_s,
            u"The file made the sandboxed reader fail; nothing else was touched. Fetch it again or ask for another master."_s},
        {u"locked"_s, u"Wait until that has ended, or end it, and run this again. Nothing was changed."_s},
        {u"not_a_folder"_s,
            u"Name a folder with --workspace or $VIDIMUS_WORKSPACE; one that is not there is made. Nothing was changed."_s},
        {u"unknown_profile"_s, u"The studio lists them under Profiles and people. Nothing was changed."_s},
        {u"ladder_unknown"_s, u"Name a shipped ladder or a JSON file. Nothing was changed."_s},
        {u"studio_ended"_s, u"Run it again if it was not; what was saved before is kept."_s},
    };
    return sentences.value(reason);
}

} // namespace

QString advice(const QString& code, const QString& reason)
{
    static const QHash<QString, QString> kinds {
        {u"canceled"_s, u"Run it again to go on."_s},
        {u"missing"_s, u"\"vidimus doctor\" shows what is missing."_s},
        {u"unavailable"_s,
            u"Nothing is lost. It is sent by itself when the catalog answers; \"vidimus outbox\" shows what waits."_s},
        {u"disk_full"_s, u"Free some space and run it again."_s},
        {u"conflict"_s, u"Look at what stands there now, then decide again."_s},
        {u"denied"_s, u"Use a profile whose role may do this."_s},
        {u"internal"_s, u"This is a fault of the program; nothing more was done."_s},
    };
    const QString sentence = byReason(reason);
    return sentence.isEmpty() ? kinds.value(code, u"Nothing was changed."_s) : sentence;
}

} // namespace vidimus::cli

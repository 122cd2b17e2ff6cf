#include "core/actions/verb.h"

#include <algorithm>
#include <array>

namespace vidimus::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFlag = OptionKind::Flag;
constexpr auto kValue = OptionKind::Value;

// clang-format off
const std::array kGlobal {
    Option {"workspace"_L1, kValue, "DIR"_L1, "the workspace folder (default: $VIDIMUS_WORKSPACE, else the user's data folder)"},
    Option {"profile"_L1, kValue, "NAME"_L1, "who you are and which catalog (default: the workspace's own)"},
    Option {"catalog-token"_L1, kValue, "FILE"_L1, "bearer token of the profile's catalog, read anew each time and kept nowhere"},
    Option {"json"_L1, kFlag, {}, "print one JSON object on standard output and nothing else"},
    Option {"quiet"_L1, kFlag, {}, "no progress and no notes"},
};
const std::array kDemo {
    Option {"headless"_L1, kFlag, {}, "run the whole path without a window and serve the result until interrupted"},
    Option {"exit"_L1, kFlag, {}, "with --headless: fetch the live address, check it, stop everything and end"},
};
const std::array kDoctor {
    Option {"self-test"_L1, kFlag, {}, "also prove each check on small generated clips"},
    Option {"scrub"_L1, kFlag, {}, "first read every original back and hold it against the hash it was ingested by"},
};
const std::array kCheck {
    Option {"checks"_L1, kValue, "NAME|FILE"_L1, "the check profile (default: the workspace's for its files, else web)"},
    Option {"only"_L1, kValue, "ID,..."_L1, "only these checks"},
    Option {"first"_L1, kFlag, {}, "a provisional verdict in seconds: head, tail and sampled pictures"},
    Option {"from"_L1, kValue, "T"_L1, "only a range, provisionally: its start in seconds or timecode"},
    Option {"to"_L1, kValue, "T"_L1, "end of the range"},
};
const std::array kFix {
    Option {"only"_L1, kValue, "ID,..."_L1, "the checks whose findings are corrected: loudness, true_peak, flash, levels, black (head and tail), letterbox", true},
    Option {"out"_L1, kValue, "FILE"_L1, "the corrected copy; without it the correction is only proposed"},
    Option {"checks"_L1, kValue, "NAME|FILE"_L1, "the check profile (default: web)"},
    Option {"dry-run"_L1, kFlag, {}, "propose only, even with --out"},
};
const std::array kAllow {
    Option {"check"_L1, kValue, "ID"_L1, "the check whose findings are allowed", true},
    Option {"reason"_L1, kValue, "TEXT"_L1, "why they are allowed here", true},
    Option {"detail"_L1, kValue, "TOKEN"_L1, "only findings of this kind"},
    Option {"from"_L1, kValue, "T"_L1, "start of the range (default: the first such finding)"},
    Option {"to"_L1, kValue, "T"_L1, "end of the range (default: the last such finding)"},
    Option {"until"_L1, kValue, "T"_L1, "when this expires (default: never)"}};
const std::array kJudge {Option {"checks"_L1, kValue, "NAME|FILE"_L1, "the check profile to judge by", true}, Option {"apply"_L1, kFlag, {}, "also store the new verdicts, all in one step, with an entry in the log"}};
const std::array kSaveProfile {Option {"inherits"_L1, kValue, "NAME"_L1, "the shipped profile it changes (default: web)"}};
const std::array kDecide {
    Option {"reason"_L1, kValue, "CODE"_L1, "the reason's code in the policy; required unless the decision is pass or clear"},
    Option {"note"_L1, kValue, "TEXT"_L1, "why, in your words"},
    Option {"from"_L1, kValue, "T"_L1, "start of the range in seconds or timecode"},
    Option {"to"_L1, kValue, "T"_L1, "end of the range"},
    Option {"of"_L1, kValue, "ASSET"_L1, "with duplicate: which asset it repeats"},
};
const std::array kTranscode {
    Option {"ladder"_L1, kValue, "NAME|FILE"_L1, "the ladder of renditions (default: the workspace's setting, else web-two)"},
    Option {"out"_L1, kValue, "DIR"_L1, "folder for the result", true},
    Option {"encoder"_L1, kValue, "auto|ID"_L1, "which encoder (default: auto)"},
};
const std::array kRightsImport {
    Option {"licensor"_L1, kValue, "NAME"_L1, "whose list it is; its kept profile is used (see rights licensor), a new name makes a licensor"},
    Option {"zone"_L1, kValue, "ZONE"_L1, "IANA zone of times without one (default: the profile's, else UTC)"},
    Option {"date-only-end"_L1, kValue, "RULE"_L1, "inclusive_day (default) or exclusive"},
    Option {"dates"_L1, kValue, "iso|mdy|dmy|serial"_L1, "how dates are written: which number of 3/4/2026 is the month, or that bare numbers are a spreadsheet's days (default: the profile's, else iso)"},
    Option {"dry-run"_L1, kFlag, {}, "show what would change and change nothing"},
    Option {"skip-bad-rows"_L1, kFlag, {}, "import the good rows of a list that has bad ones (default: nothing of it)"},
    Option {"marked-up"_L1, kValue, "FILE"_L1, "also write a workbook for the licensor with each fault in its cell"},
};
const std::array kRightsExport {
    Option {"format"_L1, kValue, "xlsx|csv|xml|json|ics|status|report"_L1, "what the file is to be; ics is a calendar of starts and ends, status the reply to a licensor, report what may really be played (both CSV where FILE ends so)", true},
    Option {"out"_L1, kValue, "FILE"_L1, "where it is put", true},
    Option {"licensor"_L1, kValue, "NAME"_L1, "only this licensor's grants"},
    Option {"territory"_L1, kValue, "CC"_L1, "only grants that hold there, also by a group or the world"},
    Option {"from"_L1, kValue, "T"_L1, "only windows that meet the time from here, RFC 3339"},
    Option {"to"_L1, kValue, "T"_L1, "only windows that meet the time up to here"},
};
const std::array kRightsLicensor {Option {"set"_L1, kValue, "FILE"_L1, "a JSON file to keep as the licensor's profile: times{zone, date_only_end, dates}, heading_row, columns{heading: column of Avails}, constants{column: value}, offers{licence type: [offer]}"}};
const std::array kRightsExplain {
    Option {"country"_L1, kValue, "CC"_L1, "ISO 3166-1 code, or XX when it is not known", true},
    Option {"subdivision"_L1, kValue, "CC-S"_L1, "ISO 3166-2 code"},
    Option {"site"_L1, kValue, "ID"_L1, "the site", true},
    Option {"offer"_L1, kValue, "ID"_L1, "the offer the viewer holds", true},
    Option {"at"_L1, kValue, "T"_L1, "the instant, RFC 3339 (default: now)"},
    Option {"question"_L1, kValue, "playable|pre_order|announced"_L1, "what is asked (default: playable)"},
};
const std::array kRightsEffect {
    Option {"plan"_L1, kValue, "FILE"_L1, "edits as JSON (a fix of \"rights conflicts\" is one), or a licensor's list (default: the draft that waits)"},
    Option {"licensor"_L1, kValue, "NAME"_L1, "whose list it is"},
    Option {"zone"_L1, kValue, "ZONE"_L1, "IANA zone for times without an offset"},
    Option {"date-only-end"_L1, kValue, "inclusive_day|exclusive"_L1, "how an end date without a time is read"},
    Option {"dates"_L1, kValue, "iso|mdy|dmy|serial"_L1, "how the list writes dates"},
    Option {"question"_L1, kValue, "playable|pre_order|announced"_L1, "which question is compared (default: playable)"},
};
const std::array kAvailabilityCompile {
    Option {"out"_L1, kValue, "FILE"_L1, "the snapshot; its deltas stand beside it as FILE.delta and FILE.reverse", true},
    Option {"after"_L1, kValue, "FILE"_L1, "the snapshot that is announced now"},
    Option {"site"_L1, kValue, "ID"_L1, "compile for this site alone"},
    Option {"question"_L1, kValue, "playable|pre_order|announced"_L1, "the one question that it answers (default: playable)"},
    Option {"limit"_L1, kValue, "PERCENT"_L1, "share of a site that may go dark without a second person (default: 20)"},
    Option {"second"_L1, kValue, "PERSON"_L1, "who else agrees when more goes dark"},
};
const std::array kAvailabilityDelta {
    Option {"out"_L1, kValue, "FILE"_L1, "the delta", true},
    Option {"reverse"_L1, kValue, "FILE"_L1, "the way back"},
};
const std::array kAvailabilityServe {
    Option {"listen"_L1, kValue, "ADDRESS:PORT"_L1, "where it answers (default: a free port on 127.0.0.1)"},
    Option {"cache"_L1, kValue, "DIR"_L1, "where a catalog's snapshots are put (needed with URL)"},
    Option {"token-file"_L1, kValue, "FILE"_L1, "a token of the catalog with the scope feed:read"},
    Option {"public-key"_L1, kValue, "HEX"_L1, "whose signature is asked for"},
};
const std::array kAvailabilityPin {Option {"reason"_L1, kValue, "TEXT"_L1, "why, for the log"}};
const std::array kAvailabilityQuery {
    Option {"title"_L1, kValue, "ID"_L1, "the title (default: list those that are available)"},
    Option {"country"_L1, kValue, "CC"_L1, "ISO 3166-1 code, or XX when it is not known", true},
    Option {"subdivision"_L1, kValue, "CC-S"_L1, "ISO 3166-2 code"},
    Option {"site"_L1, kValue, "ID"_L1, "the site", true},
    Option {"offer"_L1, kValue, "ID"_L1, "the offer the viewer holds", true},
    Option {"at"_L1, kValue, "T"_L1, "the instant, RFC 3339 (default: now)"},
};
const std::array kPublish {Option {"at"_L1, kValue, "T"_L1, "the instant, RFC 3339 (default: now)"}};
const std::array kBench {
    Option {"file"_L1, kValue, "PATH"_L1, "the media file to measure with (default: a clip of the demo)"},
    Option {"runs"_L1, kValue, "N"_L1, "how often what takes seconds is measured; the median counts (default: 3)"},
    Option {"titles"_L1, kValue, "N"_L1, "titles of the catalogue that availability is measured on (default: 300000, and 3000000 for what is compiled)"},
};
const std::array kMatch {
    Option {"bank"_L1, kValue, "FILE"_L1, "only this list of known content (needs no workspace)"},
    Option {"library"_L1, kFlag, {}, "only the workspace's own library"},
};
const std::array kBankImport {
    Option {"name"_L1, kValue, "NAME"_L1, "the bank to add to; made when it is not there", true},
    Option {"severity"_L1, kValue, "notice|review|block"_L1, "what a hit means (default: review)"},
};
const std::array kBankExport {
    Option {"out"_L1, kValue, "FILE"_L1, "the file to write", true},
    Option {"format"_L1, kValue, "csv|text|json"_L1, "hash,quality,label (default), \"pdq HASH\" lines, or ThreatExchange JSON"},
};
const std::array kReason {Option {"reason"_L1, kValue, "TEXT"_L1, "why"}};

const std::array kQueue {Option {"order"_L1, kValue, "age|score"_L1, "oldest first (default), or what a classifier scored highest first"}};

const std::array kVerbs {
    Verb {"demo"_L1, {}, 0, 0, "Runs the whole path on real clips: from an upload to a title that is live.", kDemo, "steps[]{name, seconds, result}, live_url"_L1},
    Verb {"doctor"_L1, {}, 0, 0, "Says what is here: versions, sandbox, encoders that really open, sound, GPU, catalog.", kDoctor, "parts[]{name, state, version, detail}"_L1},
    Verb {"ingest"_L1, "PATH..."_L1, 1, -1, "Copies files into the workspace by content hash and probes them.", {}, "assets[]{id, path, sha256, bytes, duplicate_of}"_L1},
    Verb {"probe"_L1, "PATH"_L1, 1, 1, "Says what is in a file: container, streams and problems.", {}, "container, duration, streams[], problems[]{code, detail}"_L1},
    Verb {"check"_L1, "PATH"_L1, 1, 1, "Runs all checks in one pass, or goes on with it; for a file of the workspace the verdict counts.", kCheck, "profile, frames, duration, seconds, verdict, checks[], asset, stored, not_stored; with --first, --from: provisional, looked_at[], findings[], suspects[]"_L1},
    Verb {"fix"_L1, "PATH"_L1, 1, 1, "Proposes the smallest corrections, makes a corrected copy and proves it by checking again.", kFix, "profile, steps[]{check, action, values, start, end}, refused[]{check, reason, detail}, before, after, file{container, bytes, streams[]}, proved, attempts"_L1},
    Verb {"models"_L1, "list|add NAME|add FILE|remove NAME"_L1, 1, 2, "Models for faces and classes (add faces, add nsfw ask npm); they order, they decide nothing.", {}, "models[]{name, check, bytes, licence, source, limits}, available[], folder"_L1},
    Verb {"fingerprint"_L1, "PATH"_L1, 1, 1, "Hashes the picture of an image or a video with PDQ.", {}, "kind, frames[]{time, frame, pdq, quality}"_L1},
    Verb {"match"_L1, "PATH"_L1, 1, 1, "Finds known or near-duplicate content, with the matching segments.", kMatch, "matches[]{id, kind, distance, share, segments[]{a_start, a_end, b_start, b_end}}, common_passages[], not_hashed_yet"_L1},
    Verb {"bank import"_L1, "FILE"_L1, 1, 1, "Adds a list of known content to a bank and looks the library up in it.", kBankImport, "bank{}, lines, accepted, added, rejected, errors[]{line, code, message}, assets_with_hits"_L1},
    Verb {"bank export"_L1, "NAME"_L1, 1, 1, "Writes a bank to a file.", kBankExport, "hashes, path"_L1},
    Verb {"bank list"_L1, {}, 0, 0, "Lists the banks of known content.", {}, "banks[]{id, name, severity, hashes}"_L1},
    Verb {"queue"_L1, "[list]"_L1, 0, 1, "Shows the review queue.", kQueue, "items[]{asset, name, checks, findings, verdict, model_score, ...}, total"_L1},
    Verb {"decide"_L1, "ASSET pass|reject|escalate|duplicate|clear"_L1, 2, 2, "Decides as the person the profile names.", kDecide, "decision{}"_L1},
    Verb {"transcode"_L1, "PATH"_L1, 1, 1, "Makes renditions, HLS and a poster; those of a file of the workspace are stored for its title too.", kTranscode, "renditions[], hls, poster, seconds, fallbacks[], asset, title, out; where it did not end: kept{segments, of}"_L1},
    Verb {"rights import"_L1, "FILE"_L1, 1, 1, "Reads a licensor's list of rights; with bad rows it changes nothing, see --skip-bad-rows.", kRightsImport, "rows, accepted, rejected, applied, errors[], notes[], plan{added, changed, removed}, message"_L1},
    Verb {"rights export"_L1, {}, 0, 0, "Writes grants as a licensor's list or a calendar, or all rules as JSON.", kRightsExport, "format, bytes"_L1},
    Verb {"rights licensor"_L1, "[NAME]"_L1, 0, 1, "Shows or keeps how a licensor's files are read: zone, dates, columns.", kRightsLicensor, "licensors[], profile{}"_L1},
    Verb {"rights explain"_L1, "TITLE"_L1, 1, 1, "Says whether a title may be shown here, now, and why.", kRightsExplain, "available, reason, terms_from, trail[]"_L1},
    Verb {"rights verify"_L1, "CASES.json"_L1, 1, 1, "Runs a file of expected answers.", {}, "passed, failed, failures[]{id, expected, actual}, time_zones"_L1},
    Verb {"rights conflicts"_L1, {}, 0, 0, "Lists every conflict at once, each with what would settle it; also advice, which is no conflict.", {}, "conflicts[]{code, advice, rules[], title, territory[], from, to, sentence, fix{code, sentence, put[], remove[], titles{}, deals{}}}, more[]{title, count, at_least, sentence}, truncated"_L1},
    Verb {"rights effect"_L1, {}, 0, 0, "Says what would change for whom if a plan were saved: answers gained and lost.", kRightsEffect, "gained[], lost[], each {title, countries[], sites[], offers[], all_sites, all_offers, from, to}; titles_changed, live_gained, live_lost, staged"_L1},
    Verb {"rights draft"_L1, "[list|show ID|keep FILE|approve ID|discard ID]"_L1, 0, 2, "Lists, shows, keeps, approves or discards plans that wait for a second person.", {}, "drafts[]{id, by, at, put, remove}, draft{}, kept, approved, discarded"_L1},
    Verb {"rights template"_L1, "show LICENSOR|keep WINDOW"_L1, 2, 2, "Shows what windows of a licensor look like, or keeps a window as that.", {}, "licensor, window{}, days"_L1},
    Verb {"rights history"_L1, "TITLE|WINDOW"_L1, 1, 1, "Says who changed a title's windows when and why, with what stood before and after.", {}, "changes[]{at, by, why, window, before{}, after{}}"_L1},
    Verb {"availability compile"_L1, {}, 0, 0, "Compiles the rights to a signed snapshot; after another one, also to the deltas there and back.", kAvailabilityCompile, "version, state, titles, windows, bytes, time_zones, changed, unchanged, message, delta_bytes, reverse_bytes, sites[]{site, before, after, lost_share}, public_key, seconds"_L1},
    Verb {"availability delta"_L1, "FROM TO"_L1, 2, 2, "Makes the delta from one snapshot to another.", kAvailabilityDelta, "from, to, changed, bytes, reverse_bytes, seconds"_L1},
    Verb {"availability apply"_L1, "SNAPSHOT [DELTA...]"_L1, 1, -1, "Follows deltas from a snapshot and says where they lead.", {}, "version, state, titles, memory_bytes, seconds"_L1},
    Verb {"availability query"_L1, "SNAPSHOT [DELTA...]"_L1, 1, -1, "Asks a snapshot, after deltas if there are any: about one title, or which are available.", kAvailabilityQuery, "version, question, at, available, terms_from, count, titles[]"_L1},
    Verb {"availability serve"_L1, "SNAPSHOT|URL"_L1, 1, 1, "Follows a snapshot and its deltas, or a catalog's feed, and answers over HTTP until interrupted.", kAvailabilityServe, "listening"_L1},
    Verb {"availability announcement"_L1, {}, 0, 0, "Shows which version the catalog answers from, and what is pinned.", {}, "version, newest_version, state, time_zones, pin{version, by, reason, at}, snapshots[], deltas[], public_key, signature"_L1},
    Verb {"availability pin"_L1, "VERSION"_L1, 1, 1, "Puts an older version back at once; rights go on changing behind it.", kAvailabilityPin, "version, pin{}"_L1},
    Verb {"availability unpin"_L1, {}, 0, 0, "Goes on with the newest version.", {}, "version, pin"_L1},
    Verb {"availability holds"_L1, {}, 0, 0, "Lists changes that would darken more of a site than one person may.", {}, "items[]{id, by, what, at, sites[]{site, live, lost, lost_share}}"_L1},
    Verb {"availability confirm"_L1, "HOLD"_L1, 1, 1, "Agrees to a held change of somebody else, who then sends it again.", {}, "id, by, what, at, sites[]"_L1},
    Verb {"publish"_L1, "TITLE"_L1, 1, 1, "Publishes a title through its gates.", kPublish, "gates[]{id, state, why, fix, detail}, state, live_url, page_url, serve_with"_L1},
    Verb {"withdraw"_L1, "TITLE"_L1, 1, 1, "Takes a title down.", kReason, "state"_L1},
    Verb {"publication"_L1, "TITLE"_L1, 1, 1, "Shows the gates and the state of a title.", {}, "gates[], state, live_url, page_url, serve_with"_L1},
    Verb {"sync"_L1, {}, 0, 0, "Sends what waits and fetches what is new.", {}, "sent, waiting, conflicts[]"_L1},
    Verb {"outbox"_L1, "[list|retry ID|drop ID]"_L1, 0, 2, "Shows what waits and why; sends it again or drops it.", {}, "operations[], sent, waiting, conflicts[]"_L1},
    Verb {"jobs"_L1, "[list|run|pause ID|resume ID|cancel ID|retry ID|explain ID]"_L1, 0, 2, "Shows and steers the job queue; run works on it until nothing waits.", {}, "jobs[]; with run: done, failed, waiting; with explain: why, advice, before"_L1},
    Verb {"policy"_L1, "list|check FILE"_L1, 1, 2, "Lists the reasons of the policy, or checks a policy file.", {}, "reasons[]"_L1},
    Verb {"checks judge"_L1, {}, 0, 0, "Judges the stored measurements of the whole library by a profile, without decoding.", kJudge, "profile, judged, unmeasured, unchecked, applied, verdicts{}, changed[]{asset, name, profile, before, after, checks[]}"_L1},
    Verb {"checks allow"_L1, "ASSET"_L1, 1, 1, "Remembers that findings are allowed here, for this content and its re-uploads.", kAllow, "allowance{}"_L1},
    Verb {"checks allowed"_L1, "[ASSET]"_L1, 0, 1, "Lists what was allowed.", {}, "allowances[]"_L1},
    Verb {"checks forget"_L1, "ALLOWANCE"_L1, 1, 1, "Takes an allowance back; its findings count again.", {}, "forgotten"_L1},
    Verb {"checks save"_L1, "FILE"_L1, 1, 1, "Keeps a check profile in the workspace, to be used by its id.", kSaveProfile, "saved, inherits"_L1},
    Verb {"checks remove"_L1, "ID"_L1, 1, 1, "Forgets a check profile of the workspace's own.", {}, "removed"_L1},
    Verb {"checks"_L1, "list"_L1, 1, 1, "Lists the checks, their parameters and the shipped profiles.", {}, "checks[], profiles[]"_L1},
    Verb {"backup"_L1, "PATH"_L1, 1, 1, "Makes a verified copy of the workspace.", {}, "bytes, sha256, seconds"_L1},
    Verb {"restore"_L1, "PATH"_L1, 1, 1, "Brings a verified copy back.", {}, "entries, result"_L1},
    Verb {"audit verify"_L1, "[FILE]"_L1, 0, 1, "Checks the log against its signed heads.", {}, "entries, anchored_to, result, first_bad"_L1},
    Verb {"audit export"_L1, {}, 0, 0, "Prints the log with its signed heads.", {}, "entries[], heads[]"_L1},
    Verb {"bench"_L1, "start|queue|availability|matching|restore|seek|checks|ladder"_L1, 1, 1, "Runs the measurements of the README on this machine.", kBench, "bench, machine{}, workload{}, figures[]{name, value, unit}"_L1},
};
// clang-format on

} // namespace

std::span<const Verb> allVerbs()
{
    return kVerbs;
}

const Verb* findVerb(QStringView name)
{
    const auto found = std::ranges::find_if(kVerbs, [name](const Verb& verb) { return name == verb.name; });
    return found == kVerbs.end() ? nullptr : &*found;
}

std::span<const Option> globalOptions()
{
    return kGlobal;
}

} // namespace vidimus::actions

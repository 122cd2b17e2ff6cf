#include "ui/moderation/why_facts.h"

#include "ui/moderation/finding_text.h"
#include "ui/widgets/time_label.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;
namespace rules = vidimus::moderation;

namespace {

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("WhyFacts", text, nullptr, count);
}

#define TEXT(text) QT_TRANSLATE_NOOP("WhyFacts", text)

const QHash<QByteArray, const char*>& problemWords()
{
    static const QHash<QByteArray, const char*> words {
        {"truncated", TEXT("The file is cut off")},
        {"duration_differs", TEXT("The container gives another length")},
        {"no_fast_start", TEXT("Its index stands at the end")},
        {"cover_art", TEXT("Holds a still picture beside the programme")},
        {"no_frames", TEXT("No frame of the picture can be shown")},
        {"variable_frame_rate", TEXT("The frame rate varies")},
        {"missing_timestamps", TEXT("Frames have no times; they are counted")},
        {"duplicate_timestamps", TEXT("Some frames share one time")},
        {"starts_between_keys", TEXT("Frames before the first key frame are lost")},
        {"no_color_tags", TEXT("No colour tags; BT.709 is assumed")},
        {"timestamp_gap", TEXT("One frame stands long")},
        {"length_differs", TEXT("Sound and picture differ in length")},
        {"start_differs", TEXT("Sound and picture start apart")},
        {"timestamps_go_back", TEXT("Times go back")},
        {"corrupt_packets", TEXT("Some packets are damaged")},
        {"edit_list", TEXT("An edit list hides a part")},
        {"audio_gap", TEXT("The sound has a gap")},
    };
    return words;
}

QString codecName(const QString& codec)
{
    static const QHash<QString, QString> names {{u"h264"_s, u"H.264"_s}, {u"hevc"_s, u"HEVC"_s}, {u"av1"_s, u"AV1"_s},
        {u"vp9"_s, u"VP9"_s}, {u"vp8"_s, u"VP8"_s}, {u"mpeg2video"_s, u"MPEG-2"_s}, {u"mpeg4"_s, u"MPEG-4"_s},
        {u"prores"_s, u"ProRes"_s}};
    return names.value(codec, codec.toUpper());
}

WhyFact verdictFact(const workbench::ReviewItem& item)
{
    const QByteArray& verdict = item.row.checkVerdict;
    if (verdict.isEmpty())
        return {u"clock"_s, Ink::Second, tr("The checks have not run yet"), {}};
    const QString profile = item.report ? item.report->profile : QString();
    if (verdict == "pass")
        return {u"check"_s, Ink::Passed, tr("All checks passed"), profile};
    if (verdict == "warn")
        return {u"warning"_s, Ink::Warning, tr("The checks warn"), profile};
    if (verdict == "fail")
        return {u"cross"_s, Ink::Rejected, tr("A check failed"), profile};
    return {u"warning"_s, Ink::Warning, tr("Not all checks could be evaluated"), profile};
}

WhyFact decisionFact(const rules::Decision& decision, Instant now)
{
    const QString age = ageText(std::chrono::duration_cast<Milliseconds>(now - decision.at));
    switch (decision.verdict) {
    case rules::Verdict::Pass:
        return {u"check"_s, Ink::Passed, tr("Was passed"), age};
    case rules::Verdict::Reject:
        return {u"cross"_s, Ink::Rejected, tr("Was rejected"), age};
    case rules::Verdict::Escalate:
        return {u"arrow-up"_s, Ink::Info, tr("Was escalated"), age};
    case rules::Verdict::Duplicate:
        return {u"copy"_s, Ink::Second, tr("Was called a duplicate"), age};
    case rules::Verdict::Clear:
        return {u"undo"_s, Ink::Second, tr("The decision was cleared"), age};
    }
    return {};
}

/// At most a few: the gravest stand first, the rest is a click away.
void addMatches(const std::vector<workbench::KeptMatch>& matches, std::vector<WhyFact>& facts)
{
    constexpr int kMost = 3;
    int shown = 0;
    for (const workbench::KeptMatch& kept : matches) {
        const workbench::ContentMatch& match = kept.match;
        if (match.commonPassage || kept.isGone || ++shown > kMost)
            continue;
        const QString share = tr("%1 %").arg(QLocale().toString(match.share * 100, 'f', 0));
        if (match.kind == store::StoredMatch::Kind::Asset) {
            facts.push_back({u"match"_s, Ink::Warning, tr("Near match of %1").arg(match.name), share, match.id});
        } else {
            const bool blocks = match.severity == matching::BankSeverity::Block;
            facts.push_back({u"match"_s, blocks ? Ink::Rejected : Ink::Warning,
                match.label.isEmpty() ? tr("Known content: %1").arg(match.name)
                                      : tr("Known content: %1, %2").arg(match.name, match.label),
                share});
        }
    }
}

} // namespace

QString problemText(const media::MediaProblem& problem)
{
    const char* words = problemWords().value(problem.code, nullptr);
    return words ? tr(words) : QString::fromUtf8(problem.code).replace(u'_', u' ');
}

QString mediaLine(const media::MediaFacts& facts)
{
    QStringList parts;
    if (const media::VideoStream* video = facts.programmeVideo()) {
        parts << u"%1×%2"_s.arg(video->displayWidth).arg(video->displayHeight);
        if (video->averageRate.num > 0) {
            const QString rate = QLocale().toString(video->averageRate.toDouble(), 'g', 5);
            parts << (video->rateKind == media::RateKind::Variable ? tr("about %1 fps").arg(rate) : rate + u'p');
        }
        parts << codecName(video->codec);
        if (video->hdr != media::HdrKind::Sdr)
            parts << tr("HDR");
    }
    if (const media::AudioStream* audio = facts.programmeAudio())
        parts << (audio->layout.isEmpty() ? tr("%n channel(s)", audio->channels) : audio->layout);
    else
        parts << tr("no sound");
    return parts.join(u" · ");
}

std::vector<WhyFact> whyFacts(const workbench::ReviewItem& item, Instant now)
{
    std::vector<WhyFact> facts;
    if (item.row.unreadable)
        facts.push_back({u"cross"_s, Ink::Rejected, tr("The file cannot be read"), {}});
    addMatches(item.matches, facts);
    facts.push_back(verdictFact(item));
    if (item.report) {
        for (const checks::CheckResult& check : item.report->checks) {
            if (check.findings.empty())
                continue;
            const bool fails = check.outcome == checks::CheckOutcome::Fail;
            facts.push_back({u"flag"_s, fails ? Ink::Rejected : Ink::Warning, checkTitle(check.id),
                check.findings.size() == 1 ? measuredText(check.findings.front())
                                           : tr("%n places", static_cast<int>(check.findings.size()))});
        }
    }
    for (const media::MediaProblem& problem : item.facts.problems)
        facts.push_back({u"info"_s, Ink::Info, problemText(problem), {}});
    for (const rules::Decision& decision : item.decisions) {
        if (decision.state != rules::DecisionState::Undone)
            facts.push_back(decisionFact(decision, now));
    }
    facts.push_back({u"clock"_s, Ink::Second, tr("Waits since it was added"),
        spanText(std::chrono::duration_cast<Milliseconds>(now - item.row.ingestedAt))});
    return facts;
}

#undef TEXT

} // namespace vidimus::ui::moderation

#include "ui/moderation/fix_text.h"

#include "ui/moderation/finding_text.h"
#include "ui/widgets/error_text.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

namespace {

struct FixText {
    Q_DECLARE_TR_FUNCTIONS(FixText)
};
using T = FixText;

#define TEXT(text) QT_TRANSLATE_NOOP("FixText", text)

QString number(double value, int digits)
{
    return QLocale().toString(value, 'f', digits).replace(u'-', u'−');
}

/// Why a finding stays, by the token of transcode::FixRefusal.
QString refusalText(const transcode::FixRefusal& refusal)
{
    static const QHash<QString, const char*> kWords {
        {u"damaged"_s, TEXT("A part cannot be decoded; a new encode would hide the damage instead of mending it.")},
        {u"no_audio"_s, TEXT("There is no sound.")}, {u"no_video"_s, TEXT("There is no picture.")},
        {u"hdr"_s, TEXT("The picture has a high dynamic range; its metadata would not survive a new encode here.")},
        {u"not_evaluated"_s, TEXT("It was not evaluated.")}, {u"not_failing"_s, TEXT("There is nothing to correct.")},
        {u"no_place"_s, TEXT("The finding names no place.")},
        {u"crushed_blacks"_s, TEXT("Detail that was cut off in the blacks cannot be brought back.")},
        {u"clipped_whites"_s, TEXT("Detail that was cut off in the whites cannot be brought back.")},
        {u"all_black"_s, TEXT("All of it is black.")},
        {u"inside_programme"_s, TEXT("Black inside the programme is part of it; only head and tail can be cut.")},
        {u"sound_unknown"_s, TEXT("Whether there is sound under the black was not measured.")},
        {u"sound_under_black"_s,
            TEXT("The programme is heard while the picture is black; cutting it would lose sound.")},
        {u"bars_change"_s, TEXT("The bars are not the same from start to end; one crop would cut into the picture.")},
        {u"silent"_s, TEXT("The programme is silent; no gain gives it a loudness.")},
        {u"needs_a_mix"_s, TEXT("The programme varies too much for one gain; it needs a new mix.")},
        {u"gain_too_large"_s, TEXT("It would take so much gain that the noise comes up.")}};
    const char* words = kWords.value(refusal.reason);
    return words != nullptr ? QCoreApplication::translate("FixText", words) : refusal.detail;
}

double valueOf(const transcode::FixStep& step, const QString& name)
{
    const auto found = step.values.find(name);
    return found == step.values.end() ? 0 : found->second;
}

QString stepText(const transcode::FixStep& step)
{
    const int frames = static_cast<int>(valueOf(step, u"frames"_s));
    const QString gain = number(valueOf(step, u"gain_db"_s), 1);
    const QString ceiling = number(valueOf(step, u"ceiling_dbtp"_s), 1);
    if (step.action == u"gain")
        return T::tr("Turns the sound by %1 dB.").arg(gain);
    if (step.action == u"gain_and_limit")
        return T::tr("Turns the sound by %1 dB and holds peaks at %2 dBTP.").arg(gain, ceiling);
    if (step.action == u"limit")
        return T::tr("Holds peaks at %1 dBTP.").arg(ceiling);
    if (step.action == u"dim")
        return T::tr("Dims the picture where it flashes. Frames: %1.").arg(frames);
    if (step.action == u"calm_red")
        return T::tr("Takes saturation out of the flashing red. Frames: %1.").arg(frames);
    if (step.action == u"legalise")
        return T::tr("Draws levels into the range. Frames: %1.").arg(frames);
    if (step.action == u"trim")
        return T::tr("Cuts the black off. Frames: %1.").arg(frames);
    if (step.action == u"crop")
        return T::tr("Crops to %1 × %2 pixels.")
            .arg(static_cast<int>(valueOf(step, u"w"_s)))
            .arg(static_cast<int>(valueOf(step, u"h"_s)));
    return step.action;
}

QString outcomeText(const QString& outcome)
{
    return outcome == u"pass" ? T::tr("passes")
        : outcome == u"warn"  ? T::tr("warns")
        : outcome == u"fail"  ? T::tr("fails")
                              : T::tr("not evaluated");
}

/// The number of a check that says most, as evidence shows it; empty where it has none.
QString mainNumber(const QJsonObject& measured)
{
    const QJsonValue loudness = measured[u"integrated_lufs"];
    if (loudness.isDouble())
        return T::tr("%1 LUFS").arg(number(loudness.toDouble(), 1));
    const QJsonValue peak = measured[u"max_true_peak_dbtp"];
    return peak.isDouble() ? T::tr("%1 dBTP").arg(number(peak.toDouble(), 1)) : QString();
}

QString sideText(const QString& outcome, int findings, const QJsonObject& measured)
{
    const QString value = mainNumber(measured);
    const QString count = T::tr("findings: %1").arg(findings);
    return value.isEmpty() ? T::tr("%1, %2").arg(outcomeText(outcome), count)
                           : T::tr("%1, %2, %3").arg(outcomeText(outcome), count, value);
}

} // namespace

QString unfixableText(const QString& checkId)
{
    return transcode::correctableChecks().contains(checkId)
        ? QString()
        : T::tr("No program can mend this; it needs an editor or a better source.");
}

QString proposalText(const workbench::FixOutcome& outcome)
{
    QStringList sentences;
    for (const transcode::FixStep& step : outcome.proposal.steps)
        sentences << stepText(step);
    if (!sentences.isEmpty())
        sentences << T::tr("The original stays; the corrected copy becomes another version and is checked again.");
    for (const transcode::FixRefusal& refusal : outcome.proposal.refusals)
        sentences << refusalText(refusal);
    return sentences.join(u' ');
}

QString resultText(const workbench::FixJobResult& result)
{
    QStringList lines;
    for (const workbench::FixedCheck& check : result.checks) {
        //: A check before and after a correction: %1 its name, %2 before, %3 after.
        lines << T::tr("%1. Before: %2. After: %3.")
                     .arg(checkTitle(check.id), sideText(check.before, check.findingsBefore, check.measuredBefore),
                         sideText(check.after, check.findingsAfter, check.measuredAfter));
    }
    lines << (result.proved ? T::tr("The corrected copy is another version of this title, in the queue.")
                            : T::tr("The findings would have stayed, so nothing was kept."));
    return lines.join(u'\n');
}

QString progressText(const jobs::Job& job)
{
    switch (job.state) {
    case jobs::JobState::Queued:
        return T::tr("The correction waits for its turn.");
    case jobs::JobState::Running:
        return job.progressTotal > 0
            ? T::tr("Correcting, %1 %")
                  .arg(static_cast<int>(100 * std::clamp(job.progressDone / job.progressTotal, 0.0, 1.0)))
            : T::tr("Correcting…");
    case jobs::JobState::Paused:
        return T::tr("The correction is paused on the jobs page.");
    case jobs::JobState::Canceled:
        return T::tr("The correction was canceled; nothing was kept.");
    case jobs::JobState::Failed:
    case jobs::JobState::Parked:
        return widgets::errorText(job.error).what;
    case jobs::JobState::Done:
        break;
    }
    return T::tr("Done.");
}

} // namespace vidimus::ui::moderation

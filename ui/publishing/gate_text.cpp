#include "ui/publishing/gate_text.h"

#include "ui/publishing/words.h"
#include "ui/widgets/time_label.h"

#include <algorithm>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using vidimus::publishing::Gate;
using vidimus::publishing::GateState;

namespace {

constexpr int kNamedCountries = 12;

using P = Publishing;

QString fixText(const QByteArray& fix)
{
    if (fix == "review")
        return P::tr("Review");
    if (fix == "transcode")
        return P::tr("Transcode now");
    if (fix == "edit_rights")
        return P::tr("Open rights");
    if (fix == "check_again")
        return P::tr("Check again");
    if (fix == "ingest")
        return P::tr("Add a file");
    return {};
}

QString countriesText(const QString& detail)
{
    const QStringList countries = detail.split(u", "_s, Qt::SkipEmptyParts);
    if (countries.size() <= kNamedCountries)
        return P::tr("Licensed now in %1.").arg(countries.join(u", "_s));
    const int more = static_cast<int>(countries.size()) - kNamedCountries;
    return P::tr("Licensed now in %1 and %n more.", nullptr, more).arg(countries.first(kNamedCountries).join(u", "_s));
}

QString laterText(const QString& detail)
{
    const auto start = parseRfc3339(detail);
    if (!start)
        return P::tr("The next window has not begun.");
    return P::tr("The next window begins %1. Until then nobody can watch it.")
        .arg(widgets::zonedTimeText(*start, QTimeZone::utc(), true));
}

QString verdictText(const QString& verdict)
{
    if (verdict == u"reject")
        return P::tr("The standing decision is a reject.");
    if (verdict == u"escalate")
        return P::tr("It waits for a second look.");
    if (verdict == u"duplicate")
        return P::tr("It was marked as a duplicate.");
    return P::tr("The standing decision is not a pass.");
}

GateText wordsOf(const Gate& gate)
{
    const QByteArray& why = gate.why;
    const int number = gate.detail.toInt();
    if (why == "asset_missing")
        return {P::tr("There is no file"), P::tr("This title has no version that could be published."), {}};
    if (why == "moderation_missing")
        return {P::tr("Moderation is not done"), P::tr("Nobody has decided on this version yet."), {}};
    if (why == "moderation_of_other_version")
        return {P::tr("Moderation is of another version"),
            P::tr("The decision was made on other bytes than those to be published."), {}};
    if (why == "moderation_not_passed")
        return {P::tr("Moderation did not pass it"), verdictText(gate.detail), {}};
    if (why == "moderation_passed")
        return {P::tr("Moderation passed"), P::tr("Decided on exactly these bytes."), {}};
    if (why == "no_rights")
        return {P::tr("Rights: there are none"), P::tr("No deal grants a window for this title."), {}};
    if (why == "licensed_now")
        return {P::tr("Rights are open now"), countriesText(gate.detail), {}};
    if (why == "licensed_later")
        return {P::tr("Rights begin later"), laterText(gate.detail), {}};
    if (why == "not_licensed")
        return {P::tr("Rights: licensed nowhere"), P::tr("All windows have ended or are shut, and none follows."), {}};
    if (why == "no_conflicts")
        return {P::tr("Rights agree"), P::tr("No two windows contradict each other."), {}};
    if (why == "rights_in_conflict")
        return {P::tr("Rights are in conflict"),
            P::tr("%n pair(s) of windows contradict each other; deny wins until it is settled.", nullptr, number), {}};
    if (why == "checks_passed")
        return {P::tr("Frame and sound checks passed"), P::tr("No finding is above its limit."), {}};
    if (why == "checks_failed")
        return {P::tr("Checks failed"), P::tr("%n check(s) found something beyond the limit.", nullptr, number), {}};
    if (why == "checks_warned")
        return {P::tr("Checks found something"), P::tr("Findings are below the limit that would stop it."), {}};
    if (why == "checks_not_evaluated")
        return {P::tr("Checks have no answer"), P::tr("They were not run on this version, or could not judge it."), {}};
    if (why == "no_renditions")
        return {P::tr("There are no renditions"), P::tr("Visitors need at least one to play."), {}};
    if (why == "renditions_of_other_version")
        return {P::tr("Renditions are of another version"), P::tr("They were made from other bytes."), {}};
    if (why == "renditions_ready")
        return {P::tr("Renditions are ready"),
            P::tr("%n rendition(s), made from exactly these bytes.", nullptr, number), {}};
    if (why == "no_poster")
        return {P::tr("There is no poster"), P::tr("The page shows a grey field until one is made."), {}};
    if (why == "poster_ready")
        return {P::tr("The poster is ready"), P::tr("It was made together with the renditions."), {}};
    return {P::tr("Another gate"), P::tr("This version of the program has no words for its reason."), {}};
}

QString nameOf(const QByteArray& id)
{
    if (id == "moderation")
        return P::tr("Blocked by moderation");
    if (id == "rights" || id == "rights_conflicts")
        return P::tr("Blocked by rights");
    if (id == "checks")
        return P::tr("Blocked by the checks");
    if (id == "renditions")
        return P::tr("Blocked: no renditions");
    return P::tr("Blocked by a gate");
}

int rankOf(const Gate& gate)
{
    switch (gate.state) {
    case GateState::Blocks:
        return 0;
    case GateState::Warns:
    case GateState::NotEvaluated:
        return 1;
    case GateState::Passed:
        return 2;
    }
    return 2;
}

} // namespace

GateText gateText(const Gate& gate)
{
    GateText text = wordsOf(gate);
    text.fix = fixText(gate.fix);
    return text;
}

std::vector<Gate> orderedGates(std::vector<Gate> gates)
{
    std::ranges::stable_sort(gates, {}, rankOf);
    return gates;
}

QString blockText(const std::vector<Gate>& gates)
{
    const auto blocks = std::ranges::count(gates, GateState::Blocks, &Gate::state);
    if (blocks == 0)
        return {};
    if (blocks > 1)
        return P::tr("Blocked by %n gate(s)", nullptr, static_cast<int>(blocks));
    return nameOf(std::ranges::find(gates, GateState::Blocks, &Gate::state)->id);
}

} // namespace vidimus::ui::publishing

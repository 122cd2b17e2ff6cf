#include "ui/publishing/board_card.h"

#include "ui/publishing/words.h"
#include "ui/widgets/time_label.h"

#include <QCollator>

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using vidimus::publishing::PublicationState;
using widgets::Ink;
namespace gates = vidimus::publishing;

namespace {

constexpr int kNamedCountries = 4;

QString kindText(rights::TitleKind kind)
{
    switch (kind) {
    case rights::TitleKind::Film:
        return Publishing::tr("Film");
    case rights::TitleKind::Series:
        return Publishing::tr("Series");
    case rights::TitleKind::Season:
        return Publishing::tr("Season");
    case rights::TitleKind::Episode:
        return Publishing::tr("Episode");
    case rights::TitleKind::Clip:
        return Publishing::tr("Clip");
    case rights::TitleKind::Bundle:
        return Publishing::tr("Bundle");
    }
    return {};
}

bool isOut(const workbench::TitleOnBoard& title)
{
    return title.state && *title.state != PublicationState::Withdrawn && *title.state != PublicationState::Failed;
}

BoardColumn columnOf(const workbench::TitleOnBoard& title, const TitleWork& work)
{
    if (isOut(title))
        return *title.state == PublicationState::Live ? BoardColumn::Live : BoardColumn::GoingOut;
    if (!work.kind.isEmpty())
        return BoardColumn::InChecks;
    if (title.state == PublicationState::Failed || !gates::mayPublish(title.gates))
        return BoardColumn::Blocked;
    return BoardColumn::Ready;
}

void sayWork(const TitleWork& work, BoardCard& card)
{
    const bool check = work.kind == "check";
    card.icon = work.paused ? u"pause"_s : u"clock"_s;
    card.ink = Ink::Second;
    if (work.paused)
        card.word = check ? Publishing::tr("Checks are paused") : Publishing::tr("Transcode is paused");
    else if (!work.running)
        card.word = check ? Publishing::tr("Waits for its checks") : Publishing::tr("Waits to be transcoded");
    else
        card.word = (check ? Publishing::tr("Checks %1") : Publishing::tr("Transcode %1")).arg(percentText(work.share));
}

void sayGates(const workbench::TitleOnBoard& title, BoardCard& card)
{
    const auto count = [&](gates::GateState state) {
        return static_cast<int>(std::ranges::count(title.gates, state, &gates::Gate::state));
    };
    const int blocks = count(gates::GateState::Blocks);
    const int warns = count(gates::GateState::Warns) + count(gates::GateState::NotEvaluated);
    const QString warnings = Publishing::tr("%n warning(s)", nullptr, warns);
    if (title.state == PublicationState::Failed) {
        card.icon = u"cross"_s;
        card.ink = Ink::Rejected;
        card.word = Publishing::tr("Refused by the site");
    } else if (blocks > 0) {
        const QString blockers = Publishing::tr("%n blocker(s)", nullptr, blocks);
        card.icon = u"cross"_s;
        card.ink = Ink::Rejected;
        //: "1 blocker, 2 warnings"
        card.word = warns > 0 ? Publishing::tr("%1, %2").arg(blockers, warnings) : blockers;
    } else if (warns > 0) {
        card.icon = u"warning"_s;
        card.ink = Ink::Warning;
        card.word = warnings;
    } else {
        card.icon = u"check"_s;
        card.ink = Ink::Passed;
        card.word = Publishing::tr("All gates passed");
    }
}

void sayPublication(const workbench::TitleOnBoard& title, BoardCard& card)
{
    const workbench::PublicationSteps& steps = title.steps;
    if (*title.state == PublicationState::Live) {
        card.icon = u"check"_s;
        card.ink = Ink::Passed;
        card.since = steps.seenLive.value_or(Instant {});
        card.word = steps.seenLive ? Publishing::tr("Seen live %1").arg(preciseTimeText(*steps.seenLive))
                                   : Publishing::tr("Live");
        return;
    }
    card.icon = u"clock"_s;
    card.ink = Ink::Info;
    card.since = steps.stored.value_or(Instant {});
    card.word = steps.accepted ? Publishing::tr("Step 3 of 4, accepted")
        : steps.sent           ? Publishing::tr("Step 2 of 4, sent")
                               : Publishing::tr("Step 1 of 4, stored");
}

QString dateOf(const workbench::TitleOnBoard& title, const BoardCard& card)
{
    if (card.since != Instant {})
        return widgets::zonedTimeText(card.since, QTimeZone::utc(), true);
    const auto rights = std::ranges::find(title.gates, QByteArray("rights"), &gates::Gate::id);
    if (rights == title.gates.end())
        return {};
    if (rights->why == "licensed_later") {
        const auto start = parseRfc3339(rights->detail);
        return start ? Publishing::tr("From %1").arg(widgets::zonedTimeText(*start, QTimeZone::utc(), true))
                     : QString();
    }
    if (rights->state != gates::GateState::Passed)
        return Publishing::tr("Not licensed");
    QStringList countries = rights->detail.split(u", "_s, Qt::SkipEmptyParts);
    if (countries.size() <= kNamedCountries)
        return Publishing::tr("In %1").arg(countries.join(u", "_s));
    return Publishing::tr("In %n countries", nullptr, static_cast<int>(countries.size()));
}

} // namespace

BoardCard cardOf(const workbench::TitleOnBoard& title, const TitleWork& work)
{
    BoardCard card {.title = title.title, .asset = title.asset, .name = title.name};
    card.second = title.versions > 0
        //: Kind of a title and its version: "Clip, v2"
        ? Publishing::tr("%1, v%2").arg(kindText(title.kind)).arg(title.versions)
        : Publishing::tr("%1, no file yet").arg(kindText(title.kind));
    card.column = columnOf(title, work);
    for (const gates::Gate& gate : title.gates)
        card.strip.push_back(stripState(gate.state));
    if (card.column == BoardColumn::InChecks)
        sayWork(work, card);
    else if (isOut(title))
        sayPublication(title, card);
    else
        sayGates(title, card);
    card.date = dateOf(title, card);
    return card;
}

BoardColumns boardColumns(std::span<const workbench::TitleOnBoard> titles, const QHash<AssetId, TitleWork>& work)
{
    BoardColumns columns;
    for (const workbench::TitleOnBoard& title : titles) {
        BoardCard card = cardOf(title, work.value(title.asset));
        columns[static_cast<std::size_t>(card.column)].push_back(std::move(card));
    }
    QCollator collator;
    collator.setNumericMode(true);
    for (auto& cards : columns) {
        std::ranges::sort(cards, [&collator](const BoardCard& a, const BoardCard& b) {
            if (a.since != b.since)
                return a.since > b.since;
            const int order = collator.compare(a.name, b.name);
            return order != 0 ? order < 0 : a.title < b.title;
        });
    }
    return columns;
}

QHash<AssetId, TitleWork> workOf(std::span<const jobs::Job> jobs)
{
    QHash<AssetId, TitleWork> work;
    for (const jobs::Job& job : jobs) {
        const bool active = job.state == jobs::JobState::Queued || job.state == jobs::JobState::Running
            || job.state == jobs::JobState::Paused;
        const AssetId asset = assetOf(job);
        if (!active || asset.isEmpty())
            continue;
        TitleWork& known = work[asset];
        if (known.running)
            continue;
        known = {.kind = job.kind,
            .running = job.state == jobs::JobState::Running,
            .paused = job.state == jobs::JobState::Paused,
            .share = job.progressTotal > 0 ? job.progressDone / job.progressTotal : 0};
    }
    return work;
}

AssetId assetOf(const jobs::Job& job)
{
    return AssetId(job.payload.value(u"asset"_s).toString());
}

QString columnTitle(BoardColumn column)
{
    switch (column) {
    case BoardColumn::InChecks:
        return Publishing::tr("In checks");
    case BoardColumn::Blocked:
        return Publishing::tr("Blocked");
    case BoardColumn::Ready:
        return Publishing::tr("Ready");
    case BoardColumn::GoingOut:
        return Publishing::tr("Going out");
    case BoardColumn::Live:
        return Publishing::tr("Live");
    }
    return {};
}

widgets::GateState stripState(gates::GateState state)
{
    switch (state) {
    case gates::GateState::Passed:
        return widgets::GateState::Passed;
    case gates::GateState::Warns:
        return widgets::GateState::Warned;
    case gates::GateState::Blocks:
        return widgets::GateState::Blocked;
    case gates::GateState::NotEvaluated:
        return widgets::GateState::Open;
    }
    return widgets::GateState::Open;
}

} // namespace vidimus::ui::publishing

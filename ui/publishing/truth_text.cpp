#include "ui/publishing/truth_text.h"

#include "ui/publishing/outbox_model.h"
#include "ui/publishing/words.h"
#include "ui/widgets/error_text.h"

namespace vidimus::ui::publishing {

using namespace Qt::StringLiterals;
using vidimus::publishing::PublicationState;
using State = widgets::StepTruth::State;
using P = Publishing;

namespace {

widgets::StepTruth::Step stepOf(const QString& title, const QString& detail, const std::optional<Instant>& at)
{
    return {title, detail, at ? preciseTimeText(*at) : QString(), at ? State::Done : State::Open};
}

QString sentenceOf(const workbench::TitleOnBoard& title, const catalog::Operation* waiting)
{
    if (title.state == PublicationState::Withdrawn) {
        return waiting ? P::tr("Taken down here; the site is told as soon as it answers.")
                       : P::tr("Taken down. The site shows nothing of it.");
    }
    if (waiting && needsPerson(*waiting))
        return P::tr("The site refused it: %1 The outbox has the details.")
            .arg(widgets::errorText(waiting->lastError).what);
    if (title.state == PublicationState::Failed)
        return P::tr("The site refused it. Correct the cause and publish again.");
    if (waiting && waiting->attempts > 0)
        return P::tr("No answer yet. Sending again is safe, it uses the same key.");
    if (title.state == PublicationState::Live)
        return P::tr("Visitors in the licensed countries can watch it.");
    if (title.state)
        return P::tr("Accepted is not live. Sending again is safe, it uses the same key.");
    return P::tr("Nothing of it has left this machine.");
}

} // namespace

TruthText truthText(const workbench::TitleOnBoard& title, std::span<const catalog::Operation> operations)
{
    const catalog::Operation* waiting = waitingPublication(operations, title.title);
    TruthText text;
    text.anything = title.state.has_value();
    // What was true before a take down is not true now.
    const bool withdrawn = title.state == PublicationState::Withdrawn;
    const workbench::PublicationSteps steps = withdrawn ? workbench::PublicationSteps {} : title.steps;
    text.steps = {stepOf(P::tr("Stored"), P::tr("on this machine"), steps.stored),
        stepOf(P::tr("Sent"), P::tr("left the outbox"), steps.sent),
        stepOf(P::tr("Accepted"), P::tr("the site said yes"), steps.accepted),
        stepOf(P::tr("Seen live"), P::tr("by our own fetch"), steps.seenLive)};
    text.sentence = sentenceOf(title, waiting);
    if (!title.state || withdrawn)
        return text;
    const auto next = std::ranges::find(text.steps, State::Open, &widgets::StepTruth::Step::state);
    if (next == text.steps.end())
        return text;
    const bool refused = title.state == PublicationState::Failed || (waiting && needsPerson(*waiting));
    next->state = refused ? State::Failed : State::Current;
    if (refused)
        next->time = P::tr("refused");
    else if (waiting && waiting->attempts > 0)
        next->time = P::tr("next try %1").arg(preciseTimeText(waiting->notBefore).left(8) + u'Z');
    else
        next->time = P::tr("under way");
    return text;
}

const catalog::Operation* waitingPublication(std::span<const catalog::Operation> operations, const TitleId& title)
{
    // The newest counts: a take down overtakes the publication before it.
    const catalog::Operation* found = nullptr;
    for (const catalog::Operation& operation : operations) {
        const bool ours
            = operation.kind == catalog::OperationKind::Publish || operation.kind == catalog::OperationKind::Withdraw;
        if (ours && operation.title == title && operation.state != catalog::OperationState::Done)
            found = &operation;
    }
    return found;
}

bool isOut(const workbench::TitleOnBoard& title)
{
    return title.state && *title.state != PublicationState::Withdrawn;
}

} // namespace vidimus::ui::publishing

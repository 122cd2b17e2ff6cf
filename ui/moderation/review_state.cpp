#include "ui/moderation/review_state.h"

#include "core/workbench/comments.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

std::optional<widgets::FrameSpan> ReviewState::range(qint64 frameCount) const
{
    if (!markIn && !markOut)
        return std::nullopt;
    const widgets::FrameSpan span {markIn.value_or(0), markOut ? *markOut + 1 : frameCount};
    return span.first < span.end ? std::optional(span) : std::nullopt;
}

QJsonObject toJson(const ReviewState& state)
{
    QJsonObject object {{u"version"_s, 1}, {u"frame"_s, state.frame}, {u"watched"_s, toJson(state.watched)}};
    if (state.markIn)
        object.insert(u"in"_s, *state.markIn);
    if (state.markOut)
        object.insert(u"out"_s, *state.markOut);
    if (!state.stagedAction.isEmpty()) {
        object.insert(u"staged"_s, state.stagedAction);
        object.insert(u"reason"_s, state.stagedReason);
    }
    if (!state.note.isEmpty())
        object.insert(u"note"_s, state.note);
    if (!state.draft.isEmpty()) {
        object.insert(u"draft"_s, state.draft);
        object.insert(u"draft_frame"_s, state.draftFrame);
    }
    return object;
}

ReviewState reviewStateFromJson(const QJsonObject& object, qint64 frameCount)
{
    ReviewState state;
    if (object.value(u"version"_s).toInt() != 1)
        return state;
    const auto frame = [&](const QString& key) -> std::optional<qint64> {
        const qint64 number = object.value(key).toInteger(-1);
        return number >= 0 && number < frameCount ? std::optional(number) : std::nullopt;
    };
    state.frame = frame(u"frame"_s).value_or(0);
    state.markIn = frame(u"in"_s);
    state.markOut = frame(u"out"_s);
    state.watched = watchedFromJson(object.value(u"watched"_s).toArray(), frameCount);
    state.stagedAction = object.value(u"staged"_s).toString();
    state.stagedReason = object.value(u"reason"_s).toString();
    state.note = object.value(u"note"_s).toString();
    state.draft = object.value(u"draft"_s).toString().left(workbench::kMaxCommentLength);
    state.draftFrame = frame(u"draft_frame"_s).value_or(0);
    return state;
}

} // namespace vidimus::ui::moderation

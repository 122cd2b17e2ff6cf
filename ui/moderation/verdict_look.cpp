#include "ui/moderation/decision_desk.h"
#include "ui/widgets/error_text.h"

#include <QCoreApplication>
#include <QHash>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("VerdictLook", text);
}

} // namespace

QString actionId(moderationVerdict verdict)
{
    return QString::fromLatin1(vidimus::moderation::verdictName(verdict));
}

VerdictLook verdictLook(moderationVerdict verdict)
{
    switch (verdict) {
    case moderationVerdict::Pass:
        return {tr("Pass"), tr("Passed"), u"check"_s, Ink::Passed};
    case moderationVerdict::Reject:
        return {tr("Reject"), tr("Rejected"), u"cross"_s, Ink::Rejected};
    case moderationVerdict::Escalate:
        return {tr("Escalate"), tr("Escalated"), u"arrow-up"_s, Ink::Info};
    case moderationVerdict::Duplicate:
        return {tr("Duplicate"), tr("Duplicate"), u"copy"_s, Ink::Second};
    case moderationVerdict::Clear:
        return {tr("Clear"), tr("Cleared"), u"undo"_s, Ink::Second};
    }
    return {};
}

QString decisionErrorText(const Error& error)
{
    static const QHash<QByteArray, const char*> sentences {
        {"reason_required", QT_TRANSLATE_NOOP("VerdictLook", "Choose a reason with a digit first.")},
        {"unknown_reason", QT_TRANSLATE_NOOP("VerdictLook", "The policy no longer has this reason.")},
        {"note_required", QT_TRANSLATE_NOOP("VerdictLook", "This reason needs a note: press C and write one.")},
        {"watch_more", QT_TRANSLATE_NOOP("VerdictLook", "Watch more of the item for this reason.")},
        {"range", QT_TRANSLATE_NOOP("VerdictLook", "The marked range is out of order.")},
        {"duplicate_of_required", QT_TRANSLATE_NOOP("VerdictLook", "Name the item that this one repeats.")},
        {"role", QT_TRANSLATE_NOOP("VerdictLook", "Your role does not decide. Ask a moderator.")},
    };
    if (const char* sentence = sentences.value(error.reason, nullptr))
        return tr(sentence);
    const FivePartText text = errorText(error);
    return text.what + u' ' + text.safe;
}

} // namespace vidimus::ui::moderation

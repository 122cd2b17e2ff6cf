#include "core/worker/self_probe.h"

#include "core/base/json.h"

namespace vidimus::worker {

using namespace Qt::StringLiterals;

QJsonObject toJson(const SelfProbeOutcome& outcome)
{
    return QJsonObject {
        {u"name"_s, QString::fromLatin1(outcome.name)}, {u"denied"_s, outcome.denied}, {u"how"_s, outcome.how}};
}

Result<SelfProbeOutcome> selfProbeOutcomeFromJson(const QJsonObject& object)
{
    constexpr qsizetype kMaxTextCharacters = 200;
    JsonReader reader(object);
    SelfProbeOutcome outcome;
    outcome.name = reader.string("name"_L1).left(kMaxTextCharacters).toLatin1();
    outcome.denied = reader.boolean("denied"_L1, false);
    outcome.how = reader.string("how"_L1).left(kMaxTextCharacters);
    if (const auto done = reader.finish(); !done)
        return done.error();
    return outcome;
}

} // namespace vidimus::worker

#include "core/audit/log_entry.h"

#include "core/base/json.h"

namespace vidimus::audit {

using namespace Qt::StringLiterals;

QJsonObject toJson(const LogEntry& entry)
{
    return {{u"sequence"_s, static_cast<qint64>(entry.sequence)}, {u"at"_s, toRfc3339(entry.at)},
        {u"actor"_s, entry.actor}, {u"action"_s, entry.action}, {u"subject"_s, entry.subject},
        {u"before"_s, entry.before}, {u"after"_s, entry.after}};
}

Result<LogEntry> logEntryFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    LogEntry entry;
    const qint64 sequence = reader.integer("sequence"_L1);
    if (sequence < 1)
        reader.fail("sequence"_L1, u"must be at least 1"_s);
    entry.sequence = static_cast<std::uint64_t>(sequence);
    const QString at = reader.string("at"_L1);
    entry.actor = reader.string("actor"_L1);
    entry.action = reader.string("action"_L1);
    entry.subject = reader.string("subject"_L1);
    entry.before = reader.value("before"_L1);
    entry.after = reader.value("after"_L1);
    if (entry.before.isUndefined() || entry.after.isUndefined())
        reader.fail("before"_L1, u"and after must be there, null where there is nothing"_s);
    const auto instant = parseRfc3339(at);
    if (!instant)
        reader.fail("at"_L1, u"is not an instant"_s);
    else
        entry.at = *instant;
    if (auto read = reader.finish(); !read)
        return std::move(read).error();
    return entry;
}

QByteArray leafBytes(const LogEntry& entry)
{
    return canonicalJson(toJson(entry));
}

Result<LogEntry> logEntryFromLeaf(QByteArrayView bytes)
{
    const auto object = parseJsonObject(bytes);
    if (!object)
        return object.error();
    auto entry = logEntryFromJson(*object);
    if (entry && leafBytes(*entry) != bytes)
        return Error {ErrorCode::Invalid, u"entry %1 is not canonical"_s.arg(entry->sequence), "audit_not_canonical"};
    return entry;
}

} // namespace vidimus::audit

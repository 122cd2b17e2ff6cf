#include "core/workbench/publication_body.h"

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

void put(QJsonObject& object, const QString& name, const std::optional<Instant>& instant)
{
    if (instant)
        object.insert(name, toRfc3339(*instant));
}

std::optional<Instant> instantIn(const QJsonObject& object, const QString& name)
{
    const auto instant = parseRfc3339(object.value(name).toString());
    return instant ? std::optional(*instant) : std::nullopt;
}

} // namespace

QJsonObject toJson(const PublicationBody& body)
{
    QJsonObject object {{u"asset"_s, body.asset}, {u"package"_s, body.package}, {u"page_path"_s, body.pagePath},
        {u"master_path"_s, body.masterPath}, {u"last_error"_s, body.lastError}};
    put(object, u"stored"_s, body.stored);
    put(object, u"sent"_s, body.sent);
    put(object, u"accepted"_s, body.accepted);
    put(object, u"seen_live"_s, body.seenLive);
    return object;
}

PublicationBody publicationBodyFromJson(const QJsonObject& object)
{
    return {.asset = object.value(u"asset"_s).toString(),
        .package = object.value(u"package"_s).toString(),
        .stored = instantIn(object, u"stored"_s),
        .sent = instantIn(object, u"sent"_s),
        .accepted = instantIn(object, u"accepted"_s),
        .seenLive = instantIn(object, u"seen_live"_s),
        .pagePath = object.value(u"page_path"_s).toString(),
        .masterPath = object.value(u"master_path"_s).toString(),
        .lastError = object.value(u"last_error"_s).toString()};
}

} // namespace vidimus::workbench

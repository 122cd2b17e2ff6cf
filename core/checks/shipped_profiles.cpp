#include "core/checks/profile.h"

#include <QFile>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

QStringList shippedProfileIds()
{
    return {u"web"_s, u"broadcast-eu"_s, u"broadcast-us"_s, u"streaming"_s, u"streaming-fallback"_s, u"user-uploads"_s};
}

Result<QByteArray> shippedProfileJson(const QString& id)
{
    if (!shippedProfileIds().contains(id))
        return Error {ErrorCode::NotFound, u"There is no check profile named %1."_s.arg(id), "unknown_profile"};
    QFile file(u":/checks/%1.json"_s.arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::Internal, u"The check profile %1 is not in this program."_s.arg(id), "no_resource"};
    return file.readAll();
}

Result<Profile> shippedProfile(const QString& id)
{
    const auto json = shippedProfileJson(id);
    if (!json)
        return json.error();
    return parseProfile(*json, shippedProfileJson);
}

} // namespace vidimus::checks

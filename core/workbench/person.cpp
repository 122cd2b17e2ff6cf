#include "core/workbench/person.h"

#include "core/base/json.h"

#include <array>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array kKinds {"local", "staging", "production"};
}

moderation::Action publishAction(CatalogKind kind)
{
    return kind == CatalogKind::Production ? moderation::Action::PublishProduction : moderation::Action::PublishStaging;
}

const char* catalogKindName(CatalogKind kind)
{
    return kKinds.at(static_cast<std::size_t>(kind));
}

QJsonObject toJson(const CatalogProfile& profile)
{
    return {{u"name"_s, profile.name}, {u"person"_s, profile.person.toString()},
        {u"kind"_s, QLatin1StringView(catalogKindName(profile.kind))}, {u"url"_s, profile.url}};
}

Result<CatalogProfile> catalogProfileFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    CatalogProfile profile;
    profile.name = reader.string("name"_L1);
    profile.person = PersonId(reader.string("person"_L1));
    profile.url = reader.string("url"_L1, {});
    const QString kind = reader.string("kind"_L1);
    const auto found
        = std::ranges::find_if(kKinds, [&kind](const char* name) { return kind == QLatin1StringView(name); });
    if (found == kKinds.end())
        reader.fail("kind"_L1, u"must be local, staging or production"_s);
    else
        profile.kind = static_cast<CatalogKind>(found - kKinds.begin());
    if (profile.kind != CatalogKind::Local && profile.url.isEmpty())
        reader.fail("url"_L1, u"a catalog of a team needs an address"_s);
    if (auto finished = reader.finish(); !finished)
        return std::move(finished).error();
    return profile;
}

} // namespace vidimus::workbench

#include "publishable_title.h"

#include "core/store/workspace_store.h"
#include "core/workbench/decide.h"
#include "core/workbench/rights_desk.h"

#include <QJsonArray>

namespace vidimus::test {

using namespace Qt::StringLiterals;
using namespace vidimus::workbench;

PublishableTitle::PublishableTitle(WorkbenchRoom& theRoom)
    : room(theRoom)
    , asset(theRoom.ingestClip())
{
    pass();
    setRights(std::nullopt, std::nullopt);
    setRenditions(asset.sha256);
}

void PublishableTitle::pass() const
{
    const auto decided = decide(room.workspace(), {.asset = asset.id, .verdict = moderation::Verdict::Pass});
    if (!decided)
        qFatal("not decided: %s", qUtf8Printable(decided.error().detail));
}

void PublishableTitle::setRights(std::optional<Instant> start, std::optional<Instant> end) const
{
    rights::Rule rule;
    rule.id = WindowId(u"window"_s);
    rule.scope = asset.title;
    rule.territory.include = {u"DE"_s};
    rule.sites = {.all = false, .names = {u"web"_s}};
    rule.offers = {.all = false, .names = {u"svod_base"_s}};
    rule.window = {start, end};
    if (const auto applied = applyRightsPlan(room.workspace(), {.put = {rule}}); !applied)
        qFatal("no rights: %s", qUtf8Printable(applied.error().detail));
}

void PublishableTitle::setRenditions(const QByteArray& sourceSha256) const
{
    const store::Rendition rendition {.asset = asset.id,
        .ladder = u"demo"_s,
        .name = u"package"_s,
        .state = sourceSha256.isEmpty() ? u"failed"_s : u"made"_s,
        .body = {{u"package"_s, u"k1"_s}, {u"source_sha256"_s, QString::fromLatin1(sourceSha256)},
            {u"renditions"_s, QJsonArray {QJsonObject()}}, {u"poster"_s, u"poster.jpg"_s}},
        .changedAt = room.workspace().clock().now()};
    const auto put = room.workspace().store().write(
        [&](store::UnitOfWork& unit) { return unit.publications.putRendition(rendition); });
    if (!put)
        qFatal("no renditions: %s", qUtf8Printable(put.error().detail));
}

} // namespace vidimus::test

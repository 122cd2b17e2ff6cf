#include "ui/rights/rights_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("RightsText", text);
}

QDateTime utcOf(Instant instant)
{
    return QDateTime::fromMSecsSinceEpoch(instant.time_since_epoch().count(), Qt::UTC);
}

/// "1 Dec 2026 UTC", or with the time.
QString zonedDay(Instant instant)
{
    const QString text = dayText(instant);
    return text.endsWith(u'Z') ? text : tr("%1 UTC").arg(text);
}

QString joined(const QStringList& codes)
{
    QStringList names;
    for (const QString& code : codes)
        names << territoryName(code);
    return QLocale().createSeparatedList(names);
}

} // namespace

QString territoryName(const QString& code)
{
    if (code == u"WORLD")
        return tr("Everywhere");
    if (code == u"XX")
        return tr("Country not known");
    const QString country = code.section(u'-', 0, 0);
    const QLocale::Territory territory
        = country.size() == 2 ? QLocale::codeToTerritory(country) : QLocale::AnyTerritory;
    if (territory == QLocale::AnyTerritory)
        return code;
    const QString name = QLocale::territoryToString(territory);
    return code.contains(u'-') ? u"%1, %2"_s.arg(name, code.section(u'-', 1)) : name;
}

QString territoryCode(const engine::TerritoryExpression& territory)
{
    if (territory.include.isEmpty())
        return {};
    const QString first = territory.include.front();
    const auto more = territory.include.size() - 1;
    return more > 0 ? u"%1 +%2"_s.arg(first).arg(more) : first;
}

QString territoryNames(const engine::TerritoryExpression& territory)
{
    if (territory.include.isEmpty())
        return tr("Nowhere");
    const QString in = joined(territory.include);
    return territory.exclude.isEmpty() ? in : tr("%1 except %2").arg(in, joined(territory.exclude));
}

QString namesText(const engine::NameList& names)
{
    if (names.all)
        return tr("Any");
    return names.names.isEmpty() ? tr("None") : names.names.join(u", "_s);
}

QString rightText(const engine::Rule& rule)
{
    if (rule.effect == engine::Effect::Deny)
        return namesText(rule.offers);
    return rule.exclusive ? tr("%1, exclusive").arg(namesText(rule.offers)) : namesText(rule.offers);
}

QString restrictionText(engine::RestrictionKind kind)
{
    switch (kind) {
    case engine::RestrictionKind::Takedown:
        return tr("Taken down");
    case engine::RestrictionKind::Regulatory:
        return tr("Forbidden by law");
    case engine::RestrictionKind::Blackout:
        return tr("Blackout");
    case engine::RestrictionKind::Holdback:
        return tr("Holdback");
    case engine::RestrictionKind::Embargo:
        break;
    }
    return tr("Embargo");
}

QString conflictText(engine::ConflictCode code)
{
    switch (code) {
    case engine::ConflictCode::ExclusiveOverlap:
        return tr("Exclusive windows overlap");
    case engine::ConflictCode::OutsideDealTerm:
        return tr("Reaches outside the deal's term");
    case engine::ConflictCode::EmptyWindow:
        return tr("Ends before it starts");
    case engine::ConflictCode::Shadowed:
        return tr("Never decides");
    case engine::ConflictCode::Duplicate:
        return tr("Duplicate");
    case engine::ConflictCode::Gap:
        return tr("Gap");
    case engine::ConflictCode::NoSuccessor:
        return tr("Nothing follows");
    case engine::ConflictCode::RatingMissing:
        return tr("Rating missing");
    case engine::ConflictCode::ChildWithoutRights:
        return tr("Part without rights");
    case engine::ConflictCode::OrphanGroupVersion:
        return tr("Older territory group");
    case engine::ConflictCode::RegionUnresolvable:
        return tr("Region unknown on a site");
    case engine::ConflictCode::RightsWithoutMaterial:
        return tr("Rights without material");
    case engine::ConflictCode::MaterialWithoutRights:
        break;
    }
    return tr("Material without rights");
}

QString instantText(Instant instant)
{
    const QDateTime utc = utcOf(instant);
    const bool seconds = utc.time().second() != 0;
    //: A day, an abbreviated month and a year, in Qt's date format: "1 Dec 2026".
    return QLocale().toString(utc.date(), tr("d MMM yyyy")) + u' ' + utc.toString(seconds ? u"HH:mm:ss"_s : u"HH:mm"_s)
        + u'Z';
}

QString dayText(Instant instant)
{
    const QDateTime utc = utcOf(instant);
    return utc.time() == QTime(0, 0) ? QLocale().toString(utc.date(), tr("d MMM yyyy")) : instantText(instant);
}

QString startText(const std::optional<Instant>& start)
{
    return start ? instantText(*start) : tr("always");
}

QString endText(const std::optional<Instant>& end)
{
    return end ? instantText(*end) : tr("open");
}

QString windowText(const engine::Window& window)
{
    if (!window.start && !window.end)
        return tr("always");
    if (!window.end)
        return tr("from %1").arg(zonedDay(*window.start));
    if (!window.start)
        return tr("until %1").arg(zonedDay(*window.end));
    const QDateTime from = utcOf(*window.start);
    const QDateTime to = utcOf(*window.end);
    const bool midnights = from.time() == QTime(0, 0) && to.time() == QTime(0, 0);
    if (!midnights)
        return u"%1 – %2"_s.arg(instantText(*window.start), instantText(*window.end));
    return u"%1 – %2"_s.arg(
        from.date().year() == to.date().year() ? QLocale().toString(from.date(), tr("d MMM")) : dayText(*window.start),
        zonedDay(*window.end));
}

QString localText(Instant instant, const QTimeZone& zone)
{
    const QDateTime utc = utcOf(instant);
    const QDateTime local = utc.toTimeZone(zone);
    const QString city = QString::fromUtf8(zone.id()).section(u'/', -1).replace(u'_', u' ');
    const QString time
        = local.date() == utc.date() ? local.toString(u"HH:mm"_s) : QLocale().toString(local, tr("d MMM HH:mm"));
    return tr("%1 in %2").arg(time, city);
}

QString reasonText(engine::Reason reason)
{
    switch (reason) {
    case engine::Reason::None:
        return {};
    case engine::Reason::UnknownTitle:
        return tr("the title is not known");
    case engine::Reason::Takedown:
        return tr("it was taken down");
    case engine::Reason::Regulatory:
        return tr("a law forbids it");
    case engine::Reason::Blackout:
        return tr("a blackout holds");
    case engine::Reason::Holdback:
        return tr("a holdback holds");
    case engine::Reason::Embargo:
        return tr("an embargo holds");
    case engine::Reason::Rating:
        return tr("the viewer is too young");
    case engine::Reason::NoRights:
        return tr("no window speaks of it");
    case engine::Reason::Status:
        return tr("the window or its deal is not in force");
    case engine::Reason::Territory:
        return tr("no window covers the country");
    case engine::Reason::Site:
        return tr("no window covers the site");
    case engine::Reason::Offer:
        return tr("no window covers the offer");
    case engine::Reason::NotYet:
        return tr("its window has not begun");
    case engine::Reason::Expired:
        return tr("its window has ended");
    case engine::Reason::EmptyWindow:
        return tr("its window ends before it starts");
    case engine::Reason::NoAvailableChild:
        break;
    }
    return tr("none of its parts is available");
}

} // namespace vidimus::ui::rights

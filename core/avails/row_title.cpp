#include "core/avails/row_context_p.h"

namespace vidimus::avails {

using namespace Qt::StringLiterals;
using rights::Title;
using rights::TitleKind;

namespace {

/// An EIDR as the registry writes it. Sheets and XML hold it with a scheme before it, in lower case, with a colon after
/// the prefix (the URN form), or as "10.5240/:…".
QString plainEidr(RowContext& context, QLatin1StringView column, const QString& text)
{
    constexpr QLatin1StringView kPrefix = "10.5240"_L1;
    const qsizetype prefix = text.indexOf(kPrefix);
    if (prefix < 0)
        return text;
    QString suffix = text.mid(prefix + kPrefix.size());
    while (suffix.startsWith(u':') || suffix.startsWith(u'/'))
        suffix.remove(0, 1);
    const QString eidr = kPrefix + u'/' + suffix.toUpper();
    const bool urn = text == u"urn:eidr:"_s + QString(eidr).replace(u'/', u':');
    if (eidr != text && !urn)
        context.note(column, u"ID_READ_AS"_s, u"read as %1"_s.arg(eidr.left(kShownLength)));
    return eidr;
}

/// An EIDR and nothing else, as some write it where an ALID or ContentID belongs.
bool isWholeEidr(const QString& id)
{
    for (const auto start : {"10.5240"_L1, "urn:eidr:10.5240"_L1, "eidr:10.5240"_L1, "doi:10.5240"_L1,
             "https://doi.org/10.5240"_L1, "http://doi.org/10.5240"_L1}) {
        if (id.startsWith(start, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

struct IdColumn {
    QLatin1StringView column;
    QLatin1StringView key;
};

/// Takes over the ids that a row gives; the first one names a title that is not known yet.
void takeIds(RowContext& context, Title& title, std::initializer_list<IdColumn> columns)
{
    for (const auto& [column, key] : columns) {
        QString id = context.cell(column);
        if (id.isEmpty())
            continue;
        if (column.endsWith("TitleID"_L1) || column.endsWith("EditID"_L1) || isWholeEidr(id))
            id = plainEidr(context, column, id);
        const QString name = key;
        if (!title.ids.contains(name))
            title.ids.insert(name, id);
        if (title.id.isEmpty())
            title.id = TitleId(id);
    }
}

std::optional<int> numberIn(RowContext& context, QLatin1StringView column)
{
    const QString text = context.cell(column);
    if (text.isEmpty())
        return std::nullopt;
    bool whole = false;
    const double value = text.toDouble(&whole);
    if (!whole || value < 0 || value > 100'000 || value != static_cast<int>(value)) {
        context.fail(column, u"UNKNOWN_VALUE"_s, u"must be a whole number, such as 7"_s);
        return std::nullopt;
    }
    return static_cast<int>(value);
}

QString firstOf(const RowContext& context, std::initializer_list<QLatin1StringView> columns)
{
    for (const QLatin1StringView column : columns) {
        if (const QString text = context.cell(column); !text.isEmpty())
            return text;
    }
    return {};
}

QString numbered(const QString& name, const std::optional<int>& number)
{
    return number ? u"%1 %2"_s.arg(name).arg(*number).trimmed() : name;
}

TitleKind kindOf(RowContext& context)
{
    const auto kind = wordOf<TitleKind>(context.cell("WorkType"_L1),
        {{"Movie"_L1, TitleKind::Film}, {"Film"_L1, TitleKind::Film}, {"Episode"_L1, TitleKind::Episode},
            {"Season"_L1, TitleKind::Season}, {"Series"_L1, TitleKind::Series}, {"Collection"_L1, TitleKind::Bundle},
            {"Short"_L1, TitleKind::Clip}, {"Promotion"_L1, TitleKind::Clip}, {"Supplement"_L1, TitleKind::Clip},
            {"Volume"_L1, TitleKind::Season}});
    if (kind)
        return *kind;
    if (context.cell("WorkType"_L1).isEmpty()) // older TV sheets tell by the numbers
        return !context.cell("EpisodeNumber"_L1).isEmpty() ? TitleKind::Episode
            : !context.cell("SeasonNumber"_L1).isEmpty()   ? TitleKind::Season
                                                           : TitleKind::Film;
    context.fail("WorkType"_L1, u"UNKNOWN_VALUE"_s, u"not a work type; write Movie, Episode, Season or Series"_s);
    return TitleKind::Film;
}

/// A series or season named by a row below it. Nothing is made without an id.
void addParent(RowContext& context, AvailRow& out, TitleKind kind)
{
    Title parent;
    parent.kind = kind;
    const QString series = firstOf(context, {"SeriesTitleInternalAlias"_L1, "SeriesTitleDisplayUnlimited"_L1});
    if (kind == TitleKind::Series) {
        takeIds(context, parent, {{"SeriesContentID"_L1, "content_id"_L1}});
        parent.name = series;
    } else {
        takeIds(context, parent, {{"SeasonContentID"_L1, "content_id"_L1}});
        parent.number = numberIn(context, "SeasonNumber"_L1);
        parent.name = numbered(series, parent.number);
    }
    if (!parent.id.isEmpty())
        out.parents.push_back(parent);
}

} // namespace

void readTitle(RowContext& context, AvailRow& out)
{
    Title& title = out.title;
    title.kind = kindOf(context);
    if (title.kind == TitleKind::Episode || title.kind == TitleKind::Season)
        addParent(context, out, TitleKind::Series);
    if (title.kind == TitleKind::Episode)
        addParent(context, out, TitleKind::Season);
    if (title.kind == TitleKind::Season && !context.cell("EpisodeContentID"_L1).isEmpty())
        context.fail("EpisodeContentID"_L1, u"NOT_ALLOWED"_s, u"a season row names no episode; leave the cell empty"_s);

    takeIds(context, title, {{"ALID"_L1, "alid"_L1}});
    if (title.kind == TitleKind::Episode)
        takeIds(context, title,
            {{"EpisodeContentID"_L1, "content_id"_L1}, {"EpisodeTitleID"_L1, "title_id"_L1},
                {"EpisodeEditID"_L1, "edit_id"_L1}});
    else if (title.kind == TitleKind::Season)
        takeIds(context, title, {{"SeasonContentID"_L1, "content_id"_L1}});
    else if (title.kind == TitleKind::Series)
        takeIds(context, title, {{"SeriesContentID"_L1, "content_id"_L1}});
    takeIds(context, title,
        {{"ContentID"_L1, "content_id"_L1}, {"TitleID"_L1, "title_id"_L1}, {"EditID"_L1, "edit_id"_L1}});
    if (title.id.isEmpty())
        context.fail("ALID"_L1, u"MISSING"_s, u"the row names no title: fill ALID, ContentID or TitleID"_s);

    const QString series = firstOf(context, {"SeriesTitleInternalAlias"_L1, "SeriesTitleDisplayUnlimited"_L1});
    const QString own = firstOf(context, {"TitleInternalAlias"_L1, "TitleDisplayUnlimited"_L1});
    if (title.kind == TitleKind::Episode) {
        title.number = numberIn(context, "EpisodeNumber"_L1);
        title.name = firstOf(context, {"EpisodeTitleInternalAlias"_L1, "EpisodeTitleDisplayUnlimited"_L1});
        if (title.name.isEmpty())
            title.name = own.isEmpty() ? numbered(series, title.number) : own;
    } else if (title.kind == TitleKind::Season) {
        title.number = numberIn(context, "SeasonNumber"_L1);
        title.name = own.isEmpty() ? numbered(series, title.number) : own;
    } else {
        title.name = title.kind == TitleKind::Series && !series.isEmpty() ? series : own;
    }
}

} // namespace vidimus::avails

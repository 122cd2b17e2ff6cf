#include "ui/rights/sheet_text.h"

#include <QCoreApplication>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLines = 10'000;
constexpr qsizetype kMaxText = 8 << 20; // characters
constexpr std::array kCells {
    Column::Territory, Column::Right, Column::Contract, Column::Start, Column::End, Column::Sites};

QString tr(const char* text)
{
    return QCoreApplication::translate("SheetText", text);
}

QString cellText(const QString& text)
{
    QString plain = text;
    plain.replace(u'\t', u' ').replace(u'\n', u' ');
    const bool formula = !plain.isEmpty() && u"=+-@"_s.contains(plain.front());
    return formula ? u'\'' + plain : plain;
}

/// Lines of cells; a cell in quotes may hold tabs, line ends and doubled quotes.
std::vector<QStringList> cellsOf(const QString& text)
{
    std::vector<QStringList> lines {{}};
    QString cell;
    bool quoted = false;
    const auto endCell = [&] {
        if (cell.startsWith(u'\'') && cell.size() > 1 && u"=+-@"_s.contains(cell[1]))
            cell.remove(0, 1);
        lines.back() << cell.trimmed();
        cell.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text[i];
        if (quoted) {
            if (character == u'"' && i + 1 < text.size() && text[i + 1] == u'"')
                cell += text[++i];
            else if (character == u'"')
                quoted = false;
            else
                cell += character;
        } else if (character == u'"' && cell.isEmpty()) {
            quoted = true;
        } else if (character == u'\t') {
            endCell();
        } else if (character == u'\n') {
            endCell();
            lines.emplace_back();
        } else if (character != u'\r') {
            cell += character;
        }
    }
    endCell();
    std::erase_if(lines, [](const QStringList& line) { return line.join(QString()).isEmpty(); });
    return lines;
}

/// The columns that a heading line names, or nothing when it is none. Unknown headings are not read.
std::optional<std::vector<std::optional<Column>>> headingsOf(const QStringList& line)
{
    std::vector<std::optional<Column>> columns;
    bool any = false;
    for (const QString& cell : line) {
        const auto found = std::ranges::find_if(
            kCells, [&cell](Column column) { return columnTitle(column).compare(cell, Qt::CaseInsensitive) == 0; });
        columns.push_back(found == kCells.end() ? std::nullopt : std::optional(*found));
        any = any || found != kCells.end();
    }
    return any ? std::optional(columns) : std::nullopt;
}

std::vector<std::optional<Column>> columnsFrom(Column column)
{
    const auto first = std::ranges::find(kCells, column);
    return {first, kCells.end()};
}

Error inLine(Error error, qsizetype line)
{
    error.detail = tr("line %1: %2").arg(line).arg(error.detail);
    return error;
}

} // namespace

QString toSheetText(const std::vector<GridRow>& rows)
{
    QStringList heading {tr("Title")};
    for (const Column column : kCells)
        heading << columnTitle(column);
    QStringList lines {heading.join(u'\t')};
    for (const GridRow& row : rows) {
        QStringList cells {cellText(row.title)};
        for (const Column column : kCells)
            cells << cellText(editText(row.rule, column));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

Result<PastedCells> pasteSheetText(
    const QString& text, const std::vector<engine::Rule>& targets, Column column, const engine::RuleSet& rules)
{
    if (text.size() > kMaxText)
        return Error {ErrorCode::LimitExceeded, u"more than 8 million characters"_s, "paste_too_long"};
    std::vector<QStringList> lines = cellsOf(text);
    const auto headings = lines.empty() ? std::nullopt : headingsOf(lines.front());
    if (headings)
        lines.erase(lines.begin());
    if (lines.empty())
        return Error {ErrorCode::Invalid, u"there is nothing to paste"_s, "empty_paste"};
    if (std::ssize(lines) > kMaxLines)
        return Error {ErrorCode::LimitExceeded, u"more than 10,000 lines"_s, "paste_too_long"};
    if (targets.empty())
        return Error {ErrorCode::Invalid, u"no window is chosen"_s, "no_target"};
    const auto columns = headings ? *headings : columnsFrom(column);
    if (columns.empty())
        return Error {ErrorCode::Invalid, u"the state follows from the window"_s, "not_editable"};
    const bool toAll = lines.size() == 1;
    PastedCells pasted;
    engine::RuleSet known = rules; // with the deals that earlier lines bring
    for (std::size_t i = 0; i < (toAll ? targets.size() : lines.size()); ++i) {
        const QStringList& cells = lines[toAll ? 0 : i];
        engine::Rule rule = i < targets.size() ? targets[i] : targets.back();
        if (i >= targets.size()) {
            rule.id = newId<WindowId>();
            rule.provenance.reset();
            ++pasted.added;
        }
        for (qsizetype at = 0; at < std::min<qsizetype>(cells.size(), std::ssize(columns)); ++at) {
            const auto to = columns[static_cast<std::size_t>(at)];
            if (!to || (rule.effect == engine::Effect::Deny && *to == Column::Contract))
                continue;
            auto edit = withEdit(rule, *to, cells[at], known);
            if (!edit)
                return inLine(std::move(edit).error(), static_cast<qsizetype>(toAll ? 1 : i + 1));
            rule = std::move(edit->rule);
            if (edit->newDeal) {
                known.deals.push_back(*edit->newDeal);
                pasted.deals.push_back(*std::move(edit->newDeal));
            }
        }
        pasted.put.push_back(std::move(rule));
    }
    return pasted;
}

} // namespace vidimus::ui::rights

#include "ui/shell/manual_text.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/painting.h"

#include <QTextBlock>
#include <QTextBrowser>
#include <QTextList>
#include <QTextTable>

namespace vidimus::ui::shell {

using namespace widgets;

namespace {

constexpr double kLineHeight = 150; // percent

void styleBlock(const QTextBlock& block, const Tokens& tokens)
{
    QTextCursor cursor(block);
    QTextBlockFormat format = block.blockFormat();
    const int level = format.headingLevel();
    const bool isCode = format.hasProperty(QTextFormat::BlockCodeFence) || format.nonBreakableLines();
    const bool inTable = cursor.currentTable() != nullptr;
    format.setLineHeight(level > 0 ? 120 : kLineHeight, QTextBlockFormat::ProportionalHeight);
    format.setTopMargin(level == 1 ? 0 : level > 1 ? 20 : 0);
    format.setBottomMargin(level > 0 ? 8 : isCode || inTable ? 0 : cursor.currentList() ? 4 : 10);
    if (isCode)
        format.setBackground(tokens.raised);
    cursor.setBlockFormat(format);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    QTextCharFormat letters;
    letters.setForeground(level > 0 ? tokens.text : blended(tokens.text, tokens.surface, 0.88));
    if (level > 0) {
        const QFont font = roleFont(level == 1 ? TextRole::Title : TextRole::Section);
        letters.setFont(font);
        cursor.setCharFormat(letters); // and not merged: the reader's own size steps would win over the font
        return;
    }
    cursor.mergeCharFormat(letters);
}

void styleTable(QTextTable& table, const Tokens& tokens)
{
    QTextTableFormat format = table.format();
    format.setBorder(0);
    format.setCellSpacing(0);
    format.setCellPadding(5);
    format.setTopMargin(4);
    format.setBottomMargin(12);
    format.setBorderCollapse(true);
    table.setFormat(format);
    for (int row = 0; row < table.rows(); ++row) {
        for (int column = 0; column < table.columns(); ++column) {
            QTextTableCell cell = table.cellAt(row, column);
            QTextTableCellFormat cellFormat = cell.format().toTableCellFormat();
            cellFormat.setBottomBorder(1);
            cellFormat.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            cellFormat.setBottomBorderBrush(tokens.line);
            cell.setFormat(cellFormat);
        }
    }
}

} // namespace

void styleManualText(QTextDocument& document)
{
    const Tokens& tokens = currentTokens();
    document.setDefaultFont(roleFont(TextRole::Body));
    document.setIndentWidth(24);
    QTextTable* before = nullptr;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        styleBlock(block, tokens);
        QTextTable* table = QTextCursor(block).currentTable();
        if (table && table != before)
            styleTable(*table, tokens);
        before = table;
    }
}

void markWords(QTextBrowser& text, const QString& query)
{
    QList<QTextEdit::ExtraSelection> marks;
    QColor tint = currentTokens().accent;
    tint.setAlphaF(0.28F);
    constexpr qsizetype kMaxMarks = 400;
    for (const QString& word : query.split(u' ', Qt::SkipEmptyParts)) {
        QTextCursor at(text.document());
        while (!(at = text.document()->find(word, at)).isNull() && marks.size() < kMaxMarks) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(tint);
            marks << mark;
        }
    }
    text.setExtraSelections(marks);
}

} // namespace vidimus::ui::shell

#include "ui/shell/manual_page.h"

#include "ui/shell/command_table.h"
#include "ui/shell/manual_text.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/preferences.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTextBlock>
#include <QTextBrowser>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSideWidth = 300;
constexpr int kNarrowSideWidth = 240;
constexpr int kTextWidth = 720; // about 90 characters
constexpr int kTextPadding = 32;
constexpr auto kKeysChapter = "keys"_L1;

enum PlaceRole { ChapterRole = Qt::UserRole + 1, HeadingRole, SnippetRole };

/// A chapter is a row; a place that was found has a line of its text below.
class PlaceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = currentTokens();
        painter->save();
        painter->fillRect(option.rect, tokens.surface);
        if (option.state & QStyle::State_Selected)
            drawSelection(*painter, option.rect, tokens.surface, option.direction);
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, tokens.hoverOver(tokens.surface));
        const Qt::Alignment side = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter;
        const QString snippet = index.data(SnippetRole).toString();
        QRect line = option.rect.adjusted(kPanelPadding, 0, -kPanelPadding, 0);
        if (!snippet.isEmpty())
            line.setHeight(26);
        drawText(*painter, line, index.data().toString(), snippet.isEmpty() ? TextRole::Body : TextRole::BodyMedium,
            tokens.text, side);
        if (!snippet.isEmpty()) {
            line = QRect(line.left(), line.bottom() - 2, line.width(), 18);
            drawText(*painter, line, snippet, TextRole::LabelPlain, tokens.second, side);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {120, index.data(SnippetRole).toString().isEmpty() ? std::max(rowHeight(), 32) : kTallRowHeight};
    }
};

/// Paints the page's ground.
class Ground : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), currentTokens().surface);
        const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
        painter.fillRect(QRect(edge, 0, 1, height()), currentTokens().line);
    }
};

} // namespace

QString keysAsMarkdown(const CommandTable& commands)
{
    QString text = u"# "_s + ManualPage::tr("Keys") + u"\n\n"_s
        + ManualPage::tr("Single keys act while the chip at the bottom says REVIEW or LIST.") + u'\n';
    QString group;
    for (const Command& command : commands.commands()) {
        if (command.keys.empty())
            continue;
        if (command.group != group) {
            group = command.group;
            text += u"\n## %1\n\n| %2 | %3 | |\n|---|---|---|\n"_s.arg(
                group, ManualPage::tr("Key"), ManualPage::tr("Command"));
        }
        QStringList keys;
        for (const KeyBinding& binding : command.keys) {
            QString key = keyText(binding.keys).toHtmlEscaped();
            keys << u"**%1**"_s.arg(key.replace(u'\\', u"\\\\"_s).replace(u'|', u"\\|"_s));
        }
        text += u"| %1 | %2 | %3 |\n"_s.arg(keys.join(u"  "_s), command.text, command.help);
    }
    return text;
}

ManualPage::ManualPage(std::vector<ManualChapter> chapters, const CommandTable& commands, QWidget* parent)
    : WorkspacePage(parent)
    , m_manual([&] {
        chapters.push_back(chapterFrom(kKeysChapter, keysAsMarkdown(commands)));
        return Manual(std::move(chapters));
    }())
    , m_side(new Ground(this))
    , m_field(new FilterField(tr("Search the manual"), u"/"_s, m_side))
    , m_list(new QListView(m_side))
    , m_model(new QStandardItemModel(this))
    , m_text(new QTextBrowser(this))
{
    setAccessibleName(tr("Manual"));
    auto* side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 1, 0);
    side->setSpacing(0);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, kGap);
    head->setSpacing(kPanelPadding);
    head->addWidget(new TextLabel(tr("Manual"), TextRole::Section, Ink::Text, m_side));
    head->addWidget(m_field);
    side->addLayout(head);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PlaceDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Chapters"));
    side->addWidget(m_list, 1);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->setAccessibleName(tr("Text"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_side);
    layout->addWidget(m_text, 1);
    setNarrow(false);
    connect(m_field, &QLineEdit::textChanged, this, &ManualPage::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { m_list->setFocus(Qt::OtherFocusReason); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ManualPage::choose);
    search({});
}

void ManualPage::search(const QString& query)
{
    const QSignalBlocker blocker(m_list->selectionModel());
    m_model->clear();
    const auto add = [this](const QString& text, int chapter, const QString& heading, const QString& snippet) {
        auto* item = new QStandardItem(text);
        item->setData(chapter, ChapterRole);
        item->setData(heading, HeadingRole);
        item->setData(snippet, SnippetRole);
        item->setData(text + u". "_s + snippet, Qt::AccessibleTextRole);
        m_model->appendRow(item);
    };
    const auto& chapters = m_manual.chapters();
    if (query.trimmed().isEmpty()) {
        for (std::size_t i = 0; i < chapters.size(); ++i)
            add(chapters[i].title, static_cast<int>(i), {}, {});
        m_list->setCurrentIndex(m_model->index(std::max(0, m_chapter), 0));
        if (m_chapter < 0)
            choose(m_list->currentIndex());
        return;
    }
    for (const ManualHit& hit : m_manual.find(query)) {
        const QString& chapter = chapters[static_cast<std::size_t>(hit.chapter)].title;
        //: A place in the manual: the chapter, then the section.
        add(hit.heading == chapter ? chapter : tr("%1 › %2").arg(chapter, hit.heading), hit.chapter, hit.heading,
            hit.snippet.isEmpty() ? chapter : hit.snippet);
    }
    if (m_model->rowCount() == 0) {
        auto* none = new QStandardItem(tr("No text contains all of these words."));
        none->setFlags(Qt::NoItemFlags);
        m_model->appendRow(none);
        return;
    }
    m_list->setCurrentIndex(m_model->index(0, 0));
    choose(m_list->currentIndex());
}

void ManualPage::choose(const QModelIndex& index)
{
    const QVariant chapter = index.data(ChapterRole);
    if (chapter.isValid())
        showChapter(chapter.toInt(), index.data(HeadingRole).toString());
}

void ManualPage::showChapter(int chapter, const QString& heading)
{
    if (chapter != m_chapter) {
        m_chapter = chapter;
        m_text->document()->setMarkdown(
            m_manual.chapters()[static_cast<std::size_t>(chapter)].markdown, QTextDocument::MarkdownDialectGitHub);
        styleText();
    }
    markWords(*m_text, m_field->text());
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() > 0 && block.text() == heading) {
            const double top = m_text->document()->documentLayout()->blockBoundingRect(block).top();
            m_text->verticalScrollBar()->setValue(block.blockNumber() == 0 ? 0 : qRound(top) - kGap);
            return;
        }
    }
    m_text->verticalScrollBar()->setValue(0);
}

void ManualPage::styleText()
{
    styleManualText(*m_text->document());
    m_text->document()->rootFrame()->setFrameFormat(m_frame);
    markWords(*m_text, m_field->text());
}

void ManualPage::changeEvent(QEvent* event)
{
    WorkspacePage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_chapter >= 0)
        styleText();
}

void ManualPage::resizeEvent(QResizeEvent* event)
{
    WorkspacePage::resizeEvent(event);
    // The lines stay readable however wide the window is.
    const int room = width() - m_side->width();
    const int side = std::max(kTextPadding, (room - kTextWidth) / 2);
    const int near = std::min(side, 96);
    QTextFrameFormat frame = m_text->document()->rootFrame()->frameFormat();
    frame.setLeftMargin(near);
    frame.setRightMargin(std::max(kTextPadding, room - near - kTextWidth));
    frame.setTopMargin(kTextPadding);
    frame.setBottomMargin(2 * kTextPadding);
    m_frame = frame;
    m_text->document()->rootFrame()->setFrameFormat(frame);
}

QString ManualPage::currentChapter() const
{
    return m_chapter < 0 ? QString() : m_manual.chapters()[static_cast<std::size_t>(m_chapter)].id;
}

void ManualPage::openSubject(const QString& id)
{
    m_field->clear();
    m_list->setCurrentIndex(m_model->index(std::max(0, m_manual.indexOf(id)), 0));
}

QWidget* ManualPage::baseFocus()
{
    return m_list;
}

QWidget* ManualPage::filterInput()
{
    return m_field;
}

std::vector<QWidget*> ManualPage::panes()
{
    return {m_list, m_text};
}

QJsonObject ManualPage::saveState() const
{
    return {{u"chapter"_s, currentChapter()}};
}

void ManualPage::restoreState(const QJsonObject& state)
{
    openSubject(state.value(u"chapter"_s).toString());
}

void ManualPage::setNarrow(bool narrow)
{
    m_side->setFixedWidth(narrow ? kNarrowSideWidth : kSideWidth);
}

} // namespace vidimus::ui::shell

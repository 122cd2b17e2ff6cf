#include "ui/shell/settings_page.h"

#include "ui/shell/palette_filter.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kColumnWidth = 760;

/// A row with a line below.
class RowWidget : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), currentTokens().line);
    }
};

} // namespace

SettingsPage::SettingsPage(QWidget* parent)
    : WorkspacePage(parent)
    , m_search(new FilterField(tr("Find a setting"), u"/"_s, this))
    , m_layout(new QVBoxLayout)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Settings"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(area);
    auto* body = new QWidget(area);
    auto* centre = new QHBoxLayout(body);
    centre->setContentsMargins(24, 24, 24, 24);
    auto* column = new QWidget(body);
    column->setMaximumWidth(kColumnWidth);
    auto* columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 0, 0);
    columnLayout->setSpacing(16);
    columnLayout->addWidget(new TextLabel(tr("Settings"), TextRole::Title, Ink::Text, column));
    m_search->setMinimumWidth(320);
    columnLayout->addWidget(m_search, 0, Qt::AlignLeft);
    m_layout->setSpacing(16);
    columnLayout->addLayout(m_layout);
    columnLayout->addStretch(1);
    centre->addStretch(1);
    centre->addWidget(column, 100);
    centre->addStretch(1);
    area->setWidget(body);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
}

QWidget* SettingsPage::baseFocus()
{
    return this; // not the search: keys act until a person wants to type
}

QWidget* SettingsPage::filterInput()
{
    return m_search;
}

SettingsPage::Section& SettingsPage::sectionOf(const QString& title)
{
    const auto found = std::ranges::find(m_sections, title, &Section::title);
    if (found != m_sections.end())
        return *found;
    auto* holder = new QWidget(this);
    auto* layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new TextLabel(title, TextRole::Section, Ink::Text, holder));
    layout->addSpacing(4);
    m_layout->addWidget(holder);
    m_sections.push_back({title, holder, layout});
    return m_sections.back();
}

void SettingsPage::addRow(const SettingRow& row)
{
    Section& section = sectionOf(row.section);
    auto* line = new RowWidget(section.head);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 10, 0, 10);
    layout->setSpacing(24);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(new TextLabel(row.title, TextRole::Body, Ink::Text, line));
    if (!row.help.isEmpty())
        words->addWidget(new Paragraph(row.help, TextRole::LabelPlain, Ink::Second, line));
    layout->addLayout(words, 1);
    if (row.control) {
        row.control->setParent(line);
        if (row.control->accessibleName().isEmpty())
            row.control->setAccessibleName(row.title);
        row.control->setAccessibleDescription(row.help);
        layout->addWidget(row.control, 0, Qt::AlignRight | Qt::AlignVCenter);
    }
    section.layout->addWidget(line);
    m_lines.push_back({row, line});
}

void SettingsPage::filter(const QString& query)
{
    for (const Line& line : m_lines) {
        const QString words = line.row.title + u' ' + line.row.help + u' ' + line.row.section;
        const bool hit = query.trimmed().isEmpty() || words.contains(query.trimmed(), Qt::CaseInsensitive)
            || fuzzyMatch(query, line.row.title);
        line.widget->setVisible(hit);
    }
    for (const Section& section : m_sections) {
        section.head->setVisible(std::ranges::any_of(m_lines,
            [&section](const Line& line) { return line.row.section == section.title && !line.widget->isHidden(); }));
    }
}

int SettingsPage::visibleRowCount() const
{
    return static_cast<int>(std::ranges::count_if(m_lines, [](const Line& line) { return !line.widget->isHidden(); }));
}

} // namespace vidimus::ui::shell

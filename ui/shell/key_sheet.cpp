#include "ui/shell/key_sheet.h"

#include "ui/shell/command_table.h"
#include "ui/shell/palette_filter.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"

#include <QHBoxLayout>
#include <QScrollArea>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWideColumns = 4;
constexpr int kNarrowColumns = 3;
constexpr int kWideFrom = 1100;
constexpr int kMaxKeyLetters = 14; // of all caps of a line; beyond, the text beside them would be cut

/// One command: its keys, then its text.
QWidget* makeLine(const Command& command, QWidget* parent)
{
    auto* line = new QWidget(parent);
    line->setFixedHeight(24);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(new TextLabel(command.text, TextRole::Body, Ink::Text, line), 1);
    QStringList keys;
    for (const KeyBinding& binding : command.keys)
        keys << keyText(binding.keys);
    qsizetype letters = 0;
    qsizetype shown = 0;
    for (; shown < keys.size(); ++shown) {
        letters += std::max<qsizetype>(3, keys.at(shown).size()); // a cap is never narrower
        if (shown > 0 && letters > kMaxKeyLetters)
            break;
        layout->addWidget(new KeyCap(keys.at(shown), line));
    }
    if (shown < keys.size())
        layout->addWidget(new TextLabel(u"…"_s, TextRole::LabelPlain, Ink::Second, line));
    //: A command and all its keys: "Fill down (Ctrl+D)"
    line->setAccessibleName(KeySheet::tr("%1 (%2)").arg(command.text, keys.join(u", "_s)));
    line->setToolTip(shown < keys.size() ? command.help + u'\n' + keys.join(u", "_s) : command.help);
    return line;
}

} // namespace

KeySheet::KeySheet(const CommandTable& commands, QWidget* parent)
    : QWidget(parent)
    , m_commands(commands)
    , m_field(new FilterField(tr("Find a key or a command"), {}, this))
    , m_body(nullptr)
{
    setAccessibleName(tr("Keys"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 4, 1, 8);
    layout->setSpacing(0);
    auto* header = new SectionHeader(tr("Keys"), this);
    header->setFixedHeight(40);
    m_field->setFixedWidth(240);
    header->addTrailing(m_field);
    header->addTrailing(new KeyCap(tr("Esc"), this));
    auto* close = new IconButton(u"cross"_s, tr("Close"), this);
    header->addTrailing(close);
    layout->addWidget(header);
    connect(close, &IconButton::clicked, this, &KeySheet::closed);
    connect(m_field, &QLineEdit::textChanged, this, &KeySheet::fill);
    hide();
}

void KeySheet::open()
{
    m_field->clear();
    fill({});
    show();
    raise();
    m_field->setFocus(Qt::OtherFocusReason);
}

void KeySheet::fill(const QString& query)
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setAccessibleName(tr("Keys"));
    auto* body = new QWidget(area);
    auto* columns = new QHBoxLayout(body);
    columns->setContentsMargins(20, 16, 20, 16);
    columns->setSpacing(28);
    // Groups in registry order, poured into columns of about equal length.
    std::vector<std::pair<QString, std::vector<const Command*>>> groups;
    m_shownCount = 0;
    for (const Command& command : m_commands.commands()) {
        if (command.keys.empty())
            continue;
        const bool hit = query.isEmpty() || fuzzyMatch(query, command.text)
            || keyText(command.keys.front().keys).compare(query, Qt::CaseInsensitive) == 0;
        if (!hit)
            continue;
        if (groups.empty() || groups.back().first != command.group)
            groups.push_back({command.group, {}});
        groups.back().second.push_back(&command);
        ++m_shownCount;
    }
    const int columnCount = width() >= kWideFrom ? kWideColumns : kNarrowColumns;
    const int perColumn = (m_shownCount + 2 * static_cast<int>(groups.size())) / columnCount + 1;
    std::vector<QVBoxLayout*> boxes;
    for (int i = 0; i < columnCount; ++i) {
        boxes.push_back(new QVBoxLayout);
        boxes.back()->setSpacing(0);
        columns->addLayout(boxes.back(), 1);
    }
    int column = 0;
    int used = 0;
    for (const auto& [title, commands] : groups) {
        if (used > 0 && used + static_cast<int>(commands.size()) / 2 > perColumn && column + 1 < columnCount) {
            ++column;
            used = 0;
        }
        QVBoxLayout* box = boxes[static_cast<std::size_t>(column)];
        if (used > 0)
            box->addSpacing(16);
        box->addWidget(new TextLabel(title, TextRole::Label, Ink::Second, body));
        box->addSpacing(4);
        for (const Command* command : commands)
            box->addWidget(makeLine(*command, body));
        used += static_cast<int>(commands.size()) + 2;
    }
    for (QVBoxLayout* box : boxes)
        box->addStretch(1);
    area->setWidget(body);
    area->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    delete m_body;
    m_body = area;
    static_cast<QVBoxLayout*>(layout())->addWidget(area, 1);
}

void KeySheet::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    drawPanel(painter, rect(), tokens.raised,
        blended(tokens.dark ? Qt::white : Qt::black, tokens.raised, tokens.strength(0.2)), 8);
}

} // namespace vidimus::ui::shell

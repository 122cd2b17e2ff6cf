#include "ui/shell/command_palette.h"

#include "ui/shell/command_table.h"
#include "ui/shell/palette_delegate.h"
#include "ui/shell/palette_model.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

namespace vidimus::ui::shell {

using namespace widgets;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 640;
constexpr int kFieldHeight = 48;
constexpr int kFootHeight = 36;
constexpr int kListHeight = 312;
constexpr int kBelowTitle = 100;
constexpr int kRecentCount = 8;

} // namespace

CommandPalette::CommandPalette(CommandTable& commands, QWidget* parent)
    : QWidget(parent)
    , m_commands(commands)
    , m_model(new PaletteModel(commands, this))
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_count(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_lesson(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_lessonKey(new KeyCap({}, this))
{
    setAccessibleName(tr("Command palette"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(36, 0, 14, 0);
    top->setSpacing(kGap);
    m_field->setFrame(false);
    m_field->setFont(roleFont(TextRole::Body));
    m_field->setPlaceholderText(tr("Find or run a command"));
    m_field->setAccessibleName(tr("Find or run a command"));
    m_field->setFixedHeight(kFieldHeight);
    m_field->setMaxLength(128);
    m_field->installEventFilter(this);
    m_count->setKeepsWidth(true);
    top->addWidget(m_field, 1);
    top->addWidget(m_count);
    top->addWidget(new KeyCap(tr("Esc"), this));
    layout->addLayout(top);
    layout->addSpacing(1);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Commands"));
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    layout->addWidget(m_list, 1);
    layout->addSpacing(1);

    auto* foot = new QWidget(this);
    foot->setFixedHeight(kFootHeight);
    auto* footLayout = new QHBoxLayout(foot);
    footLayout->setContentsMargins(14, 0, 14, 0);
    footLayout->addWidget(m_lesson);
    footLayout->addWidget(m_lessonKey);
    footLayout->addStretch(1);
    footLayout->addWidget(new TextLabel(tr("Run"), TextRole::LabelPlain, Ink::Second, foot));
    footLayout->addWidget(new KeyCap(tr("Enter"), foot));
    layout->addWidget(foot);

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::refresh);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_list->setCurrentIndex(index);
        runCurrent();
    });
    hide();
}

void CommandPalette::open()
{
    m_field->clear();
    m_model->setRecent(m_recent);
    refresh();
    const QString key = m_taught.isEmpty() ? QString() : m_commands.keyTextOf(m_taught);
    m_lessonKey->setText(key);
    m_lesson->setText(
        key.isEmpty() ? tr("Recent commands come first.") : tr("Last time you took this from the list. The key is"));
    show();
    raise();
    m_field->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::setRecent(const QStringList& ids)
{
    m_recent = ids.mid(0, kRecentCount);
}

void CommandPalette::place(const QRect& area)
{
    const int width = std::min(kWidth, area.width() - 24);
    const int height = std::min(kFieldHeight + kListHeight + kFootHeight + 4, area.height() - kBelowTitle - 12);
    setGeometry(area.left() + (area.width() - width) / 2, area.top() + kBelowTitle, width, std::max(160, height));
}

QSize CommandPalette::sizeHint() const
{
    return {kWidth, kFieldHeight + kListHeight + kFootHeight};
}

void CommandPalette::refresh()
{
    m_model->setQuery(m_field->text());
    m_count->setText(tr("%1 of %2").arg(m_model->matchCount()).arg(m_model->commandCount()));
    m_list->setCurrentIndex({});
    move(1);
}

void CommandPalette::move(int rows)
{
    const int count = m_model->rowCount();
    int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
    for (int tried = 0; tried < count; ++tried) {
        row += rows > 0 ? 1 : -1;
        row = (row + count) % count;
        const QModelIndex index = m_model->index(row);
        if (index.data(PaletteModel::IsSectionRole).toBool())
            continue;
        m_list->setCurrentIndex(index);
        return;
    }
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    const QString id = index.data(PaletteModel::IdRole).toString();
    if (id.isEmpty() || !index.data(PaletteModel::DisabledReasonRole).toString().isEmpty())
        return;
    m_recent.removeAll(id);
    m_recent.prepend(id);
    m_recent = m_recent.mid(0, kRecentCount);
    m_taught = m_commands.keyTextOf(id).isEmpty() ? QString() : id;
    Q_EMIT closed(id);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        for (int i = 0; i < 8; ++i)
            move(static_cast<QKeyEvent*>(event)->key() == Qt::Key_PageDown ? 1 : -1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the focus stays in the palette until Esc
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& tokens = currentTokens();
    drawPanel(painter, rect(), tokens.raised,
        blended(tokens.dark ? Qt::white : Qt::black, tokens.raised, tokens.strength(0.2)), 8);
    painter.fillRect(QRect(1, kFieldHeight + 1, width() - 2, 1), tokens.line);
    painter.fillRect(QRect(1, height() - kFootHeight - 2, width() - 2, 1), tokens.line);
    drawIcon(painter, u"search"_s, QStyle::visualRect(layoutDirection(), rect(), {16, 17, 16, 16}), tokens.text);
}

} // namespace vidimus::ui::shell

#include "ui/rights/title_selector.h"

#include <QCompleter>
#include <QLineEdit>

namespace vidimus::ui::rights {

TitleSelector::TitleSelector(QWidget* parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumWidth(240);
    setMaxVisibleItems(24);
    setAccessibleName(tr("Title"));
    lineEdit()->setAccessibleName(tr("Title"));
    lineEdit()->setPlaceholderText(tr("Find a title"));
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    addItem(tr("All titles"));
    connect(this, &QComboBox::activated, this, [this](int index) {
        const QString id = itemData(index).toString();
        Q_EMIT shownChosen(id.isEmpty() ? std::vector<TitleId>() : std::vector {TitleId(id)});
    });
    // What was typed and not chosen goes back to what is shown.
    connect(lineEdit(), &QLineEdit::editingFinished, this, [this] { setEditText(itemText(currentIndex())); });
}

void TitleSelector::setTitles(const std::vector<engine::Title>& titles)
{
    const QString chosen = currentData().toString();
    const QSignalBlocker blocker(this);
    clear();
    addItem(tr("All titles"));
    std::vector<const engine::Title*> sorted;
    for (const engine::Title& title : titles)
        sorted.push_back(&title);
    std::ranges::sort(sorted, [](const engine::Title* a, const engine::Title* b) {
        return QString::localeAwareCompare(a->name, b->name) < 0;
    });
    for (const engine::Title* title : sorted)
        addItem(title->name.isEmpty() ? title->id.toString() : title->name, title->id.toString());
    setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : findData(chosen)));
}

void TitleSelector::choose(const std::vector<TitleId>& shown)
{
    const QSignalBlocker blocker(this);
    setCurrentIndex(shown.empty() ? 0 : std::max(0, findData(shown.front().toString())));
    lineEdit()->setCursorPosition(0); // a long name shows its beginning
}

} // namespace vidimus::ui::rights

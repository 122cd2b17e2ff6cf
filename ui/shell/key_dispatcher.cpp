#include "ui/shell/key_dispatcher.h"

#include "ui/shell/command_table.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QWidget>

namespace vidimus::ui::shell {

namespace {

bool isModifierKey(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta
        || key == Qt::Key_AltGr || key == Qt::Key_unknown || key == 0;
}

} // namespace

QKeySequence chordOf(const QKeyEvent& event)
{
    int key = event.key();
    Qt::KeyboardModifiers modifiers
        = event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (isModifierKey(key))
        return {};
    // Shift made the character: "?" and "+" are written without it.
    const bool isSign = key > Qt::Key_Space && key < Qt::Key_Escape && !(key >= Qt::Key_A && key <= Qt::Key_Z);
    if (isSign && modifiers == Qt::ShiftModifier)
        modifiers = Qt::NoModifier;
    if (key == Qt::Key_Enter)
        key = Qt::Key_Return;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
}

KeyDispatcher::KeyDispatcher(QWidget* window, CommandTable& commands, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_commands(commands)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, &KeyDispatcher::updateMode);
}

void KeyDispatcher::setPageMode(Mode mode)
{
    m_pageMode = mode;
    updateMode();
}

void KeyDispatcher::setBaseFocus(std::function<QWidget*()> baseFocus)
{
    m_baseFocus = std::move(baseFocus);
}

void KeyDispatcher::addEscapeStep(QObject* context, std::function<bool()> step)
{
    m_escapeSteps.push_back({context, std::move(step)});
}

bool KeyDispatcher::isHeld(int key) const
{
    return std::ranges::find(m_held, key) != m_held.end();
}

bool KeyDispatcher::isOurs(QObject* watched) const
{
    const auto* widget = qobject_cast<QWidget*>(watched);
    return widget && (widget == m_window || m_window->isAncestorOf(widget)) && widget->window() == m_window->window();
}

bool KeyDispatcher::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::WindowDeactivate:
        if (watched == m_window->window())
            m_held.clear();
        return false;
    case QEvent::KeyRelease: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->isAutoRepeat())
            std::erase(m_held, key->key());
        return false;
    }
    case QEvent::ShortcutOverride:
        // Accepting tells Qt that nobody else's shortcut may take it; the press follows.
        if (isOurs(watched) && dispatch(*static_cast<QKeyEvent*>(event), false)) {
            event->accept();
            return true;
        }
        return false;
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!isOurs(watched) || QApplication::activePopupWidget())
            return false;
        // The same event climbs through the parents; only its first receiver counts.
        if (watched != QApplication::focusWidget() && QApplication::focusWidget()
            && isOurs(QApplication::focusWidget()))
            return false;
        if (!key->isAutoRepeat() && !isHeld(key->key()))
            m_held.push_back(key->key());
        return dispatch(*key, true);
    }
    default:
        return false;
    }
}

bool KeyDispatcher::dispatch(const QKeyEvent& event, bool act)
{
    if (event.key() == Qt::Key_Escape && event.modifiers() == Qt::NoModifier)
        return act ? climb() : true;
    const QKeySequence chord = chordOf(event);
    const Command* command = m_commands.findByKey(chord, m_mode);
    if (!command)
        return false;
    // Enter and Space belong to the button or list that has the focus by key, unless it is the page's base.
    QWidget* focus = QApplication::focusWidget();
    const bool isPress = event.modifiers() == Qt::NoModifier
        && (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter || event.key() == Qt::Key_Space);
    if (isPress && focus && focus->inherits("QAbstractButton"))
        return false;
    if (!m_commands.isAnswered(command->id) && m_commands.disabledReason(command->id).isEmpty())
        return false;
    if (!act || (event.isAutoRepeat() && !command->repeats))
        return true;
    m_commands.trigger(command->id, std::max(0, CommandTable::keyIndexOf(*command, chord)));
    return true;
}

bool KeyDispatcher::climb()
{
    std::erase_if(m_escapeSteps, [](const EscapeStep& step) { return step.context.isNull(); });
    for (auto step = m_escapeSteps.rbegin(); step != m_escapeSteps.rend(); ++step) {
        if (step->step())
            return true;
    }
    QWidget* base = m_baseFocus ? m_baseFocus() : nullptr;
    if (!base || base == QApplication::focusWidget())
        return false;
    base->setFocus(Qt::OtherFocusReason);
    return true;
}

void KeyDispatcher::updateMode()
{
    QWidget* focus = QApplication::focusWidget();
    if (focus && !isOurs(focus))
        return;
    const Mode mode = modeOf(focus, m_pageMode);
    if (mode == m_mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged(mode);
}

} // namespace vidimus::ui::shell

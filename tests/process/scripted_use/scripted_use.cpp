#include "process/scripted_use/scripted_use.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QApplication>
#include <QTest>
#include <QWidget>
#include <QWindow>
#include <array>
#include <chrono>
#include <cstdio>

namespace vidimus::test {

using namespace Qt::StringLiterals;

namespace {

/// Passes, rejects with a reason of two digits, escalates, steps through frames and takes the last one back.
constexpr std::array kKeys {Qt::Key_P, Qt::Key_Return, Qt::Key_Right, Qt::Key_X, Qt::Key_1, Qt::Key_1, Qt::Key_Return,
    Qt::Key_N, Qt::Key_E, Qt::Key_4, Qt::Key_2, Qt::Key_Return, Qt::Key_P, Qt::Key_Return, Qt::Key_Z};
constexpr std::chrono::milliseconds kPace {60};
constexpr auto kListClass = "vidimus::ui::moderation::DecidedModel";

void say(const QString& item)
{
    std::fprintf(stderr, "{\"event\": \"shown_saved\", \"item\": \"%s\"}\n", qPrintable(item));
    std::fflush(stderr);
}

} // namespace

ScriptedUse::ScriptedUse(QObject* parent)
    : QObject(parent)
{
    connect(&m_timer, &QTimer::timeout, this, &ScriptedUse::pressNext);
    m_timer.start(kPace);
}

void ScriptedUse::watchDecisions()
{
    for (const QWidget* window : QApplication::topLevelWidgets()) {
        for (const auto* view : window->findChildren<QAbstractItemView*>()) {
            const QAbstractItemModel* model = view->model();
            if (!model || qstrcmp(model->metaObject()->className(), kListClass) != 0)
                continue;
            m_decided = model;
            connect(model, &QAbstractItemModel::rowsInserted, this, [model](const QModelIndex&, int first) {
                say(model->index(first, 0).data(Qt::AccessibleTextRole).toString().section(u',', 0, 0));
            });
            connect(model, &QObject::destroyed, this, [this] { m_decided = nullptr; });
            return;
        }
    }
}

void ScriptedUse::pressNext()
{
    if (!m_decided)
        watchDecisions();
    QWindow* window = QGuiApplication::focusWindow();
    if (!m_decided || !window)
        return;
    const Qt::Key key = kKeys.at(static_cast<std::size_t>(m_at++) % kKeys.size());
    QTest::keyClick(window, key, key == Qt::Key_Z ? Qt::ControlModifier : Qt::NoModifier);
}

QObject* ScriptedUsePlugin::create(const QString& name, const QString&)
{
    return name == u"vidimus_scripted_use" ? new ScriptedUse(this) : nullptr;
}

} // namespace vidimus::test

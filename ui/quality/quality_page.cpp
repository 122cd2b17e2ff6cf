#include "ui/quality/quality_page.h"

#include "ui/quality/banks_view.h"
#include "ui/quality/check_editor.h"
#include "ui/quality/profiles_view.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/painting.h"

#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;

QualityPage::QualityPage(workbench::Workspace& workspace, QWidget* parent)
    : WorkspacePage(parent)
    , m_stack(new QStackedWidget(this))
    , m_profiles(new ProfilesView(workspace, m_stack))
    , m_banks(new BanksView(workspace, m_stack))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_stack->addWidget(m_profiles);
    m_stack->addWidget(m_banks);
    const auto toReview = [this](const AssetId& asset) { Q_EMIT subjectWanted(u"moderation"_s, asset.toString()); };
    connect(m_profiles, &ProfilesView::assetWanted, this, toReview);
    connect(m_banks, &BanksView::assetWanted, this, toReview);
    connect(m_profiles, &ProfilesView::said, this, &QualityPage::say);
    connect(m_banks, &BanksView::said, this, &QualityPage::say);
}

std::vector<widgets::SegmentedControl::Segment> QualityPage::views() const
{
    return {{u"profiles"_s, tr("Check profiles")}, {u"banks"_s, tr("Known content")}};
}

QString QualityPage::currentView() const
{
    return m_stack->currentWidget() == m_banks ? u"banks"_s : u"profiles"_s;
}

void QualityPage::showView(const QString& id)
{
    m_stack->setCurrentWidget(id == u"banks"_s ? static_cast<QWidget*>(m_banks) : m_profiles);
    if (id == u"banks"_s)
        m_banks->load();
    Q_EMIT viewsChanged();
}

QWidget* QualityPage::baseFocus()
{
    if (m_stack->currentWidget() == m_profiles)
        return m_profiles->checks();
    return m_banks->banks()->isVisibleTo(this) ? static_cast<QWidget*>(m_banks->banks()) : m_banks->nameField();
}

QWidget* QualityPage::filterInput()
{
    return m_stack->currentWidget() == m_profiles ? m_profiles->filter() : nullptr;
}

std::vector<QWidget*> QualityPage::panes()
{
    if (m_stack->currentWidget() == m_profiles)
        return {m_profiles->checks(), m_profiles->editor(), m_profiles->saveButton()};
    return {baseFocus(), m_banks->hits()};
}

void QualityPage::setNarrow(bool narrow)
{
    m_profiles->setNarrow(narrow);
}

QJsonObject QualityPage::saveState() const
{
    return {{u"view"_s, currentView()}};
}

void QualityPage::restoreState(const QJsonObject& state)
{
    showView(state.value(u"view"_s).toString());
}

void QualityPage::openSubject(const QString& id)
{
    showView(u"profiles"_s);
    m_profiles->selectCheck(id);
}

void QualityPage::showEvent(QShowEvent* event)
{
    WorkspacePage::showEvent(event);
    if (m_stack->currentWidget() == m_banks)
        m_banks->load();
}

void QualityPage::say(const QString& sentence)
{
    Q_EMIT reasonChanged(sentence);
    if (auto* window = qobject_cast<shell::MainWindow*>(this->window()))
        window->announce(sentence);
}

} // namespace vidimus::ui::quality

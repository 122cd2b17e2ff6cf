#include "ui/quality/profiles_view.h"

#include "core/checks/check_descriptor.h"
#include "core/moderation/role.h"
#include "core/workbench/judge_library.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/workspace.h"
#include "ui/quality/back_test_panel.h"
#include "ui/quality/check_editor.h"
#include "ui/quality/check_list_model.h"
#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/splitter.h"
#include "ui/widgets/table_helpers.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QTableView>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

constexpr int kJudgeMs = 250; // after the last change

/// A profile and the shipped one it comes from.
Result<ProfileDraft> readDraft(workbench::Workspace& workspace, const workbench::CheckProfileRow& row)
{
    auto profile = workbench::loadCheckProfile(workspace, row.id);
    if (!profile)
        return std::move(profile).error();
    auto shipped = row.shipped ? profile : checks::shippedProfile(row.inherits);
    if (!shipped)
        return std::move(shipped).error();
    return ProfileDraft(*std::move(profile), *std::move(shipped));
}

struct Listed {
    std::vector<workbench::CheckProfileRow> rows;
    QString inUse;
};

Result<Listed> readList(workbench::Workspace& workspace)
{
    auto rows = workbench::listCheckProfiles(workspace);
    const auto inUse = workbench::setting(workspace, workbench::kCheckProfileSetting);
    if (!rows || !inUse)
        return rows ? inUse.error() : std::move(rows).error();
    const QString id = inUse->toString();
    return Listed {*std::move(rows), id.isEmpty() ? workbench::kDefaultCheckProfile : id};
}

} // namespace

ProfilesView::ProfilesView(workbench::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_chooser(new QComboBox(this))
    , m_state(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_name(new QLineEdit(this))
    , m_save(new Button(tr("Save"), Button::Kind::Primary, this))
    , m_drop(new Button(tr("Drop changes"), Button::Kind::Quiet, this))
    , m_use(new Button(tr("Use for new files"), Button::Kind::Plain, this))
    , m_remove(new Button(tr("Remove"), Button::Kind::Quiet, this))
    , m_filter(new FilterField(tr("Filter"), u"/"_s, this))
    , m_checks(new QTableView(this))
    , m_model(new CheckListModel(this))
    , m_editor(new CheckEditor(this))
    , m_backTest(new BackTestPanel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    auto* splitter = new Splitter(this);
    splitter->setChildrenCollapsible(false);
    auto* left = new QWidget(splitter);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    auto* filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    filterRow->addWidget(m_filter);
    leftLayout->addLayout(filterRow);
    leftLayout->addWidget(m_checks, 1);
    setUpTable(m_checks);
    shell::setModeOf(m_checks, shell::Mode::List);
    m_checks->setAccessibleName(tr("Checks"));
    m_checks->setModel(m_model);
    m_checks->horizontalHeader()->setSectionResizeMode(CheckListModel::Check, QHeaderView::Stretch);
    m_checks->setColumnWidth(CheckListModel::Verdict, 76);
    m_checks->setColumnWidth(CheckListModel::Change, 72);
    m_checks->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* scroll = new QScrollArea(splitter);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_editor);
    splitter->addWidget(left);
    splitter->addWidget(scroll);
    splitter->addWidget(m_backTest);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({360, 620, 420});
    layout->addWidget(splitter, 1);

    m_judgeSoon.setSingleShot(true);
    m_judgeSoon.setInterval(kJudgeMs);
    connect(&m_judgeSoon, &QTimer::timeout, this, &ProfilesView::judge);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        const QString kept = m_editor->check();
        m_model->setFilter(text);
        if (const int row = m_model->rowOf(kept); row >= 0)
            m_checks->selectRow(row);
    });
    connect(
        m_checks->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
            if (current.isValid() && m_model->idOf(current.row()) != m_editor->check())
                m_editor->showCheck(m_model->idOf(current.row()), m_draft);
        });
    connect(m_editor, &CheckEditor::changed, this, [this](const QString& check, const checks::CheckSetting& setting) {
        m_draft.set(check, setting);
        draftChanged();
    });
    connect(m_backTest, &BackTestPanel::applyWanted, this, &ProfilesView::applyToLibrary);
    connect(m_backTest, &BackTestPanel::assetWanted, this, &ProfilesView::assetWanted);
    loadList({});
}

ProfilesView::~ProfilesView()
{
    m_judging.cancel();
}

QWidget* ProfilesView::buildHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    row->setSpacing(kGap);
    m_chooser->setAccessibleName(tr("Profile"));
    m_chooser->setFixedWidth(280);
    m_chooser->setFocusPolicy(Qt::TabFocus);
    m_name->setPlaceholderText(tr("Name of your profile"));
    m_name->setAccessibleName(tr("Name of your profile"));
    m_name->setFixedWidth(220);
    row->addWidget(m_chooser);
    row->addWidget(m_use);
    row->addWidget(m_remove);
    row->addWidget(m_state, 1);
    row->addStretch(0);
    row->addWidget(m_drop);
    row->addWidget(m_name);
    row->addWidget(m_save);
    for (Button* button : {m_save, m_drop, m_use, m_remove})
        button->setFocusPolicy(Qt::TabFocus);
    connect(m_chooser, &QComboBox::activated, this, [this] { openProfile(m_chooser->currentData().toString()); });
    connect(m_name, &QLineEdit::returnPressed, this, &ProfilesView::save);
    connect(m_save, &QAbstractButton::clicked, this, &ProfilesView::save);
    connect(m_use, &QAbstractButton::clicked, this, &ProfilesView::useForNewFiles);
    connect(m_remove, &QAbstractButton::clicked, this, &ProfilesView::removeProfile);
    connect(m_drop, &QAbstractButton::clicked, this, [this] {
        m_draft.revertAll();
        m_editor->showCheck(m_editor->check(), m_draft);
        draftChanged();
    });
    return head;
}

const workbench::CheckProfileRow* ProfilesView::row(const QString& id) const
{
    const auto found = std::ranges::find(m_rows, id, &workbench::CheckProfileRow::id);
    return found == m_rows.end() ? nullptr : &*found;
}

void ProfilesView::loadList(const QString& wanted)
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return readList(workspace); },
        [this, wanted](Result<Listed> listed) {
            if (!listed)
                return m_backTest->showError(errorText(listed.error()).what);
            m_rows = std::move(listed->rows);
            m_inUse = listed->inUse;
            m_chooser->clear();
            for (const workbench::CheckProfileRow& each : m_rows)
                m_chooser->addItem(each.id == m_inUse ? tr("%1 (new files)").arg(each.title) : each.title, each.id);
            const QString id = row(wanted) ? wanted : row(m_inUse) ? m_inUse : m_rows.front().id;
            m_chooser->setCurrentIndex(m_chooser->findData(id));
            openProfile(id);
        });
}

void ProfilesView::openProfile(const QString& id)
{
    const workbench::CheckProfileRow* chosen = row(id);
    if (!chosen)
        return;
    m_workspace.tasks().run(
        this, [&workspace = m_workspace, chosen = *chosen] { return readDraft(workspace, chosen); },
        [this, id](Result<ProfileDraft> draft) {
            if (!draft)
                return m_backTest->showError(errorText(draft.error()).what);
            if (m_chooser->currentData().toString() != id)
                return;
            m_draft = *std::move(draft);
            m_isOpen = true;
            m_model->setDraft(m_draft);
            const QString kept = !m_wantedCheck.isEmpty() ? std::exchange(m_wantedCheck, {})
                : m_editor->check().isEmpty()             ? m_model->idOf(0)
                                                          : m_editor->check();
            m_editor->showCheck(kept, m_draft);
            m_checks->selectRow(std::max(0, m_model->rowOf(kept)));
            draftChanged();
        });
}

void ProfilesView::selectCheck(const QString& id)
{
    if (!checks::findDescriptor(id))
        return;
    if (!m_isOpen) {
        m_wantedCheck = id;
        return;
    }
    m_filter->clear();
    m_editor->showCheck(id, m_draft);
    const int row = m_model->rowOf(id);
    m_checks->selectRow(row);
    m_checks->scrollTo(m_model->index(row, 0));
}

void ProfilesView::draftChanged()
{
    m_model->setDraft(m_draft);
    const int changed = static_cast<int>(m_draft.changed().size());
    const bool shipped = m_draft.isShipped();
    m_state->setText(changed > 0 ? tr("Changed and not saved: %1").arg(changed)
            : shipped            ? tr("Comes with Vidimus; changes are kept under a name of yours")
                                 : tr("Yours, from %1").arg(m_draft.shipped().title));
    m_state->setInk(changed > 0 ? Ink::Accent : Ink::Second);
    m_save->setEnabled(changed > 0);
    m_drop->setVisible(changed > 0);
    m_name->setVisible(shipped && changed > 0);
    m_save->setText(shipped ? tr("Save as yours") : tr("Save"));
    m_remove->setVisible(!shipped);
    m_use->setDisabledReason(changed > 0      ? tr("Save the changes first.")
            : m_draft.profile().id == m_inUse ? tr("New files are checked by it already.")
                                              : QString());
    using vidimus::moderation::Action;
    const auto& roles = m_workspace.me().roles;
    const bool may = vidimus::moderation::may(roles, Action::ManagePolicies)
        || vidimus::moderation::may(roles, Action::EditAssets);
    m_backTest->setApplyReason(!may ? tr("Your role does not change verdicts of the library.")
            : changed > 0           ? tr("Save the changes first.")
                                    : QString());
    m_judgeSoon.start();
}

void ProfilesView::applyToLibrary()
{
    m_backTest->setApplyReason(tr("The verdicts are being stored."));
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, profile = m_draft.profile()] { return workbench::applyProfile(workspace, profile); },
        [this, title = m_draft.profile().title](const Result<workbench::LibraryJudgement>& applied) {
            Q_EMIT said(applied ? tr("Verdicts by %1 are stored. Changed: %2.")
                                      .arg(title)
                                      .arg(static_cast<int>(applied->changed.size()))
                                : errorText(applied.error()).what);
            draftChanged();
        });
}

void ProfilesView::judge()
{
    m_judging.cancel();
    m_judging = CancelSource();
    m_backTest->showJudging();
    const quint64 generation = ++m_generation;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, profile = m_draft.profile(), cancel = m_judging.token()] {
            return workbench::judgeLibrary(workspace, profile, cancel);
        },
        [this, generation](Result<workbench::LibraryJudgement> judgement) {
            if (generation != m_generation)
                return; // a newer one is on its way
            if (judgement)
                m_backTest->showJudgement(*judgement);
            else
                m_backTest->showError(errorText(judgement.error()).what);
        });
}

void ProfilesView::save()
{
    if (m_draft.changed().isEmpty())
        return;
    checks::Profile profile = m_draft.profile();
    if (m_draft.isShipped()) {
        const QString title = m_name->text().trimmed();
        const QString id = profileIdFor(title);
        if (id.isEmpty() || row(id)) {
            m_name->setFocus();
            return Q_EMIT said(id.isEmpty() ? tr("Give your profile a name.") : tr("There is a profile of that name."));
        }
        profile = m_draft.named(id, title);
    }
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, profile, inherits = m_draft.shipped().id] {
            return workbench::saveCheckProfile(workspace, profile, inherits);
        },
        [this, id = profile.id, title = profile.title](Result<void> saved) {
            if (!saved)
                return Q_EMIT said(errorText(saved.error()).what);
            m_name->clear();
            Q_EMIT said(tr("%1 is saved.").arg(title));
            loadList(id);
        });
}

void ProfilesView::useForNewFiles()
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, id = m_draft.profile().id] {
            return workbench::saveSetting(workspace, workbench::kCheckProfileSetting, id);
        },
        [this, id = m_draft.profile().id, title = m_draft.profile().title](Result<void> saved) {
            Q_EMIT said(saved ? tr("New files are checked by %1.").arg(title) : errorText(saved.error()).what);
            loadList(id);
        });
}

void ProfilesView::removeProfile()
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, id = m_draft.profile().id] { return workbench::removeCheckProfile(workspace, id); },
        [this, title = m_draft.profile().title](Result<void> removed) {
            Q_EMIT said(removed ? tr("%1 is gone.").arg(title) : errorText(removed.error()).what);
            if (removed)
                loadList({});
        });
}

void ProfilesView::setNarrow(bool narrow)
{
    m_checks->setColumnHidden(CheckListModel::Change, narrow);
    m_state->setVisible(!narrow);
}

} // namespace vidimus::ui::quality

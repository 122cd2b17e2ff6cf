#include "app/studio/people_page.h"

#include "core/workbench/catalog_link.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/widgets/button.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableView>
#include <QUrl>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;
using workbench::CatalogKind;

namespace {

constexpr int kMaxRows = 8;
constexpr int kFieldWidth = 260;
constexpr std::array kKinds {CatalogKind::Local, CatalogKind::Staging, CatalogKind::Production};

QString rolesText(const moderation::RoleSet& roles)
{
    QStringList names;
    for (const moderation::Role role : moderation::kAllRoles) {
        if (roles.contains(role))
            names << roleText(role);
    }
    return names.join(u", "_s);
}

CatalogKind kindOf(const QString& id)
{
    const auto found = std::ranges::find_if(
        kKinds, [&id](CatalogKind kind) { return id == QLatin1StringView(workbench::catalogKindName(kind)); });
    return found == kKinds.end() ? CatalogKind::Local : *found;
}

Ink inkOf(CatalogKind kind)
{
    return kind == CatalogKind::Production ? Ink::Rejected : kind == CatalogKind::Staging ? Ink::Warning : Ink::Text;
}

} // namespace

QString roleText(moderation::Role role)
{
    using enum moderation::Role;
    switch (role) {
    case Moderator:
        return PeoplePage::tr("Moderator");
    case Editor:
        return PeoplePage::tr("Editor");
    case Publisher:
        return PeoplePage::tr("Publisher");
    case ContentManager:
        return PeoplePage::tr("Content manager");
    case Auditor:
        return PeoplePage::tr("Auditor");
    case Worker:
        return PeoplePage::tr("Worker");
    case Admin:
        return PeoplePage::tr("Administrator");
    }
    return {};
}

QString kindText(CatalogKind kind)
{
    switch (kind) {
    case CatalogKind::Local:
        return PeoplePage::tr("Local");
    case CatalogKind::Staging:
        return PeoplePage::tr("Staging");
    case CatalogKind::Production:
        return PeoplePage::tr("Production");
    }
    return {};
}

PeoplePage::PeoplePage(workbench::Workspace& workspace, QWidget* parent)
    : ServicePage(tr("Profiles and people"),
          tr("You are %1, with the profile “%2”.").arg(workspace.me().name, workspace.profile().name), parent)
    , m_workspace(workspace)
    , m_people(new QStandardItemModel(this))
    , m_profiles(new QStandardItemModel(this))
{
    buildPeople();
    buildProfiles();
    load();
}

void PeoplePage::buildPeople()
{
    beginSection(tr("People"), tr("A role says what a person may do. Administrators neither decide nor publish."));
    m_people->setHorizontalHeaderLabels({tr("Name"), tr("Roles")});
    m_peopleTable = makeTable(m_people, tr("People"), {kFieldWidth, 0});
    add(m_peopleTable);
    fitHeight(m_peopleTable, kMaxRows);
    connect(m_peopleTable->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this] { fillPerson(selectedRow(m_peopleTable)); });

    m_personName = new QLineEdit;
    m_personName->setFixedWidth(kFieldWidth);
    m_personName->setMaxLength(200);
    m_personName->setPlaceholderText(tr("Name"));
    m_savePerson = new Button(tr("Add person"), Button::Kind::Suggested);
    auto* fresh = new Button(tr("New person"), Button::Kind::Quiet);
    addRow({labelled(tr("Name of the person"), m_personName, column()), m_savePerson, fresh});
    auto* roles = new QWidget(column());
    auto* flow = new FlowLayout(kGap * 2);
    roles->setLayout(flow);
    for (const moderation::Role role : moderation::kAllRoles) {
        auto* toggle = new ToggleSwitch(roleText(role), roles);
        toggle->setAccessibleDescription(tr("Role of the person above"));
        flow->addWidget(toggle);
        m_roles.push_back(toggle);
    }
    add(roles);
    connect(m_savePerson, &Button::clicked, this, &PeoplePage::savePerson);
    connect(fresh, &Button::clicked, this, [this] {
        m_peopleTable->clearSelection();
        fillPerson(-1);
        m_personName->setFocus();
    });
}

void PeoplePage::buildProfiles()
{
    beginSection(tr("Profiles"),
        tr("A profile joins a person and one catalog. Staging and production wear their colour along the window’s top "
           "edge."));
    m_profiles->setHorizontalHeaderLabels({tr("Profile"), tr("Catalog"), tr("Person"), tr("Address")});
    m_profileTable = makeTable(m_profiles, tr("Profiles"), {180, 120, kFieldWidth - 40, 0});
    add(m_profileTable);
    fitHeight(m_profileTable, kMaxRows);
    connect(m_profileTable->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        [this] { fillProfile(selectedRow(m_profileTable)); });

    m_profileName = new QLineEdit;
    m_profileName->setFixedWidth(180);
    m_profileName->setMaxLength(80);
    m_kind = new SegmentedControl;
    std::vector<SegmentedControl::Segment> segments;
    for (const CatalogKind kind : kKinds)
        segments.push_back({QString::fromLatin1(workbench::catalogKindName(kind)), kindText(kind)});
    m_kind->setSegments(std::move(segments));
    m_kind->setCurrent(QString::fromLatin1(workbench::catalogKindName(CatalogKind::Staging)));
    m_kind->setFixedHeight(m_profileName->sizeHint().height()); // one line with the fields beside it
    m_profilePerson = new QComboBox;
    m_profilePerson->setFixedWidth(200);
    addRow({labelled(tr("Name of the profile"), m_profileName, column()),
        labelled(tr("Kind of catalog"), m_kind, column()),
        labelled(tr("Person of the profile"), m_profilePerson, column())});
    m_address = new QLineEdit;
    m_address->setFixedWidth(400);
    m_address->setMaxLength(2000);
    m_address->setPlaceholderText(u"https://catalog.example.org"_s);
    m_saveProfile = new Button(tr("Save profile"), Button::Kind::Suggested);
    m_useProfile = new Button(tr("Work with it"));
    addRow({labelled(tr("Address of the catalog"), m_address, column()), m_saveProfile, m_useProfile});
    connect(m_kind, &SegmentedControl::chosen, this, &PeoplePage::refreshProfileForm);
    connect(m_saveProfile, &Button::clicked, this, &PeoplePage::saveProfile);
    connect(m_useProfile, &Button::clicked, this, [this] {
        const int row = selectedRow(m_profileTable);
        if (row >= 0 && row < static_cast<int>(m_read.profiles.size()))
            Q_EMIT profileChosen(m_read.profiles[static_cast<std::size_t>(row)].name);
    });
    if (!m_workspace.profile().url.isEmpty())
        buildSignIn();
    refreshProfileForm();
}

void PeoplePage::buildSignIn()
{
    beginSection(tr("Sign in"),
        tr("The catalog %1 takes changes only with a token, which its administrator gives out. It is kept in memory "
           "and "
           "forgotten when the studio closes.")
            .arg(m_workspace.profile().url));
    m_token = new QLineEdit;
    m_token->setFixedWidth(400);
    m_token->setMaxLength(4096);
    m_token->setEchoMode(QLineEdit::Password);
    m_signIn = new Button(tr("Sign in"), Button::Kind::Suggested);
    addRow({labelled(tr("Token of the catalog"), m_token, column()), m_signIn});
    connect(m_signIn, &Button::clicked, this, &PeoplePage::signIn);
    connect(m_token, &QLineEdit::returnPressed, this, &PeoplePage::signIn);
}

void PeoplePage::signIn()
{
    const QByteArray token = m_token->text().trimmed().toUtf8();
    m_token->clear();
    if (token.isEmpty()) {
        say(tr("A token is needed."), true);
        m_token->setFocus();
        return;
    }
    run([&workspace = m_workspace, token] { return workspace.catalog().signIn(token); }, tr("Signed in."));
}

std::vector<QWidget*> PeoplePage::panes()
{
    return {m_peopleTable, m_profileTable};
}

void PeoplePage::load()
{
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace]() -> Result<Read> {
            auto people = workbench::people(workspace);
            auto profiles = workbench::profiles(workspace);
            if (!people || !profiles)
                return people ? profiles.error() : people.error();
            return Read {*std::move(people), *std::move(profiles)};
        },
        [this](const Result<Read>& read) {
            if (read)
                fill(*read);
            else
                say(errorText(read.error()).what, true);
        });
}

void PeoplePage::fill(const Read& read)
{
    m_read = read;
    m_people->removeRows(0, m_people->rowCount());
    m_profilePerson->clear();
    for (const workbench::Person& person : read.people) {
        auto* name = new QStandardItem(person.name);
        if (person.id == m_workspace.me().id)
            name->setData(tr("you"), CellSecondTextRole);
        m_people->appendRow({name, new QStandardItem(rolesText(person.roles))});
        m_profilePerson->addItem(person.name, person.id.toString());
    }
    m_profiles->removeRows(0, m_profiles->rowCount());
    for (const workbench::CatalogProfile& profile : read.profiles) {
        auto* name = new QStandardItem(profile.name);
        if (profile.name == m_workspace.profile().name)
            name->setData(tr("in use"), CellSecondTextRole);
        auto* kind = new QStandardItem(kindText(profile.kind));
        kind->setData(static_cast<int>(inkOf(profile.kind)), CellInkRole);
        const auto person = std::ranges::find(read.people, profile.person, &workbench::Person::id);
        m_profiles->appendRow({name, kind, new QStandardItem(person == read.people.end() ? QString() : person->name),
            new QStandardItem(profile.url.isEmpty() ? tr("in this workspace") : profile.url)});
    }
    fitHeight(m_peopleTable, kMaxRows);
    fitHeight(m_profileTable, kMaxRows);
    refreshProfileForm();
}

void PeoplePage::fillPerson(int row)
{
    const bool known = row >= 0 && row < static_cast<int>(m_read.people.size());
    const workbench::Person person = known ? m_read.people[static_cast<std::size_t>(row)] : workbench::Person {};
    m_editedPerson = person.id;
    m_personName->setText(person.name);
    for (std::size_t i = 0; i < m_roles.size(); ++i)
        m_roles[i]->setChecked(person.roles.contains(moderation::kAllRoles.at(i)));
    m_savePerson->setText(known ? tr("Save person") : tr("Add person"));
}

void PeoplePage::fillProfile(int row)
{
    refreshProfileForm();
    if (row < 0 || row >= static_cast<int>(m_read.profiles.size()))
        return;
    const workbench::CatalogProfile& profile = m_read.profiles[static_cast<std::size_t>(row)];
    m_profileName->setText(profile.name);
    m_kind->setCurrent(QString::fromLatin1(workbench::catalogKindName(profile.kind)));
    m_address->setText(profile.url);
    m_profilePerson->setCurrentIndex(m_profilePerson->findData(profile.person.toString()));
    refreshProfileForm();
}

void PeoplePage::refreshProfileForm()
{
    const bool local = kindOf(m_kind->current()) == CatalogKind::Local;
    m_address->setEnabled(!local);
    m_address->setToolTip(local ? tr("A local profile has its catalog inside the workspace.") : QString());
    const int row = selectedRow(m_profileTable);
    const bool chosen = row >= 0 && row < static_cast<int>(m_read.profiles.size());
    const bool inUse = chosen && m_read.profiles[static_cast<std::size_t>(row)].name == m_workspace.profile().name;
    m_useProfile->setDisabledReason(!chosen ? tr("Choose a profile in the table.")
            : inUse                         ? tr("This profile is in use.")
                                            : QString());
}

void PeoplePage::savePerson()
{
    workbench::Person person {
        .id = m_editedPerson.isEmpty() ? newId<PersonId>() : m_editedPerson, .name = m_personName->text().trimmed()};
    for (std::size_t i = 0; i < m_roles.size(); ++i) {
        if (m_roles[i]->isChecked())
            person.roles.insert(moderation::kAllRoles.at(i));
    }
    if (person.name.isEmpty()) {
        say(tr("A person needs a name."), true);
        m_personName->setFocus();
        return;
    }
    run([&workspace = m_workspace, person] { return workbench::savePerson(workspace, person); },
        tr("%1 is saved.").arg(person.name));
}

void PeoplePage::saveProfile()
{
    const CatalogKind kind = kindOf(m_kind->current());
    const workbench::CatalogProfile profile {.name = m_profileName->text().trimmed(),
        .person = PersonId(m_profilePerson->currentData().toString()),
        .kind = kind,
        .url = kind == CatalogKind::Local ? QString() : m_address->text().trimmed()};
    if (profile.name.isEmpty()) {
        say(tr("A profile needs a name."), true);
        m_profileName->setFocus();
        return;
    }
    const QUrl url(profile.url, QUrl::StrictMode);
    const bool isWeb = url.isValid() && !url.host().isEmpty() && (url.scheme() == u"https" || url.scheme() == u"http");
    if (kind != CatalogKind::Local && !isWeb) {
        say(tr("The address must begin with https:// and name a host."), true);
        m_address->setFocus();
        return;
    }
    run([&workspace = m_workspace, profile] { return workbench::saveProfile(workspace, profile); },
        tr("The profile “%1” is saved.").arg(profile.name));
}

void PeoplePage::run(std::function<Result<void>()> work, const QString& done)
{
    m_workspace.tasks().run(this, std::move(work), [this, done](const Result<void>& result) {
        if (result) {
            say(done);
            load();
            return;
        }
        const FivePartText text = errorText(result.error());
        const bool kindChanged = result.error().reason == "profile_kind";
        say(kindChanged ? tr("A profile keeps its kind of catalog for life. Make a new one.") : text.what, true);
    });
}

} // namespace vidimus::studio

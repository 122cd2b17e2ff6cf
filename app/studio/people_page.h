#pragma once

#include "app/studio/service_page.h"
#include "core/workbench/upkeep.h"

class QComboBox;
class QLineEdit;

namespace vidimus::ui::widgets {
class Button;
class SegmentedControl;
class ToggleSwitch;
} // namespace vidimus::ui::widgets

namespace vidimus::studio {

/// Who works here, in which roles, and on which catalogs. Ui thread; reads and writes run beside it.
class PeoplePage : public ServicePage {
    Q_OBJECT

public:
    /// \a workspace outlives the page.
    explicit PeoplePage(workbench::Workspace& workspace, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<QWidget*> panes() override;

Q_SIGNALS:
    /// The studio should go on with this profile.
    void profileChosen(const QString& name);

private:
    struct Read {
        std::vector<workbench::Person> people;
        std::vector<workbench::CatalogProfile> profiles;
    };
    void buildPeople();
    void buildProfiles();
    void load();
    void fill(const Read& read);
    void fillPerson(int row);
    void fillProfile(int row);
    void savePerson();
    void saveProfile();
    void refreshProfileForm();
    void buildSignIn();
    void signIn();
    /// Runs \a work and says what came of it.
    void run(std::function<Result<void>()> work, const QString& done);

    workbench::Workspace& m_workspace;
    Read m_read;
    QStandardItemModel* m_people;
    QTableView* m_peopleTable = nullptr;
    QLineEdit* m_personName = nullptr;
    std::vector<ui::widgets::ToggleSwitch*> m_roles;
    ui::widgets::Button* m_savePerson = nullptr;
    PersonId m_editedPerson; ///< empty: a new one
    QStandardItemModel* m_profiles;
    QTableView* m_profileTable = nullptr;
    QLineEdit* m_profileName = nullptr;
    ui::widgets::SegmentedControl* m_kind = nullptr;
    QLineEdit* m_address = nullptr;
    QComboBox* m_profilePerson = nullptr;
    ui::widgets::Button* m_saveProfile = nullptr;
    ui::widgets::Button* m_useProfile = nullptr;
    QLineEdit* m_token = nullptr; ///< null where the catalog in use needs none
    ui::widgets::Button* m_signIn = nullptr;
};

/// What a role is called, and what it may do in a few words.
[[nodiscard]] QString roleText(moderation::Role role);
[[nodiscard]] QString kindText(workbench::CatalogKind kind);

} // namespace vidimus::studio

#pragma once

#include "core/base/cancel.h"
#include "core/base/ids.h"
#include "core/matching/hash_bank.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QTableView;

namespace vidimus::workbench {
class Workspace;
}
namespace vidimus::ui::widgets {
class Button;
class SectionHeader;
class TextLabel;
} // namespace vidimus::ui::widgets

namespace vidimus::ui::quality {

class BankHitsModel;
class BanksModel;

/// Banks of known content: what they hold, what a hit does, and the files that show something of them and wait for a
/// decision. Lists are imported and exported beside the window. Ui thread.
class BanksView : public QWidget {
    Q_OBJECT

public:
    explicit BanksView(workbench::Workspace& workspace, QWidget* parent = nullptr);
    ~BanksView() override;

    void load();
    /// Adds a list to the bank named in the field.
    void importFile(const QString& path);
    [[nodiscard]] QTableView* banks() const { return m_banks; }
    [[nodiscard]] QTableView* hits() const { return m_hits; }
    [[nodiscard]] QLineEdit* nameField() const { return m_name; }
    [[nodiscard]] widgets::Button* exportButton() const { return m_export; }
    [[nodiscard]] QComboBox* severityBox() const { return m_severity; }

Q_SIGNALS:
    void assetWanted(const vidimus::AssetId& asset);
    void said(const QString& sentence);

private:
    QWidget* buildHead();
    void chooseImport();
    void chooseExport();
    void refresh();

    workbench::Workspace& m_workspace;
    QLineEdit* m_name;
    QComboBox* m_severity;
    widgets::Button* m_import;
    widgets::Button* m_export;
    widgets::TextLabel* m_state;
    QTableView* m_banks;
    BanksModel* m_banksModel;
    QWidget* m_empty;
    widgets::SectionHeader* m_hitsHeader;
    QTableView* m_hits;
    BankHitsModel* m_hitsModel;
    widgets::TextLabel* m_noHits;
    CancelSource m_cancel;
};

} // namespace vidimus::ui::quality

#pragma once

#include "ui/shell/workspace_page.h"

class QVBoxLayout;

namespace vidimus::ui::widgets {
class FilterField;
}

namespace vidimus::ui::shell {

/// One line of the settings: its words (searched) and the control that changes it.
struct SettingRow {
    QString section;
    QString title;
    QString help;
    QWidget* control = nullptr; ///< taken over by the page
};

/// The frame of the settings: search on top, sections, one row per setting. Owners add rows; nothing here stores
/// values.
class SettingsPage : public WorkspacePage {
    Q_OBJECT

public:
    explicit SettingsPage(QWidget* parent = nullptr);
    void addRow(const SettingRow& row);
    [[nodiscard]] QWidget* baseFocus() override;
    [[nodiscard]] QWidget* filterInput() override;
    [[nodiscard]] int visibleRowCount() const;

private:
    void filter(const QString& query);

    struct Line {
        SettingRow row;
        QWidget* widget = nullptr;
    };
    struct Section {
        QString title;
        QWidget* head = nullptr;
        QVBoxLayout* layout = nullptr;
    };
    [[nodiscard]] Section& sectionOf(const QString& title);

    widgets::FilterField* m_search;
    QVBoxLayout* m_layout;
    std::vector<Section> m_sections;
    std::vector<Line> m_lines;
};

} // namespace vidimus::ui::shell

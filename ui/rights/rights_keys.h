#pragma once

#include "ui/rights/bulk_panel.h"

#include <QObject>

namespace vidimus::ui::shell {
class MainWindow;
}

namespace vidimus::ui::rights {

class RightsPage;

/// Answers the page's commands while it is shown; ends with the page's hiding, so that keys of other pages are theirs.
class RightsKeys : public QObject {
    Q_OBJECT

public:
    RightsKeys(RightsPage& page, shell::MainWindow& window);

    void nudge(int keyIndex, int direction);
    void move(int keyIndex, int direction);
    void nextConflict();
    void fillDown();
    void cut();
    void addWindow();
    void removeWindows();
    void copy();
    void paste();
    void openBulk(BulkTask task);

private:
    void answer(const QString& id, std::function<void(int)> act);
    [[nodiscard]] bool escape();
    void say(const QString& sentence);

    RightsPage& m_page;
    shell::MainWindow& m_window;
};

} // namespace vidimus::ui::rights

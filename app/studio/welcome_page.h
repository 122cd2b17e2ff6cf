#pragma once

#include "ui/shell/first_run_page.h"

namespace vidimus::ui::widgets {
class NoticeStrip;
}

namespace vidimus::studio {

/// A new workspace: the ways to begin, and how far the chosen one is.
class WelcomePage : public ui::shell::FirstRunPage {
    Q_OBJECT

public:
    enum class Step { AddFiles, OpenDemo, ImportRights, ShowPlaces };
    WelcomePage(const QString& workspaceFolder, QWidget* parent = nullptr);

    /// \a share in 0..1, or negative while it is unknown.
    void showWork(const QString& sentence, double share);
    void showFailure(const QString& sentence, const QString& more);
    void endWork();

Q_SIGNALS:
    void stepTaken(vidimus::studio::WelcomePage::Step step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    ui::widgets::NoticeStrip* m_work = nullptr;
    void makeStrip(const QString& iconName, bool failed);
};

} // namespace vidimus::studio

#pragma once

#include "support/generated_clip.h"
#include "ui/moderation/review_page.h"
#include "ui/shell/main_window.h"

#include <QTemporaryDir>

namespace vidimus::workbench {
class Workspace;
}

namespace vidimus::test {

/// A workspace in a folder of its own and the real window with the review page over it. Media is decoded by the real
/// worker.
class ReviewBench {
public:
    ReviewBench();
    ~ReviewBench();

    [[nodiscard]] workbench::Workspace& workspace() { return *m_workspace; }
    /// Puts a file into the workspace; the id is empty when that failed.
    AssetId ingest(const QString& path);
    /// A generated clip of \a frames numbered pictures under this name.
    AssetId ingestClip(const QString& name, int frames = 60, bool withSound = false);
    /// Rows without media, straight into the store.
    void addRows(int count);
    /// Opens the window and waits until its first item stands on the screen (or the queue is known to be empty).
    ui::shell::MainWindow& show(QSize size = {1920, 1080});
    /// Closes the window; the workspace stays.
    void closeWindow();
    [[nodiscard]] ui::shell::MainWindow& window() { return *m_window; }
    [[nodiscard]] ui::moderation::ReviewPage& page();
    /// A key as a person presses it, to whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// The item is shown and its frame on the screen is the player's.
    [[nodiscard]] bool isSettledOn(const AssetId& asset);

private:
    QTemporaryDir m_folder;
    std::unique_ptr<workbench::Workspace> m_workspace;
    std::unique_ptr<ui::shell::MainWindow> m_window;
};

} // namespace vidimus::test

#pragma once

#include <QString>
#include <functional>

class QWidget;

namespace vidimus::studio {

/// Asks for a folder or files in a window beside ours, which stays usable; \a chosen is called when one was chosen and
/// \a parent still lives. Never blocks.
void chooseFolder(
    QWidget* parent, const QString& title, const QString& start, std::function<void(const QString& folder)> chosen);
/// \a filter as QFileDialog has it: "Video (*.mp4 *.mov)".
void chooseFiles(
    QWidget* parent, const QString& title, const QString& filter, std::function<void(const QStringList& files)> chosen);

} // namespace vidimus::studio

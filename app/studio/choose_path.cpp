#include "app/studio/choose_path.h"

#include <QDir>
#include <QFileDialog>

namespace vidimus::studio {

namespace {

QFileDialog* makeDialog(QWidget* parent, const QString& title)
{
    auto* dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setModal(false);
    return dialog;
}

} // namespace

void chooseFolder(
    QWidget* parent, const QString& title, const QString& start, std::function<void(const QString& folder)> chosen)
{
    auto* dialog = makeDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setDirectory(QDir(start).exists() ? start : QDir::homePath());
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->show();
}

void chooseFiles(
    QWidget* parent, const QString& title, const QString& filter, std::function<void(const QStringList& files)> chosen)
{
    auto* dialog = makeDialog(parent, title);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(filter);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, chosen);
    dialog->show();
}

} // namespace vidimus::studio

#include "app/studio/welcome_page.h"

#include "ui/widgets/notice_strip.h"

#include <QDir>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;

namespace {

constexpr int kStripHeight = 40;

/// "~/…" for what lies in the person's home.
QString shortPath(const QString& path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

} // namespace

WelcomePage::WelcomePage(const QString& workspaceFolder, QWidget* parent)
    : FirstRunPage(parent)
{
    setSentences(tr("A new workspace"), tr("From an upload to a title that is live: watch it, clear it, publish it."));
    addStep(u"add"_s, u"upload"_s, tr("Add video files"), tr("They are copied here, probed and checked"));
    addStep(u"demo"_s, u"film"_s, tr("Look at the demo"), tr("A few real clips with rights, in a folder of its own"));
    addStep(u"rights"_s, u"rights"_s, tr("Import rights"), tr("A licensor's list as CSV"));
    addStep(u"places"_s, u"folder"_s, tr("Where things are kept"), shortPath(workspaceFolder));
    connect(this, &FirstRunPage::stepChosen, this, [this](const QString& id) {
        Q_EMIT stepTaken(id == u"add" ? Step::AddFiles
                : id == u"demo"       ? Step::OpenDemo
                : id == u"rights"     ? Step::ImportRights
                                      : Step::ShowPlaces);
    });
}

void WelcomePage::makeStrip(const QString& iconName, bool failed)
{
    delete m_work;
    m_work = new NoticeStrip(iconName, failed ? Ink::Warning : Ink::Info, this);
    m_work->setGeometry(0, 0, width(), kStripHeight);
    m_work->show();
}

void WelcomePage::showWork(const QString& sentence, double share)
{
    if (!m_work)
        makeStrip(u"clock"_s, false);
    m_work->setText(sentence, {});
    m_work->setShare(share < 0 ? std::nullopt : std::optional(share));
}

void WelcomePage::showFailure(const QString& sentence, const QString& more)
{
    makeStrip(u"warning"_s, true);
    m_work->setText(sentence, more);
}

void WelcomePage::endWork()
{
    delete m_work;
    m_work = nullptr;
}

void WelcomePage::resizeEvent(QResizeEvent* event)
{
    FirstRunPage::resizeEvent(event);
    if (m_work)
        m_work->setGeometry(0, 0, width(), kStripHeight);
}

} // namespace vidimus::studio

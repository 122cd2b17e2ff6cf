#include "app/studio/opening_page.h"

#include "ui/widgets/button.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/skeleton_rows.h"

#include <QHBoxLayout>
#include <QStackedLayout>

namespace vidimus::studio {

using namespace Qt::StringLiterals;
using namespace ui::widgets;

namespace {

constexpr int kQueueWidth = 272;
constexpr int kReasonsWidth = 412;

/// The dark ground of a picture that is not there yet.
class Surround : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), currentTokens().surround); }
};

class Panel : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), currentTokens().surface); }
};

QWidget* skeletonColumn(int width, int rowHeight, bool thumbnails, QWidget* parent)
{
    auto* column = new Panel(parent);
    column->setFixedWidth(width);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new SectionHeader({}, column));
    layout->addWidget(new SkeletonRows(rowHeight, thumbnails, column), 1);
    return column;
}

FivePartText problemText(const Error& error)
{
    FivePartText text = errorText(error);
    const auto say = [&text](const QString& what, const QString& effect, const QString& safe, const QString& action) {
        text.what = what;
        text.effect = effect;
        text.safe = safe;
        text.action = action;
    };
    if (error.reason == "studio_runs" || error.reason == "locked") {
        say(OpeningPage::tr("Another program works in it."),
            OpeningPage::tr("One program writes to a workspace at a time, so this window stays empty."),
            OpeningPage::tr("Nothing was touched."),
            OpeningPage::tr("Go on in the other window, or close it and try again."));
    } else if (error.code == ErrorCode::Corrupt) {
        say(OpeningPage::tr("Its database is damaged."),
            OpeningPage::tr("It is not opened, so that nothing is written over what is left."),
            OpeningPage::tr("All files are kept as they are. Originals are stored apart from the database."),
            OpeningPage::tr(
                "Restore a backup. Where there is none, salvage what can be read: the damaged files are kept."));
    } else if (error.code == ErrorCode::Unsupported && error.reason == "newer_file") {
        say(OpeningPage::tr("It was made by a newer Vidimus."),
            OpeningPage::tr("This version could misread it, so it is not opened."),
            OpeningPage::tr("Nothing was touched."),
            OpeningPage::tr("Start the newer version, or work in another folder."));
    } else if (error.reason == "unknown_profile") {
        say(OpeningPage::tr("There is no profile of that name here."), OpeningPage::tr("Nobody is signed in."),
            OpeningPage::tr("Nothing was touched."), OpeningPage::tr("Go on with the profile used last."));
    }
    return text;
}

QString textOf(OpeningStep step)
{
    switch (step) {
    case OpeningStep::TryAgain:
        return OpeningPage::tr("Try again");
    case OpeningStep::Salvage:
        return OpeningPage::tr("Salvage what can be read");
    case OpeningStep::RestoreNewest:
        return OpeningPage::tr("Restore newest backup");
    case OpeningStep::RestoreFrom:
        return OpeningPage::tr("Restore a backup…");
    case OpeningStep::LastProfile:
        return OpeningPage::tr("Use last profile");
    case OpeningStep::OtherFolder:
        return OpeningPage::tr("Other folder…");
    case OpeningStep::Quit:
        return OpeningPage::tr("Quit");
    }
    return {};
}

} // namespace

std::vector<OpeningStep> stepsFor(const Error& error, bool hasBackups)
{
    using enum OpeningStep;
    if (error.code == ErrorCode::Corrupt)
        return hasBackups ? std::vector {RestoreNewest, RestoreFrom, Salvage}
                          : std::vector {Salvage, RestoreFrom, Quit};
    if (error.code == ErrorCode::Unsupported)
        return {OtherFolder, Quit};
    if (error.reason == "unknown_profile")
        return {LastProfile, Quit};
    return {TryAgain, OtherFolder, Quit};
}

OpeningPage::OpeningPage(QWidget* parent)
    : WorkspacePage(parent)
    , m_stack(new QStackedLayout)
    , m_skeleton(new QWidget(this))
    , m_work(new NoticeStrip(u"clock"_s, Ink::Info, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("The workspace is being opened"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_work);
    outer->addLayout(m_stack, 1);
    m_work->hide();
    auto* columns = new QHBoxLayout(m_skeleton);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(1);
    columns->addWidget(skeletonColumn(kQueueWidth, kTallRowHeight, true, m_skeleton));
    columns->addWidget(new Surround(m_skeleton), 1);
    columns->addWidget(skeletonColumn(kReasonsWidth, kRowHeight, false, m_skeleton));
    m_stack->addWidget(m_skeleton);
}

void OpeningPage::showWaiting()
{
    m_problem.reset();
    m_work->hide();
    m_stack->setCurrentWidget(m_skeleton);
}

void OpeningPage::showWork(const QString& sentence, double share)
{
    m_work->setText(sentence, {});
    m_work->setShare(share < 0 ? std::nullopt : std::optional(share));
    m_work->show();
}

void OpeningPage::showProblem(const Error& error, const std::vector<OpeningStep>& steps)
{
    m_problem = error;
    m_work->hide();
    delete m_problemPage;
    m_problemPage = new QWidget(this);
    const FivePartText text = problemText(error);
    auto* card = new ErrorCard(tr("This workspace does not open"), text, m_problemPage);
    m_firstStep = nullptr;
    for (const OpeningStep step : steps) {
        Button* button = card->addAction(textOf(step));
        if (!m_firstStep)
            m_firstStep = button;
        connect(button, &QAbstractButton::clicked, this, [this, step] { Q_EMIT stepChosen(step); });
    }
    auto* layout = new QGridLayout(m_problemPage);
    layout->addWidget(card, 0, 0, Qt::AlignCenter);
    m_stack->addWidget(m_problemPage);
    m_stack->setCurrentWidget(m_problemPage);
    if (m_firstStep)
        m_firstStep->setFocus();
}

QWidget* OpeningPage::baseFocus()
{
    return m_firstStep && m_firstStep->isVisible() ? m_firstStep : this;
}

} // namespace vidimus::studio

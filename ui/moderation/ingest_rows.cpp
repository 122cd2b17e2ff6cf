#include "ui/moderation/ingest_rows.h"

#include "core/workbench/ingest.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QProgressBar>
#include <QVBoxLayout>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

/// One file on its way.
class IngestRow : public QWidget {
    Q_DECLARE_TR_FUNCTIONS(IngestRow)

public:
    IngestRow(const QString& name, QWidget* parent)
        : QWidget(parent)
        , m_name(new TextLabel(name, TextRole::Body, Ink::Text, this))
        , m_state(new TextLabel(tr("Waits to be copied"), TextRole::LabelPlain, Ink::Second, this))
        , m_bar(new QProgressBar(this))
        , m_close(new IconButton(u"cross"_s, tr("Stop adding %1").arg(name), this))
    {
        m_name->setElide(Qt::ElideMiddle);
        m_bar->setTextVisible(false);
        m_bar->setFixedHeight(3);
        m_bar->setRange(0, 1000);
        m_bar->setAccessibleName(tr("Progress of %1").arg(name));
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(kPanelPadding, 6, 4, 6);
        row->setSpacing(kGap);
        auto* words = new QVBoxLayout;
        words->setSpacing(2);
        words->addWidget(m_name);
        words->addWidget(m_state);
        words->addWidget(m_bar);
        row->addLayout(words, 1);
        row->addWidget(m_close);
        QObject::connect(m_close, &QAbstractButton::clicked, this, [this] {
            m_cancel.cancel();
            if (m_done)
                deleteLater();
        });
    }

    [[nodiscard]] CancelToken token() const { return m_cancel.token(); }
    void cancel() { m_cancel.cancel(); }
    void setProgress(double share)
    {
        m_bar->setValue(qRound(share * 1000));
        m_state->setText(share < 1 ? tr("Copying, %1 %").arg(qRound(share * 100)) : tr("Looking at the file"));
    }
    void setFailed(const Error& error)
    {
        m_done = true;
        m_bar->hide();
        const FivePartText text = errorText(error);
        m_state->setInk(Ink::Rejected);
        m_state->setText(text.what);
        m_state->setToolTip(text.toClipboardText());
    }

private:
    TextLabel* m_name;
    TextLabel* m_state;
    QProgressBar* m_bar;
    IconButton* m_close;
    CancelSource m_cancel;
    bool m_done = false;
};

} // namespace

IngestRows::IngestRows(workbench::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setAccessibleName(tr("Files being added"));
}

IngestRows::~IngestRows()
{
    for (QObject* child : children()) {
        if (auto* row = dynamic_cast<IngestRow*>(child))
            row->cancel();
    }
}

void IngestRows::add(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    auto* row = new IngestRow(name, this);
    m_layout->addWidget(row);
    const QPointer<IngestRow> guard(row);
    const ProgressSink progress = [this, guard](const Progress& state) {
        const double share = state.total > 0 ? std::clamp(state.done / state.total, 0.0, 1.0) : 0;
        QMetaObject::invokeMethod(
            this,
            [guard, share] {
                if (guard)
                    guard->setProgress(share);
            },
            Qt::QueuedConnection);
    };
    m_workspace.tasks().run(
        row,
        [&workspace = m_workspace, path, cancel = row->token(), progress] {
            return workbench::ingestFile(workspace, path, cancel, progress);
        },
        [this, row, name](Result<workbench::IngestedAsset> asset) {
            if (!asset && asset.error().code != ErrorCode::Canceled) {
                row->setFailed(asset.error());
                Q_EMIT said(tr("%1 was not added: %2").arg(name, errorText(asset.error()).what));
                return;
            }
            row->deleteLater();
            if (!asset)
                return;
            Q_EMIT said(asset->duplicateOf ? tr("%1 is here already.").arg(name) : tr("%1 was added.").arg(name));
            Q_EMIT added((asset->duplicateOf ? *asset->duplicateOf : asset->id).toString());
        });
}

} // namespace vidimus::ui::moderation

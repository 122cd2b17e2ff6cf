// The review page's way to its queue: reading, moving on, opening the next item ahead, adding files.
#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/ingest_rows.h"
#include "ui/moderation/queue_panel.h"
#include "ui/moderation/reasons_panel.h"
#include "ui/moderation/review_centre.h"
#include "ui/moderation/review_page.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_label.h"

#include <QComboBox>
#include <QFileDialog>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

void ReviewPage::loadQueue(bool keepOrder)
{
    const auto filter = static_cast<workbench::QueueFilter>(m_filterBox->currentData().toInt());
    const auto order = static_cast<workbench::QueueOrder>(m_orderBox->currentData().toInt());
    m_queuePanel->setOrderText(m_orderBox->currentText());
    const QString text = m_queuePanel->filter()->text().trimmed();
    const quint64 generation = ++m_queueGeneration;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, filter, text, order] { return workbench::queueIds(workspace, filter, text, order); },
        [this, generation, keepOrder, text](Result<std::vector<AssetId>> ids) {
            if (generation != m_queueGeneration)
                return;
            m_queuePanel->setLoading(false);
            if (!ids) {
                m_queue.setIds({});
                m_queuePanel->setError(errorText(ids.error()).what);
                return;
            }
            if (!text.isEmpty())
                m_queuePanel->setEmptyText(tr("No name contains “%1”.").arg(text), tr("Esc leaves the filter."));
            else
                m_queuePanel->setEmptyText(tr("Nothing waits here."), tr("Add files, or choose another queue above."));
            if (keepOrder && m_queueWasRead)
                m_queue.merge(*ids);
            else
                m_queue.setIds(*std::move(ids));
            m_queueWasRead = true;
            queueRead();
            const AssetId wanted = std::exchange(m_wantedAsset, {});
            if (m_queue.rowOf(wanted) >= 0)
                return openItem(wanted);
            if (m_asset.isEmpty() && m_queue.rowCount() > 0)
                openItem(m_queue.assetAt(0));
            else if (m_asset.isEmpty())
                showNothing();
            else
                m_queuePanel->setCurrent(m_asset);
        });
}

bool ReviewPage::showsWaiting() const
{
    return static_cast<workbench::QueueFilter>(m_filterBox->currentData().toInt()) == workbench::QueueFilter::Waiting;
}

void ReviewPage::queueRead()
{
    const int count = m_queue.rowCount();
    m_left->setText(tr("%n left", nullptr, count));
    refreshAge();
    if (showsWaiting() && m_queuePanel->filter()->text().isEmpty())
        Q_EMIT badgeChanged(count);
}

void ReviewPage::refreshAge()
{
    const workbench::QueueItem* first = m_queue.itemAt(0);
    //: How long the first item of the queue waits.
    m_oldest->setText(first ? tr("First waits %1")
                                  .arg(spanText(std::chrono::duration_cast<Milliseconds>(
                                      m_workspace.clock().now() - first->ingestedAt)))
                            : QString());
}

void ReviewPage::openNeighbour(int direction)
{
    const int row = m_queue.rowOf(m_asset);
    const int next = row < 0 ? 0 : row + direction;
    if (next < 0)
        return say(tr("This is the first item."));
    if (next >= m_queue.rowCount())
        return say(tr("This is the last item."));
    openItem(m_queue.assetAt(next));
}

void ReviewPage::showNothing()
{
    saveReview();
    m_asset = {};
    m_item.reset();
    ++m_generation;
    m_player.close();
    m_state = {};
    m_desk->reset();
    m_findings.setRows({}, {}, {25, 1});
    m_reasons->setFacts({});
    m_reasons->setEmptyText(tr("Nothing is open."));
    m_centre->showNothing(tr("Nothing is open. Drop files here, or choose an item."));
    refreshBar();
}

SourceOpener ReviewPage::openerFor(const AssetId& asset)
{
    if (m_prefetched && m_prefetched->asset == asset) {
        auto source = std::move(m_prefetched->source);
        m_prefetched.reset();
        return [source = std::move(source)]() -> Result<std::shared_ptr<media::FrameSource>> { return source; };
    }
    return [&workspace = m_workspace, asset]() -> Result<std::shared_ptr<media::FrameSource>> {
        auto source = workbench::openOriginal(workspace, asset);
        if (!source)
            return std::move(source).error();
        return std::shared_ptr<media::FrameSource>(*std::move(source));
    };
}

void ReviewPage::prefetchNext()
{
    const int row = m_queue.rowOf(m_asset);
    const AssetId next = m_queue.assetAt(row + 1);
    const workbench::QueueItem* item = m_queue.itemAt(row + 1);
    if (row < 0 || next.isEmpty() || !m_prefetching.isEmpty() || (item && item->unreadable)
        || (m_prefetched && m_prefetched->asset == next))
        return;
    m_prefetched.reset();
    m_prefetching = next;
    m_workspace.tasks().run(this, openerFor(next), [this, next](Result<std::shared_ptr<media::FrameSource>> source) {
        m_prefetching = {};
        if (!source || next == m_asset)
            return;
        m_prefetched = Prefetched {next, *std::move(source)};
        if (const workbench::QueueItem* ready = m_queue.itemAt(m_queue.rowOf(next)))
            Q_EMIT reasonChanged(tr("Next item ready, #%1").arg(ready->shortId));
    });
}

void ReviewPage::addFiles()
{
    auto* dialog = new QFileDialog(this, tr("Add files"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::NonModal);
    connect(dialog, &QFileDialog::filesSelected, this, &ReviewPage::takeFiles);
    dialog->show();
}

} // namespace vidimus::ui::moderation

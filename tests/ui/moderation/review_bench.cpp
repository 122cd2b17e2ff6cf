#include "review_bench.h"

#include "core/store/workspace_store.h"
#include "core/workbench/ingest.h"
#include "core/workbench/workspace.h"
#include "ui/moderation/pages.h"
#include "ui/shell/registry_commands.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QTest>

namespace vidimus::test {

using namespace Qt::StringLiterals;

ReviewBench::ReviewBench()
{
    qputenv("VIDIMUS_MEDIAWORKER", VIDIMUS_BIN_DIR "/vidimus-mediaworker");
    auto opened = workbench::Workspace::open({.folder = m_folder.filePath(u"workspace"_s)});
    if (opened)
        m_workspace = *std::move(opened);
    else
        qWarning("no workspace: %s", qPrintable(opened.error().detail));
}

ReviewBench::~ReviewBench()
{
    m_window.reset();
    m_workspace.reset();
}

AssetId ReviewBench::ingest(const QString& path)
{
    const auto asset = workbench::ingestFile(*m_workspace, path);
    if (!asset)
        qWarning("not ingested: %s", qPrintable(asset.error().detail));
    return asset ? asset->id : AssetId();
}

AssetId ReviewBench::ingestClip(const QString& name, int frames, bool withSound)
{
    GeneratedClip clip;
    clip.frames = frames;
    clip.audioTracks = withSound ? 1 : 0;
    // The name is painted into no pixel: a seed keeps two clips from being the same bytes.
    clip.painter = [seed = int(qHash(name) % 64)](const Canvas& canvas, int frame) {
        paintNumbered(canvas, frame);
        canvas.rectangle(canvas.width - 16, canvas.height - 16, 16, 16, 40 + seed * 3);
    };
    const QString path = m_folder.filePath(name + u".mp4"_s);
    return clip.write(path) ? ingest(path) : AssetId();
}

void ReviewBench::addRows(int count)
{
    const auto written = m_workspace->store().write([&](store::UnitOfWork& unit) -> Result<void> {
        for (int i = 0; i < count; ++i) {
            const QByteArray hash = QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256).toHex();
            store::Asset asset;
            asset.id = newId<AssetId>();
            asset.sha256 = hash;
            asset.bytes = 1;
            asset.originalName = u"Row %1"_s.arg(i);
            asset.state = store::AssetState::Waiting;
            asset.ingestedAt = unit.now();
            asset.facts = media::toJson(media::MediaFacts {});
            if (auto added = unit.assets.add(asset); !added)
                return added;
        }
        return {};
    });
    if (!written)
        qWarning("rows: %s", qPrintable(written.error().detail));
}

ui::shell::MainWindow& ReviewBench::show(QSize size)
{
    m_window = std::make_unique<ui::shell::MainWindow>(m_workspace->clock());
    m_window->commands().add(ui::shell::registryCommands());
    m_window->addPages(ui::moderation::moderationPages(*m_workspace));
    m_window->resize(size);
    m_window->show();
    m_window->activateWindow();
    if (!QTest::qWaitForWindowActive(m_window.get()))
        qWarning("the window does not become active");
    page().baseFocus()->setFocus();
    static_cast<void>(QTest::qWaitFor(
        [this] { return page().currentAsset().isEmpty() || isSettledOn(page().currentAsset()); }, 20000));
    return *m_window;
}

void ReviewBench::closeWindow()
{
    m_window.reset();
}

ui::moderation::ReviewPage& ReviewBench::page()
{
    return *static_cast<ui::moderation::ReviewPage*>(m_window->page(u"moderation"_s));
}

void ReviewBench::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
}

bool ReviewBench::isSettledOn(const AssetId& asset)
{
    auto& shown = page();
    return !asset.isEmpty() && shown.currentAsset() == asset && shown.isItemShown() && shown.player().isOpen()
        && shown.player().shownFrame() == shown.player().frame();
}

} // namespace vidimus::test

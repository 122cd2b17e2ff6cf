#include "ui/publishing/frame_strip.h"

#include "core/workbench/review.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/publishing/thumbnails.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"
#include "ui/widgets/time_label.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPainterPath>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace vidimus::ui::publishing {

using namespace widgets;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int kFrames = 6;
constexpr QSize kLarge {312, 176};
constexpr QSize kSmall {172, 92};
constexpr media::PictureSize kBounds {640, 360};
// Title-safe is the middle 90 % of each side (SMPTE ST 2046-1).
constexpr double kTitleSafe = 0.90;
constexpr int kTimeRole = Qt::UserRole + 1;

class FrameDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Tokens& tokens = currentTokens();
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRect picture(option.rect.topLeft(), kSmall);
        painter->fillRect(picture, tokens.surround);
        const auto image = index.data(Qt::DecorationRole).value<QImage>();
        const QSize fitted = image.size().scaled(kSmall, Qt::KeepAspectRatio);
        painter->drawImage(QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, fitted, picture), image);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(QPen(tokens.accent, 2));
            painter->drawRect(QRectF(picture).adjusted(1, 1, -1, -1));
        }
        drawText(*painter, {picture.left() + 4, picture.bottom() + 3, picture.width() - 8, 16},
            index.data(kTimeRole).toString(), TextRole::LabelPlain, tokens.second);
        painter->restore();
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {kSmall.width(), kSmall.height() + 20};
    }
};

} // namespace

/// A picture with its title-safe area (dashed) and the sides that a 2:3 poster cuts off (dimmed).
class SafeAreaView : public QWidget {
public:
    explicit SafeAreaView(QWidget* parent)
        : QWidget(parent)
    {
        setFixedSize(kLarge);
        setAccessibleName(FrameStrip::tr("Chosen frame with title-safe area and 2:3 crop"));
    }
    void setPicture(const QImage& picture)
    {
        m_picture = picture;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter.fillRect(rect(), currentTokens().surround);
        if (m_picture.isNull())
            return;
        const QSize fitted = m_picture.size().scaled(size(), Qt::KeepAspectRatio);
        const QRect shown = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, fitted, rect());
        painter.drawImage(shown, m_picture);
        QRectF crop(0, 0, shown.height() * 2.0 / 3.0, shown.height());
        crop.moveCenter(QRectF(shown).center());
        crop &= QRectF(shown);
        QPainterPath outside;
        outside.addRect(shown);
        outside.addRect(crop);
        painter.fillPath(outside, QColor(0, 0, 0, 90));
        painter.setPen(QPen(currentTokens().accent, 1));
        painter.drawLine(crop.topLeft(), crop.bottomLeft());
        painter.drawLine(crop.topRight(), crop.bottomRight());
        QRectF safe(0, 0, shown.width() * kTitleSafe, shown.height() * kTitleSafe);
        safe.moveCenter(QRectF(shown).center());
        painter.setPen(QPen(QColor(255, 255, 255, 160), 1, Qt::DashLine));
        painter.drawRect(safe);
    }

private:
    QImage m_picture;
};

FrameStrip::FrameStrip(workbench::Workspace& workspace, QWidget* parent)
    : Sheet(NoEdge, parent)
    , m_workspace(workspace)
    , m_head(new SectionHeader(tr("Frames"), this))
    , m_large(new SafeAreaView(this))
    , m_time(new TextLabel({}, TextRole::Body, Ink::Text, this))
    , m_model(new QStandardItemModel(this))
    , m_list(new QListView(this))
{
    m_head->setLineAbove(true);
    setUpList(m_list);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setSpacing(4);
    m_list->setAccessibleName(tr("Frames of the file"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        m_large->setPicture(current.data(Qt::DecorationRole).value<QImage>());
        m_time->setText(current.data(kTimeRole).toString());
    });
    auto* large = new QVBoxLayout;
    large->setSpacing(kGap);
    large->addWidget(m_large);
    auto* caption = new QHBoxLayout;
    caption->addWidget(new TextLabel(tr("Title-safe, 2:3 crop"), TextRole::Body, Ink::Second, this), 1);
    m_time->setKeepsWidth(true);
    caption->addWidget(m_time);
    large->addLayout(caption);
    large->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(kPanelPadding, kPanelPadding, kPanelPadding, 0);
    row->setSpacing(kGap);
    row->addLayout(large);
    row->addWidget(m_list, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(row, 1);
    m_rest.setSingleShot(true);
    m_rest.setInterval(300ms);
    connect(&m_rest, &QTimer::timeout, this, &FrameStrip::load);
}

FrameStrip::~FrameStrip()
{
    m_cancel.cancel();
}

void FrameStrip::setAsset(const AssetId& asset)
{
    if (asset == m_asset)
        return;
    m_asset = asset;
    m_cancel.cancel();
    m_cancel = CancelSource();
    show({});
    m_head->setCount(asset.isEmpty() ? tr("there is no file") : tr("being read"));
    m_rest.start();
}

void FrameStrip::load()
{
    if (m_asset.isEmpty())
        return;
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, asset = m_asset, cancel = m_cancel.token()] {
            std::vector<Frame> frames;
            auto source = cancel.isCanceled()
                ? Result<std::unique_ptr<media::FrameSource>>(Error {ErrorCode::Canceled, {}, {}})
                : workbench::openOriginal(workspace, asset);
            const media::VideoStream* video = source ? (*source)->facts().programmeVideo() : nullptr;
            const qint64 count = video ? (*source)->index().count() : 0;
            for (int i = 0; i < kFrames && i < count; ++i) {
                const qint64 number = count * (2 * i + 1) / (2 * kFrames);
                const auto picture = (*source)->frame(number, kBounds, cancel);
                if (!picture)
                    break;
                frames.push_back({imageOf(*picture), frameTimecodeText(number, video->averageRate)});
            }
            return frames;
        },
        [this, asset = m_asset](const std::vector<Frame>& frames) {
            if (asset != m_asset)
                return;
            show(frames);
            m_head->setCount(frames.empty() ? tr("none can be read")
                                            : tr("%n from the file itself", nullptr, static_cast<int>(frames.size())));
        });
}

void FrameStrip::show(const std::vector<Frame>& frames)
{
    m_model->clear();
    m_large->setPicture({});
    m_time->setText({});
    for (const Frame& frame : frames) {
        auto* item = new QStandardItem;
        item->setData(frame.picture, Qt::DecorationRole);
        item->setData(frame.timecode, kTimeRole);
        item->setData(tr("Frame at %1").arg(frame.timecode), Qt::AccessibleTextRole);
        item->setEditable(false);
        m_model->appendRow(item);
    }
    if (!frames.empty())
        m_list->setCurrentIndex(m_model->index(0, 0));
}

} // namespace vidimus::ui::publishing

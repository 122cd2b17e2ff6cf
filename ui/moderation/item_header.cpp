#include "ui/moderation/item_header.h"

#include "ui/moderation/why_facts.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;
using namespace widgets;

ItemHeader::ItemHeader(QWidget* parent)
    : Panel(&Tokens::surface, Qt::BottomEdge, parent)
    , m_id(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_name(new TextLabel({}, TextRole::Section, Ink::Text, this))
    , m_facts(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_hash(new TextLabel({}, TextRole::LabelPlain, Ink::Second, this))
    , m_chip(new Chip({}, Ink::Second, Chip::Look::Outline, this))
{
    setFixedHeight(36);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kPanelPadding, 0, kPanelPadding, 1);
    row->setSpacing(kGap);
    m_id->setKeepsWidth(true);
    m_name->setElide(Qt::ElideMiddle);
    m_hash->setKeepsWidth(true);
    row->addWidget(m_id);
    row->addWidget(m_name);
    row->addWidget(m_facts);
    row->addStretch(1);
    row->addWidget(m_hash);
    row->addWidget(m_chip);
    m_chip->hide();
}

void ItemHeader::showItem(const workbench::ReviewItem& item)
{
    m_id->setText(u'#' + item.row.shortId);
    m_name->setText(item.row.name);
    m_facts->setText(mediaLine(item.facts));
    const QString hash = QString::fromLatin1(item.sha256);
    m_hash->setText(tr("sha256 %1…%2").arg(hash.left(4), hash.right(4)));
    m_hash->setToolTip(hash);
    setChip({});
}

void ItemHeader::showNothing()
{
    for (TextLabel* label : {m_id, m_name, m_facts, m_hash})
        label->setText({});
    setChip({});
}

void ItemHeader::setChip(const QString& text, const QString& iconName, Ink ink)
{
    m_chip->setText(text);
    m_chip->setIconName(iconName);
    m_chip->setInk(ink);
    m_chip->setVisible(!text.isEmpty());
}

void ItemHeader::setNarrow(bool narrow)
{
    m_facts->setVisible(!narrow);
    m_hash->setVisible(!narrow);
}

} // namespace vidimus::ui::moderation

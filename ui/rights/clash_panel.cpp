#include "ui/rights/clash_panel.h"

#include "ui/rights/cell_table_model.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>
#include <array>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

ClashPanel::ClashPanel(RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge, parent)
    , m_session(session)
    , m_header(new SectionHeader(tr("Changed meanwhile"), this))
    , m_mine(new Button(tr("Keep mine"), Button::Kind::Plain, this))
    , m_theirs(new Button(tr("Take theirs"), Button::Kind::Plain, this))
    , m_model(new CellTableModel({tr("Terr."), tr("What"), tr("Was"), tr("Theirs"), tr("Mine"), tr("Title")}, this))
    , m_table(new QTableView(this))
{
    setAccessibleName(tr("What somebody else changed while you edited it"));
    m_mine->setKeyHint(u"K"_s);
    m_theirs->setKeyHint(u"H"_s);
    m_header->addTrailing(m_mine);
    m_header->addTrailing(m_theirs);
    setUpTable(m_table);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setMinimumHeight(56);
    m_table->setAccessibleName(tr("What somebody else changed while you edited it"));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    column()->addWidget(m_header);
    column()->addWidget(m_table, 1);
    connect(m_mine, &QAbstractButton::clicked, this, [this] { choose(Side::Mine); });
    connect(m_theirs, &QAbstractButton::clicked, this, [this] { choose(Side::Theirs); });
    connect(&session, &RightsSession::planChanged, this, &ClashPanel::refresh);
    setNarrow(false);
    refresh();
}

void ClashPanel::setNarrow(bool narrow)
{
    const std::array widths {narrow ? 64 : 66, narrow ? 92 : 108, 146, 146, 146};
    for (int i = 0; i < static_cast<int>(widths.size()); ++i)
        m_table->setColumnWidth(i, widths[static_cast<std::size_t>(i)]);
    m_table->setColumnHidden(5, narrow);
    m_table->horizontalHeader()->setSectionResizeMode(4, narrow ? QHeaderView::Stretch : QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(5, QHeaderView::Stretch);
    m_table->setColumnHidden(2, narrow);
}

void ClashPanel::choose(Side side)
{
    std::vector<Clash> chosen;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        chosen.push_back(m_clashes[static_cast<std::size_t>(index.row())]);
    m_session.choose(chosen, side);
}

void ClashPanel::refresh()
{
    m_clashes = m_session.plan().clashes();
    QHash<QString, QString> titles;
    if (!m_clashes.empty()) {
        for (const engine::Title& title : m_session.plan().base().titles)
            titles.insert(title.id.toString(), title.name);
    }
    std::vector<TableRow> rows;
    for (const Clash& clash : m_clashes) {
        const auto plain = [](const QString& text, std::optional<Ink> ink = std::nullopt, const QString& spoken = {}) {
            return TableCell {text, ink, {}, {}, false, false, spoken};
        };
        rows.push_back({{plain(clash.territory, Ink::Second), plain(clash.what),
                            plain(clash.base, Ink::Second, tr("was %1").arg(clash.base)),
                            plain(clash.theirs, Ink::Warning, tr("theirs %1").arg(clash.theirs)),
                            plain(clash.mine, Ink::Info, tr("mine %1").arg(clash.mine)),
                            plain(titles.value(clash.title.toString()), Ink::Second)},
            clash.window.toString()});
    }
    m_model->setRows(std::move(rows));
    m_header->setCount(tr("%n to choose", nullptr, static_cast<int>(m_clashes.size())));
    if (!m_clashes.empty() && !m_table->currentIndex().isValid())
        m_table->selectRow(0);
    setVisible(!m_clashes.empty());
}

} // namespace vidimus::ui::rights

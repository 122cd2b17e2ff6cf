#include "ui/quality/banks_view.h"

#include "core/workbench/bank_desk.h"
#include "core/workbench/task_runner.h"
#include "core/workbench/workspace.h"
#include "ui/quality/bank_models.h"
#include "ui/shell/mode.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>

namespace vidimus::ui::quality {

using namespace Qt::StringLiterals;
using namespace widgets;
using matching::BankFormat;
using matching::BankSeverity;

namespace {

constexpr int kMostHits = 500;

struct Gathered {
    std::vector<store::BankRow> banks;
    std::vector<workbench::KeptMatch> hits;
};

Result<Gathered> gather(workbench::Workspace& workspace)
{
    auto banks = workbench::listBanks(workspace);
    auto hits = workbench::openBankHits(workspace, kMostHits);
    if (!banks || !hits)
        return banks ? std::move(hits).error() : std::move(banks).error();
    return Gathered {*std::move(banks), *std::move(hits)};
}

} // namespace

BanksView::BanksView(workbench::Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_name(new QLineEdit(this))
    , m_severity(new QComboBox(this))
    , m_import(new Button(tr("Import a list"), Button::Kind::Primary, this))
    , m_export(new Button(tr("Export"), Button::Kind::Plain, this))
    , m_state(new TextLabel({}, TextRole::Body, Ink::Second, this))
    , m_banks(new QTableView(this))
    , m_banksModel(new BanksModel(this))
    , m_empty(new EmptyState(u"match"_s, tr("No bank of known content yet."),
          tr("Import a list of PDQ hashes: CSV, plain text, or ThreatExchange JSON. New files are compared with it."),
          this))
    , m_hitsHeader(new SectionHeader(tr("Files that show something of them, not yet decided"), this))
    , m_hits(new QTableView(this))
    , m_hitsModel(new BankHitsModel(this))
    , m_noHits(new TextLabel(tr("None."), TextRole::Body, Ink::Second, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    for (auto& [table, name, model] :
        {std::tuple {m_banks, tr("Banks"), static_cast<QAbstractItemModel*>(m_banksModel)},
            std::tuple {m_hits, tr("Files that show known content"), static_cast<QAbstractItemModel*>(m_hitsModel)}}) {
        setUpTable(table);
        shell::setModeOf(table, shell::Mode::List);
        table->setAccessibleName(name);
        table->setModel(model);
        table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
        table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    m_banks->setColumnWidth(BanksModel::Severity, 210);
    m_banks->setColumnWidth(BanksModel::Hashes, 110);
    m_banks->setColumnWidth(BanksModel::Changed, 180);
    m_hits->setColumnWidth(BankHitsModel::Bank, 180);
    m_hits->setColumnWidth(BankHitsModel::Entry, 180);
    m_hits->setColumnWidth(BankHitsModel::Distance, 130);
    m_hits->setColumnWidth(BankHitsModel::At, 90);
    layout->addWidget(m_banks, 1);
    layout->addWidget(m_empty, 1);
    m_hitsHeader->setLineAbove(true);
    layout->addWidget(m_hitsHeader);
    layout->addWidget(m_hits, 1);
    auto* none = new QHBoxLayout;
    none->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    none->addWidget(m_noHits);
    layout->addLayout(none);
    connect(m_hits, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT assetWanted(m_hitsModel->assetAt(index.row())); });
    connect(m_banks->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { refresh(); });
    load();
}

BanksView::~BanksView()
{
    m_cancel.cancel();
}

QWidget* BanksView::buildHead()
{
    auto* head = new QWidget(this);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(kPanelPadding, kGap, kPanelPadding, kGap);
    row->setSpacing(kGap);
    m_name->setPlaceholderText(tr("Name of the bank"));
    m_name->setAccessibleName(tr("Name of the bank"));
    m_name->setFixedWidth(220);
    m_severity->setAccessibleName(tr("What a hit does"));
    m_severity->setFocusPolicy(Qt::TabFocus);
    for (const BankSeverity severity : {BankSeverity::Review, BankSeverity::Block, BankSeverity::Notice})
        m_severity->addItem(bankSeverityText(severity), static_cast<int>(severity));
    m_import->setIconName(u"plus"_s);
    for (Button* button : {m_import, m_export})
        button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_name);
    row->addWidget(m_severity);
    row->addWidget(m_import);
    row->addWidget(m_state, 1);
    row->addWidget(m_export);
    connect(m_import, &QAbstractButton::clicked, this, &BanksView::chooseImport);
    connect(m_export, &QAbstractButton::clicked, this, &BanksView::chooseExport);
    return head;
}

void BanksView::load()
{
    m_workspace.tasks().run(
        this, [&workspace = m_workspace] { return gather(workspace); },
        [this](Result<Gathered> gathered) {
            if (!gathered) {
                m_state->setText(errorText(gathered.error()).what);
                return;
            }
            m_banksModel->setRows(std::move(gathered->banks));
            m_hitsModel->setRows(std::move(gathered->hits));
            refresh();
            if (m_banksModel->rowCount() > 0)
                m_banks->selectRow(0);
            refresh();
        });
}

void BanksView::refresh()
{
    const bool any = m_banksModel->rowCount() > 0;
    const int hits = m_hitsModel->rowCount();
    m_banks->setVisible(any);
    m_empty->setVisible(!any);
    m_hitsHeader->setVisible(any);
    m_hitsHeader->setCount(hits > 0 ? QLocale().toString(hits) : QString());
    m_hits->setVisible(any && hits > 0);
    m_noHits->setVisible(any && hits == 0);
    const store::BankRow* bank = m_banksModel->row(m_banks->currentIndex().row());
    m_export->setDisabledReason(bank ? QString() : tr("Choose a bank first."));
}

void BanksView::chooseImport()
{
    if (m_name->text().trimmed().isEmpty()) {
        m_name->setFocus();
        return Q_EMIT said(tr("Name the bank that the list belongs to."));
    }
    auto* dialog = new QFileDialog(this, tr("Import a list of hashes"), {}, tr("Lists of hashes (*.csv *.txt *.json)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::NonModal);
    connect(dialog, &QFileDialog::fileSelected, this, &BanksView::importFile);
    dialog->show();
}

void BanksView::importFile(const QString& path)
{
    const QString name = m_name->text().trimmed();
    const auto severity = static_cast<BankSeverity>(m_severity->currentData().toInt());
    m_state->setText(tr("Reading %1…").arg(path.section(u'/', -1)));
    m_import->setDisabledReason(tr("A list is being read."));
    m_workspace.tasks().run(
        this,
        [&workspace = m_workspace, path, name, severity, cancel = m_cancel.token()] {
            return workbench::importBank(workspace, path, name, severity, cancel);
        },
        [this, name](Result<workbench::BankImport> done) {
            m_import->setDisabledReason({});
            if (!done) {
                m_state->setText(errorText(done.error()).what);
                return Q_EMIT said(m_state->text());
            }
            m_state->setText(tr("%1: %2 new hashes; %3 of the library have hits.")
                    .arg(name, QLocale().toString(done->added), QLocale().toString(done->assetsWithHits)));
            Q_EMIT said(m_state->text());
            load();
        });
}

void BanksView::chooseExport()
{
    const store::BankRow* bank = m_banksModel->row(m_banks->currentIndex().row());
    if (!bank)
        return;
    auto* dialog = new QFileDialog(
        this, tr("Export %1").arg(bank->name), {}, tr("CSV (*.csv);;Text (*.txt);;ThreatExchange JSON (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::NonModal);
    connect(dialog, &QFileDialog::fileSelected, this, [this, name = bank->name](const QString& path) {
        const BankFormat format = path.endsWith(u".json"_s) ? BankFormat::Json
            : path.endsWith(u".txt"_s)                      ? BankFormat::Text
                                                            : BankFormat::Csv;
        m_workspace.tasks().run(
            this,
            [&workspace = m_workspace, name, format, path] {
                return workbench::exportBank(workspace, name, format, path);
            },
            [this](Result<qint64> written) {
                m_state->setText(written ? tr("%1 hashes written.").arg(QLocale().toString(*written))
                                         : errorText(written.error()).what);
                Q_EMIT said(m_state->text());
            });
    });
    dialog->show();
}

} // namespace vidimus::ui::quality

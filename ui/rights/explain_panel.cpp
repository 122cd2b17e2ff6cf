#include "ui/rights/explain_panel.h"

#include "ui/rights/explain_text.h"
#include "ui/rights/icon_text.h"
#include "ui/rights/rights_texts.h"
#include "ui/shell/registry_commands.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/section_header.h"
#include "ui/widgets/table_helpers.h"

#include <QComboBox>
#include <QHeaderView>
#include <QPainter>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>
#include <set>

namespace vidimus::ui::rights {

using namespace Qt::StringLiterals;
using namespace widgets;

namespace {

/// The card at the panel's end.
class Card : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        drawPanel(painter, rect(), currentTokens().raised, currentTokens().line);
    }
};

void setItems(QComboBox* box, const QStringList& values, const std::function<QString(const QString&)>& text)
{
    const QString chosen = box->currentData().toString();
    const QSignalBlocker blocker(box);
    box->clear();
    for (const QString& value : values)
        box->addItem(text ? text(value) : value, value);
    box->setCurrentIndex(std::max(0, box->findData(chosen)));
}

/// Of the names that windows of these titles speak of, the one that most of them do; windows open at the instant count
/// more than all others. Empty when none names any. \a titles empty: all.
QString likeliest(
    const engine::RuleSet& rules, const std::vector<TitleId>& titles, engine::NameList engine::Rule::* list, Instant at)
{
    constexpr int kMaxDepth = 16;
    constexpr int kOpen = 1'000'000;
    QHash<QString, TitleId> parents;
    for (const engine::Title& title : rules.titles)
        parents.insert(title.id.toString(), title.parent);
    std::set<TitleId> scopes;
    for (TitleId title : titles) {
        for (int depth = 0; depth < kMaxDepth && !title.isEmpty() && scopes.insert(title).second; ++depth)
            title = parents.value(title.toString());
    }
    QMap<QString, int> counts;
    for (const engine::Rule& rule : rules.rules) {
        if (rule.effect != engine::Effect::Allow || rule.status != engine::RuleStatus::Approved
            || (!scopes.empty() && !scopes.contains(rule.scope)))
            continue;
        for (const QString& name : (rule.*list).names)
            counts[name] += rule.window.contains(at) ? kOpen : 1;
    }
    QString best;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (best.isEmpty() || it.value() > counts.value(best))
            best = it.key();
    }
    return best;
}

void choose(QComboBox* box, const QString& value)
{
    const QSignalBlocker blocker(box);
    if (const int at = box->findData(value); at >= 0)
        box->setCurrentIndex(at);
}

} // namespace

ExplainPanel::ExplainPanel(RightsSession& session, QWidget* parent)
    : Panel(Qt::TopEdge | Qt::LeftEdge, parent)
    , m_session(session)
    , m_header(new SectionHeader(tr("Explain"), this))
    , m_country(new QComboBox(this))
    , m_site(new QComboBox(this))
    , m_offer(new QComboBox(this))
    , m_headline(new IconText(this))
    , m_model(new CellTableModel({tr("Step"), tr("Mark"), tr("Rule"), tr("Effect")}, this))
    , m_trail(new QTableView(this))
    , m_fixCard(new Card(this))
    , m_fixText(new Paragraph({}, TextRole::BodyMedium, Ink::Text, m_fixCard))
    , m_fixMore(new TextLabel({}, TextRole::Body, Ink::Second, m_fixCard))
    , m_stage(new Button(tr("Stage it"), Button::Kind::Suggested, m_fixCard))
{
    setAccessibleName(tr("Explain"));
    m_header->addTrailing(new KeyCap(shell::actionKeyText("rights.explain"_L1), this));
    m_country->setAccessibleName(tr("Country"));
    m_site->setAccessibleName(tr("Site"));
    m_offer->setAccessibleName(tr("Offer"));
    auto* boxes = new QHBoxLayout;
    boxes->setContentsMargins(kPanelPadding, 6, kPanelPadding, 2);
    boxes->setSpacing(kGap);
    for (QComboBox* box : {m_country, m_site, m_offer}) {
        box->setMinimumContentsLength(6);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        boxes->addWidget(box, 1);
        connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
            m_cellChosen = m_cellChosen || box != m_country; // what the panel chooses itself tells nobody
            ask();
        });
    }
    auto* answer = new QHBoxLayout;
    answer->setContentsMargins(kPanelPadding, 2, kPanelPadding, 2);
    m_headline->setWraps(true);
    answer->addWidget(m_headline, 1);

    setUpTable(m_trail);
    m_trail->setModel(m_model);
    m_trail->setMinimumHeight(56);
    m_trail->setAccessibleName(tr("Every rule that was considered"));
    m_trail->horizontalHeader()->hide();
    m_trail->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_trail->horizontalHeader()->setMinimumSectionSize(16);
    m_trail->setColumnWidth(0, 34);
    m_trail->setColumnWidth(1, 30);
    m_trail->setColumnWidth(3, 110);

    auto* card = new QHBoxLayout(m_fixCard);
    card->setContentsMargins(12, 8, 12, 8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_fixText);
    words->addWidget(m_fixMore);
    card->addLayout(words, 1);
    card->addWidget(m_stage);
    m_fixCard->hide();

    column()->addWidget(m_header);
    column()->addLayout(boxes);
    column()->addLayout(answer);
    column()->addWidget(m_trail, 1);
    auto* cardRow = new QHBoxLayout;
    cardRow->setContentsMargins(kPanelPadding, 6, kPanelPadding, 10);
    cardRow->addWidget(m_fixCard);
    column()->addLayout(cardRow);

    connect(m_stage, &QAbstractButton::clicked, this, &ExplainPanel::stageFix);
    connect(m_trail, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT windowChosen(WindowId(m_model->idAt(index.row()))); });
    connect(&session, &RightsSession::measured, this, [this] {
        fillBoxes();
        ask();
    });
    connect(&session, &RightsSession::atChanged, this, &ExplainPanel::ask);
    connect(&session, &RightsSession::explained, this, &ExplainPanel::showAnswer);
}

QString ExplainPanel::headlineText() const
{
    return m_headlineText;
}

void ExplainPanel::fillBoxes()
{
    if (!m_session.measure().rules)
        return;
    const engine::RuleSet& rules = *m_session.measure().rules;
    std::set<QString> places;
    std::set<QString> sites(rules.sites.begin(), rules.sites.end());
    std::set<QString> offers(rules.offers.begin(), rules.offers.end());
    for (const engine::Rule& rule : rules.rules) {
        for (const QString& place : placesOf(rule.territory, rules))
            places.insert(place);
        sites.insert(rule.sites.names.begin(), rule.sites.names.end());
        offers.insert(rule.offers.names.begin(), rule.offers.names.end());
    }
    places.insert(u"XX"_s);
    places.insert(m_country->currentData().toString());
    places.erase(QString());
    setItems(m_country, QStringList(places.begin(), places.end()),
        [](const QString& code) { return u"%1  %2"_s.arg(code, territoryName(code)); });
    setItems(m_site, QStringList(sites.begin(), sites.end()), {});
    setItems(m_offer, QStringList(offers.begin(), offers.end()), {});
    chooseLikeliest();
}

/// Until a person chooses: the site and offer that the titles have rights for, not the first of the alphabet.
void ExplainPanel::chooseLikeliest()
{
    if (m_cellChosen || !m_session.measure().rules)
        return;
    const engine::RuleSet& rules = *m_session.measure().rules;
    const std::vector<TitleId> titles = m_title.isEmpty() ? m_session.shown() : std::vector {m_title};
    choose(m_site, likeliest(rules, titles, &engine::Rule::sites, m_session.at()));
    choose(m_offer, likeliest(rules, titles, &engine::Rule::offers, m_session.at()));
}

void ExplainPanel::explain(const TitleId& title, const engine::Rule* rule)
{
    m_title = title;
    if (m_country->count() == 0)
        fillBoxes();
    else
        chooseLikeliest();
    if (rule) {
        const QStringList places = placesOf(rule->territory, m_session.plan().base());
        const QString shown = m_country->currentData().toString();
        if (!places.isEmpty() && !places.contains(shown))
            choose(m_country,
                places.contains(rule->territory.include.front()) ? rule->territory.include.front() : places.front());
        if (!rule->sites.all && !rule->sites.names.isEmpty() && !rule->sites.matches(m_site->currentData().toString()))
            choose(m_site, rule->sites.names.front());
        if (!rule->offers.all && !rule->offers.names.isEmpty()
            && !rule->offers.matches(m_offer->currentData().toString()))
            choose(m_offer, rule->offers.names.front());
    }
    ask();
}

void ExplainPanel::explainIn(const TitleId& title, const QString& place)
{
    m_title = title;
    choose(m_country, place);
    ask();
}

void ExplainPanel::ask()
{
    if (m_title.isEmpty() || !m_session.isMeasured())
        return;
    const QString place = m_country->currentData().toString();
    engine::Query query;
    query.title = m_title;
    query.country = place.left(2);
    query.subdivision = place.size() > 2 ? place : QString();
    query.site = m_site->currentData().toString();
    query.offer = m_offer->currentData().toString();
    query.at = m_session.at();
    m_session.explain(query);
}

void ExplainPanel::showAnswer(const engine::Query& query, const engine::Explanation& explanation)
{
    if (query.title != m_title || !m_session.measure().rules)
        return;
    const engine::RuleSet& rules = *m_session.measure().rules;
    const auto title = std::ranges::find(rules.titles, m_title, &engine::Title::id);
    const QString name = title == rules.titles.end() || title->name.isEmpty() ? m_title.toString() : title->name;
    m_header->setCount(tr("%1, at %2").arg(name, instantText(query.at)));
    m_headlineText = headline(query, explanation);
    const bool available = explanation.answer.available;
    m_headline->set(m_headlineText, available ? u"check"_s : u"cross"_s, available ? Ink::Passed : Ink::Rejected);
    m_model->setRows(trailRows(explanation, rules));
    m_fix = fixFor(query, explanation, rules);
    m_fixCard->setVisible(m_fix.has_value());
    if (m_fix) {
        m_fixText->setText(tr("Fix: %1").arg(m_fix->text));
        m_fixMore->setText(m_fix->more);
        m_stage->setVisible(m_fix->isStageable() && m_session.mayEdit());
    }
}

void ExplainPanel::stageFix()
{
    if (!m_fix || !m_fix->isStageable())
        return;
    const Fix fix = *m_fix;
    m_session.stage(fix.put, fix.remove);
}

void ExplainPanel::setNarrow(bool narrow)
{
    m_trail->setColumnHidden(3, narrow);
    m_fixMore->setVisible(!narrow);
}

} // namespace vidimus::ui::rights

#include "fake_review_page.h"

#include "ui/shell/first_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/registry_commands.h"
#include "ui/shell/settings_page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_card.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/gate_strip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_strip.h"
#include "ui/widgets/segment_grid.h"
#include "ui/widgets/skeleton_rows.h"
#include "ui/widgets/step_truth.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toggle_switch.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QRadioButton>
#include <QTest>

using namespace vidimus;
using namespace vidimus::ui;
using namespace vidimus::ui::shell;
using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

namespace {

class FixedClock : public Clock {
public:
    [[nodiscard]] Instant now() const override { return Instant(Milliseconds(1795262400000)); }
};

const FixedClock kClock;

/// Every widget once.
class WidgetSheet : public QWidget {
public:
    WidgetSheet()
    {
        auto* grid = new QGridLayout(this);
        grid->setSpacing(20);
        grid->setContentsMargins(24, 24, 24, 24);
        grid->setAlignment(Qt::AlignTop);
        auto* buttons = new QHBoxLayout;
        using Kind = Button::Kind;
        for (const auto& [text, kind] :
            {std::pair {u"Plain"_s, Kind::Plain}, {u"Primary"_s, Kind::Primary}, {u"Suggested"_s, Kind::Suggested},
                {u"Danger"_s, Kind::Danger}, {u"Quiet"_s, Kind::Quiet}, {u"Link"_s, Kind::Link}}) {
            auto* button = new Button(text, kind, this);
            if (kind != Kind::Link)
                button->setKeyHint(u"Enter"_s);
            buttons->addWidget(button);
        }
        auto* off = new Button(u"Publish"_s, Kind::Primary, this);
        off->setDisabledReason(u"Blocked by rights in GB"_s);
        buttons->addWidget(off);
        buttons->addStretch();
        grid->addLayout(buttons, 0, 0, 1, 2);
        auto* inputs = new QHBoxLayout;
        inputs->addWidget(new FilterField(u"Filter"_s, u"/"_s, this));
        auto* line = new QLineEdit(u"2026-12-01 00:00:00Z"_s, this);
        line->setAccessibleName(u"Instant"_s);
        inputs->addWidget(line);
        auto* combo = new QComboBox(this);
        combo->addItems({u"Clock: UTC"_s, u"Clock: local"_s});
        combo->setAccessibleName(u"Clock"_s);
        inputs->addWidget(combo);
        auto* check = new QCheckBox(u"Previews of decided items"_s, this);
        check->setChecked(true);
        inputs->addWidget(check);
        inputs->addWidget(new QCheckBox(u"Waveforms"_s, this));
        auto* radio = new QRadioButton(u"One"_s, this);
        radio->setChecked(true);
        inputs->addWidget(radio);
        auto* toggle = new ToggleSwitch(u"Auto-advance"_s, this);
        toggle->setChecked(true);
        inputs->addWidget(toggle);
        inputs->addWidget(new ToggleSwitch(u"Off"_s, this));
        auto* bar = new QProgressBar(this);
        bar->setValue(71);
        inputs->addWidget(bar);
        grid->addLayout(inputs, 1, 0, 1, 2);
        auto* chips = new QHBoxLayout;
        for (const auto& [text, ink, iconName] : {std::tuple {u"Passed"_s, Ink::Passed, u"check"_s},
                 {u"Rejected"_s, Ink::Rejected, u"cross"_s}, {u"Due today 18:00Z"_s, Ink::Warning, u"clock"_s},
                 {u"Nothing is changed yet"_s, Ink::Info, u"info"_s}, {u"2 reviews"_s, Ink::Second, u""_s}}) {
            auto* chip = new Chip(text, ink, Chip::Look::Outline, this);
            chip->setIconName(iconName);
            chips->addWidget(chip);
        }
        auto* filled = new Chip(u"Staging site"_s, Ink::Warning, Chip::Look::Filled, this);
        filled->setIconName(u"globe"_s);
        chips->addWidget(filled);
        auto* tall = new Chip(u"1 conflict"_s, Ink::Rejected, Chip::Look::Tall, this);
        tall->setIconName(u"cross"_s);
        chips->addWidget(tall);
        chips->addWidget(new KeyCap(u"Ctrl+K"_s, this));
        chips->addStretch();
        grid->addLayout(chips, 2, 0, 1, 2);
        auto* strip = new NoticeStrip(u"disk"_s, Ink::Warning, this);
        strip->setText(
            u"Disk nearly full, 1.8 GB left"_s, u"New previews are paused. Decisions keep their own 512 MB reserve."_s);
        strip->setShare(0.98);
        strip->setAction(u"Show what to delete"_s);
        grid->addWidget(strip, 3, 0, 1, 2);
        auto* truth = new StepTruth(this);
        using State = StepTruth::State;
        truth->setSteps({{u"Stored"_s, u"on this machine"_s, u"12:00:00.2"_s, State::Done},
            {u"Sent"_s, u"key 7f31…c2"_s, u"12:00:01.9"_s, State::Done},
            {u"Accepted"_s, u"site says 202"_s, u"12:00:02.4"_s, State::Done},
            {u"Seen live"_s, u"our own fetch"_s, u"next try 12:02:30"_s, State::Current}});
        grid->addWidget(truth, 4, 0);
        auto* segments = new SegmentGrid(this);
        std::vector<SegmentGrid::Cell> cells(325, SegmentGrid::Cell::ToDo);
        std::fill_n(cells.begin(), 201, SegmentGrid::Cell::Kept);
        cells[201] = SegmentGrid::Cell::Failed;
        segments->setCells(std::move(cells));
        grid->addWidget(segments, 4, 1);
        auto* gates = new GateStrip(this);
        gates->setGates({GateState::Passed, GateState::Passed, GateState::Blocked, GateState::Warned, GateState::Open});
        grid->addWidget(gates, 5, 0);
        auto* card = new ErrorCard(u"2160p stopped at segment 202 of 325"_s,
            errorText({ErrorCode::LimitExceeded, u"rss 15.6 GiB"_s, "memory"}), this);
        card->addAction(u"Continue on pine-2"_s, u"Enter"_s);
        card->addAction(u"Retry here"_s);
        grid->addWidget(card, 6, 0);
        auto* empty = new EmptyState(u"check"_s, u"Nothing waits in UGC / High."_s,
            u"112 items wait in UGC / Normal, 60 of them are already on this machine."_s, this);
        empty->setNextStep(u"Take from UGC / Normal"_s, u"N"_s);
        empty->setOtherStep(u"Choose a queue"_s);
        grid->addWidget(empty, 6, 1);
        auto* skeleton = new SkeletonRows(48, true, this);
        skeleton->setFixedHeight(144);
        grid->addWidget(skeleton, 7, 0);
        auto* icons = new QGridLayout;
        int place = 0;
        for (const QString& name : iconNames()) {
            auto* label = new QLabel(this);
            label->setPixmap(iconPixmap(name, 20, currentTokens().text, 1));
            icons->addWidget(label, place / 21, place % 21);
            ++place;
        }
        grid->addLayout(icons, 7, 1);
    }
};

} // namespace

/// Grabs every part in both themes and two sizes. With VIDIMUS_SHOTS=<folder> the pictures are written there to be
/// looked at; without it the test still fails on empty pictures and on text that does not fit.
class TestGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }

    void shell_data()
    {
        QTest::addColumn<SchemeChoice>("choice");
        QTest::addColumn<QSize>("size");
        for (const auto choice : {SchemeChoice::Dark, SchemeChoice::Light, SchemeChoice::HighContrast}) {
            const QByteArray name = schemeChoiceName(choice).toLatin1();
            QTest::newRow(name + "-1920x1080") << choice << QSize(1920, 1080);
            QTest::newRow(name + "-1280x800") << choice << QSize(1280, 800);
        }
    }

    void shell()
    {
        QFETCH(SchemeChoice, choice);
        QFETCH(QSize, size);
        m_theme->setChoice(choice);
        MainWindow window(kClock);
        window.commands().add(registryCommands());
        FirstRunPage* firstRun = nullptr;
        window.addPages({
            {u"moderation"_s, u"Moderation"_s, u"shield-check"_s, false,
                [](QWidget* parent) { return new tests::FakeReviewPage(parent); }},
            {u"rights"_s, u"Rights"_s, u"rights"_s, false,
                [&firstRun](QWidget* parent) { return firstRun = new FirstRunPage(parent); }},
            {u"publishing"_s, u"Publishing"_s, u"upload"_s, false,
                [](QWidget* parent) { return new WorkspacePage(parent); }},
            {u"jobs"_s, u"Jobs"_s, u"layers"_s, false, [](QWidget* parent) { return new WorkspacePage(parent); }},
            {u"settings"_s, u"Settings"_s, u"settings"_s, true,
                [](QWidget* parent) { return new SettingsPage(parent); }},
        });
        window.setBadge(u"moderation"_s, 37);
        window.setBadge(u"rights"_s, 3);
        window.setStorage({kClock.now() - Milliseconds(200), kClock.now() - Milliseconds(6000), 2, false, false});
        window.setReason(u"Next item ready, #88214 prefetched"_s);
        window.attention().put({u"disk"_s, {}, u"Disk 96 % full, 9.4 GB left"_s, u"warning"_s, Ink::Warning,
            errorText({ErrorCode::DiskFull, {}, {}}), kClock.now(),
            {{u"show"_s, u"Show what to delete"_s}, {u"move"_s, u"Move cache"_s}}});
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QString prefix = QString::fromLatin1(QTest::currentDataTag());
        shoot(window, prefix + u"-review"_s);
        window.setDrawerOpen(true);
        window.openPalette();
        QTest::keyClicks(QApplication::focusWidget(), u"rej"_s);
        shoot(window, prefix + u"-palette"_s);
        window.closeOverlay();
        window.setDrawerOpen(false);
        window.openKeySheet();
        shoot(window, prefix + u"-keys"_s);
        window.closeOverlay();
        static_cast<tests::FakeReviewPage*>(window.page(u"moderation"_s))->showUnreadable();
        window.setConnection({ConnectionState::Kind::Offline, u"Offline 4 m, 14 decisions wait"_s});
        shoot(window, prefix + u"-unreadable"_s);
        window.setConnection({ConnectionState::Kind::Staging, u"Staging site"_s});
        auto* settings = static_cast<SettingsPage*>(window.page(u"settings"_s));
        auto* themeBox = new QComboBox;
        themeBox->addItems({u"As the system"_s, u"Dark"_s, u"Light"_s, u"High contrast"_s});
        settings->addRow({u"Look"_s, u"Theme"_s, u"Follows the desktop unless you choose one."_s, themeBox});
        settings->addRow({u"Look"_s, u"Less motion"_s, u"Nothing slides or fades."_s, new ToggleSwitch({})});
        settings->addRow(
            {u"Keys"_s, u"Single keys act"_s, u"Off: only keys with Ctrl or Alt act."_s, new ToggleSwitch({})});
        window.showPage(u"settings"_s);
        shoot(window, prefix + u"-settings"_s);
        QVERIFY(window.page(u"rights"_s));
        firstRun->setSentences(
            u"A new workspace"_s, u"Everything stays on this machine until you connect a catalog."_s);
        firstRun->addStep(u"demo"_s, u"play"_s, u"Try it with real clips"_s, u"A demo workspace, ready in a minute."_s);
        firstRun->addStep(u"ingest"_s, u"plus"_s, u"Add files"_s, u"Copies them here and checks them."_s);
        firstRun->addStep(
            u"connect"_s, u"server"_s, u"Connect to a catalog"_s, u"Your team's queue, rights and site."_s);
        window.showPage(u"rights"_s);
        shoot(window, prefix + u"-first-run"_s);
    }

    void widgetSheet_data()
    {
        QTest::addColumn<SchemeChoice>("choice");
        QTest::newRow("dark") << SchemeChoice::Dark;
        QTest::newRow("light") << SchemeChoice::Light;
        QTest::newRow("high-contrast") << SchemeChoice::HighContrast;
    }

    void widgetSheet()
    {
        QFETCH(SchemeChoice, choice);
        m_theme->setChoice(choice);
        WidgetSheet sheet;
        sheet.resize(1280, 860);
        sheet.show();
        QVERIFY(QTest::qWaitForWindowExposed(&sheet));
        shoot(sheet, u"widgets-"_s + QString::fromLatin1(QTest::currentDataTag()));
    }

private:
    static void shoot(QWidget& widget, const QString& name)
    {
        QApplication::processEvents();
        const QImage image = widget.grab().toImage();
        QVERIFY(!image.isNull());
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 7) {
            for (int x = 0; x < image.width(); x += 7)
                colors.insert(image.pixel(x, y));
        }
        QVERIFY2(colors.size() > 8, "the picture is empty");
        // No label that promised to keep its width, and no button, may be cut.
        for (const Button* button : widget.findChildren<Button*>()) {
            if (button->isVisible())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(name + u": "_s + button->text()));
        }
        for (const Chip* chip : widget.findChildren<Chip*>()) {
            if (chip->isVisible())
                QVERIFY2(chip->width() >= chip->sizeHint().width(), qPrintable(name + u": "_s + chip->text()));
        }
        const QString folder = qEnvironmentVariable("VIDIMUS_SHOTS");
        if (folder.isEmpty())
            return;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(image.save(folder + u'/' + name + u".png"_s));
    }

    std::unique_ptr<Theme> m_theme;
};

QTEST_MAIN(TestGallery)
#include "tst_gallery.moc"

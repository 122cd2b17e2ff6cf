#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/system_appearance.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/tokens.h"

#include <QDBusVariant>
#include <QSignalSpy>
#include <QTest>

using namespace vidimus::ui::widgets;
using namespace Qt::StringLiterals;

class TestLook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnEverySurface_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("dark") << static_cast<int>(Scheme::Dark);
        QTest::newRow("light") << static_cast<int>(Scheme::Light);
        QTest::newRow("high contrast") << static_cast<int>(Scheme::HighContrast);
    }

    void textIsReadableOnEverySurface()
    {
        QFETCH(int, scheme);
        const Tokens& tokens = tokensFor(static_cast<Scheme>(scheme));
        for (const QColor& under : {tokens.window, tokens.surface, tokens.raised}) {
            for (const Ink ink :
                {Ink::Text, Ink::Second, Ink::Accent, Ink::Passed, Ink::Rejected, Ink::Warning, Ink::Info}) {
                const double ratio = contrastRatio(inkColor(tokens, ink), under);
                QVERIFY2(ratio >= 4.5, qPrintable(u"ink %1: %2"_s.arg(static_cast<int>(ink)).arg(ratio)));
            }
        }
        QVERIFY(contrastRatio(tokens.onAccent, tokens.accent) >= 4.5);
        // Selected rows keep their words readable.
        QVERIFY(contrastRatio(tokens.text, tokens.selectionOver(tokens.surface)) >= 4.5);
        QVERIFY(contrastRatio(tokens.second, tokens.selectionOver(tokens.surface)) >= 4.0);
        // Focus ring and controls: 3:1 (WCAG 2.2, 1.4.11).
        QVERIFY(contrastRatio(tokens.accent, tokens.window) >= 3);
    }

    void highContrastReachesSevenToOne()
    {
        const Tokens& tokens = tokensFor(Scheme::HighContrast);
        for (const Ink ink : {Ink::Text, Ink::Second, Ink::Accent, Ink::Passed, Ink::Rejected, Ink::Warning, Ink::Info})
            QVERIFY(contrastRatio(inkColor(tokens, ink), tokens.window) >= 7);
        // WCAG 2.2, 1.4.11: parts that say something stand out 3:1 from their ground.
        QVERIFY(contrastRatio(blended(tokens.text, tokens.surface, tokens.strength(0.1)), tokens.surface) >= 3);
        QVERIFY(tokens.strength(0.2) > tokens.strength(0.1) && tokens.strength(1) == 1);
    }

    void knownContrastRatios()
    {
        QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
        // #767676 on white is the textbook edge of 4.5:1.
        QVERIFY(std::abs(contrastRatio(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
    }

    void tokensAreTheDocumentedOnes()
    {
        QCOMPARE(tokensFor(Scheme::Dark).window, QColor(u"#111111"_s));
        QCOMPARE(tokensFor(Scheme::Dark).accent, QColor(u"#8FA8FF"_s));
        QCOMPARE(tokensFor(Scheme::Light).accent, QColor(u"#3B5BDB"_s));
        QCOMPARE(tokensFor(Scheme::Light).surround, QColor(u"#1A1A1A"_s));
        QCOMPARE(tokensFor(Scheme::Dark).lanes.front(), QColor(u"#E69F00"_s));
        for (const Scheme scheme : {Scheme::Dark, Scheme::Light}) {
            const QColor window = tokensFor(scheme).surround;
            QCOMPARE(window.red(), window.green()); // greys around video carry no hue
            QCOMPARE(window.green(), window.blue());
        }
    }

    void digitsHaveOneWidth_data()
    {
        QTest::addColumn<int>("role");
        for (const auto role : {TextRole::Body, TextRole::BodyMedium, TextRole::BodyStrong, TextRole::LabelPlain})
            QTest::addRow("%d", static_cast<int>(role)) << static_cast<int>(role);
    }

    void digitsHaveOneWidth()
    {
        QFETCH(int, role);
        const QFontMetricsF metrics(roleFont(static_cast<TextRole>(role)));
        QCOMPARE(QFontInfo(roleFont(static_cast<TextRole>(role))).family(), u"Vidimus Inter"_s);
        const double zero = metrics.horizontalAdvance(u"0000"_s);
        for (char16_t digit = u'1'; digit <= u'9'; ++digit)
            QVERIFY(std::abs(metrics.horizontalAdvance(QString(4, QChar(digit))) - zero) < 0.1); // font units round
    }

    void everyIconDrawsSomething()
    {
        QVERIFY(iconNames().size() > 60);
        for (const QString& name : iconNames()) {
            const QImage image = iconPixmap(name, 16, Qt::white, 1).toImage();
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x)
                    inked += image.pixelColor(x, y).alpha() > 64 ? 1 : 0;
            }
            QVERIFY2(inked >= 4, qPrintable(name));
        }
    }

    void unknownIconIsNull()
    {
        QVERIFY(icon(u"no-such-icon"_s).isNull());
        QVERIFY(iconPixmap(u"no-such-icon"_s, 16, Qt::white, 1).isNull());
        QVERIFY(iconPixmap(u"check"_s, 0, Qt::white, 1).isNull());
    }

    void iconTakesTheColourAndRatio()
    {
        const QPixmap pixmap = iconPixmap(u"stop"_s, 16, Qt::red, 2);
        QCOMPARE(pixmap.width(), 32);
        QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(16, 16));
        const QImage image = pixmap.toImage();
        bool red = false;
        for (int x = 0; x < image.width(); ++x)
            red = red || image.pixelColor(x, 16) == QColor(Qt::red);
        QVERIFY(red);
    }

    void portalSettingsAreTakenByGroupAndKey()
    {
        SystemAppearance appearance;
        QSignalSpy changed(&appearance, &SystemAppearance::changed);
        const QString group = u"org.freedesktop.appearance"_s;
        appearance.take(group, u"color-scheme"_s, 2U);
        QVERIFY(!appearance.prefersDark());
        // The portal wraps its values twice.
        appearance.take(
            group, u"color-scheme"_s, QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(1U)))));
        QVERIFY(appearance.prefersDark());
        appearance.take(group, u"contrast"_s, 1U);
        QVERIFY(appearance.prefersContrast());
        appearance.take(u"org.gnome.desktop.interface"_s, u"enable-animations"_s, false);
        QVERIFY(appearance.prefersReducedMotion());
        QCOMPARE(changed.count(), 4);
        appearance.take(u"com.example"_s, u"color-scheme"_s, 2U);
        appearance.take(group, u"color-scheme"_s, u"nonsense"_s);
        QVERIFY(appearance.prefersDark());
        QCOMPARE(changed.count(), 4);
    }

    void themeSwitchesLive()
    {
        Theme theme(*qApp);
        QSignalSpy spy(&theme, &Theme::schemeChanged);
        theme.setChoice(SchemeChoice::Light);
        QCOMPARE(qApp->palette().color(QPalette::Window), tokensFor(Scheme::Light).window);
        QCOMPARE(currentScheme(), Scheme::Light);
        theme.setChoice(SchemeChoice::Dark);
        QCOMPARE(qApp->palette().color(QPalette::Window), tokensFor(Scheme::Dark).window);
        QCOMPARE(spy.count(), 2);
        theme.setChoice(SchemeChoice::Dark);
        QCOMPARE(spy.count(), 2);
    }

    void choiceNamesComeBack()
    {
        for (const auto choice :
            {SchemeChoice::System, SchemeChoice::Dark, SchemeChoice::Light, SchemeChoice::HighContrast})
            QCOMPARE(schemeChoiceFromName(schemeChoiceName(choice)), choice);
        QCOMPARE(schemeChoiceFromName(u"mauve"), SchemeChoice::System);
    }
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"

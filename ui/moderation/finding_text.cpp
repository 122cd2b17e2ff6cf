#include "ui/moderation/finding_text.h"

#include "core/checks/check_descriptor.h"
#include "core/media/facts.h"
#include "ui/moderation/finding_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace vidimus::ui::moderation {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FindingText", text);
}

#define TEXT(text) QT_TRANSLATE_NOOP("FindingText", text)

struct Unit {
    QLatin1StringView suffix;
    const char* text;
    int decimals;
    double factor;
};

constexpr Unit kUnits[] {
    {"_dbtp"_L1, TEXT("%1 dBTP"), 1, 1},
    {"_lufs"_L1, TEXT("%1 LUFS"), 1, 1},
    {"_lu"_L1, TEXT("%1 LU"), 1, 1},
    {"_dbfs"_L1, TEXT("%1 dBFS"), 0, 1},
    {"_frames"_L1, TEXT("%1 frames"), 0, 1},
    {"_s"_L1, TEXT("%1 s"), 1, 1},
    {"_share"_L1, TEXT("%1 %"), 0, 100},
};

#undef TEXT

} // namespace

QString valueText(double value, const QString& unit)
{
    const auto number = [value](int decimals, double factor) {
        return QLocale().toString(value * factor, 'f', decimals).replace(u'-', u'−');
    };
    if (unit == u"fraction"_s)
        return tr("%1 %").arg(number(value < 0.1 ? 1 : 0, 100));
    if (unit == u"px"_s)
        return tr("%1 px").arg(number(0, 1));
    if (unit == u"frames"_s)
        return tr("%1 frames").arg(number(0, 1));
    const bool fine = unit.isEmpty() || unit == u"s"_s;
    const QString text = number(fine && value != std::round(value) ? 2 : fine ? 0 : 1, 1);
    return unit.isEmpty() ? text : text + u' ' + unit;
}

QString evidenceText(const checks::Evidence& evidence)
{
    QStringList parts;
    if (evidence.value)
        parts << tr("Measured %1").arg(valueText(*evidence.value, evidence.unit));
    if (evidence.lower && evidence.upper) {
        parts << tr("allowed from %1 to %2")
                     .arg(valueText(*evidence.lower, evidence.unit), valueText(*evidence.upper, evidence.unit));
    } else if (evidence.upper) {
        parts << tr("allowed up to %1").arg(valueText(*evidence.upper, evidence.unit));
    } else if (evidence.lower) {
        parts << tr("allowed from %1").arg(valueText(*evidence.lower, evidence.unit));
    }
    return parts.isEmpty() ? QString() : parts.join(tr("; ")) + u'.';
}

QString checkTitle(const QString& checkId)
{
    const checks::CheckDescriptor* descriptor = checks::findDescriptor(checkId);
    return descriptor ? QCoreApplication::translate("checks", descriptor->title) : checkId;
}

int laneColor(const QString& checkId)
{
    const auto descriptors = checks::checkDescriptors();
    for (std::size_t i = 0; i < descriptors.size(); ++i) {
        if (checkId == QLatin1StringView(descriptors[i].id))
            return static_cast<int>(i) % 7;
    }
    return 0;
}

QString measuredText(const checks::Finding& finding)
{
    // The first by unit: a level says more than a length, a length more than a share.
    for (const Unit& unit : kUnits) {
        for (const auto& [name, value] : finding.measured) {
            if (name.endsWith(unit.suffix))
                return tr(unit.text)
                    .arg(QLocale().toString(value * unit.factor, 'f', unit.decimals))
                    .replace(u'-', u'−');
        }
    }
    if (finding.region)
        return u"%1×%2"_s.arg(finding.region->width).arg(finding.region->height);
    return {};
}

QRectF shownRegion(const checks::Region& region, const media::VideoStream& video)
{
    if (video.width < 1 || video.height < 1)
        return {};
    QRectF share(double(region.x) / video.width, double(region.y) / video.height, double(region.width) / video.width,
        double(region.height) / video.height);
    if (video.orientation.mirrored)
        share.moveLeft(1 - share.right());
    switch (video.orientation.clockwiseDegrees) {
    case 90:
        return {1 - share.bottom(), share.left(), share.height(), share.width()};
    case 180:
        return {1 - share.right(), 1 - share.bottom(), share.width(), share.height()};
    case 270:
        return {share.top(), 1 - share.right(), share.height(), share.width()};
    default:
        return share;
    }
}

std::vector<FindingRow> findingRows(const checks::Report& report, const media::VideoStream* video)
{
    std::vector<FindingRow> rows;
    for (const checks::CheckResult& check : report.checks) {
        int number = 0;
        for (const checks::Finding& finding : check.findings) {
            const bool fails = finding.severity == checks::Severity::Fail;
            FindingRow row {.id = check.id + u'/' + QString::number(number++),
                .checkId = check.id,
                .kind = checkTitle(check.id),
                .detail = findingDetail(finding.detail),
                .severity = finding.allowed ? tr("Allowed")
                    : fails                 ? tr("High")
                                            : tr("Medium"),
                .measured = measuredText(finding),
                .pattern = fails ? widgets::SeverityPattern::Solid : widgets::SeverityPattern::Hatched,
                .colorIndex = laneColor(check.id),
                .start = finding.start,
                .end = finding.end,
                .firstFrame = finding.firstFrame,
                .lastFrame = finding.lastFrame,
                .finding = finding,
                .threshold = check.threshold};
            if (finding.region && video)
                row.region = shownRegion(*finding.region, *video);
            rows.push_back(std::move(row));
        }
    }
    std::ranges::stable_sort(rows, {}, &FindingRow::start);
    return rows;
}

} // namespace vidimus::ui::moderation

#include "core/checks/model_manifest.h"

#include "core/base/json.h"

#include <QJsonArray>
#include <algorithm>
#include <cmath>

namespace vidimus::checks {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kSchema = "vidimus.model/1"_L1;
constexpr int kMostSide = 2048;
constexpr qsizetype kMostClasses = 1000;

bool isPlain(const QString& text, QStringView more)
{
    return !text.isEmpty() && text.size() <= 64 && std::ranges::all_of(text, [more](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || more.contains(c);
    });
}

bool isHash(const QString& text)
{
    return text.size() == 64
        && std::ranges::all_of(text, [](QChar c) { return (c >= u'a' && c <= u'f') || (c >= u'0' && c <= u'9'); });
}

double within(JsonReader& reader, QLatin1StringView name, double fallback, double lowest, double highest)
{
    const double value = reader.number(name, fallback);
    if (!(value >= lowest && value <= highest))
        reader.fail(name, u"must be between %1 and %2"_s.arg(lowest).arg(highest));
    return value;
}

bool isOneOf(JsonReader& reader, QLatin1StringView name, QLatin1StringView yes, QLatin1StringView no)
{
    const QString value = reader.string(name, no);
    if (value != yes && value != no)
        reader.fail(name, u"must be %1 or %2"_s.arg(yes, no));
    return value == yes;
}

void readClasses(JsonReader& reader, std::vector<ModelManifest::Class>& classes)
{
    if (!reader.has("classes"_L1))
        return;
    const QJsonArray array = reader.array("classes"_L1);
    if (array.size() > kMostClasses)
        reader.fail("classes"_L1, u"too many"_s);
    for (const QJsonValue& value : array) {
        JsonReader inner(value.toObject(), reader.pathOf("classes"_L1));
        ModelManifest::Class one;
        one.name = inner.string("name"_L1);
        one.threshold = within(inner, "threshold"_L1, 2, 0, 2);
        const auto done = inner.finish();
        if (!done || !isPlain(one.name, u"_")) {
            reader.fail("classes"_L1, done ? u"a name must be letters, digits and _"_s : done.error().detail);
            return;
        }
        if (std::ranges::find(classes, one.name, &ModelManifest::Class::name) != classes.end()) {
            reader.fail("classes"_L1, u"\"%1\" stands twice"_s.arg(one.name));
            return;
        }
        classes.push_back(std::move(one));
    }
}

void readInput(JsonReader& reader, ModelManifest& manifest)
{
    JsonReader input(reader.object("input"_L1), reader.pathOf("input"_L1));
    manifest.width = static_cast<int>(within(input, "width"_L1, 0, 8, kMostSide));
    manifest.height = static_cast<int>(within(input, "height"_L1, 0, 8, kMostSide));
    manifest.layout
        = isOneOf(input, "layout"_L1, "nhwc"_L1, "nchw"_L1) ? ModelManifest::Layout::Nhwc : ModelManifest::Layout::Nchw;
    manifest.fit = input.has("fit"_L1) && isOneOf(input, "fit"_L1, "stretch"_L1, "contain"_L1)
        ? ModelManifest::Fit::Stretch
        : ModelManifest::Fit::Contain;
    manifest.bgr = isOneOf(input, "order"_L1, "bgr"_L1, "rgb"_L1);
    manifest.scale = within(input, "scale"_L1, 1, -1e6, 1e6);
    manifest.offset = within(input, "offset"_L1, 0, -1e6, 1e6);
    if (const auto done = input.finish(); !done)
        reader.fail("input"_L1, done.error().detail);
}

} // namespace

QJsonObject toJson(const ModelManifest& manifest)
{
    QJsonArray classes;
    for (const ModelManifest::Class& one : manifest.classes)
        classes.append(QJsonObject {{u"name"_s, one.name}, {u"threshold"_s, one.threshold}});
    const QJsonObject input {{u"width"_s, manifest.width}, {u"height"_s, manifest.height},
        {u"layout"_s, manifest.layout == ModelManifest::Layout::Nhwc ? u"nhwc"_s : u"nchw"_s},
        {u"fit"_s, manifest.fit == ModelManifest::Fit::Stretch ? u"stretch"_s : u"contain"_s},
        {u"order"_s, manifest.bgr ? u"bgr"_s : u"rgb"_s}, {u"scale"_s, manifest.scale}, {u"offset"_s, manifest.offset}};
    return {{u"schema"_s, kSchema}, {u"name"_s, manifest.name}, {u"check"_s, manifest.check},
        {u"file"_s, manifest.file}, {u"sha256"_s, manifest.sha256}, {u"licence"_s, manifest.licence},
        {u"source"_s, manifest.source}, {u"limits"_s, manifest.limits},
        {u"kind"_s, manifest.kind == ModelManifest::Kind::BlazeFace ? u"blazeface"_s : u"classes"_s},
        {u"input"_s, input}, {u"sample_seconds"_s, manifest.sampleSeconds}, {u"softmax"_s, manifest.softmax},
        {u"threshold"_s, manifest.threshold}, {u"classes"_s, classes}};
}

Result<ModelManifest> modelManifestFromJson(const QJsonObject& object)
{
    JsonReader reader(object);
    ModelManifest manifest;
    if (reader.string("schema"_L1) != kSchema)
        reader.fail("schema"_L1, u"must be %1"_s.arg(kSchema));
    manifest.name = reader.string("name"_L1);
    manifest.check = reader.string("check"_L1);
    manifest.file = reader.string("file"_L1);
    manifest.sha256 = reader.string("sha256"_L1);
    manifest.licence = reader.string("licence"_L1).left(200);
    manifest.source = reader.string("source"_L1, QString()).left(200);
    manifest.limits = reader.string("limits"_L1, QString()).left(1000);
    manifest.kind = isOneOf(reader, "kind"_L1, "blazeface"_L1, "classes"_L1) ? ModelManifest::Kind::BlazeFace
                                                                             : ModelManifest::Kind::Classes;
    readInput(reader, manifest);
    manifest.sampleSeconds = within(reader, "sample_seconds"_L1, 1, 0.04, 3600);
    manifest.softmax = reader.boolean("softmax"_L1, false);
    manifest.threshold = within(reader, "threshold"_L1, 0.5, 0, 1);
    readClasses(reader, manifest.classes);
    if (!isPlain(manifest.name, u"-_"))
        reader.fail("name"_L1, u"must be letters, digits, - and _"_s);
    if (!isPlain(manifest.file, u"-_.") || manifest.file.startsWith(u'.'))
        reader.fail("file"_L1, u"must be a plain file name"_s);
    if (!isHash(manifest.sha256))
        reader.fail("sha256"_L1, u"must be 64 lower-case hexadecimal digits"_s);
    if (manifest.licence.isEmpty())
        reader.fail("licence"_L1, u"must not be empty"_s);
    const bool faces = manifest.kind == ModelManifest::Kind::BlazeFace;
    if (manifest.check != (faces ? "faces"_L1 : "classifier"_L1))
        reader.fail("check"_L1, u"does not go with the kind"_s);
    if (faces != manifest.classes.empty())
        reader.fail("classes"_L1, u"are what a classifier has, and only that"_s);
    if (const auto done = reader.finish(); !done)
        return done.error();
    return manifest;
}

} // namespace vidimus::checks

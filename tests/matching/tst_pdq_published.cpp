#include "core/base/unique_fd.h"
#include "core/matching/engine/run_fingerprint.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <fcntl.h>

using namespace vidimus;
using namespace vidimus::matching;
using namespace Qt::StringLiterals;

namespace {

/// Hashes that the authors published for one picture in its eight positions (facebook/ThreatExchange,
/// pdq/data/reg-test-input/dih), with that position mirrored left to right.
struct Published {
    const char* file;
    const char* hash;
    const char* mirror; ///< the file that shows it mirrored
};
constexpr Published kPublished[] {
    {"bridge-1-original.jpg", "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22", "bridge-6-flipy.jpg"},
    {"bridge-2-rotate-90.jpg", "30a10efd71cc3d429013d48d0ffffc52e34e0e17ada952a9d29685211ea9e5af",
        "bridge-8-flip-minus-1.jpg"},
    {"bridge-3-rotate-180.jpg", "adad5a64b5a142e75b62a09857da895ae63b847fc23794b766b319361bc93188",
        "bridge-5-flipx.jpg"},
    {"bridge-4-rotate-270.jpg", "a5f0a457a48995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b1bfc4f05",
        "bridge-7-flip-plus-1.jpg"},
    {"bridge-5-flipx.jpg", "f8f80f31e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd",
        "bridge-3-rotate-180.jpg"},
    {"bridge-6-flipy.jpg", "0dad2599b1a1bd1a5362576742da32a5e63b7380c2374b4866b366c91bc9ce77", "bridge-1-original.jpg"},
    {"bridge-7-flip-plus-1.jpg", "f0a5e102f1ccc0bd945308720fff038de34ef1e8ada9a956d2967ade5ea91a50",
        "bridge-4-rotate-270.jpg"},
    {"bridge-8-flip-minus-1.jpg", "a5f05aa8a4896a17c906a2d85aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa",
        "bridge-2-rotate-90.jpg"},
};

constexpr int kSameHash = 10; ///< bits; the authors' bound for two implementations at quality 80 and more

PdqHash publishedOf(const char* file)
{
    const auto* found
        = std::ranges::find_if(kPublished, [&](const Published& row) { return qstrcmp(row.file, file) == 0; });
    return pdqHashFromHex(QString::fromLatin1(found->hash)).value();
}

} // namespace

/// What the authors published, against our bits, their order and their text. The pictures are not ours to carry:
/// VIDIMUS_PDQ_IMAGES names a folder that has them.
class TestPdqPublished : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMirroredHashIsThePublishedOneOfTheMirroredPicture_data();
    void aMirroredHashIsThePublishedOneOfTheMirroredPicture();
    void publishedPicturesHaveTheirHashes();
};

void TestPdqPublished::aMirroredHashIsThePublishedOneOfTheMirroredPicture_data()
{
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("mirror");
    for (const Published& row : kPublished)
        QTest::newRow(row.file) << QString::fromLatin1(row.hash) << toHex(publishedOf(row.mirror));
}

void TestPdqPublished::aMirroredHashIsThePublishedOneOfTheMirroredPicture()
{
    QFETCH(QString, hash);
    QFETCH(QString, mirror);
    const int apart = distance(mirrored(pdqHashFromHex(hash).value()), pdqHashFromHex(mirror).value());
    // Coefficients between zero and the median do not follow the sign; another order of bits would give about 128.
    QVERIFY2(apart <= 20, qPrintable(QString::number(apart)));
}

void TestPdqPublished::publishedPicturesHaveTheirHashes()
{
    const QString folder = qEnvironmentVariable("VIDIMUS_PDQ_IMAGES");
    if (folder.isEmpty())
        QSKIP("VIDIMUS_PDQ_IMAGES names no folder with the authors' pictures");
    int seen = 0;
    for (const Published& row : kPublished) {
        const UniqueFd file(::open(
            QFile::encodeName(QDir(folder).filePath(QString::fromLatin1(row.file))).constData(), O_RDONLY | O_CLOEXEC));
        if (file.get() < 0)
            continue;
        auto input = media::engine::Input::open(file.get());
        QVERIFY2(input, row.file);
        const auto print = engine::fingerprintOf(**input);
        QVERIFY2(print && print->frames.size() == 1, row.file);
        QVERIFY2(print->frames[0].quality >= 80, row.file);
        const int apart = distance(print->frames[0].hash, pdqHashFromHex(QString::fromLatin1(row.hash)).value());
        QVERIFY2(apart <= kSameHash, qPrintable(u"%1: %2 bits"_s.arg(QLatin1String(row.file)).arg(apart)));
        ++seen;
    }
    QVERIFY2(seen > 0, "the folder has none of the pictures");
}

QTEST_GUILESS_MAIN(TestPdqPublished)
#include "tst_pdq_published.moc"

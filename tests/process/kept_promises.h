#pragma once

#include "program_room.h"

#include <QHash>
#include <QSet>

namespace vidimus::test {

struct LoadedAsset {
    QString id;
    QString title;
    QByteArray sha256;
};

/// What somebody was told is saved.
struct Acknowledged {
    QSet<QString> decisions; ///< ids, from the command line
    QHash<QString, int> shown; ///< first digits of an item's hash → how many decisions about it a window showed
};

/// The same clip with a box that says nothing at its end: other bytes, the same film.
[[nodiscard]] QByteArray variant(int number);
/// Writes \a count variants from \a first on and ingests them with one command.
[[nodiscard]] QList<LoadedAsset> ingestVariants(ProgramRoom& room, int first, int count);

/// Whether nothing of ours is left running five seconds from now at the latest.
[[nodiscard]] bool allGone();
[[nodiscard]] QString namesOfLiving();

/// With no program running: the database is whole, the log verifies, and what was acknowledged is there. Fails the test
/// that runs otherwise.
void checkWorkspace(const ProgramRoom& room, const Acknowledged& acknowledged);
/// With an empty outbox: the catalog has each decision at most once, in order, and only ours; and the originals are the
/// bytes that their names say. Fails the test that runs otherwise.
void compareWithTheCatalog(const ProgramRoom& room, const QList<LoadedAsset>& assets);

} // namespace vidimus::test

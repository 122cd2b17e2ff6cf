#include "core/availability_reader/availability_reader.h"
#include "core/base/durable_file.h"
#include "core/rights/flatten_rules.h"
#include "core/rights/names.h"
#include "core/rights/reader_status.h"
#include "core/rights/snapshot_compiler.h"
#include "core/rights/snapshot_decoder.h"
#include "core/rights/snapshot_encoder.h"
#include "core/rights/time_import.h"
#include "core/store/workspace_store.h"
#include "core/workbench/availability_guard.h"
#include "core/workbench/bench_figures.h"
#include "core/workbench/permission.h"
#include "core/workbench/rules_cache.h"
#include "core/workbench/upkeep.h"
#include "core/workbench/verb_table.h"
#include "core/workbench/workspace.h"

#include <QFile>

namespace vidimus::workbench {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxSnapshotBytes = 2LL << 30;
constexpr double kDefaultLimit = 20; // per cent of a site's cells
constexpr int kMaxListed = 1000;

Result<rights::DecodedSnapshot> readSnapshot(const QString& path, QByteArray& bytes)
{
    auto read = readFile(path, kMaxSnapshotBytes);
    if (!read)
        return std::move(read).error();
    bytes = std::move(*read);
    auto decoded = rights::decodeSnapshot(bytes);
    if (!decoded)
        return Error {decoded.error().code, path + u": "_s + decoded.error().detail, decoded.error().reason};
    return decoded;
}

/// What stands behind a compiled file, for scripts.
QJsonObject describeSnapshot(const rights::AvailabilityImage& image, const QByteArray& bytes)
{
    const rights::SnapshotCounts counts = rights::describe(image, bytes).counts;
    return {{u"titles"_s, counts.titles}, {u"windows"_s, counts.windows}, {u"territory_sets"_s, counts.territorySets},
        {u"site_sets"_s, counts.siteSets}, {u"offer_sets"_s, counts.offerSets}, {u"dates"_s, counts.instants},
        {u"bytes"_s, counts.bytes}, {u"state"_s, QString::fromLatin1(image.stateId().toHex())}};
}

/// The snapshot that stood before, and what follows it.
struct Succession {
    QByteArray before;
    std::optional<rights::DeltaPair> delta; ///< none: only the new snapshot goes on
    QString whySnapshot; ///< why there is no delta
    quint64 version = 1;
};

/// Goes on from the snapshot in \a path where a delta leads there; else \a image is a fresh one.
Result<Succession> follow(std::optional<rights::AvailabilityImage>& image, const QString& path,
    const rights::Resolver& resolver, const QString& site, const SigningKey& key)
{
    Succession succession;
    auto decoded = readSnapshot(path, succession.before);
    if (!decoded)
        return std::move(decoded).error();
    succession.version = decoded->version + 1;
    if (decoded->image.basis().partition != site)
        return Error {ErrorCode::Invalid, u"%1 was compiled for another site"_s.arg(path), "other_partition"};
    if (decoded->image.basis().question != resolver.question())
        return Error {ErrorCode::Invalid, u"%1 answers another question"_s.arg(path), "other_question"};
    const auto flat = rights::flattenAll(decoded->image, resolver);
    if (!flat && flat.error().reason != "needs_snapshot")
        return flat.error();
    if (!flat)
        succession.whySnapshot = flat.error().detail;
    if (flat) {
        auto delta
            = rights::encodeStep(decoded->image, decoded->image.takeStep(), decoded->version, succession.version, &key);
        if (delta) {
            succession.delta = std::move(*delta);
            image.emplace(std::move(decoded->image));
        } else if (delta.error().reason != "needs_snapshot") {
            return std::move(delta).error();
        } else {
            succession.whySnapshot = delta.error().detail;
        }
    }
    return succession;
}

/// No answer differs from the snapshot before, so it stays what it is, with its name and number; there is no delta.
Result<VerbReply> unchangedReply(const QString& out, const Succession& succession, const BenchClock& clock)
{
    const auto before = rights::decodeSnapshot(succession.before);
    if (!before)
        return before.error();
    if (auto written = writeFileDurably(out, succession.before); !written)
        return std::move(written).error();
    QJsonObject json = describeSnapshot(before->image, succession.before);
    json[u"changed"_s] = 0;
    json[u"unchanged"_s] = true;
    json[u"version"_s] = static_cast<qint64>(before->version);
    json[u"message"_s]
        = u"Nothing changed since version %1: the new file is the same state, and no delta is needed."_s.arg(
            before->version);
    json[u"seconds"_s] = clock.milliseconds() / 1000;
    return VerbReply {ExitCode::Done, json};
}

/// The other person that --second names, by id or name; who may not do this alone cannot agree to it either.
Result<PersonId> secondPerson(Workspace& workspace, const QString& named)
{
    const auto all = people(workspace);
    if (!all)
        return all.error();
    const auto found = std::ranges::find_if(
        *all, [&](const Person& person) { return person.id.toString() == named || person.name == named; });
    if (found == all->end())
        return Error {ErrorCode::NotFound, u"nobody here is called %1"_s.arg(named), "unknown_person"};
    if (found->id == workspace.me().id)
        return Error {ErrorCode::Conflict, u"the second person has to be another one"_s, "same_person"};
    if (!moderation::may(found->roles, moderation::Action::EditAvailability))
        return Error {ErrorCode::Denied, u"%1 may not change availability"_s.arg(named), "second_person_role"};
    return found->id;
}

/// Refuses to announce what takes too much from a site unless a second person agrees. Who did, or nobody.
Result<PersonId> guard(const VerbRequest& request, Workspace& workspace, const std::vector<SiteCells>& sites)
{
    bool isNumber = true;
    const double limit
        = request.has(u"limit"_s) ? request.options.value(u"limit"_s).toDouble(&isNumber) : kDefaultLimit;
    if (!isNumber || limit < 0 || limit > 100)
        return Error {ErrorCode::Invalid, u"--limit is a share in per cent, 0 to 100"_s, "usage"};
    const std::vector<SiteCells> beyond = beyondLimit(sites, limit / 100);
    if (beyond.empty())
        return PersonId();
    if (request.has(u"second"_s))
        return secondPerson(workspace, request.options.value(u"second"_s));
    QStringList names;
    for (const SiteCells& cells : beyond)
        names.append(u"%1 %2 %"_s.arg(cells.site).arg(cells.lostShare() * 100, 0, 'f', 1));
    return Error {ErrorCode::Conflict,
        u"more than %1 % of a site would go dark (%2); name a second person who agrees with --second"_s.arg(limit).arg(
            names.join(u", "_s)),
        "second_person_needed"};
}

/// A reader that has followed the deltas; closed with the object.
struct Followed {
    vav_reader* reader = nullptr;
    ~Followed() { vav_close(reader); }
};

Result<void> openAndFollow(const QStringList& files, Followed& followed)
{
    const auto refusal = [](const QString& file, vav_status status) {
        const bool missing = status == VAV_IO && !QFile::exists(file);
        return Error {missing ? ErrorCode::NotFound : ErrorCode::Corrupt,
            u"%1: %2"_s.arg(file, missing ? u"there is no such file"_s : rights::sentenceOf(status)),
            missing ? "no_file" : "refused"};
    };
    if (const auto status = vav_open_file(&followed.reader, QFile::encodeName(files.front()).constData(), nullptr);
        status != VAV_OK)
        return refusal(files.front(), status);
    for (qsizetype i = 1; i < files.size(); ++i) {
        if (const auto status = vav_apply_file(followed.reader, QFile::encodeName(files[i]).constData());
            status != VAV_OK)
            return refusal(files[i], status);
    }
    return {};
}

QString idOf(const vav_state* state, std::uint32_t title)
{
    QByteArray id(256, 0);
    const auto length
        = static_cast<qsizetype>(vav_title_id(state, title, id.data(), static_cast<std::size_t>(id.size())));
    return QString::fromUtf8(id.first(std::min(length, id.size())));
}

QString stateName(const vav_state* state)
{
    const QByteArray id(reinterpret_cast<const char*>(vav_state_id(state)), VAV_STATE_ID_BYTES);
    return QString::fromLatin1(id.toHex());
}

} // namespace

Result<VerbReply> runAvailabilityCompile(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const BenchClock clock;
    if (auto allowed = requirePermission(*context.workspace, moderation::Action::EditAvailability, u"availability"_s);
        !allowed)
        return std::move(allowed).error();
    const auto rules = context.workspace->rules().view(*context.workspace);
    if (!rules)
        return rules.error();
    const auto question = questionOption(request);
    if (!question)
        return question.error();
    const rights::Resolver resolver = (*rules)->resolver.forQuestion(*question);
    const SigningKey& key = context.workspace->store().signingKey();
    const QString site = request.options.value(u"site"_s), out = request.options.value(u"out"_s);
    std::optional<rights::AvailabilityImage> image;
    Succession succession;
    if (request.has(u"after"_s)) {
        auto followed = follow(image, request.options.value(u"after"_s), resolver, site, key);
        if (!followed)
            return std::move(followed).error();
        succession = std::move(*followed);
    }
    if (succession.delta && succession.delta->titles == 0)
        return unchangedReply(out, succession, clock);
    if (!image) {
        auto fresh = rights::imageOf(resolver, {.partition = site, .key = nullptr, .cancel = context.cancel});
        if (!fresh)
            return std::move(fresh).error();
        image.emplace(std::move(*fresh));
    }
    const auto bytes = rights::encodeSnapshot(*image, succession.version, &key);
    if (!bytes)
        return bytes.error();
    QJsonObject json = describeSnapshot(*image, *bytes);
    json[u"time_zones"_s] = rights::timeZoneDatabaseVersion();
    if (!succession.before.isEmpty()) {
        const auto sites = compareSites(succession.before, *bytes, image->basis(), context.workspace->clock().now());
        if (!sites)
            return sites.error();
        const auto second = guard(request, *context.workspace, *sites);
        if (!second)
            return second.error();
        json[u"sites"_s] = toJson(*sites);
        if (!second->isEmpty()) {
            json[u"second"_s] = second->toString();
            const QJsonObject what {{u"second"_s, second->toString()}, {u"sites"_s, toJson(*sites)}};
            auto logged = context.workspace->store().write([&](store::UnitOfWork& unit) {
                return unit.audit.append(context.workspace->me().id.toString(), u"announce_beyond_limit"_s,
                    u"availability:"_s + QString::number(succession.version), QJsonValue::Null, what);
            });
            if (!logged)
                return std::move(logged).error();
        }
    }
    // The deltas first: whoever sees the new snapshot finds the way to it and back.
    if (succession.delta) {
        for (const auto& [suffix, delta] :
            {std::pair(u".delta"_s, &succession.delta->forward), {u".reverse"_s, &succession.delta->reverse}}) {
            if (auto written = writeFileDurably(out + suffix, *delta); !written)
                return std::move(written).error();
        }
        json[u"changed"_s] = succession.delta->titles;
        json[u"delta_bytes"_s] = succession.delta->forward.size();
        json[u"reverse_bytes"_s] = succession.delta->reverse.size();
    }
    if (auto written = writeFileDurably(out, *bytes); !written)
        return std::move(written).error();
    if (!succession.whySnapshot.isEmpty())
        json[u"message"_s] = u"No delta leads here from %1: %2. Readers have to take the new snapshot."_s.arg(
            request.options.value(u"after"_s), succession.whySnapshot.section(u';', 0, 0));
    json[u"version"_s] = static_cast<qint64>(succession.version);
    json[u"public_key"_s] = QString::fromLatin1(key.publicKey().toHex());
    json[u"seconds"_s] = clock.milliseconds() / 1000;
    return VerbReply {ExitCode::Done, json};
}

Result<VerbReply> runAvailabilityDelta(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const BenchClock clock;
    QByteArray fromBytes, toBytes;
    auto from = readSnapshot(request.operands[0], fromBytes);
    if (!from)
        return std::move(from).error();
    const auto to = readSnapshot(request.operands[1], toBytes);
    if (!to)
        return to.error();
    if (auto changed = rights::changeInto(from->image, to->image); !changed)
        return std::move(changed).error();
    const SigningKey& key = context.workspace->store().signingKey();
    const auto delta = rights::encodeStep(from->image, from->image.takeStep(), from->version, to->version, &key);
    if (!delta)
        return delta.error();
    const QString out = request.options.value(u"out"_s);
    if (auto written = writeFileDurably(out, delta->forward); !written)
        return std::move(written).error();
    if (request.has(u"reverse"_s)) {
        if (auto written = writeFileDurably(request.options.value(u"reverse"_s), delta->reverse); !written)
            return std::move(written).error();
    }
    return VerbReply {ExitCode::Done,
        {{u"from"_s, static_cast<qint64>(from->version)}, {u"to"_s, static_cast<qint64>(to->version)},
            {u"changed"_s, delta->titles}, {u"bytes"_s, delta->forward.size()},
            {u"reverse_bytes"_s, delta->reverse.size()}, {u"seconds"_s, clock.milliseconds() / 1000}}};
}

Result<VerbReply> runAvailabilityApply(const VerbContext& context)
{
    const BenchClock clock;
    Followed followed;
    if (auto done = openAndFollow(context.request.operands, followed); !done)
        return std::move(done).error();
    const vav_state* state = vav_acquire(followed.reader);
    const QJsonObject json {{u"version"_s, static_cast<qint64>(vav_version(state))}, {u"state"_s, stateName(state)},
        {u"titles"_s, static_cast<qint64>(vav_title_count(state))},
        {u"memory_bytes"_s, static_cast<qint64>(vav_memory(state))}, {u"seconds"_s, clock.milliseconds() / 1000}};
    vav_release(state);
    return VerbReply {ExitCode::Done, json};
}

Result<VerbReply> runAvailabilityQuery(const VerbContext& context)
{
    const VerbRequest& request = context.request;
    const auto at = instantOption(request, u"at"_s, SystemClock::read());
    const auto place = placeOption(request);
    if (!at || !place)
        return at ? place.error() : at.error();
    Followed followed;
    if (auto done = openAndFollow(request.operands, followed); !done)
        return std::move(done).error();
    const vav_state* state = vav_acquire(followed.reader);
    const auto option = [&request](const QString& name) { return request.options.value(name).toUtf8(); };
    const auto text
        = [](const QByteArray& bytes) { return vav_text {bytes.constData(), static_cast<std::size_t>(bytes.size())}; };
    const QByteArray country = place->country.toLatin1(), subdivision = place->subdivision.toLatin1(),
                     site = option(u"site"_s), offer = option(u"offer"_s), title = option(u"title"_s);
    const vav_cell cell = vav_make_cell(
        state, text(country), text(subdivision), text(site), text(offer), at->time_since_epoch().count());
    QJsonObject json {{u"version"_s, static_cast<qint64>(vav_version(state))},
        {u"question"_s, rights::nameOf(static_cast<rights::Question>(vav_question_of(state)))},
        {u"at"_s, toRfc3339(*at)}};
    ExitCode code = ExitCode::Done;
    if (request.has(u"title"_s)) {
        const vav_answer answer = vav_ask(state, vav_find_title(state, text(title)), &cell);
        const QString terms
            = QString::fromUtf8(answer.terms_from.data, static_cast<qsizetype>(answer.terms_from.length));
        json[u"available"_s] = answer.available;
        json[u"terms_from"_s] = terms.isEmpty() ? QJsonValue() : QJsonValue(terms);
        code = answer.available ? ExitCode::Done : ExitCode::AnswerIsNo;
    } else {
        std::vector<std::uint32_t> found(kMaxListed);
        std::uint32_t cursor = 0;
        const std::size_t got = vav_list_from(state, &cell, &cursor, found.data(), found.size());
        QJsonArray titles;
        for (std::size_t i = 0; i < got; ++i)
            titles.append(idOf(state, found[i]));
        json[u"count"_s] = static_cast<qint64>(vav_count(state, &cell));
        json[u"titles"_s] = titles;
    }
    vav_release(state);
    return VerbReply {code, json};
}

} // namespace vidimus::workbench

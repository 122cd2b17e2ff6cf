#include "core/avails/zip_archive_p.h"

#include <optional>
#include <zip.h>

namespace vidimus::avails {

using namespace Qt::StringLiterals;

struct ZipArchive::State {
    zip_t* archive = nullptr;
    qint64 unpackedLeft = kMaxUnpackedBytes;
    std::optional<Error> failed;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State()
    {
        if (archive != nullptr)
            zip_discard(archive);
    }
};

namespace {

Error notWorkbook(const QString& why)
{
    return {ErrorCode::Invalid, u"the file is no readable workbook: "_s + why, "bad_workbook"};
}

} // namespace

/// Reads one part and takes what comes out of the archive's allowance.
class ZipPart : public QIODevice {
public:
    ZipPart(zip_file_t* file, qint64 packedBytes, qint64& left, std::optional<Error>& failed)
        : m_file(file)
        , m_packedBytes(std::max<qint64>(packedBytes, 1))
        , m_left(left)
        , m_failed(failed)
    {
        setOpenMode(QIODevice::ReadOnly);
    }
    ~ZipPart() override { zip_fclose(m_file); }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        if (m_failed)
            return -1;
        const qint64 got = zip_fread(m_file, data, static_cast<zip_uint64_t>(size));
        if (got < 0) {
            m_failed = notWorkbook(u"a part of it is damaged"_s);
            return -1;
        }
        m_unpacked += got;
        m_left -= got;
        const bool swells = m_unpacked > kRatioFrom && m_unpacked / m_packedBytes > kMaxRatio;
        if (m_left < 0 || swells) {
            m_failed = Error {ErrorCode::LimitExceeded,
                u"the workbook unpacks to more than a workbook needs (over %1 bytes, or over %2 times its size)"_s
                    .arg(kMaxUnpackedBytes)
                    .arg(kMaxRatio),
                "workbook_swells"};
            return -1;
        }
        return got == 0 ? -1 : got;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    zip_file_t* m_file;
    qint64 m_packedBytes;
    qint64 m_unpacked = 0;
    qint64& m_left;
    std::optional<Error>& m_failed;
};

ZipArchive::ZipArchive(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(const QByteArray& bytes)
{
    zip_error_t problem;
    zip_error_init(&problem);
    zip_source_t* source
        = zip_source_buffer_create(bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0, &problem);
    auto state = std::make_unique<State>();
    if (source != nullptr)
        state->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &problem);
    if (state->archive == nullptr) {
        const QString why = QString::fromUtf8(zip_error_strerror(&problem));
        zip_source_free(source);
        zip_error_fini(&problem);
        return notWorkbook(why);
    }
    zip_error_fini(&problem);
    const qint64 parts = zip_get_num_entries(state->archive, 0);
    if (parts > kMaxArchiveParts)
        return Error {ErrorCode::LimitExceeded,
            u"the workbook has %1 parts; at most %2 are read"_s.arg(parts).arg(kMaxArchiveParts), "workbook_parts"};
    return ZipArchive(std::move(state));
}

bool ZipArchive::has(const QByteArray& name) const
{
    return zip_name_locate(m_state->archive, name.constData(), ZIP_FL_NOCASE) >= 0;
}

Result<std::unique_ptr<QIODevice>> ZipArchive::part(const QByteArray& name)
{
    const auto place = zip_name_locate(m_state->archive, name.constData(), ZIP_FL_NOCASE);
    if (place < 0)
        return notWorkbook(u"%1 is missing"_s.arg(QString::fromUtf8(name.left(100))));
    zip_stat_t facts;
    zip_stat_init(&facts);
    zip_stat_index(m_state->archive, static_cast<zip_uint64_t>(place), 0, &facts);
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE)
        return notWorkbook(u"it is encrypted; save it without a password"_s);
    zip_file_t* file = zip_fopen_index(m_state->archive, static_cast<zip_uint64_t>(place), 0);
    if (file == nullptr)
        return notWorkbook(QString::fromUtf8(zip_strerror(m_state->archive)));
    return std::unique_ptr<QIODevice>(
        std::make_unique<ZipPart>(file, static_cast<qint64>(facts.comp_size), m_state->unpackedLeft, m_state->failed));
}

Result<void> ZipArchive::partError() const
{
    if (m_state->failed)
        return *m_state->failed;
    return {};
}

} // namespace vidimus::avails

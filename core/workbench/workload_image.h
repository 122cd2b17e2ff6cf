#pragma once

#include "core/base/result.h"
#include "core/base/signature.h"
#include "core/rights/snapshot_encoder.h"
#include "core/workbench/availability_workload.h"

namespace vidimus::workbench {

/// The workload as our compiler has it: ids are the titles' numbers, sites "s00" to "s19", offers "o0" to "o5",
/// countries the first 200 that ISO 3166-1 assigns, terms "p00" to "p23" for the payload.
class WorkloadImage {
public:
    /// Errors: LimitExceeded.
    [[nodiscard]] static Result<WorkloadImage> create(const AvailabilityWorkload& workload);

    /// A signed snapshot, version 1.
    [[nodiscard]] Result<QByteArray> snapshot(const SigningKey& key);
    /// What the 100 changed titles bring, from version 1 to 2 and back.
    [[nodiscard]] Result<rights::DeltaPair> change(const AvailabilityWorkload& workload, const SigningKey& key);
    /// One title saved with other windows, from version 2 to 3.
    [[nodiscard]] Result<rights::DeltaPair> save(
        const AvailabilityWorkload& workload, quint32 title, const SigningKey& key);

private:
    explicit WorkloadImage(rights::AvailabilityImage image)
        : m_image(std::move(image))
    {
    }

    rights::AvailabilityImage m_image;
};

[[nodiscard]] std::vector<int> workCountryCodes();
[[nodiscard]] QByteArray workCountry(quint32 country); ///< "AD"
[[nodiscard]] QByteArray workSite(quint32 site); ///< "s00"
[[nodiscard]] QByteArray workOffer(quint32 offer); ///< "o0"

} // namespace vidimus::workbench

#pragma once

#include "core/checks/check_descriptor.h"

/// The families of checks; checkDescriptors() gives them in this order.
namespace vidimus::checks {

[[nodiscard]] std::span<const CheckDescriptor> pictureDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> textureDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> contentDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> flashDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> soundDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> soundFaultDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> containerDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> trackDescriptors();
[[nodiscard]] std::span<const CheckDescriptor> modelDescriptors();

} // namespace vidimus::checks

#include "core/checks/check_tables_p.h"

#include <vector>

namespace vidimus::checks {

std::span<const CheckDescriptor> checkDescriptors()
{
    static const std::vector<CheckDescriptor> kAll = [] {
        std::vector<CheckDescriptor> all;
        for (const auto family :
            {pictureDescriptors(), textureDescriptors(), contentDescriptors(), flashDescriptors(), soundDescriptors(),
                soundFaultDescriptors(), containerDescriptors(), trackDescriptors(), modelDescriptors()})
            all.insert(all.end(), family.begin(), family.end());
        return all;
    }();
    return kAll;
}

} // namespace vidimus::checks

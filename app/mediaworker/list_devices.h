#pragma once

namespace vidimus::mediaworker {

/// "vidimus-mediaworker --devices", which `vidimus doctor` starts: feeds each encoder one picture, opens each GPU, and
/// prints {"encoders": [{"id", "usable", "why"}], "devices": [{"kind", "node", "driver", "usable", "why"}]}. It takes
/// no input, so it needs no sandbox, which would show it no device. Gives the exit status.
[[nodiscard]] int listDevices();

} // namespace vidimus::mediaworker

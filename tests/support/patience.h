#pragma once

/// How long a test waits for what must come, in milliseconds: long, as the machine may be busy with much else. A test
/// that passes waits only as long as the thing takes.
inline constexpr int kPatienceMs = 60'000;

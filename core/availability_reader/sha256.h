#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* SHA-256 (FIPS 180-4) of size bytes into 32 bytes. The reader's own, so that it needs no library. */
void vav_sha256(const uint8_t* bytes, uint64_t size, uint8_t digest[32]);

#ifdef __cplusplus
}
#endif

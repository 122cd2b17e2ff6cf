#include "core/availability_reader/state.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct vav_verifier {
    EVP_PKEY* key;
    EVP_MD_CTX* context;
};

bool vav_digest_fits(const uint8_t* bytes, uint64_t size)
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    return EVP_Digest(bytes + kHashedFrom, size - kHashedFrom, digest, &length, EVP_sha256(), NULL) == 1 && length == 32
        && memcmp(digest, bytes + kDigestAt, 32) == 0;
}

struct vav_verifier* vav_make_verifier(const uint8_t* key)
{
    struct vav_verifier* verifier = calloc(1, sizeof *verifier);
    if (!verifier)
        return NULL;
    verifier->key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, VAV_KEY_BYTES);
    verifier->context = EVP_MD_CTX_new();
    if (!verifier->key || !verifier->context) {
        vav_free_verifier(verifier);
        return NULL;
    }
    return verifier;
}

void vav_free_verifier(struct vav_verifier* verifier)
{
    if (!verifier)
        return;
    EVP_MD_CTX_free(verifier->context);
    EVP_PKEY_free(verifier->key);
    free(verifier);
}

bool vav_signature_fits(struct vav_verifier* verifier, const uint8_t* bytes)
{
    EVP_MD_CTX_reset(verifier->context);
    return EVP_DigestVerifyInit(verifier->context, NULL, NULL, NULL, verifier->key) == 1
        && EVP_DigestVerify(verifier->context, bytes + kSignatureAt, 64, bytes, kSignatureAt) == 1;
}

#pragma once

/* Reads a compiled availability snapshot (layout: docs/snapshot-format.md). C11, no other library.
 *
 * A snapshot is opened once: bounds, order and SHA-256 are checked then. After that any number of threads may ask; no
 * question allocates, locks, or writes. Answers hold for viewers without an age limit and without a purchase. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum vav_status {
    VAV_OK = 0,
    VAV_IO = 1, /* the operating system refused to open or map the file */
    VAV_NOT_A_SNAPSHOT = 2, /* wrong first bytes, or too short */
    VAV_WRONG_VERSION = 3, /* a format version that this reader does not know */
    VAV_BAD_CHECKSUM = 4,
    VAV_CORRUPT = 5 /* the checksum fits, but an offset, index or order does not */
};

/* A snapshot in use. The members are the reader's own; treat them as opaque. Copying is not allowed. */
struct vav_snapshot {
    const uint8_t* bytes;
    uint64_t size;
    bool mapped;
    uint64_t version;
    uint32_t title_count, rule_count, window_count, instant_count;
    uint32_t territory_count, site_count, offer_count, site_set_count, offer_set_count;
    uint32_t slot_count, site_words, offer_words, atom_count, text_size;
    const uint8_t *titles, *title_table, *windows, *instants, *territories, *atoms;
    const uint8_t *site_sets, *offer_sets, *sites, *offers, *rules, *text;
};

/* Opens a file read-only. On failure nothing stays open and the snapshot is empty. */
enum vav_status vav_open_file(struct vav_snapshot* snapshot, const char* path);
/* Uses bytes of the caller, which must stay as they are until vav_close(). Any alignment. */
enum vav_status vav_open_bytes(struct vav_snapshot* snapshot, const void* bytes, size_t size);
/* Unmaps what vav_open_file() mapped. Harmless on a snapshot that failed to open or was closed. */
void vav_close(struct vav_snapshot* snapshot);

/* The number that the publisher gave this snapshot. */
uint64_t vav_version(const struct vav_snapshot* snapshot);
uint32_t vav_title_count(const struct vav_snapshot* snapshot);

/* Text by pointer and length; it need not end in a zero byte. */
struct vav_text {
    const char* data;
    size_t length;
};

#define VAV_NO_TITLE UINT32_MAX

/* Everything of a question but the title, looked up once and used for many titles of the snapshot that it was made
 * for. With another snapshot it means something else; it never makes the reader look outside. */
struct vav_cell {
    uint32_t country; /* 0..675 */
    uint32_t subdivision; /* 0: none */
    uint32_t site; /* 0: not named by any rule */
    uint32_t offer;
    uint32_t time_rank;
};

/* country: "FR"; anything but two capital letters counts as "XX" (unresolved). subdivision: "CA-QC", or length 0.
 * at: milliseconds since 1970-01-01T00:00:00Z. */
struct vav_cell vav_make_cell(const struct vav_snapshot* snapshot, struct vav_text country, struct vav_text subdivision,
    struct vav_text site, struct vav_text offer, int64_t at);

/* The place of a title, or VAV_NO_TITLE. Constant time. */
uint32_t vav_find_title(const struct vav_snapshot* snapshot, struct vav_text id);
/* The id of a title by its place; empty when there is no such place. Points into the snapshot. */
struct vav_text vav_title_id(const struct vav_snapshot* snapshot, uint32_t title);

struct vav_answer {
    bool available;
    struct vav_text terms_from; /* the grant whose terms hold; empty for a series, a season, or when not available */
};

struct vav_answer vav_ask(const struct vav_snapshot* snapshot, uint32_t title, const struct vav_cell* cell);
/* All in one, for a caller with a single question. An unknown title is not available. */
struct vav_answer vav_query(const struct vav_snapshot* snapshot, struct vav_text title, struct vav_text country,
    struct vav_text site, struct vav_text offer, int64_t at);
/* Writes the first available ones of candidates[0..count), in their order, to found (room for limit). Returns how
 * many. */
size_t vav_list(const struct vav_snapshot* snapshot, const struct vav_cell* cell, const uint32_t* candidates,
    size_t count, uint32_t* found, size_t limit);
/* How many titles are available; every title is asked. */
uint32_t vav_count(const struct vav_snapshot* snapshot, const struct vav_cell* cell);

#ifdef __cplusplus
}
#endif

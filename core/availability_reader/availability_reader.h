#pragma once

/* Reads compiled availability: a snapshot and the deltas that follow it (layout: docs/snapshot-format.md). C11; the
 * only other library is libcrypto, for SHA-256 and Ed25519.
 *
 * A reader holds one state at a time. Opening, applying a delta and replacing are done by one thread at a time; they
 * check everything first, then swap one pointer. Any number of threads acquire the state there is and ask it: no
 * question waits, allocates, or writes to what others read. A state that was acquired stays as it is until it is
 * released, whatever comes after. Answers hold for viewers without an age limit and without a purchase. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

enum vav_status {
    VAV_OK = 0,
    VAV_IO = 1, /* the operating system refused to open or map the file */
    VAV_NOT_A_SNAPSHOT = 2, /* wrong first bytes, or too short */
    VAV_WRONG_VERSION = 3, /* a format that this reader does not know */
    VAV_BAD_CHECKSUM = 4,
    VAV_CORRUPT = 5, /* the checksum fits, but a count, offset, index or order does not */
    VAV_BAD_SIGNATURE = 6, /* not signed by the key that was given */
    VAV_WRONG_BASE = 7, /* the delta begins at another state; nothing was changed */
    VAV_NO_MEMORY = 8,
    VAV_BUSY = 9 /* too many old states are still held by readers; nothing was changed */
};

typedef struct vav_reader vav_reader;
typedef struct vav_state vav_state;
typedef struct vav_planes vav_planes;

#define VAV_KEY_BYTES 32 /* an Ed25519 public key (RFC 8032) */
#define VAV_STATE_ID_BYTES 16
#define VAV_NO_TITLE UINT32_MAX

/* Opens a snapshot read-only. With a public key, it and all that follows must be signed by it; without one (NULL),
 * checksums alone are looked at. On failure *reader is NULL and nothing stays open. */
enum vav_status vav_open_file(vav_reader** reader, const char* path, const uint8_t* public_key);
/* Uses bytes of the caller, which must stay as they are until vav_close(). Any alignment. */
enum vav_status vav_open_bytes(vav_reader** reader, const void* bytes, size_t size, const uint8_t* public_key);
/* Frees everything. States must have been released before. NULL is harmless. */
void vav_close(vav_reader* reader);

/* Goes on to the state that a delta (or a reverse delta) leads to. The cost follows the delta, not the catalogue. */
enum vav_status vav_apply_bytes(vav_reader* reader, const void* delta, size_t size);
enum vav_status vav_apply_file(vav_reader* reader, const char* path);
/* Takes another snapshot in place of the present state: the first one after a gap, or an older one that is pinned. */
enum vav_status vav_replace_file(vav_reader* reader, const char* path);

/* The present state, kept alive until it is released. Any thread; never waits. */
const vav_state* vav_acquire(vav_reader* reader);
void vav_release(const vav_state* state);

/* The number that the publisher gave this state. */
uint64_t vav_version(const vav_state* state);
/* VAV_STATE_ID_BYTES bytes that name the content; a delta says between which two it leads. */
const uint8_t* vav_state_id(const vav_state* state);
/* Titles that ever were; some may be gone. Titles are numbered from 0. */
uint32_t vav_title_count(const vav_state* state);
/* What the state occupies with all its indexes, in bytes: the mapped file and what was allocated. */
uint64_t vav_memory(const vav_state* state);

/* Text by pointer and length; it need not end in a zero byte. */
struct vav_text {
    const char* data;
    size_t length;
};

/* The site of a snapshot that was made for one site alone; empty for a whole one. */
struct vav_text vav_partition(const vav_state* state);

/* Which of three questions a snapshot answers; they have windows of their own, and a snapshot each. */
enum vav_question {
    VAV_PLAYABLE = 0,
    VAV_PRE_ORDER = 1, /* may be ordered before it plays */
    VAV_ANNOUNCED = 2 /* may be shown as coming or there */
};
enum vav_question vav_question_of(const vav_state* state);

/* Everything of a question but the title, looked up once and used for many titles. It belongs to the state that it was
 * made with; to another state it is a question that nothing answers. */
struct vav_cell {
    uint64_t stamp;
    uint32_t column; /* of the country */
    uint32_t subdivision; /* 0: none */
    uint32_t site; /* 0: not named by any rule */
    uint32_t offer;
    uint32_t time_rank;
};

/* country: "FR"; anything but two capital letters counts as "XX" (unresolved). subdivision: "CA-QC", or length 0.
 * at: milliseconds since 1970-01-01T00:00:00Z. */
struct vav_cell vav_make_cell(const vav_state* state, struct vav_text country, struct vav_text subdivision,
    struct vav_text site, struct vav_text offer, int64_t at);
/* The same cell at another instant; for a clock that ticks. */
void vav_set_time(const vav_state* state, struct vav_cell* cell, int64_t at);

/* The place of a title, or VAV_NO_TITLE. */
uint32_t vav_find_title(const vav_state* state, struct vav_text id);
/* The same for catalogues whose ids are numbers. */
uint32_t vav_find_number(const vav_state* state, uint64_t id);
/* Writes the id of a title, at most room bytes and no zero byte. Returns its length; 0 when there is no such title. */
size_t vav_title_id(const vav_state* state, uint32_t title, char* id, size_t room);

struct vav_answer {
    bool available;
    struct vav_text terms_from; /* the grant whose terms hold; empty for a series, a season, or when not available */
};

bool vav_is_available(const vav_state* state, uint32_t title, const struct vav_cell* cell);
struct vav_answer vav_ask(const vav_state* state, uint32_t title, const struct vav_cell* cell);
/* All in one, for a caller with a single question. An unknown title is not available. */
struct vav_answer vav_query(const vav_state* state, struct vav_text title, struct vav_text country,
    struct vav_text site, struct vav_text offer, int64_t at);

/* Many questions at once, which is faster than one by one: title i with cell i. */
void vav_ask_many(
    const vav_state* state, const uint32_t* titles, const struct vav_cell* cells, size_t count, bool* available);
/* Writes the first available ones of candidates[0..count), in their order, to found (room for limit). Returns how many;
 * *visited (may be NULL) says how many candidates were looked at. */
size_t vav_list(const vav_state* state, const struct vav_cell* cell, const uint32_t* candidates, size_t count,
    uint32_t* found, size_t limit, size_t* visited);
/* The same for catalogues whose ids are numbers; ids that no title has are passed over. Only those that are visited are
 * looked up, so a long list of candidates costs nothing that is not needed. */
size_t vav_list_numbers(const vav_state* state, const struct vav_cell* cell, const uint64_t* ids, size_t count,
    uint64_t* found, size_t limit, size_t* visited);
/* Writes the first available titles from *cursor on to found and moves *cursor behind the last one looked at. */
size_t vav_list_from(
    const vav_state* state, const struct vav_cell* cell, uint32_t* cursor, uint32_t* found, size_t limit);
/* How many titles are available; every title is asked. */
uint32_t vav_count(const vav_state* state, const struct vav_cell* cell);
/* The same without series and seasons, which are listed but never played. */
uint32_t vav_count_played(const vav_state* state, const struct vav_cell* cell);
/* vav_count_played() of every country, in one walk over the titles: counts[26 * (first letter - 'A') + second letter -
 * 'A'] of VAV_COUNTRY_CODES. Letters that no rule names count like any country that none names. The country and the
 * subdivision of the cell play no part. */
#define VAV_COUNTRY_CODES 676
void vav_count_countries(const vav_state* state, const struct vav_cell* cell, uint32_t* counts);

/* Scan planes: one bit per window for each country, site and offer, so that counting reads a few planes instead of
 * every window. They cost memory (vav_planes_memory()) and the caller chooses whether to have them. Made from one state
 * by the thread that applies; they answer for it and for the states that deltas make of it. NULL: no memory, or the
 * snapshot speaks of subdivisions, sites or offers too many. */
vav_planes* vav_make_planes(const vav_state* state);
void vav_free_planes(vav_planes* planes);
uint64_t vav_planes_memory(const vav_planes* planes);
/* Takes an instant for all that follows; not while others count. About a millisecond for 300,000 titles, and nothing
 * while no window opens or closes. */
void vav_planes_set_time(vav_planes* planes, int64_t at);
/* vav_count() at the planes' instant; the cell's own instant plays no part. */
uint32_t vav_planes_count(const vav_planes* planes, const vav_state* state, const struct vav_cell* cell);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif
#ifdef __cplusplus
}
#endif

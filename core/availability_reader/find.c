#include "core/availability_reader/state.h"

#include <stdlib.h>

uint64_t vav_hash(const uint8_t* bytes, size_t size)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, 64 bits */
    for (size_t i = 0; i < size; ++i)
        hash = (hash ^ bytes[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

struct vav_text vav_added_id(const struct vav_state* s, uint32_t title)
{
    const uint8_t* row = s->id_table->data + (uint64_t)(title - s->base->titles) * 8;
    const struct vav_text id = {(const char*)s->text_table->data + load32(row), load32(row + 4)};
    return id;
}

struct vav_added* vav_make_added(const struct vav_state* s, uint32_t count)
{
    uint32_t size = 16;
    while (size < count * (uint64_t)2)
        size *= 2;
    struct vav_added* added = calloc(1, sizeof *added + (uint64_t)size * 4);
    if (!added)
        return NULL;
    added->users = 1;
    added->mask = size - 1;
    for (uint32_t i = 0; i < count; ++i) {
        const struct vav_text id = vav_added_id(s, s->base->titles + i);
        uint32_t at = (uint32_t)vav_hash((const uint8_t*)id.data, id.length) & added->mask;
        while (added->table[at] != 0)
            at = (at + 1) & added->mask;
        added->table[at] = s->base->titles + i + 1;
    }
    return added;
}

static bool is_gone(const struct vav_state* s, uint32_t title)
{
    const uint32_t block = title / kBlockTitles;
    return vav_marks(vav_leaf_of(s, block)->gone, block)
        && (load64(vav_page_of(s, block) + kPageGoneAt) >> title % kBlockTitles & 1) != 0;
}

static uint32_t if_there(const struct vav_state* s, uint32_t title)
{
    return title < s->titles && !is_gone(s, title) ? title : VAV_NO_TITLE;
}

static uint32_t find_added(const struct vav_state* s, struct vav_text id)
{
    if (!s->added)
        return VAV_NO_TITLE;
    uint32_t at = (uint32_t)vav_hash((const uint8_t*)id.data, id.length) & s->added->mask;
    for (; s->added->table[at] != 0; at = (at + 1) & s->added->mask) {
        const uint32_t title = s->added->table[at] - 1;
        const struct vav_text found = vav_added_id(s, title);
        if (found.length == id.length && memcmp(found.data, id.data, id.length) == 0)
            return if_there(s, title);
    }
    return VAV_NO_TITLE;
}

/* A title of the snapshot whose stored id has these bytes. */
static uint32_t find_stored(const struct vav_state* s, const uint8_t* key, size_t size)
{
    const struct vav_base* b = s->base;
    if (b->buckets == 0)
        return VAV_NO_TITLE;
    const uint32_t bucket = (uint32_t)vav_hash(key, size) & (b->buckets - 1);
    const uint32_t end = load32(b->bucket_starts + (uint64_t)bucket * 4 + 4);
    for (uint32_t i = load32(b->bucket_starts + (uint64_t)bucket * 4); i < end; ++i) {
        const uint32_t title = load32(b->index + (uint64_t)i * 4);
        const uint8_t* stored = b->id_rows + (uint64_t)title * b->id_width;
        if (b->id_kind == kIdText) {
            const uint32_t at = load32(b->id_rows + (uint64_t)title * 4);
            if (load32(b->id_rows + (uint64_t)title * 4 + 4) - at != size)
                continue;
            stored = b->id_text + at;
        }
        if (size == 0 || memcmp(stored, key, size) == 0)
            return title;
    }
    return VAV_NO_TITLE;
}

static int digit_of(char letter)
{
    return letter >= '0' && letter <= '9' ? letter - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* "01234567-89ab-cdef-0123-456789abcdef", small letters only. */
static bool read_uuid(struct vav_text id, uint8_t bytes[16])
{
    if (id.length != 36)
        return false;
    unsigned digits = 0;
    for (unsigned i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (id.data[i] != '-')
                return false;
            continue;
        }
        const int digit = digit_of(id.data[i]);
        if (digit < 0)
            return false;
        bytes[digits / 2] = (uint8_t)(digits % 2 == 0 ? digit << 4 : bytes[digits / 2] | digit);
        ++digits;
    }
    return true;
}

/* A decimal number without leading zeros. */
static bool read_number(struct vav_text id, uint64_t* number)
{
    if (id.length == 0 || id.length > 19 || (id.length > 1 && id.data[0] == '0'))
        return false;
    *number = 0;
    for (size_t i = 0; i < id.length; ++i) {
        if (id.data[i] < '0' || id.data[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(id.data[i] - '0');
    }
    return true;
}

static uint64_t number_at(const struct vav_base* b, uint32_t title)
{
    uint64_t id = 0;
    memcpy(&id, b->id_rows + (uint64_t)title * b->id_width, b->id_width);
    return b->id_width == 0 ? b->first_number + title : id;
}

static uint32_t find_rising(const struct vav_base* b, uint64_t id)
{
    if (b->id_width == 0)
        return id >= b->first_number && id - b->first_number < b->titles ? (uint32_t)(id - b->first_number)
                                                                         : VAV_NO_TITLE;
    uint32_t low = 0, high = b->titles;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (number_at(b, middle) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->titles && number_at(b, low) == id ? low : VAV_NO_TITLE;
}

static uint32_t find_number_in_base(const struct vav_state* s, uint64_t id)
{
    const struct vav_base* b = s->base;
    if (b->id_kind != kIdNumber)
        return VAV_NO_TITLE;
    if (b->buckets == 0)
        return find_rising(b, id);
    return b->id_width == 8 || id >> 8 * b->id_width == 0 ? find_stored(s, (const uint8_t*)&id, b->id_width)
                                                          : VAV_NO_TITLE;
}

static size_t write_number(uint64_t number, char text[20])
{
    char reversed[20];
    size_t length = 0;
    do {
        reversed[length++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (size_t i = 0; i < length; ++i)
        text[i] = reversed[length - 1 - i];
    return length;
}

uint32_t vav_find_number(const vav_state* s, uint64_t id)
{
    const uint32_t title = find_number_in_base(s, id);
    if (title != VAV_NO_TITLE)
        return if_there(s, title);
    if (!s->added)
        return VAV_NO_TITLE;
    char text[20];
    const struct vav_text written = {text, write_number(id, text)};
    return find_added(s, written);
}

uint32_t vav_find_title(const vav_state* s, struct vav_text id)
{
    uint32_t title = VAV_NO_TITLE;
    uint8_t uuid[16];
    uint64_t number = 0;
    switch (s->base->id_kind) {
    case kIdUuid:
        if (read_uuid(id, uuid))
            title = find_stored(s, uuid, sizeof uuid);
        break;
    case kIdNumber:
        if (read_number(id, &number))
            title = find_number_in_base(s, number);
        break;
    default:
        title = find_stored(s, (const uint8_t*)id.data, id.length);
        break;
    }
    return title != VAV_NO_TITLE ? if_there(s, title) : find_added(s, id);
}

static size_t write_uuid(const uint8_t* bytes, char text[36])
{
    size_t length = 0;
    for (unsigned i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[length++] = '-';
        text[length++] = "0123456789abcdef"[bytes[i] >> 4];
        text[length++] = "0123456789abcdef"[bytes[i] & 15];
    }
    return length;
}

size_t vav_title_id(const vav_state* s, uint32_t title, char* id, size_t room)
{
    if (title >= s->titles)
        return 0;
    const struct vav_base* b = s->base;
    char made[36];
    struct vav_text text = {made, 0};
    if (title >= b->titles) {
        text = vav_added_id(s, title);
    } else if (b->id_kind == kIdText) {
        const uint32_t at = load32(b->id_rows + (uint64_t)title * 4);
        text.data = (const char*)b->id_text + at;
        text.length = load32(b->id_rows + (uint64_t)title * 4 + 4) - at;
    } else {
        text.length = b->id_kind == kIdUuid ? write_uuid(b->id_rows + (uint64_t)title * 16, made)
                                            : write_number(number_at(b, title), made);
    }
    memcpy(id, text.data, text.length < room ? text.length : room);
    return text.length;
}

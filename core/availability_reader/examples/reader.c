/* A backend in plain C11: opens a snapshot, follows the deltas that are given, and prints which titles are available,
 * one per line with the grant that its terms come from.
 *
 *     cc reader.c $(pkg-config --cflags --libs vidimus-availability) -o reader
 *     reader SNAPSHOT COUNTRY SITE OFFER MILLISECONDS [DELTA...]
 *
 * The exit status is 0, 64 for a wrong call, or what vav_open_file() or vav_apply_file() said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vidimus/availability_reader.h>

static struct vav_text text(const char* from)
{
    const struct vav_text view = {from, strlen(from)};
    return view;
}

int main(int argc, char** argv)
{
    if (argc < 6)
        return 64;
    vav_reader* reader = NULL;
    enum vav_status status = vav_open_file(&reader, argv[1], NULL);
    for (int i = 6; i < argc && status == VAV_OK; ++i)
        status = vav_apply_file(reader, argv[i]);
    if (status != VAV_OK) {
        vav_close(reader);
        return (int)status;
    }
    const vav_state* state = vav_acquire(reader);
    const struct vav_cell cell
        = vav_make_cell(state, text(argv[2]), text(""), text(argv[3]), text(argv[4]), strtoll(argv[5], NULL, 10));
    uint32_t cursor = 0, page[50];
    for (size_t got; (got = vav_list_from(state, &cell, &cursor, page, 50)) > 0;) {
        for (size_t i = 0; i < got; ++i) {
            char id[256];
            const size_t length = vav_title_id(state, page[i], id, sizeof id);
            const struct vav_text terms = vav_ask(state, page[i], &cell).terms_from;
            printf("%.*s %.*s\n", (int)(length < sizeof id ? length : sizeof id), id, (int)terms.length, terms.data);
        }
    }
    vav_release(state);
    vav_close(reader);
    return 0;
}

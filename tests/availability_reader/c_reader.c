/* A backend in plain C11: reads a snapshot and prints which titles are available, one per line. Shows that the public
 * header is C, and that nothing of C++ or Qt is needed to link. */
#include "core/availability_reader/availability_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct vav_text text(const char* from)
{
    const struct vav_text view = {from, strlen(from)};
    return view;
}

int main(int argc, char** argv)
{
    if (argc != 6)
        return 64;
    struct vav_snapshot snapshot;
    const enum vav_status status = vav_open_file(&snapshot, argv[1]);
    if (status != VAV_OK)
        return (int)status;
    const struct vav_cell cell
        = vav_make_cell(&snapshot, text(argv[2]), text(""), text(argv[3]), text(argv[4]), strtoll(argv[5], NULL, 10));
    for (uint32_t title = 0; title < vav_title_count(&snapshot); ++title) {
        const struct vav_answer answer = vav_ask(&snapshot, title, &cell);
        const struct vav_text id = vav_title_id(&snapshot, title);
        if (answer.available)
            printf("%.*s %.*s\n", (int)id.length, id.data, (int)answer.terms_from.length, answer.terms_from.data);
    }
    vav_close(&snapshot);
    return 0;
}
